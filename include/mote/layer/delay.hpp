// The rows of the last inferences, with the new ones below: what a window over time looks at.
//
// Kept     how many rows are kept from before
// Initial  writes what these are before the first inference: RealZero, or see layer/initial.hpp
// Output   [Kept + height, width, channels], the newest row last, of the input's quantization
#pragma once

#include "../kernel/kernel.hpp"
#include "initial.hpp"
#include "window.hpp"

namespace mote {

template <int Kept, class Initial = RealZero>
struct Delay {
    static_assert(Kept > 0, "Delay: there is nothing to keep");
    static MOTE_INLINE constexpr const char* name() { return "Delay"; }

    template <class ArchType, class In>
    struct On : Rowwise {
        using Arch = ArchType;
        using Element = typename In::Element;
        static constexpr int fresh = In::Shape::height;
        using Output = Tensor<Element, Shape<Kept + fresh, In::Shape::width, In::Shape::channels>,
                              typename In::Quantization>;

        static constexpr bool lasting = true;
        static constexpr RowWindow window{1, 1, 1, Kept};
        static constexpr int32_t macs = 0;
        static constexpr int32_t table_bytes() { return Initial::table_bytes(); }

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::copy(static_cast<const Element*>(nullptr),
                                                           static_cast<Element*>(nullptr), 0, tag));

        /// The first inference moves these rows up.
        template <class Out>
        static void begin(Out out) {
            Initial::template write<Output, Kept * In::Shape::row_size>(out.row(fresh));
        }

        template <class Out, class Source>
        static void rows(int first, int last, Out out, Source in) {
            for (int row = first; row < last; ++row) {
                const Element* const from = row < Kept ? out.row(row + fresh) : in.row(row - Kept);
                kernel::copy(from, out.row(row), Output::Shape::row_size, Arch{});
            }
        }
    };
};

}  // namespace mote
