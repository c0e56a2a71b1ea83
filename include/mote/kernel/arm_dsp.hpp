// Convolutions and dense layers with Arm's DSP extension: SMLAD does two multiply-accumulates.
//
// Activations are widened to 16 bits once, weights on the fly, in the order that SXTB16 gives:
// values 0 and 2, 1 and 3 of each four. A block is some points (pixels) times some outputs; the
// sums stay in registers. Blocks know shapes at run time only, so layers share their code.
#pragma once

#include <stddef.h>

#include "../detail/meta.hpp"
#include "accumulate.hpp"
#include "portable.hpp"

#if MOTE_HAS_ARM_DSP

#include <arm_acle.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// Two pairs of 16-bit numbers.
struct Pairs {
    int32_t even;
    int32_t odd;
};

MOTE_INLINE int32_t load_word(const int8_t* address) {
    int32_t word;
    __builtin_memcpy(&word, address, 4);
    return word;
}

template <class Element>
MOTE_INLINE Pairs load_two_words(const Element*& address) {
    int32_t first;
    int32_t second;
    __asm__ volatile("ldrd %0, %1, [%2], #8"
                     : "=&r"(first), "=&r"(second), "+r"(address)
                     :
                     : "memory");
    return {first, second};
}

// GCC's __ssat is a macro that takes the sign from its result and gives it back.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
MOTE_INLINE int8_t saturate(int32_t value) { return static_cast<int8_t>(__ssat(value, 8)); }
#pragma GCC diagnostic pop

MOTE_INLINE int32_t sign_extend_even(int32_t bytes) { return __sxtb16(bytes); }
MOTE_INLINE int32_t sign_extend_odd(int32_t bytes) {
    int32_t pair;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(bytes));
    return pair;
}

constexpr int32_t pair_of(int value) {
    return static_cast<int32_t>((static_cast<uint32_t>(value) & 0xffffU) |
                                static_cast<uint32_t>(value) << 16);
}

/// (left * right + 2^31) / 2^32
MOTE_INLINE int32_t high_product(int32_t left, int32_t right) {
    int32_t result;
    __asm__("smmulr %0, %1, %2" : "=r"(result) : "r"(left), "r"(right));
    return result;
}

// From sums to outputs.

/// How far the sums and shifts of a layer reach decides what a scale costs.
enum class Scaling {
    any,     // as kernel/requantize.hpp
    wide,    // every shift goes to the right by 1 or more, and rounding cannot overflow
    narrow,  // the same by 1 to 23, and sums are below 2^29
};

/// What layers that share code have in common.
template <bool Uniform, Scaling Reach, bool Clamped, class Rounding>
struct Policy {
    static constexpr bool uniform = Uniform;
    static constexpr Scaling reach = Reach;
    static constexpr bool narrow = Reach == Scaling::narrow;
    static constexpr bool clamped = Clamped;
    using rounding = Rounding;
};

/// The numbers of a layer.
struct Layer {
    int32_t taps;        // of an output, a multiple of 4
    int32_t outputs;     // that exist; tables may have some more
    int32_t zero;        // of the output; twice that and 1 with Policy::narrow
    int32_t low, high;   // bounds of the output
    int32_t multiplier;  // if all channels share one
};

template <bool Uniform>
struct Channel {
    int32_t bias;
    int32_t multiplier;
    constexpr int32_t value(const Layer&) const { return multiplier; }
};
template <>
struct Channel<true> {
    int32_t bias;
    constexpr int32_t value(const Layer& layer) const { return layer.multiplier; }
};

/// The scale of one channel, ready for use.
template <class Policy>
struct Scale {
    const Layer& layer;
    int32_t multiplier;
    int32_t shift;
    int32_t offset;

    MOTE_INLINE Scale(const Layer& of, const Channel<Policy::uniform>& channel, const int8_t* right)
        : layer(of),
          multiplier(channel.value(of)),
          shift(*right + (Policy::narrow ? 1 : 0)),
          offset(Policy::narrow
                     ? of.zero * (int32_t{1} << *right)
                     : (Policy::reach == Scaling::wide ? int32_t{1} << (shift - 1) : 0)) {}

