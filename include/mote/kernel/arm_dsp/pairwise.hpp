// Products of two operands: what they add up to has few bits.
#pragma once

#include "../portable/pairwise.hpp"
#include "elementwise.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

template <class Spec>
constexpr bool multiplies_simply() {
    if constexpr (IsProduct<typename Spec::Function>::value)
        return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
               Spec::Function::multiplier.shift < 0 && Spec::Function::multiplier.shift >= -23;
    else
        return false;
}

}  // namespace dsp

template <class Spec, class Left, class Right,
          class = detail::enable_if_t<dsp::multiplies_simply<Spec>()>>
MOTE_NOINLINE void combine(Left left, Right right, int8_t* out, int32_t pixels, arch::arm_dsp) {
    combine_by<Spec>(left, right, out, pixels, [](int32_t one, int32_t other) MOTE_INLINE_LAMBDA {
        constexpr int shift = -Spec::Function::multiplier.shift;
        constexpr int zero = Spec::Output::Quantization::zero_point;
        return dsp::bounded<Spec>(dsp::scaled_twice<Spec::Function::multiplier.value, shift>(
            one * other * 2, (2 * zero + 1) * (int32_t{1} << (shift - 1))));
    });
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
