// Convolutions and dense layers with Arm's vector extension (MVE): VMLADAV adds 16 products to a
// sum. Four outputs at a time share the values; their sums become outputs in one vector.
#pragma once

#include <stddef.h>

#include "../detail/meta.hpp"
#include "accumulate.hpp"
#include "portable.hpp"

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
    ChannelArray<Four<Policy::uniform>, (Outputs + 3) / 4> fours;
    WeightsInOrder weights;
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
        value = {layer_of<Spec, PolicyOf<Spec>::uniform>(padded), detail::Assembled<Fours>::value,
                 detail::Assembled<Weights>::value};
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

MOTE_INLINE int8x16_t load_16(const int8_t*& address) {
    int8x16_t vector;
    __asm__ volatile("vldrb.8 %q0, [%1], #16" : "=w"(vector), "+r"(address) : : "memory");
    return vector;
}

MOTE_INLINE int32x4_t four_sums(int32_t sum0, int32_t sum1, int32_t sum2, int32_t sum3) {
    int32x4_t sums;
    __asm__("vmov %q0[2], %q0[0], %1, %2\n\tvmov %q0[3], %q0[1], %3, %4"
            : "=&w"(sums)
            : "r"(sum0), "r"(sum2), "r"(sum1), "r"(sum3));
    return sums;
}

/// Stores the lowest byte of each lane, and no further than `last`.
template <bool Padded>
MOTE_INLINE void store(int32x4_t values, const int8_t* last, int8_t*& out) {
    if (Padded && last - out < 4) {
        vstrbq_p_s32(out, values, vctp32q(static_cast<uint32_t>(last - out)));
        out += last - out;
    } else {
        vstrbq_s32(out, values);
        out += 4;
    }
}

/// All outputs of each of `points` vectors of 16 * `Blocks` taps, which registers hold.
template <int Blocks, bool Padded, class Policy>
MOTE_NOINLINE void multiply_held(const Layer& layer, const int8_t* in, int32_t points, int8_t* out,
                                 const Four<Policy::uniform>* fours, const int8_t* weights) {
    const int32_t outputs = layer.outputs;
    Scale<Policy> scaled(layer);
    for (; points > 0; --points) {
        const int8_t* weight = weights;
        const Four<Policy::uniform>* four = fours;
        int8_t* const last = out + outputs;
        int8x16_t values[static_cast<size_t>(Blocks)];
        MOTE_UNROLL
        for (int block = 0; block < Blocks; ++block) values[block] = load_16(in);
        do {
            int32_t sum0 = four->bias[0];
            int32_t sum1 = four->bias[1];
            int32_t sum2 = four->bias[2];
            int32_t sum3 = four->bias[3];
            MOTE_UNROLL
            for (int block = 0; block < Blocks; ++block) {
                sum0 = vmladavaq_s8(sum0, values[block], load_16(weight));
                sum1 = vmladavaq_s8(sum1, values[block], load_16(weight));
                sum2 = vmladavaq_s8(sum2, values[block], load_16(weight));
                sum3 = vmladavaq_s8(sum3, values[block], load_16(weight));
            }
            scaled.take(*four);
            store<Padded>(scaled(four_sums(sum0, sum1, sum2, sum3)), last, out);
            ++four;
        } while (out != last);
    }
}

/// All outputs of each of `points` vectors. `Tail`: taps are no multiple of 16. `Padded`: outputs
/// are no multiple of 4.
template <bool Tail, bool Padded, class Policy>
MOTE_NOINLINE void multiply(const Layer& layer, const int8_t* in, int32_t points, int8_t* out,
                            const Four<Policy::uniform>* fours, const int8_t* weights) {
    const int32_t blocks = layer.taps >> 4;
    const int32_t width = layer.taps & 15;
    const int32_t outputs = layer.outputs;
    const int32_t taps = layer.taps;
    const mve_pred16_t tail = vctp8q(static_cast<uint32_t>(width));
    Scale<Policy> scaled(layer);
    for (; points > 0; --points, in += taps) {
        const int8_t* weight = weights;
        const Four<Policy::uniform>* four = fours;
        int8_t* const last = out + outputs;
        do {
            const int8_t* value = in;
            int32_t sum0 = four->bias[0];
            int32_t sum1 = four->bias[1];
            int32_t sum2 = four->bias[2];
            int32_t sum3 = four->bias[3];
            const auto multiply_16 = [&]() MOTE_INLINE_LAMBDA {
                const int8x16_t values = load_16(value);
                sum0 = vmladavaq_s8(sum0, values, load_16(weight));
                sum1 = vmladavaq_s8(sum1, values, load_16(weight));
                sum2 = vmladavaq_s8(sum2, values, load_16(weight));
                sum3 = vmladavaq_s8(sum3, values, load_16(weight));
            };
            if (Tail) {
                for (int32_t block = blocks; block > 0; --block) multiply_16();
            } else {
                int32_t block = blocks;
                do {
                    multiply_16();
                } while (--block > 0);
            }
            if (Tail) {
                const int8x16_t values = vldrbq_z_s8(value, tail);
                sum0 = vmladavaq_s8(sum0, values, vldrbq_z_s8(weight, tail));
                sum1 = vmladavaq_s8(sum1, values, vldrbq_z_s8(weight + width, tail));
                sum2 = vmladavaq_s8(sum2, values, vldrbq_z_s8(weight + 2 * width, tail));
                sum3 = vmladavaq_s8(sum3, values, vldrbq_z_s8(weight + 3 * width, tail));
                weight += 4 * width;
            }
            scaled.take(*four);
            store<Padded>(scaled(four_sums(sum0, sum1, sum2, sum3)), last, out);
            ++four;
        } while (out != last);
    }
}

