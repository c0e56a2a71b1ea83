// Element by element.
#pragma once

#include "../../arch.hpp"
#include "../../detail/meta.hpp"
#include "../requantize.hpp"

#if MOTE_HAS_ARM_MVE

#include <arm_mve.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

template <class Spec>
constexpr bool adds_simply() {
    return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
           Spec::left_multiplier.shift <= 0 && Spec::right_multiplier.shift <= 0;
}

/// scale() for a multiplier that does not shift to the left.
template <int32_t Multiplier, int Shift>
MOTE_INLINE int32x4_t scaled(int32x4_t values) {
    values = vqrdmulhq_n_s32(values, Multiplier);
    if constexpr (Shift < 0) {
        const int32x4_t negative = vshrq_n_s32(values, 31);
        values = vrshrq_n_s32(vaddq_s32(values, negative), -Shift);
    }
    return values;
}

}  // namespace mve

template <class Spec, class = detail::enable_if_t<mve::adds_simply<Spec>()>>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_mve) {
    const int32x4_t low = vdupq_n_s32(Spec::range.low);
    const int32x4_t high = vdupq_n_s32(Spec::range.high);
    for (; count > 0; count -= 4, left += 4, right += 4, out += 4) {
        const mve_pred16_t lanes = vctp32q(static_cast<uint32_t>(count));
        const int32x4_t first =
            vshlq_n_s32(vsubq_n_s32(vldrbq_z_s32(left, lanes), Spec::left_zero), Spec::headroom);
        const int32x4_t second =
            vshlq_n_s32(vsubq_n_s32(vldrbq_z_s32(right, lanes), Spec::right_zero), Spec::headroom);
        const int32x4_t scaled_first =
            mve::scaled<Spec::left_multiplier.value, Spec::left_multiplier.shift>(first);
        const int32x4_t scaled_second =
            mve::scaled<Spec::right_multiplier.value, Spec::right_multiplier.shift>(second);
        const int32x4_t sum = vaddq_s32(scaled_first, scaled_second);
        int32x4_t result = mve::scaled<Spec::sum_multiplier.value, Spec::sum_multiplier.shift>(sum);
        result = vaddq_n_s32(result, Spec::Output::Quantization::zero_point);
        vstrbq_p_s32(out, vminq_s32(vmaxq_s32(result, low), high), lanes);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