    /// The output of `sum`.
    MOTE_INLINE int8_t operator()(int32_t sum) const {
        int32_t value;
        if (Policy::narrow) {
            value = high_product(sum * 2, multiplier);
            value = (value + (value >> 31) + offset) >> shift;
        } else if (Policy::reach == Scaling::wide) {
            value = high_multiply(sum, multiplier);
            value = ((value + (value >> 31) + offset) >> shift) + layer.zero;
        } else {
            value = scale(sum, multiplier, -shift, typename Policy::rounding{}) + layer.zero;
        }
        if (!Policy::clamped) return saturate(value);
        value = value < layer.low ? layer.low : value;
        return static_cast<int8_t>(value > layer.high ? layer.high : value);
    }
};

/// `shifts`: to the right, less 1 with Policy::narrow. Weights stand in groups of `Group` outputs,
/// and in these by four taps.
template <class PolicyType, int Group, bool Padded, int Outputs, class WeightsInOrder>
struct Table {
    using Policy = PolicyType;
    static constexpr int group = Group;
    static constexpr bool padded = Padded;

    Layer layer;
    ChannelArray<Channel<Policy::uniform>, Outputs> channels;
    WeightsInOrder weights;
    ChannelArray<int8_t, Policy::uniform ? 1 : Outputs> shifts;
};

/// Where a table has what: layers of other sizes share the code that reads this.
template <class PolicyType, int Group, bool Padded>
struct Parts {
    using Policy = PolicyType;
    static constexpr int group = Group;
    static constexpr bool padded = Padded;

    const Layer& layer;
    const Channel<Policy::uniform>* channels;
    const int8_t* weights;
    const int8_t* shifts;
};

template <class Policy, int Group, bool Padded, int Outputs, class WeightsInOrder>
MOTE_INLINE Parts<Policy, Group, Padded> parts_of(
    const Table<Policy, Group, Padded, Outputs, WeightsInOrder>& table) {
    return {table.layer, table.channels, table.weights, table.shifts};
}

/// An upper bound of the magnitude of all sums of a channel.
template <class Weights>
constexpr int64_t largest_sum(int channel, int zero_point) {
    const int64_t bias = Weights::bias(channel);
    return (bias < 0 ? -bias : bias) + int64_t{detail::larger(127 - zero_point, 128 + zero_point)} *
                                           128 * (Weights::count / Weights::outputs);
}

constexpr Scaling reach_of(Multiplier multiplier, int64_t largest) {
    if (multiplier.shift >= 0 ||
        (largest * multiplier.value >> 31) + (int64_t{1} << (-multiplier.shift - 1)) >= 0x7fffffff)
        return Scaling::any;
    return multiplier.shift >= -23 && largest < int64_t{1} << 29 ? Scaling::narrow : Scaling::wide;
}

/// The least of the reaches of some channels.
template <class Spec>
struct LeastReaches
    : detail::OneByOne<LeastReaches<Spec>, Scaling, Some<Spec::Weights::outputs>::count, 1> {
    static constexpr Scaling at(int32_t piece) {
        using Channels = Some<Spec::Weights::outputs>;
        Scaling least = Scaling::narrow;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel)
            least = detail::smaller(least, reach_of(multiplier_of<Spec>(channel),
                                                    largest_sum<typename Spec::Weights>(
                                                        static_cast<int>(channel),
                                                        Spec::Input::Quantization::zero_point)));
        return least;
    }
};

/// The least of the reaches of all channels.
template <class Spec>
constexpr Scaling reach_of_all() {
    if constexpr (detail::is_same<typename Spec::Rounding, rounding::Double>::value)
        return SmallestOf<LeastReaches<Spec>>::value;
    else
        return Scaling::any;
}

template <class Spec>
using PolicyOf =
    Policy<uniform_scales<typename Spec::Weights>(), reach_of_all<Spec>(),
           Spec::range.low != -128 || Spec::range.high != 127, typename Spec::Rounding>;

constexpr int round_up(int32_t value, int step) {
    return static_cast<int>((value + step - 1) / step * step);
}

template <class Spec>
constexpr Layer layer_of(int32_t taps) {
    constexpr int zero = Spec::Output::Quantization::zero_point;
    return {taps,
            Spec::Weights::outputs,
            PolicyOf<Spec>::narrow ? 2 * zero + 1 : zero,
            Spec::range.low,
            Spec::range.high,
            multiplier_of<Spec>(Spec::Weights::outputs - 1).value};
}

constexpr Channel<true> channel_of(int32_t bias, Multiplier, detail::constant<1>) { return {bias}; }
constexpr Channel<false> channel_of(int32_t bias, Multiplier multiplier, detail::constant<0>) {
    return {bias, multiplier.value};
}

