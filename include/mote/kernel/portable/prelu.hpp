// x for x >= 0, alpha * x below, with an alpha for each channel, column or row, or one for all.
#pragma once

#include "../../arch.hpp"
#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// The bytes of a constant in the order in which it has them.
template <class Constant>
struct BytesOf
    : detail::OneByOne<BytesOf<Constant>, int8_t, Constant::Shape::size, weights_at_once> {
    static constexpr int8_t at(int32_t index) {
        return static_cast<int8_t>(Constant::values()[index]);
    }
};

/// A row; `alphas` the part of the table for it. `out` may be `in`.
template <class Spec, class Table>
MOTE_NOINLINE void leak_row(const Table& table, int32_t alphas, const int8_t* in, int8_t* out,
                            arch::portable) {
    using Alpha = typename Spec::Alpha;
    using Rounding = typename Spec::Rounding;
    constexpr Multiplier above = Spec::above;
    constexpr Multiplier below = Spec::below;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        for (int c = 0; c < Spec::Output::Shape::channels; ++c) {
            const int32_t value =
                *in++ - static_cast<int32_t>(Spec::Input::Quantization::zero_point);
            int32_t scaled = 0;
            if (value >= 0) {
                scaled = scale(value, above.value, above.shift, Rounding{});
            } else {
                const int32_t alpha =
                    table::read(table, &table[alphas + (Alpha::Shape::channels == 1 ? 0 : c)]) -
                    static_cast<int32_t>(Alpha::Quantization::zero_point);
                scaled = scale(value * alpha, below.value, below.shift, Rounding{});
            }
            *out++ = clamp(scaled + Spec::Output::Quantization::zero_point, -128, 127);
        }
        if (Alpha::Shape::width != 1) alphas += Alpha::Shape::channels;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
