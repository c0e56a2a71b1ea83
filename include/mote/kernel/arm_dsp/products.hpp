// Sums of products. Activations are widened to 16 bits once, weights on the fly, in the order that
// SXTB16 gives: values 0 and 2, 1 and 3 of each four. A block is some points (pixels) times some
// outputs; the sums stay in registers. Blocks know shapes at run time only, so layers share their
// code.
//
// Halves spare half of that: two weights w0, w1 stand as one number h = 256 * w0 + w1, of which
// SXTB16 gives w1. With two values x0, x1 and b = x0 - 127
//
//     b * h + (256 * x1 - b) * w1 = 256 * (x0 * w0 + x1 * w1 - 127 * w0)
//
// in which every factor fits 16 bits, and 256 * x1 - b are the bytes of x0 and x1 with some bits of
// x0 flipped. The bias takes 127 * w0 back. Sums of products must fit 24 bits.
#pragma once

#include <stddef.h>

#include "table.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// Four values as a block multiplies them: with the weights at even places and those at odd ones,
/// or with halves and the odd weights.
template <bool Halves>
MOTE_INLINE Pairs widened(int32_t word) {
    if (!Halves) return {sign_extend_even(word), sign_extend_odd(word)};
    return {__ssub16(sign_extend_even(word), pair_of(127)), word ^ pair_of(127)};
}

/// Where a block finds the next four values of a point: widened in a buffer, or as they are.
struct Widened {
    using Element = int32_t;
    template <bool Halves>
    static MOTE_INLINE Pairs next(const int32_t*& values) {
        return load_two_words(values);
    }
};
struct Bytes {
    using Element = int8_t;
    template <bool Halves>
    static MOTE_INLINE Pairs next(const int8_t*& values) {
        const int32_t word = load_word(values);
        values += 4;
        return widened<Halves>(word);
    }
};

/// Four taps of all sums; those of the same outputs `Table` outputs further come next.
template <class Source, int Points, int Group, bool Halves, int Table = Group>
MOTE_INLINE void multiply_four(
    const typename Source::Element*& values, const int8_t*& weights,
    int32_t (&sums)[static_cast<size_t>(Group)][static_cast<size_t>(Points)]) {
    static_assert(Points == 1 || Group == 2, "more do not fit the registers");
    Pairs value{0, 0};
    if (Points == 1) value = Source::template next<Halves>(values);
    if constexpr (Group == 1) {
        static_assert(!Halves, "halves come two at a time");
        const Pairs weight = Bytes::next<false>(weights);
        sums[0][0] = __smlad(weight.odd, value.odd, __smlad(weight.even, value.even, sums[0][0]));
        return;
    }
    MOTE_UNROLL
    for (int o = 0; o < Group; o += 2) {
        const Pairs words = load_two_words<8 + 4 * (Table - Group)>(weights);
        // Not as Pairs: GCC would keep those in memory.
        const int32_t first_even = Halves ? words.even : sign_extend_even(words.even);
        const int32_t first_odd =
            Halves ? sign_extend_even(words.even) : sign_extend_odd(words.even);
        const int32_t second_even = Halves ? words.odd : sign_extend_even(words.odd);
        const int32_t second_odd =
            Halves ? sign_extend_even(words.odd) : sign_extend_odd(words.odd);
        MOTE_UNROLL
        for (int point = 0; point < Points; ++point) {
            if (Points > 1) value = Source::template next<Halves>(values);
            sums[o][point] = __smlad(first_even, value.even, sums[o][point]);
            sums[o + 1][point] = __smlad(second_even, value.even, sums[o + 1][point]);
            sums[o][point] = __smlad(first_odd, value.odd, sums[o][point]);
            sums[o + 1][point] = __smlad(second_odd, value.odd, sums[o + 1][point]);
        }
    }
}

/// What a scale takes; halves add up to 256 times the products alone.
template <class Policy>
MOTE_INLINE int32_t total(int32_t sum, int32_t bias) {
    return Policy::halves ? bias + (sum >> (Policy::moderate ? 7 : 8)) : sum;
}