/// `Outputs`: with those that pad a table.
template <class Spec, class Order, int Outputs>
struct Channels : detail::OneByOne<Channels<Spec, Order, Outputs>, Channel<PolicyOf<Spec>::uniform>,
                                   Outputs, channels_at_once> {
    static constexpr Channel<PolicyOf<Spec>::uniform> at(int32_t channel) {
        if (channel >= Spec::Weights::outputs) return {};
        return channel_of(folded_bias<Spec, Order>(channel), multiplier_of<Spec>(channel),
                          detail::constant<PolicyOf<Spec>::uniform>{});
    }
};
template <class Spec, int Outputs>
struct Shifts : detail::OneByOne<Shifts<Spec, Outputs>, int8_t,
                                 PolicyOf<Spec>::uniform ? 1 : Outputs, channels_at_once> {
    static constexpr int8_t at(int32_t channel) {
        if (channel >= Spec::Weights::outputs) return 0;
        return static_cast<int8_t>(-multiplier_of<Spec>(channel).shift -
                                   (PolicyOf<Spec>::narrow ? 1 : 0));
    }
};

/// `Group` outputs at a time: of each four taps.
template <int Group, int Outputs, int32_t Taps>
struct FourTaps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = Group * 4;
    static constexpr int32_t rows_of_group = round_up(Taps, 4) / 4;
    static constexpr int32_t rows = round_up(Outputs, Group) / Group * rows_of_group;

    static constexpr int32_t output_of(int32_t place) { return place / 4; }
    static constexpr int32_t tap_of(int32_t place) { return place % 4; }
    static constexpr Row row(int32_t index) {
        const int32_t output = index / rows_of_group * Group;
        const int32_t tap = index % rows_of_group * 4;
        return {output, tap, Outputs - output, Taps - tap};
    }
};

/// `Taps`: with those that pad a table.
template <class Spec, class Order, class Layout, int Group, int32_t Taps>
struct TableOf {
    static constexpr int outputs = round_up(Spec::Weights::outputs, Group);
    using Weights = Packed<typename Spec::Weights, Order, Layout>;
    static constexpr Table<PolicyOf<Spec>, Group, outputs != Spec::Weights::outputs, outputs,
                           detail::BlocksOf<Weights>>
        value = {layer_of<Spec>(Taps), detail::Assembled<Channels<Spec, Order, outputs>>::value,
                 detail::Assembled<Weights>::value,
                 detail::Assembled<Shifts<Spec, outputs>>::value};
};

template <class Spec, class Order, int Group>
using TableByFourTaps =
    TableOf<Spec, Order,
            FourTaps<Group, Spec::Weights::outputs, Spec::Weights::count / Spec::Weights::outputs>,
            Group, round_up(Spec::Weights::count / Spec::Weights::outputs, 4)>;

// Blocks.

/// Where a block finds the next four values of a point: widened in a buffer, or as they are.
struct Widened {
    using Element = int32_t;
    static MOTE_INLINE Pairs next(const int32_t*& values) { return load_two_words(values); }
};
struct Bytes {
    using Element = int8_t;
    static MOTE_INLINE Pairs next(const int8_t*& values) {
        const int32_t word = load_word(values);
        values += 4;
        return {sign_extend_even(word), sign_extend_odd(word)};
    }
};

/// Four taps of all sums.
template <class Source, int Points, int Group>
MOTE_INLINE void multiply_four(
    const typename Source::Element*& values, const int8_t*& weights,
    int32_t (&sums)[static_cast<size_t>(Group)][static_cast<size_t>(Points)]) {
    static_assert(Points == 1 || Group == 2, "more do not fit the registers");
    Pairs value{0, 0};
    if (Points == 1) value = Source::next(values);
    MOTE_UNROLL
    for (int o = 0; o < Group; o += 2) {
        const Pairs words = load_two_words(weights);
        // Not as Pairs: GCC would keep those in memory.
        const int32_t first_even = sign_extend_even(words.even);
        const int32_t first_odd = sign_extend_odd(words.even);
        const int32_t second_even = sign_extend_even(words.odd);
        const int32_t second_odd = sign_extend_odd(words.odd);
        MOTE_UNROLL
        for (int point = 0; point < Points; ++point) {
            if (Points > 1) value = Source::next(values);
            sums[o][point] = __smlad(first_even, value.even, sums[o][point]);
            sums[o + 1][point] = __smlad(second_even, value.even, sums[o + 1][point]);
            sums[o][point] = __smlad(first_odd, value.odd, sums[o][point]);
            sums[o + 1][point] = __smlad(second_odd, value.odd, sums[o + 1][point]);
        }
    }
}

