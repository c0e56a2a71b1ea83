// Element by element.
#pragma once

#include "../portable/elementwise.hpp"
#include "scale.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// scale() for one multiplier.
template <int32_t Value, int Shift>
MOTE_INLINE int32x4_t scaled_by(int32x4_t values, rounding::Double) {
    if constexpr (Shift > 0) values = vshlq_n_s32(values, Shift);
    values = vqrdmulhq_n_s32(values, Value);
    if constexpr (Shift < 0) {
        values = vsraq_n_s32(values, values, 31);
        values = vrshlq_s32(values, vdupq_n_s32(Shift));
    }
    return values;
}
template <int32_t Value, int Shift>
MOTE_INLINE int32x4_t scaled_by(int32x4_t values, rounding::Single) {
    const Scale scale{vdupq_n_s32(Value), vdupq_n_s32(0), vdupq_n_s32(Shift - 31)};
    return scaled<Policy<false, false, false, rounding::Single>>(values, scale);
}

/// Differences of 16 bytes and a zero point, as words.
struct Differences {
    int16x8_t low, high;

    MOTE_INLINE Differences(const int8_t* from, int zero) {
        const int8x16_t bytes = vld1q_s8(from);
        const int8x16_t zeros = vdupq_n_s8(static_cast<int8_t>(zero));
        low = vsubl_s8(vget_low_s8(bytes), vget_low_s8(zeros));
        high = vsubl_high_s8(bytes, zeros);
    }
};

/// result(words) of four elements at a time.
template <class Spec, class Result>
MOTE_INLINE void store_elements(int8_t* out, Result result) {
    vst1q_s8(out, narrow<Spec>(result(0), result(1), result(2), result(3)));
}

/// Four of 16 words, widened.
MOTE_INLINE int32x4_t four_of(const Differences& words, int four) {
    const int16x8_t half = four < 2 ? words.low : words.high;
    return four % 2 == 0 ? vmovl_s16(vget_low_s16(half)) : vmovl_high_s16(half);
}

}  // namespace neon

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_neon) {
    using Rounding = typename Spec::Rounding;
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const neon::Differences first(left + i, Spec::left_zero);
        const neon::Differences second(right + i, Spec::right_zero);
        neon::store_elements<Spec>(out + i, [&](int four) MOTE_INLINE_LAMBDA {
            const int32x4_t sum = vaddq_s32(
                neon::scaled_by<Spec::left_multiplier.value, Spec::left_multiplier.shift>(
                    vshlq_n_s32(neon::four_of(first, four), Spec::headroom), Rounding{}),
                neon::scaled_by<Spec::right_multiplier.value, Spec::right_multiplier.shift>(
                    vshlq_n_s32(neon::four_of(second, four), Spec::headroom), Rounding{}));
            return neon::scaled_by<Spec::sum_multiplier.value, Spec::sum_multiplier.shift>(
                sum, Rounding{});
        });
    }
    add<Spec>(left + i, right + i, out + i, count - i, arch::portable{});
}

template <class Spec>
MOTE_NOINLINE void rescale(const int8_t* in, int8_t* out, int32_t count, arch::arm_neon) {
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const neon::Differences values(in + i, Spec::Input::Quantization::zero_point);
        neon::store_elements<Spec>(out + i, [&](int four) MOTE_INLINE_LAMBDA {
            return neon::scaled_by<Spec::multiplier.value, Spec::multiplier.shift>(
                neon::four_of(values, four), typename Spec::Rounding{});
        });
    }
    rescale<Spec>(in + i, out + i, count - i, arch::portable{});
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
