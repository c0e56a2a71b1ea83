// With Arm's vector extension (MVE) four outputs at a time share the values; their sums become
// outputs in one vector.
#pragma once

#include "../../detail/meta.hpp"
#include "../pack.hpp"

#if MOTE_HAS_ARM_MVE

#include <arm_mve.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

/// What layers that share code have in common. `Clamped`: outputs have closer bounds than int8.
template <bool Uniform, bool ShiftsLeft, bool Clamped, class Rounding>
struct Policy {
    static constexpr bool uniform = Uniform;
    static constexpr bool shifts_left = ShiftsLeft;
    static constexpr bool clamped = Clamped;
    static constexpr bool doubly = detail::is_same<Rounding, rounding::Double>::value;
    using rounding = Rounding;
};

template <class Spec>
constexpr bool clamps() {
    return Spec::range.low != -128 || Spec::range.high != 127;
}

template <class Spec>
using PolicyOf = Policy<uniform_scales<typename Spec::Weights>(), (largest_shift<Spec>() > 0),
                        clamps<Spec>(), typename Spec::Rounding>;

/// The numbers of a layer.
struct Layer {
    int32_t outputs;
    int32_t taps;
    int32_t zero;        // of the output
    int32_t low, high;   // bounds of the output
    int32_t multiplier;  // if all channels share one
    int32_t shift;
};

/// What four outputs need beside weights.
template <bool Uniform>
struct Four {
    int32_t bias[4];
    int32_t multiplier[4];
    int8_t shift[4];
};
template <>
struct Four<true> {
    int32_t bias[4];
};

/// Outputs by four, the last ones padded; weights of four outputs by 16 taps (the last ones as many
/// as are left), then outputs.
template <class PolicyType, int Outputs, int32_t Taps, class WeightsInOrder>
struct Table {
    using Policy = PolicyType;
    static constexpr int outputs = Outputs;
    static constexpr int32_t taps = Taps;

    Layer layer;
    WeightsInOrder weights;
    ChannelArray<Four<Policy::uniform>, (Outputs + 3) / 4> fours;
};

constexpr int round_up(int32_t value, int step) {
    return static_cast<int>((value + step - 1) / step * step);
}

/// `Uniform`: all channels have one multiplier, which stands here.
template <class Spec, bool Uniform>
constexpr Layer layer_of(int32_t taps) {
    constexpr Multiplier multiplier = multiplier_of<Spec>(0);
    return {Spec::Weights::outputs,
            taps,
            Spec::Output::Quantization::zero_point,
            Spec::range.low,
            Spec::range.high,
            Uniform ? multiplier.value : 0,
            Uniform ? multiplier.shift : 0};
}

constexpr void set_multiplier(Four<true>&, int, Multiplier) {}
constexpr void set_multiplier(Four<false>& four, int lane, Multiplier multiplier) {
    four.multiplier[lane] = multiplier.value;
    four.shift[lane] = multiplier.shift;
}

/// `Lanes`: which channel has which lane of which four.
template <class Spec, class Order, class Lanes, bool Uniform>
struct FoursOf : detail::OneByOne<FoursOf<Spec, Order, Lanes, Uniform>, Four<Uniform>, Lanes::fours,
                                  channels_at_once> {
    static constexpr Four<Uniform> at(int32_t index) {
        Four<Uniform> four{};
        for (int lane = 0; lane < 4; ++lane) {
            const int32_t channel = Lanes::channel(index, lane);
            if (channel < Spec::Weights::outputs) {
                four.bias[lane] = folded_bias<Spec, Order>(channel);
                set_multiplier(four, lane, multiplier_of<Spec>(channel));
            }
        }
        return four;
    }
};
template <int Outputs>
struct InTurn {
    static constexpr int32_t fours = (Outputs + 3) / 4;
    static constexpr int32_t channel(int32_t four, int lane) { return four * 4 + lane; }
};