/// All outputs of `Points` vectors, whose values stand in turns of four.
/// `Padded`: the table has outputs that do not exist.
template <class Source, int Points, int Group, bool Padded, class Policy>
MOTE_NOINLINE void multiply(const Layer& layer, const typename Source::Element* values, int8_t* out,
                            const Channel<Policy::uniform>* channel, const int8_t* weights,
                            const int8_t* shift) {
    const int32_t outputs = layer.outputs;
    const int8_t* const last = out + outputs;
    const Scale<Policy> common(layer, *channel, shift);
    do {
        int32_t sums[static_cast<size_t>(Group)][static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int o = 0; o < Group; ++o) {
            MOTE_UNROLL
            for (int point = 0; point < Points; ++point) sums[o][point] = channel[o].bias;
        }
        const typename Source::Element* value = values;
        const int8_t* const end = weights + Group * layer.taps;
        if constexpr (Points == 1) {
            for (int32_t rest = layer.taps & 12; rest > 0; rest -= 4)
                multiply_four<Source, Points, Group>(value, weights, sums);
            while (weights != end) {
                multiply_four<Source, Points, Group>(value, weights, sums);
                multiply_four<Source, Points, Group>(value, weights, sums);
                multiply_four<Source, Points, Group>(value, weights, sums);
                multiply_four<Source, Points, Group>(value, weights, sums);
            }
        } else {
            do {
                multiply_four<Source, Points, Group>(value, weights, sums);
            } while (weights != end);
        }
        MOTE_UNROLL
        for (int o = 0; o < Group; ++o) {
            if (Padded && o > 0 && out == last) continue;
            const Scale<Policy> scaled =
                Policy::uniform ? common : Scale<Policy>(layer, channel[o], shift);
            if (!Policy::uniform) ++shift;
            MOTE_UNROLL
            for (int point = 0; point < Points; ++point)
                out[point * outputs] = scaled(sums[o][point]);
            ++out;
        }
        channel += Group;
    } while (out != last);
}

template <class Source, int Points, class Table>
MOTE_INLINE void multiply(const Table& table, const typename Source::Element* values, int8_t* out) {
    multiply<Source, Points, Table::group, Table::padded, typename Table::Policy>(
        table.layer, values, out, table.channels, table.weights, table.shifts);
}

/// Widens 4 * `count` values to every `step`-th place for four.
MOTE_INLINE int32_t* widen(const int8_t* from, int count, int32_t* to, int step) {
    MOTE_UNROLL_FOUR
    for (int four = 0; four < count; ++four, from += 4, to += 2 * step) {
        const int32_t word = load_word(from);
        to[0] = sign_extend_even(word);
        to[1] = sign_extend_odd(word);
    }
    return to;
}

/// As widen() does with values that are all the same.
MOTE_INLINE int32_t* fill(int value, int count, int32_t* to, int step) {
    const int32_t pair = pair_of(value);
    for (; count > 0; --count, to += 2 * step) to[0] = to[1] = pair;
    return to;
}

/// How many vectors of `taps` values are multiplied at a time: they are widened on the stack.
constexpr int most_points(int32_t taps) { return taps <= 384 ? 3 : (taps <= 640 ? 2 : 1); }

/// Multiplies `count` vectors, which `fetch(index, to, step)` widens, some at a time.
template <int32_t Taps, bool Single, class Table, class Fetch>
MOTE_INLINE void multiply_all(const Table& table, int8_t* out, int32_t count, Fetch fetch) {
    constexpr int most = most_points(Taps);
    int32_t values[static_cast<size_t>((Single ? 1 : most) * Taps / 2)];
    for (int32_t index = 0; index < count;) {
        int points = 1;
        if (!Single && most == 3) points = (count - index) % 3 == 0 ? 3 : 2;
        if (!Single && most == 2) points = 2;
        if (points > count - index) points = 1;
        for (int point = 0; point < points; ++point)
            fetch(index + point, values + 2 * point, points);
        if constexpr (!Single) {
            if (most == 3 && points == 3) multiply<Widened, 3>(table, values, out);
            if (most > 1 && points == 2) multiply<Widened, 2>(table, values, out);
        }
        if (points == 1) multiply<Widened, 1>(table, values, out);
        index += points;
        out += points * table.layer.outputs;
    }
}