template <class Table>
MOTE_INLINE void multiply(const Table& table, const int8_t* in, int32_t points, int8_t* out) {
    using Policy = typename Table::Policy;
    constexpr bool padded = Table::outputs % 4 != 0;
    constexpr int most_held = 4;
    if constexpr (Table::taps % 16 == 0 && Table::taps / 16 <= most_held)
        multiply_held<Table::taps / 16, padded, Policy>(table.layer, in, points, out, table.fours,
                                                        table.weights);
    else
        multiply<Table::taps % 16 != 0, padded, Policy>(table.layer, in, points, out, table.fours,
                                                        table.weights);
}

template <int Count>
MOTE_INLINE void copy(const int8_t* from, int8_t* to) {
    if (Count <= 16) return copy_bytes<Count>(from, to);
    for (int rest = Count; rest > 0; rest -= 16, from += 16, to += 16) {
        const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(rest));
        vstrbq_p_s8(to, vldrbq_z_s8(from, lanes), lanes);
    }
}

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    alignas(8) int8_t padding[static_cast<size_t>(channels)];
    for (int c = 0; c < channels; ++c)
        padding[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    // Weights are 0 beyond the last value, whatever stands there.
    int8_t window[round_up(Spec::kernel_height * run, 16)];
    for (int tap = Spec::kernel_height * run; tap < static_cast<int>(sizeof(window)); ++tap)
        window[tap] = 0;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t* to = window;
        const bool inside = Spec::dilation_width == 1 && left >= 0 &&
                            left + Spec::kernel_width <= Spec::Input::Shape::width;
        for (int ky = 0; ky < Spec::kernel_height; ++ky, to += run) {
            if (inside && rows[ky]) {
                copy<run>(rows[ky] + left * channels, to);
                continue;
            }
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && column >= 0 && column < Spec::Input::Shape::width;
                copy<channels>(there ? rows[ky] + column * channels : padding, to + kx * channels);
            }
        }
        multiply(table, window, 1, out);
        out += Spec::Output::Shape::channels;
    }
}

}  // namespace mve

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_mve) {
    return mve::TableOf<Spec, ByOutput, 16>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_mve) {
    mve::convolve<Spec>(table, rows, out);
}

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_mve) {
    return mve::TableOf<Spec, ByOutput, 1>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_mve) {
    mve::multiply(table, in, points, out);
}

// Depthwise convolution of 16 channels at a time: products of 8 bits add up by twos in 16 bits.
// With one input channel it is a convolution.

namespace mve {

template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int taps = Spec::kernel_height * Spec::kernel_width;
    static constexpr bool by_sixteen =
        channels >= 16 && channels == Spec::Weights::outputs && pairs_fit<typename Spec::Weights>();
    static constexpr int way = channels == 1 ? 1 : (by_sixteen ? 2 : 0);
};

/// Four vectors hold channels 0, 4, 8, 12 of sixteen, then 2 ..., 1 ..., 3 ...: so do products of
/// even and odd bytes come apart.
template <int Channels>
struct Apart {
    static constexpr int32_t fours = round_up(Channels, 16) / 4;
    static constexpr int32_t channel(int32_t four, int lane) {
        return four / 4 * 16 + lane * 4 + (four % 4 % 2 * 2 + four % 4 / 2);
    }
};

/// By 16 channels, then taps; an odd number of taps ends with zeros.
template <class Spec>
struct ChannelsTable {
    static constexpr int channels = Spec::Weights::outputs;
    static constexpr int taps = Depthwise<Spec>::taps;
    static constexpr int padded = (taps + 1) / 2 * 2;
    using Fours = FoursOf<Spec, ByTap, Apart<channels>, false>;
    using Weights =
        Packed<typename Spec::Weights, ByTap, Groups<16, 0, channels, taps, false, padded>>;
    static constexpr Table<
        Policy<false, (largest_shift<Spec>() > 0), clamps<Spec>(), typename Spec::Rounding>,
        round_up(channels, 16), padded, detail::BlocksOf<Weights>>
        value = {layer_of<Spec, false>(padded), detail::Assembled<Fours>::value,
                 detail::Assembled<Weights>::value};
};

