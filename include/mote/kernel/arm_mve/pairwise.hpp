// Products of two operands, four at a time.
#pragma once

#include "../portable/pairwise.hpp"
#include "elementwise.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

template <class Spec>
constexpr bool multiplies_simply() {
    if constexpr (IsProduct<typename Spec::Function>::value)
        return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
               Spec::Function::multiplier.shift <= 0;
    else
        return false;
}

/// Four values of an operand less its zero point.
template <class Side>
MOTE_INLINE int32x4_t four_of(const int8_t* values, mve_pred16_t lanes) {
    constexpr int32_t zero =
        Side::is_left ? -Side::Function::left(int8_t{0}) : -Side::Function::right(int8_t{0});
    const int32x4_t four =
        Side::channel_step == 0 ? vdupq_n_s32(*values) : vldrbq_z_s32(values, lanes);
    return vsubq_n_s32(four, zero);
}
template <class Side>
MOTE_INLINE int32x4_t four_of(const MapOperand<Side>& operand, int32_t at, mve_pred16_t lanes) {
    return four_of<Side>(operand.values + at * Side::channel_step, lanes);
}
template <class Side, class Table>
MOTE_INLINE int32x4_t four_of(const ConstantOperand<Side, Table>& operand, int32_t at,
                              mve_pred16_t lanes) {
    return four_of<Side>(&operand.table.values[operand.place + at * Side::channel_step], lanes);
}

/// out[...] = left * right for `count` values in a row.
template <class Spec, class Left, class Right>
MOTE_INLINE void multiply_values(const Left& left, const Right& right, int8_t* out, int32_t count) {
    const int32x4_t low = vdupq_n_s32(Spec::range.low);
    const int32x4_t high = vdupq_n_s32(Spec::range.high);
    for (int32_t at = 0; at < count; at += 4) {
        const mve_pred16_t lanes = vctp32q(static_cast<uint32_t>(count - at));
        int32x4_t values = vmulq_s32(four_of(left, at, lanes), four_of(right, at, lanes));
        values = scaled<Spec::Function::multiplier.value, Spec::Function::multiplier.shift>(values);
        values = vaddq_n_s32(values, Spec::Output::Quantization::zero_point);
        vstrbq_p_s32(out + at, vminq_s32(vmaxq_s32(values, low), high), lanes);
    }
}

}  // namespace mve

template <class Spec, class Left, class Right,
          class = detail::enable_if_t<mve::multiplies_simply<Spec>()>>
MOTE_NOINLINE void combine(Left left, Right right, int8_t* out, int32_t pixels, arch::arm_mve) {
    constexpr int channels = Spec::Output::Shape::channels;
    if constexpr (PixelsGoOn<Spec>::value) {
        mve::multiply_values<Spec>(left, right, out, pixels * channels);
    } else {
        for (; pixels > 0; --pixels, out += channels) {
            mve::multiply_values<Spec>(left, right, out, channels);
            left.next();
            right.next();
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