/// Widens the window of output column `x`. `whole`: no row is padding.
template <class Spec>
MOTE_NOINLINE void widen_window(const int8_t* const* rows, bool whole, int x, int32_t* to,
                                int step) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    constexpr int padded = round_up(Spec::kernel_height * run, 4);
    const int left = x * Spec::stride_width - Spec::left;
    const bool inside = whole && Spec::dilation_width == 1 && left >= 0 &&
                        left <= Spec::Input::Shape::width - Spec::kernel_width;
    if (run % 4 == 0 && inside) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky)
            to = widen(rows[ky] + left * channels, run / 4, to, step);
        return;
    }
    if (channels % 4 == 0) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && column >= 0 && column < Spec::Input::Shape::width;
                to = there ? widen(rows[ky] + column * channels, channels / 4, to, step)
                           : fill(Spec::Input::Quantization::zero_point, channels / 4, to, step);
            }
        }
        return;
    }
    alignas(4) int8_t window[static_cast<size_t>(padded)];
    if (inside) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky)
            copy_bytes<run>(rows[ky] + left * channels, window + ky * run);
    } else {
        copy_window<Spec>(rows, left, window);
    }
    for (int tap = Spec::kernel_height * run; tap < padded; ++tap) window[tap] = 0;
    widen(window, padded / 4, to, step);
}

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int32_t taps =
        round_up(Spec::kernel_height * Spec::kernel_width * Spec::Input::Shape::channels, 4);
    bool whole = true;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) whole = whole && rows[ky];
    multiply_all<taps, Spec::Output::Shape::width == 1>(
        table, out, Spec::Output::Shape::width,
        [&](int32_t x, int32_t* to, int step) { widen_window<Spec>(rows, whole, x, to, step); });
}

}  // namespace dsp

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_dsp) {
    return dsp::TableByFourTaps<Spec, ByOutput, 2>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_dsp) {
    dsp::convolve<Spec>(table, rows, out);
}

// One vector is widened once for four outputs at a time, or not at all if that does not pay.

namespace dsp {

template <class Spec>
struct Matrix {
    static constexpr int outputs = Spec::Weights::outputs;
    static constexpr int32_t inputs = Spec::Weights::count / outputs;
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr bool single = Spec::Output::size == outputs;
    static constexpr int group = single && (outputs + 1) % 4 < 2 ? 4 : 2;
    static constexpr bool bytes = single && inputs % 4 == 0 && (outputs < 32 || inputs > 1024);
};

template <int Inputs, bool Single, class Parts>
MOTE_NOINLINE void multiply_points(const Parts& table, const int8_t* in, int8_t* out,
                                   int32_t points) {
    multiply_all<round_up(Inputs, 4), Single>(table, out, points,
                                              [in](int32_t index, int32_t* to, int step) {
                                                  const int8_t* from = in + index * Inputs;
                                                  to = widen(from, Inputs / 4, to, step);
                                                  if (Inputs % 4 == 0) return;
                                                  alignas(4) int8_t rest[4] = {0, 0, 0, 0};
                                                  for (int i = 0; i < Inputs % 4; ++i)
                                                      rest[i] = from[Inputs / 4 * 4 + i];
                                                  widen(rest, 1, to, step);
                                              });
}

}  // namespace dsp

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_dsp) {
    return dsp::TableByFourTaps<Spec, ByOutput, dsp::Matrix<Spec>::group>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_dsp) {
    using Matrix = dsp::Matrix<Spec>;
    if constexpr (Matrix::bytes) {
        dsp::multiply<dsp::Bytes, 1>(table, in, out);
    } else {
        dsp::multiply_points<Matrix::inputs, Matrix::single>(dsp::parts_of(table), in, out, points);
    }
}

// Depthwise convolution. With one input channel it is a convolution. A window of 3x3 slides along
// the row of one channel at a time, so that a column is loaded once and weights stay in registers.
// Other windows take four channels at a time.

namespace dsp {

template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr int stride = Spec::stride_width;
    static constexpr bool expands = channels == 1;
    /// Columns of the last window to the right of the map.
    static constexpr int right =
        detail::larger((width - 1) * stride - Spec::left + 3 - Spec::Input::Shape::width, 0);
    static constexpr bool slides = !expands && channels == Spec::Weights::outputs &&
                                   Spec::kernel_height == 3 && Spec::kernel_width == 3 &&
                                   Spec::dilation_width == 1 && stride <= 2 && Spec::left <= 1 &&
                                   right <= 1 && width > 1;
    static constexpr bool fours = channels % 4 == 0 && channels == Spec::Weights::outputs;
    static constexpr int way = expands ? 1 : (slides ? 2 : (fours ? 3 : 0));
};