template <bool Whole>
MOTE_INLINE int8x16_t load_channels(const int8_t* from, mve_pred16_t lanes) {
    return Whole ? vldrbq_s8(from) : vldrbq_z_s8(from, lanes);
}

/// One pixel; `taps`: the values under each weight. `Whole`: channels are a multiple of 16.
template <bool Whole, class Policy>
MOTE_NOINLINE void multiply_channels(const Layer& layer, const int8_t* const* taps, int8_t* out,
                                     const Four<false>* four, const int8_t* weights) {
    Scale<Policy> scaled(layer);
    const int16x8_t zero = vdupq_n_s16(static_cast<int16_t>(layer.zero));
    const int8x16_t low = vdupq_n_s8(static_cast<int8_t>(layer.low));
    const int8x16_t high = vdupq_n_s8(static_cast<int8_t>(layer.high));
    for (int32_t c = 0; c < layer.outputs; c += 16, four += 4) {
        const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(layer.outputs - c));
        int32x4_t sum0 = vldrwq_s32(four[0].bias);
        int32x4_t sum1 = vldrwq_s32(four[1].bias);
        int32x4_t sum2 = vldrwq_s32(four[2].bias);
        int32x4_t sum3 = vldrwq_s32(four[3].bias);
        const int8_t* const* tap = taps;
        for (int32_t pair = layer.taps >> 1; pair > 0; --pair) {
            int8x16_t values = load_channels<Whole>(*tap++ + c, lanes);
            int8x16_t weight = load_16(weights);
            int16x8_t even = vmullbq_int_s8(values, weight);
            int16x8_t odd = vmulltq_int_s8(values, weight);
            values = load_channels<Whole>(*tap++ + c, lanes);
            // Weights are loaded twice: that takes a register less.
            const int8_t* again = weights;
            even = vaddq_s16(even, vmullbq_int_s8(values, load_16(again)));
            odd = vaddq_s16(odd, vmulltq_int_s8(values, load_16(weights)));
            sum0 = vaddq_s32(sum0, vmovlbq_s16(even));
            sum1 = vaddq_s32(sum1, vmovltq_s16(even));
            sum2 = vaddq_s32(sum2, vmovlbq_s16(odd));
            sum3 = vaddq_s32(sum3, vmovltq_s16(odd));
        }
        // Narrowing saturates, also before the zero point is added.
        scaled.take(four[0]);
        int16x8_t even = narrow(scaled.product(sum0));
        scaled.take(four[1]);
        even = vqaddq_s16(vqmovntq_s32(even, scaled.product(sum1)), zero);
        scaled.take(four[2]);
        int16x8_t odd = narrow(scaled.product(sum2));
        scaled.take(four[3]);
        odd = vqaddq_s16(vqmovntq_s32(odd, scaled.product(sum3)), zero);
        int8x16_t result = vqmovntq_s16(narrow(even), odd);
        if (Policy::clamped) result = vminq_s8(vmaxq_s8(result, low), high);
        if (Whole)
            vstrbq_s8(out + c, result);
        else
            vstrbq_p_s8(out + c, result, lanes);
    }
}

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    alignas(8) int8_t padding[static_cast<size_t>(channels)];
    for (int c = 0; c < channels; ++c)
        padding[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    const int8_t* taps[Depthwise<Spec>::taps + 1];
    taps[Depthwise<Spec>::taps] = padding;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const int8_t** tap = taps;
        const bool inside =
            Spec::dilation_width == 1 && left >= 0 && left + Spec::kernel_width <= width;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = left;
            MOTE_UNROLL
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && (inside || (column >= 0 && column < width));
                *tap++ = there ? rows[ky] + column * channels : padding;
            }
        }
        multiply_channels<channels % 16 == 0, typename Table::Policy>(table.layer, taps, out,
                                                                      table.fours, table.weights);
        out += channels;
    }
}

}  // namespace mve

template <class Spec, class = detail::enable_if_t<(mve::Depthwise<Spec>::way > 0)>>
constexpr const auto& pack_depthwise(arch::arm_mve) {
    if constexpr (mve::Depthwise<Spec>::way == 1)
        return mve::TableOf<Spec, ByTap, 16>::value;
    else
        return mve::ChannelsTable<Spec>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<(mve::Depthwise<Spec>::way > 0)>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_mve) {
    if constexpr (mve::Depthwise<Spec>::way == 1)
        mve::convolve<Spec>(table, rows, out);
    else
        mve::depthwise<Spec>(table, rows, out);
}

// Element by element.

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

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_mve) {
    for (int rest = channels; rest > 0; rest -= 4, in += 4, state += 4) {
        const mve_pred16_t lanes = vctp32q(static_cast<uint32_t>(rest));
        int32x4_t sums = vldrwq_z_s32(state, lanes);
        const int8_t* values = in;
        for (int pixel = 0; pixel < pixels; ++pixel, values += channels)
            sums = vaddq_s32(sums, vldrbq_z_s32(values, lanes));
        vstrwq_p_s32(state, sums, lanes);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
