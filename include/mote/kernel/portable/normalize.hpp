// Vectors divided by their length, and logarithms of softmax, in fixed point as gemmlowp and
// TensorFlow Lite define it.
#pragma once

#include "softmax.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

namespace fixed {

inline int leading_zeros(int32_t value) {
    return __builtin_clzl(static_cast<uint32_t>(value)) - (static_cast<int>(sizeof(long)) * 8 - 32);
}

/// 1 / sqrt(sum) for a sum of squares.
inline Multiplier inverse_root(int32_t sum) {
    if (sum <= 1) return {0x7fffffff, 0};
    int shift = 11;
    for (; sum >= int32_t{1} << 29; sum /= 4) ++shift;
    const int pairs = (leading_zeros(sum) - 1) / 2 - 1;
    shift -= pairs;
    const int32_t value = static_cast<int32_t>(static_cast<uint32_t>(sum) << 2 * pairs) >> 1;
    // Newton and Raphson from 1 on, five times, in Q3.28.
    const int32_t half = rounding_shift(value, 1);
    int32_t x = int32_t{1} << 28;
    for (int step = 0; step < 5; ++step) {
        const int32_t cube = saturating_shift_left(product(product(x, x), x), 6);
        x = saturating_shift_left(
            product((int32_t{1} << 28) + (int32_t{1} << 27), x) - product(half, cube), 3);
    }
    x = product(x, 1518500250);
    if (shift < 0) {
        x = static_cast<int32_t>(static_cast<uint32_t>(x) << -shift);
        shift = 0;
    }
    return {x, static_cast<int8_t>(-shift)};
}

/// log(value) in Q5.26 for value >= 1 in Q12.19.
inline int32_t logarithm(int32_t value) {
    constexpr int32_t root_half = 1518500250, fourth_root_half = 1805811301, quarter = 8388608;
    const int zeros_a = leading_zeros(value);
    const int32_t r_a =
        saturating_shift_left(product(saturating_shift_left(value, zeros_a - 1), root_half), 1);
    const int32_t power_a = saturating_shift_left(12 - zeros_a, 25) + quarter;
    const int headroom_b = leading_zeros(product(value, root_half)) - 1;
    const int32_t r_b = saturating_shift_left(value, headroom_b);
    const int32_t power_b = saturating_shift_left(12 - headroom_b, 25) - quarter;
    const int32_t r = detail::smaller(r_a, r_b);
    const int32_t power = detail::larger(power_a, power_b);

    const int64_t sum = static_cast<int64_t>(r) + fourth_root_half;
    const int32_t p = static_cast<int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
    const int32_t q = (r - fourth_root_half) * 2;
    const int32_t square = product(q, q);
    const int32_t numerator = product(q, r) + product(product(q, square), 117049297);
    const int32_t denominator =
        product(p, 1057819769 + q + product(127690142, square)) + product(638450708, q);
    return saturating_shift_left(
        product(power, 1488522236) + product(rounding_shift(numerator, 6), reciprocal(denominator)),
        1);
}

}  // namespace fixed

/// Each of `points` vectors of `depth` values, divided by its length, in 1/128.
template <class Spec>
MOTE_NOINLINE void normalize_lengths(const int8_t* in, int8_t* out, int points, arch::portable) {
    constexpr int32_t zero = Spec::Input::Quantization::zero_point;
    constexpr int depth = Spec::Input::Shape::channels;
    for (; points > 0; --points, in += depth, out += depth) {
        int32_t sum = 0;
        for (int i = 0; i < depth; ++i) sum += (in[i] - zero) * (in[i] - zero);
        const Multiplier inverse = fixed::inverse_root(sum);
        for (int i = 0; i < depth; ++i)
            out[i] = clamp(
                scale(in[i] - zero, inverse.value, inverse.shift + 7, typename Spec::Rounding{}),
                -128, 127);
    }
}

/// log(softmax) of each of `points` vectors, in 1/16 below 127.
template <class Spec, class Table>
MOTE_NOINLINE void log_softmax(const Table& table, const int8_t* in, int8_t* out, int points,
                               arch::portable) {
    constexpr int depth = Spec::Input::Shape::channels;
    constexpr Multiplier multiplier = Spec::multiplier;
    constexpr Multiplier inverse = Spec::inverse;
    for (; points > 0; --points, in += depth, out += depth) {
        int16_t largest = -128;
        for (int i = 0; i < depth; ++i) largest = detail::larger<int16_t>(largest, in[i]);
        int32_t sum = 0;
        for (int i = 0; i < depth; ++i) {
            const int difference = largest - in[i];
            if (difference < Table::count)
                sum += rounding_shift(table::read(table, &table.values[difference]), 12);
        }
        const int32_t log = fixed::logarithm(sum);
        const int32_t least = detail::larger<int32_t>(
            -Spec::radius - 1,
            scale(log + (-0x7fffffff - 1), inverse.value, inverse.shift, rounding::Double{}));
        for (int i = 0; i < depth; ++i) {
            const int32_t difference = in[i] - largest;
            out[i] = difference <= least
                         ? int8_t{-128}
                         : clamp(rounding_shift(scale(difference, multiplier.value,
                                                      multiplier.shift, rounding::Double{}) -
                                                    log,
                                                22) +
                                     127,
                                 -128, 127);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