/// The numbers that decide what code a row takes.
template <int Channels, int Stride, int Width, bool Left, bool Right, int Zero>
struct Slide {
    static constexpr int channels = Channels;
    static constexpr int stride = Stride;
    static constexpr int width = Width;
    static constexpr bool left = Left;  // the first column is padding
    static constexpr bool right = Right;
    static constexpr int zero = Zero;  // of the input
};

/// One channel: its sums of a row. A column is loaded once and added to all sums that it is in.
template <class Slide>
MOTE_INLINE void slide(const int8_t* const* rows, int channel, const int8_t* weights, int32_t bias,
                       int32_t* sums) {
    constexpr int width = Slide::width;
    constexpr int32_t zero = Slide::zero;
    constexpr int32_t zeros = pair_of(zero);
    // Pairs of rows 0 and 1 in each column; row 2 is a pair and a single one.
    const int32_t first = load_word(weights);
    const int32_t second = load_word(weights + 4);
    int32_t weight0 = sign_extend_even(first);
    int32_t weight1 = sign_extend_odd(first);
    int32_t weight2 = sign_extend_even(second);
    int32_t lower01 = sign_extend_odd(second);
    int32_t lower2 = weights[8];
    // As numbers, since a row of padding is null.
    const auto place = [&](int row) MOTE_INLINE_LAMBDA {
        return reinterpret_cast<const int8_t*>(reinterpret_cast<uintptr_t>(rows[row]) +
                                               static_cast<uintptr_t>(channel));
    };
    const int8_t* row0 = place(0);
    const int8_t* row1 = place(1);
    const int8_t* row2 = place(2);
    // A row of padding has weights of 0; its share of the sum is constant.
    if (!rows[0]) {
        row0 = row1;
        bias = __smlabb(zeros, weight0, __smlabb(zeros, weight1, __smlabb(zeros, weight2, bias)));
        weight0 = weight0 >> 16 << 16;
        weight1 = weight1 >> 16 << 16;
        weight2 = weight2 >> 16 << 16;
    }
    if (!rows[2]) {
        row2 = row1;
        bias = __smlad(zeros, lower01, __smlabb(zeros, lower2, bias));
        lower01 = lower2 = 0;
    }
    int32_t upper = zeros;
    int32_t lower = zero;
    const auto next = [&]() MOTE_INLINE_LAMBDA {
        const int32_t low = *row0;
        const int32_t high = *row1;
        lower = *row2;
        __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(upper) : "r"(low), "r"(high));
        row0 += Slide::channels;
        row1 += Slide::channels;
        row2 += Slide::channels;
    };
    const auto begin = [&](int32_t& sum) MOTE_INLINE_LAMBDA {
        sum = __smlabb(lower, lower01, __smlad(upper, weight0, bias));
    };
    const auto middle = [&](int32_t& sum) MOTE_INLINE_LAMBDA {
        sum = __smlabt(lower, lower01, __smlad(upper, weight1, sum));
    };
    const auto end = [&](int32_t sum) MOTE_INLINE_LAMBDA {
        *sums++ = __smlabb(lower, lower2, __smlad(upper, weight2, sum));
    };
    int32_t a, b, c;
    if (!Slide::left) next();
    begin(a);
    if constexpr (Slide::stride == 1) {
        next();
        middle(a);
        begin(b);
        const auto slide = [&](int32_t& oldest, int32_t& old, int32_t& fresh) MOTE_INLINE_LAMBDA {
            next();
            end(oldest);
            middle(old);
            begin(fresh);
        };
        for (int three = 0; three < (width - 2) / 3; ++three) {
            slide(a, b, c);
            slide(b, c, a);
            slide(c, a, b);
        }
        if ((width - 2) % 3 > 0) slide(a, b, c);
        if ((width - 2) % 3 > 1) slide(b, c, a);
        int32_t& oldest = (width - 2) % 3 == 0 ? a : ((width - 2) % 3 == 1 ? b : c);
        int32_t& old = (width - 2) % 3 == 0 ? b : ((width - 2) % 3 == 1 ? c : a);
        next();
        end(oldest);
        middle(old);
        if (Slide::right) {
            upper = zeros;
            lower = zero;
        } else {
            next();
        }
        end(old);
    } else {
        const auto slide = [&](int32_t& old, int32_t& fresh) MOTE_INLINE_LAMBDA {
            next();
            middle(old);
            next();
            end(old);
            begin(fresh);
        };
        for (int two = 0; two < (width - 1) / 2; ++two) {
            slide(a, b);
            slide(b, a);
        }
        if ((width - 1) % 2 != 0) slide(a, b);
        int32_t& old = (width - 1) % 2 == 0 ? a : b;
        next();
        middle(old);
        if (Slide::right) {
            upper = zeros;
            lower = zero;
        } else {
            next();
        }
        end(old);
    }
}