/// Four outputs at a time: of each 16 taps, of the last ones as many as are left. `Padded`: with
/// the taps that pad a table.
template <int Outputs, int32_t Taps, int32_t Padded>
struct SixteenTaps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t last = Padded % 16;
    static constexpr int32_t row_size = last == 0 ? 64 : largest_common_divisor(16, last);
    static constexpr int32_t group = 4 * Padded;
    static constexpr int32_t rows = (Outputs + 3) / 4 * (group / row_size);

    static constexpr int32_t output_of(int32_t place) { return place / 16; }
    static constexpr int32_t tap_of(int32_t place) { return place % 16; }
    static constexpr Row row(int32_t index) {
        const int32_t at = index * row_size % group;
        const int32_t block = at / 64 * 16;
        const int32_t width = detail::smaller<int32_t>(Padded - block, 16);
        const int32_t output = index * row_size / group * 4 + (at - block * 4) / width;
        const int32_t tap = block + (at - block * 4) % width;
        return {output, tap, Outputs - output, Taps - tap};
    }
};

/// Taps are padded to a multiple of `Step`.
template <class Spec, class Order, int Step>
struct TableOf {
    static constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
    static constexpr int32_t padded = round_up(taps, Step);
    using Fours = FoursOf<Spec, Order, InTurn<Spec::Weights::outputs>, PolicyOf<Spec>::uniform>;
    using Weights =
        Packed<typename Spec::Weights, Order, SixteenTaps<Spec::Weights::outputs, taps, padded>>;
    static constexpr Table<PolicyOf<Spec>, Spec::Weights::outputs, padded,
                           detail::BlocksOf<Weights>>
        value = {layer_of<Spec, PolicyOf<Spec>::uniform>(padded), detail::Assembled<Weights>::value,
                 detail::Assembled<Fours>::value};
};

// Narrowed, saturating, to the even lanes; what stands in the odd ones does not matter.
MOTE_INLINE int16x8_t narrow(int32x4_t values) {
    return vqmovnbq_s32(vreinterpretq_s16_s32(values), values);
}
MOTE_INLINE int8x16_t narrow(int16x8_t values) {
    return vqmovnbq_s16(vreinterpretq_s8_s16(values), values);
}

/// How four sums become outputs: what all channels share, held in registers.
template <class Policy>
struct Scale {
    int32x4_t multiplier;
    int32x4_t shift;
    int32x4_t low;
    int32x4_t high;
    int32_t zero;

    MOTE_INLINE explicit Scale(const Layer& layer)
        : multiplier(vdupq_n_s32(layer.multiplier)),
          shift(vdupq_n_s32(layer.shift)),
          low(vdupq_n_s32(layer.low)),
          high(vdupq_n_s32(layer.high)),
          zero(layer.zero) {}

    MOTE_INLINE void take(const Four<true>&) {}
    MOTE_INLINE void take(const Four<false>& four) {
        multiplier = vldrwq_s32(four.multiplier);
        shift = vldrbq_s32(four.shift);
    }

    /// Before the zero point is added.
    MOTE_INLINE int32x4_t product(int32x4_t sums) const {
        if (Policy::doubly) {
            int32x4_t right = shift;
            if (Policy::shifts_left) {
                const int32x4_t none = vdupq_n_s32(0);
                sums = vshlq_s32(sums, vmaxq_s32(shift, none));
                right = vminq_s32(shift, none);
            }
            sums = vqrdmulhq_s32(sums, multiplier);
            // Halves below 0 are rounded down.
            sums = vqaddq_s32(sums, vshrq_n_s32(vandq_s32(sums, right), 31));
            sums = vrshlq_s32(sums, right);
        } else {
            alignas(16) int32_t lanes[3][4];
            vst1q_s32(lanes[0], sums);
            vst1q_s32(lanes[1], multiplier);
            vst1q_s32(lanes[2], shift);
            for (int i = 0; i < 4; ++i)
                lanes[0][i] = scale(lanes[0][i], lanes[1][i], static_cast<int>(lanes[2][i]),
                                    typename Policy::rounding{});
            sums = vld1q_s32(lanes[0]);
        }
        return sums;
    }

    /// The outputs are the lowest byte of each lane.
    MOTE_INLINE int32x4_t operator()(int32x4_t sums) const {
        const int32x4_t values = vaddq_n_s32(product(sums), zero);
        if (Policy::clamped) return vminq_s32(vmaxq_s32(values, low), high);
        // Narrowing saturates, and takes no register for the bounds.
        const int16x8_t halves = narrow(values);
        return vreinterpretq_s32_s8(narrow(halves));
    }
};

}  // namespace mve

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
