// What is kept between inferences, before the first one.
#pragma once

#include "../table.hpp"
#include "../tensor.hpp"

namespace mote {

/// The real value 0 everywhere.
struct RealZero {
    static constexpr int32_t table_bytes() { return 0; }

    template <class TensorType, int32_t Count>
    static void write(typename TensorType::Element* out) {
        for (int32_t i = 0; i < Count; ++i)
            out[i] =
                static_cast<typename TensorType::Element>(TensorType::Quantization::zero_point);
    }
};

/// Constants: `Values` has `size` and `at(index)`. No table where they are all equal.
template <class Values>
struct InitialValues {
   private:
    using Element = decltype(Values::at(0));
    static constexpr bool equal() {
        bool result = true;
        for (int32_t i = 1; i < Values::size; ++i)
            result = result && Values::at(i) == Values::at(0);
        return result;
    }
    static constexpr bool constant = equal();

    struct Table {
        Element values[static_cast<size_t>(constant ? 1 : Values::size)];
    };
    struct Maker {
        static constexpr Table make() {
            Table made{};
            for (int32_t i = 0; i < (constant ? 1 : Values::size); ++i)
                made.values[i] = Values::at(i);
            return made;
        }
        static inline constexpr Table table MOTE_FLASH = make();
    };

   public:
    static constexpr int32_t table_bytes() { return constant ? 0 : int32_t{sizeof(Table)}; }

    template <class TensorType, int32_t Count>
    static void write(typename TensorType::Element* out) {
        static_assert(Count == Values::size, "a variable begins with as many values as it holds");
        if constexpr (constant) {
            for (int32_t i = 0; i < Count; ++i) out[i] = Values::at(0);
        } else {
            const auto& all = table::of<Maker>();
            for (int32_t i = 0; i < Count; ++i) out[i] = table::read(all, &all.values[i]);
        }
    }
};

}  // namespace mote