template <class Slide, class Policy>
MOTE_NOINLINE void slide(const Layer& layer, const int8_t* const* rows, int8_t* out,
                         const Channel<Policy::uniform>* channel, const int8_t* weights,
                         const int8_t* shift) {
    for (int c = 0; c < Slide::channels; ++c, ++channel, weights += 9, ++out) {
        int32_t sums[Slide::width];
        slide<Slide>(rows, c, weights, channel->bias, sums);
        const Scale<Policy> scaled(layer, *channel, shift);
        if (!Policy::uniform) ++shift;
        // Unrolling pays where few outputs share what comes before them.
        if constexpr (Slide::width <= 8) {
            MOTE_UNROLL_FOUR
            for (int x = 0; x < Slide::width; ++x) out[x * Slide::channels] = scaled(sums[x]);
        } else {
            for (int x = 0; x < Slide::width; ++x) out[x * Slide::channels] = scaled(sums[x]);
        }
    }
}

/// One pixel; `taps`: the values under each weight. Weights stand by four channels, then taps.
template <class Policy>
MOTE_NOINLINE void multiply_channels(const Layer& layer, const int8_t* const* taps, int8_t* out,
                                     const Channel<Policy::uniform>* channel, const int8_t* weights,
                                     const int8_t* shift) {
    for (int32_t c = 0; c < layer.outputs; c += 4) {
        int32_t sums[4] = {channel[0].bias, channel[1].bias, channel[2].bias, channel[3].bias};
        const int8_t* const* const end = taps + layer.taps;
        for (const int8_t* const* tap = taps; tap != end; ++tap, weights += 4) {
            const int32_t values = load_word(*tap + c);
            const int32_t words = load_word(weights);
            const int32_t value02 = sign_extend_even(values);
            const int32_t value13 = sign_extend_odd(values);
            const int32_t weight02 = sign_extend_even(words);
            const int32_t weight13 = sign_extend_odd(words);
            sums[0] = __smlabb(value02, weight02, sums[0]);
            sums[1] = __smlabb(value13, weight13, sums[1]);
            sums[2] = __smlatt(value02, weight02, sums[2]);
            sums[3] = __smlatt(value13, weight13, sums[3]);
        }
        MOTE_UNROLL
        for (int i = 0; i < 4; ++i) {
            *out++ = Scale<Policy>(layer, *channel++, shift)(sums[i]);
            if (!Policy::uniform) ++shift;
        }
    }
}

/// Nine weights a channel, in the order that slide() widens.
template <int Channels>
struct Nines {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = 9;
    static constexpr int32_t rows = Channels;

    static constexpr int32_t output_of(int32_t) { return 0; }
    static constexpr int32_t tap_of(int32_t place) {
        constexpr int8_t taps[9] = {0, 1, 3, 4, 2, 6, 5, 7, 8};
        return taps[place];
    }
    static constexpr Row row(int32_t index) { return {index, 0, 1, 9}; }
};

