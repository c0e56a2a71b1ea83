// Element by element; `out` may be one of the inputs.
#pragma once

#include "../../arch.hpp"
#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::portable) {
    using Rounding = typename Spec::Rounding;
    for (int32_t i = 0; i < count; ++i) {
        const int32_t first =
            (left[i] - static_cast<int32_t>(Spec::left_zero)) * (int32_t{1} << Spec::headroom);
        const int32_t second =
            (right[i] - static_cast<int32_t>(Spec::right_zero)) * (int32_t{1} << Spec::headroom);
        const int32_t sum =
            scale(first, Spec::left_multiplier.value, Spec::left_multiplier.shift, Rounding{}) +
            scale(second, Spec::right_multiplier.value, Spec::right_multiplier.shift, Rounding{});
        out[i] =
            clamp(scale(sum, Spec::sum_multiplier.value, Spec::sum_multiplier.shift, Rounding{}) +
                      Spec::Output::Quantization::zero_point,
                  Spec::range.low, Spec::range.high);
    }
}

template <class Spec>
MOTE_NOINLINE void rescale(const int8_t* in, int8_t* out, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) {
        const int32_t value = in[i] - static_cast<int32_t>(Spec::Input::Quantization::zero_point);
        out[i] = clamp(scale(value, Spec::multiplier.value, Spec::multiplier.shift,
                             typename Spec::Rounding{}) +
                           Spec::Output::Quantization::zero_point,
                       Spec::range.low, Spec::range.high);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
