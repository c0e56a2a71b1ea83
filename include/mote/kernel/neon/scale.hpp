// AArch64 with NEON: four 32-bit sums a register, one for each of four output channels. How they
// become outputs.
#pragma once

#include "../../detail/integer.hpp"
#include "../pack.hpp"

#if MOTE_HAS_ARM_NEON

#include <arm_neon.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

constexpr int lanes = 4;

constexpr int ceil_divide(int value, int divisor) { return (value + divisor - 1) / divisor; }

/// Channels are cut into blocks; where they do not divide evenly the last block begins earlier and
/// overlaps the one before it.
constexpr int block_start(int block, int size, int channels) {
    return channels < size ? 0 : detail::smaller(block * size, channels - size);
}

/// What is known about the scales of a layer. `Left`: some sum is shifted up before it is
/// multiplied. `Unshifted`: some product is not shifted down. `Positive`: results below the zero
/// point are cut off, so their rounding does not show.
template <bool Left, bool Unshifted, bool Positive, class RoundingPolicy>
struct Policy {
    static constexpr bool left = Left;
    static constexpr bool unshifted = Unshifted;
    static constexpr bool positive = Positive;
    using Rounding = RoundingPolicy;
};

template <class Spec>
using PolicyOf =
    Policy<(largest_shift<Spec>() > 0), (largest_shift<Spec>() >= 0),
           (Spec::range.low >= Spec::Output::Quantization::zero_point), typename Spec::Rounding>;

/// Multipliers in the order of blocks; shifts to the right are negative, as the CPU has them.
template <int Slots>
struct Scaling {
    ChannelArray<int32_t, Slots> multiplier;
    ChannelArray<int32_t, Slots> left;
    ChannelArray<int32_t, Slots> right;
};

constexpr int right_shift(int shift, rounding::Double) { return shift < 0 ? shift : 0; }
constexpr int right_shift(int shift, rounding::Single) { return shift - 31; }

// What stands in slot `slot` of a table: for one of the channels, the last ones once more where
// they do not fill a block.

template <class Spec, class Order>
struct SlotBias {
    static constexpr int32_t of(int32_t channel) { return folded_bias<Spec, Order>(channel); }
};
template <class Spec>
struct SlotMultiplier {
    static constexpr int32_t of(int32_t channel) { return multiplier_of<Spec>(channel).value; }
};
template <class Spec>
struct SlotLeft {
    static constexpr int32_t of(int32_t channel) {
        return detail::larger<int32_t>(multiplier_of<Spec>(channel).shift, 0);
    }
};
template <class Spec>
struct SlotRight {
    static constexpr int32_t of(int32_t channel) {
        return right_shift(multiplier_of<Spec>(channel).shift, typename Spec::Rounding{});
    }
};

/// Blocks of `Size` channels; 0 beyond the last channel.
template <class What, int Channels, int Size>
struct PerSlot : detail::OneByOne<PerSlot<What, Channels, Size>, int32_t,
                                  ceil_divide(Channels, Size) * Size, channels_at_once> {
    static constexpr int32_t at(int32_t slot) {
        const int32_t channel =
            block_start(detail::as_int(slot / Size), Size, Channels) + slot % Size;
        return channel < Channels ? What::of(channel) : 0;
    }
};

template <class Spec, int Size>
struct PackedScaling {
    template <class What>
    using Of = detail::Assembled<PerSlot<What, Spec::Weights::outputs, Size>>;
    static constexpr Scaling<PerSlot<SlotLeft<Spec>, Spec::Weights::outputs, Size>::count> value = {
        Of<SlotMultiplier<Spec>>::value, Of<SlotLeft<Spec>>::value, Of<SlotRight<Spec>>::value};
};

template <class Spec, class Order, int Size>
using PackedBiases =
    detail::Assembled<PerSlot<SlotBias<Spec, Order>, Spec::Weights::outputs, Size>>;

/// What scales four sums.
struct Scale {
    int32x4_t multiplier, left, right;
};

template <int Slots>
MOTE_INLINE Scale load_scale(const Scaling<Slots>& scaling, int slot) {
    return {vld1q_s32(scaling.multiplier + slot), vld1q_s32(scaling.left + slot),
            vld1q_s32(scaling.right + slot)};
}

template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by, rounding::Double) {
    if (Policy::left) sums = vshlq_s32(sums, by.left);
    sums = vqrdmulhq_s32(sums, by.multiplier);
    // Halves below 0 are rounded down: one less, where there is a shift.
    if (!Policy::positive)
        sums = vsraq_n_s32(sums, Policy::unshifted ? vandq_s32(sums, by.right) : sums, 31);
    return vrshlq_s32(sums, by.right);
}
template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by, rounding::Single) {
    const int64x2_t low = vmull_s32(vget_low_s32(sums), vget_low_s32(by.multiplier));
    const int64x2_t high = vmull_high_s32(sums, by.multiplier);
    return vmovn_high_s64(vmovn_s64(vrshlq_s64(low, vmovl_s32(vget_low_s32(by.right)))),
                          vrshlq_s64(high, vmovl_high_s32(by.right)));
}
template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by) {
    return scaled<Policy>(sums, by, typename Policy::Rounding{});
}

/// Words with the zero point; narrowing saturates, also before it is added.
template <class Spec>
MOTE_INLINE int16x8_t words(int32x4_t low, int32x4_t high) {
    constexpr int zero = Spec::Output::Quantization::zero_point;
    const int16x8_t both = vqmovn_high_s32(vqmovn_s32(low), high);
    return zero == 0 ? both : vqaddq_s16(both, vdupq_n_s16(zero));
}

/// The output bytes of sums that were scaled.
template <class Spec>
MOTE_INLINE int8x8_t narrow(int32x4_t low, int32x4_t high) {
    int8x8_t bytes = vqmovn_s16(words<Spec>(low, high));
    if (Spec::range.low > -128) bytes = vmax_s8(bytes, vdup_n_s8(Spec::range.low));
    if (Spec::range.high < 127) bytes = vmin_s8(bytes, vdup_n_s8(Spec::range.high));
    return bytes;
}
template <class Spec>
MOTE_INLINE int8x16_t narrow(int32x4_t first, int32x4_t second, int32x4_t third, int32x4_t fourth) {
    int8x16_t bytes =
        vqmovn_high_s16(vqmovn_s16(words<Spec>(first, second)), words<Spec>(third, fourth));
    if (Spec::range.low > -128) bytes = vmaxq_s8(bytes, vdupq_n_s8(Spec::range.low));
    if (Spec::range.high < 127) bytes = vminq_s8(bytes, vdupq_n_s8(Spec::range.high));
    return bytes;
}

}  // namespace neon

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