template <class Spec, int Way>
struct DepthwiseTable;
template <class Spec>
struct DepthwiseTable<Spec, 1> : TableByFourTaps<Spec, ByTap, 2> {};
template <class Spec>
struct DepthwiseTable<Spec, 2> : TableOf<Spec, ByTap, Nines<Spec::Weights::outputs>, 1, 9> {};
/// By four channels, then taps.
template <class Spec>
struct DepthwiseTable<Spec, 3>
    : TableOf<Spec, ByTap,
              Groups<4, 0, Spec::Weights::outputs, Spec::Weights::count / Spec::Weights::outputs>,
              1, Spec::Weights::count / Spec::Weights::outputs> {};

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<1>) {
    convolve<Spec>(table, rows, out);
}
template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<2>) {
    using D = Depthwise<Spec>;
    slide<Slide<D::channels, D::stride, D::width, (Spec::left > 0), (D::right > 0),
                Spec::Input::Quantization::zero_point>,
          typename Table::Policy>(table.layer, rows, out, table.channels, table.weights,
                                  table.shifts);
}

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<3>) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    constexpr int extent = (Spec::kernel_width - 1) * Spec::dilation_width + 1;
    constexpr int last = (Spec::Output::Shape::width - 1) * Spec::stride_width - Spec::left;
    bool padded = Spec::left > 0 || last + extent > width;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) padded = padded || !rows[ky];
    int8_t padding[static_cast<size_t>(channels)];
    if (padded)
        for (int c = 0; c < channels; ++c)
            padding[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    const int8_t* taps[Spec::kernel_height * Spec::kernel_width];
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int8_t** tap = taps;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = x * Spec::stride_width - Spec::left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
                *tap++ = rows[ky] && column >= 0 && column < width ? rows[ky] + column * channels
                                                                   : padding;
        }
        multiply_channels<typename Table::Policy>(table.layer, taps, out, table.channels,
                                                  table.weights, table.shifts);
    }
}

}  // namespace dsp

template <class Spec, class = detail::enable_if_t<(dsp::Depthwise<Spec>::way > 0)>>
constexpr const auto& pack_depthwise(arch::arm_dsp) {
    return dsp::DepthwiseTable<Spec, dsp::Depthwise<Spec>::way>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<(dsp::Depthwise<Spec>::way > 0)>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_dsp) {
    dsp::depthwise<Spec>(table, rows, out, detail::constant<dsp::Depthwise<Spec>::way>{});
}

namespace dsp {

/// scale() for a multiplier that shifts to the right by 1 to 23 and values below 2^29.
template <int32_t Multiplier, int Shift>
MOTE_INLINE int32_t scaled_twice(int32_t twice, int32_t offset) {
    const int32_t value = high_product(twice, Multiplier);
    return (value + (value >> 31) + offset) >> Shift;
}

template <class Spec>
constexpr bool adds_simply() {
    return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
           Spec::headroom == 20 && Spec::left_multiplier.shift < 0 &&
           Spec::right_multiplier.shift < 0 && Spec::sum_multiplier.shift < 0 &&
           Spec::left_multiplier.shift >= -23 && Spec::right_multiplier.shift >= -23 &&
           Spec::sum_multiplier.shift >= -22;
}

}  // namespace dsp

template <class Spec, class = detail::enable_if_t<dsp::adds_simply<Spec>()>>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_dsp) {
    constexpr int up = Spec::headroom + 1;
    constexpr int left_shift = -Spec::left_multiplier.shift;
    constexpr int right_shift = -Spec::right_multiplier.shift;
    constexpr int shift = -Spec::sum_multiplier.shift;
    const int8_t* const end = left + count;
    while (left != end) {
        const int32_t first = (*left++ - Spec::left_zero) * (int32_t{1} << up);
        const int32_t second = (*right++ - Spec::right_zero) * (int32_t{1} << up);
        const int32_t sum = dsp::scaled_twice<Spec::left_multiplier.value, left_shift>(
                                first, int32_t{1} << (left_shift - 1)) +
                            dsp::scaled_twice<Spec::right_multiplier.value, right_shift>(
                                second, int32_t{1} << (right_shift - 1));
        *out++ = clamp(dsp::scaled_twice<Spec::sum_multiplier.value, shift>(
                           sum * 2, (2 * Spec::Output::Quantization::zero_point + 1) *
                                        (int32_t{1} << (shift - 1))),
                       Spec::range.low, Spec::range.high);
    }
}

// Means over the map, fed by rows: 16-bit sums of a row hold 255 pixels.

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_dsp) {
    if (channels % 4 != 0 || pixels > 255)
        return add_pixels(in, pixels, channels, state, arch::portable{});
    for (int c = 0; c < channels; c += 4, in += 4, state += 4) {
        int32_t even = 0;
        int32_t odd = 0;
        const int8_t* values = in;
        for (int pixel = 0; pixel < pixels; ++pixel, values += channels) {
            const int32_t word = dsp::load_word(values);
            even = __sxtab16(even, word);
            __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(odd) : "r"(odd), "r"(word));
        }
        state[0] += static_cast<int16_t>(even);
        state[1] += static_cast<int16_t>(odd);
        state[2] += even >> 16;
        state[3] += odd >> 16;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