/// All outputs of `Points` vectors, whose values stand in turns of four. The table has groups of
/// `Table` outputs, and some that do not exist if `Padded`.
template <class Source, int Points, int Table, bool Padded, class Policy>
MOTE_NOINLINE void multiply(const Layer& layer, const typename Source::Element* values, int8_t* out,
                            const Channel<Policy::uniform>* channel, const int8_t* weights,
                            const int8_t* shift) {
    constexpr int group = Points == 1 ? Table : 2;
    const int32_t outputs = layer.outputs;
    const int8_t* const last = out + outputs;
    const Scale<Policy> common(layer, *channel, shift);
    bool within = false;
    do {
        int32_t sums[static_cast<size_t>(group)][static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int o = 0; o < group; ++o) {
            MOTE_UNROLL
            for (int point = 0; point < Points; ++point)
                sums[o][point] = Policy::halves ? 0 : channel[o].bias;
        }
        const typename Source::Element* value = values;
        const int8_t* weight = weights;
        const int8_t* const end = weights + Table * layer.taps;
        constexpr auto next_four = multiply_four<Source, Points, group, Policy::halves, Table>;
        if constexpr (Points == 1) {
            for (int32_t rest = layer.taps & 12; rest > 0; rest -= 4)
                next_four(value, weight, sums);
            while (weight != end) {
                next_four(value, weight, sums);
                next_four(value, weight, sums);
                next_four(value, weight, sums);
                next_four(value, weight, sums);
            }
        } else {
            do {
                next_four(value, weight, sums);
            } while (weight != end);
        }
        within = group < Table && !within;
        weights = within ? weights + 8 : end - (group < Table ? 8 : 0);
        MOTE_UNROLL
        for (int o = 0; o < group; ++o) {
            if (Padded && o > 0 && out == last) continue;
            const Scale<Policy> scaled =
                Policy::uniform ? common : Scale<Policy>(layer, channel[o], shift);
            if (!Policy::uniform) ++shift;
            const int32_t bias = channel[o].bias;
            MOTE_UNROLL
            for (int point = 0; point < Points; ++point)
                out[point * outputs] = scaled(total<Policy>(sums[o][point], bias));
            ++out;
        }
        channel += group;
    } while (out != last);
}

template <class Source, int Points, class Table>
MOTE_INLINE void multiply(const Table& table, const typename Source::Element* values, int8_t* out) {
    multiply<Source, Points, Table::group, Table::padded, typename Table::Policy>(
        table.layer, values, out, table.channels, table.weights, table.shifts);
}

/// Widens 4 * `count` values to every `step`-th place for four.
template <bool Halves>
MOTE_INLINE int32_t* widen(const int8_t* from, int count, int32_t* to, int step) {
    MOTE_UNROLL_FOUR
    for (int four = 0; four < count; ++four, from += 4, to += 2 * step) {
        const Pairs pairs = widened<Halves>(load_word(from));
        to[0] = pairs.even;
        to[1] = pairs.odd;
    }
    return to;
}

/// As widen() does with values that are all the same.
template <bool Halves>
MOTE_INLINE int32_t* fill(int value, int count, int32_t* to, int step) {
    const Pairs pairs = widened<Halves>((value & 255) * 0x01010101);
    for (; count > 0; --count, to += 2 * step) {
        to[0] = pairs.even;
        to[1] = pairs.odd;
    }
    return to;
}

/// How many vectors of `taps` values are multiplied at a time: they are widened on the stack.
constexpr int most_points(int32_t taps) { return taps <= 384 ? 3 : (taps <= 640 ? 2 : 1); }

/// How many of `count` vectors that are left come next, at most `most`.
constexpr int next_points(int32_t count, int most) {
    const int points = most == 3 && count % 3 != 0 ? 2 : most;
    return points > count ? 1 : points;
}
/// The most that ever come of `count`.
constexpr int largest_points(int32_t count, int most) {
    int largest = 1;
    for (int points = 0; count > 0; count -= points) {
        points = next_points(count, most);
        if (points > largest) largest = points;
    }
    return largest;
}

/// Multiplies `count` vectors, which `fetch(index, to, step)` widens, up to `Most` at a time.
template <int32_t Taps, int Most, class Table, class Fetch>
MOTE_INLINE void multiply_all(const Table& table, int8_t* out, int32_t count, Fetch fetch) {
    int32_t values[static_cast<size_t>(Most * Taps / 2)];
    for (int32_t index = 0; index < count;) {
        const int points = next_points(count - index, Most);
        for (int point = 0; point < points; ++point)
            fetch(index + point, values + 2 * point, points);
        if constexpr (Most > 2)
            if (points == 3) multiply<Widened, 3>(table, values, out);
        if constexpr (Most > 1)
            if (points == 2) multiply<Widened, 2>(table, values, out);
        if (points == 1) multiply<Widened, 1>(table, values, out);
        index += points;
        out += points * table.layer.outputs;
    }
}

}  // namespace dsp

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
