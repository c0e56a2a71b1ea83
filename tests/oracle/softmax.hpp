// The softmax of TensorFlow Lite's reference/softmax.h, and its logarithm.
#pragma once

#include "fixed_point.hpp"

namespace oracle {

/// The scale of the exponents, in Q5.26.
inline Factor exponent_factor(double scale) {
    return factor(std::min(scale * double(1 << 26), double(highest)));
}
inline int64_t radius(Factor by) { return (int64_t{31} << 26) >> by.shift; }

inline int64_t largest_of(const int64_t* in, int depth) {
    int64_t largest = -128;
    for (int i = 0; i < depth; ++i) largest = std::max(largest, in[i]);
    return largest;
}

/// For sums of 512 and more, which gemmlowp has no shift for: the quotient itself, half up.
inline int64_t plain_quotient(int64_t exponent, int64_t sum) {
    const int64_t part = exponent == highest ? int64_t{1} << 19 : exponent >> 12;
    return (2 * 256 * part + sum) / (2 * sum);
}

inline void softmax(double scale, const int64_t* in, int64_t* out, int depth) {
    const Factor by = exponent_factor(scale);
    const int64_t largest = largest_of(in, depth);
    const auto power = [&](int i) {
        const int64_t difference = in[i] - largest;
        return -difference > radius(by) ? int64_t{0} : exponential(scaled(difference, by), 5);
    };
    int64_t sum = 0;
    for (int i = 0; i < depth; ++i) sum += divided(power(i), 12);
    int room = 0;
    while (sum << room < -lowest) ++room;
    const bool defined = room >= 4;
    const int64_t inverse = defined ? reciprocal((sum << room) + lowest) : 0;
    for (int i = 0; i < depth; ++i)
        out[i] = std::min<int64_t>(defined ? divided(product(inverse, power(i)), 12 - room + 31 - 8)
                                           : plain_quotient(power(i), sum),
                                   255) -
                 128;
}

inline void log_softmax(double scale, const int64_t* in, int64_t* out, int depth) {
    const Factor by = exponent_factor(scale);
    const Factor inverse = factor(std::exp2(31 - by.shift) / double(by.fixed));
    const int64_t largest = largest_of(in, depth);
    int64_t sum = 0;
    for (int i = 0; i < depth; ++i)
        if (largest - in[i] <= radius(by))
            sum += divided(exponential(scaled(in[i] - largest, by), 5), 12);
    const int64_t log = logarithm(sum);
    const int64_t least = std::max(-radius(by) - 1, scaled(log + lowest, inverse));
    for (int i = 0; i < depth; ++i) {
        const int64_t difference = in[i] - largest;
        const int64_t value = divided(scaled(difference, by) - log, 22) + 127;
        out[i] = difference <= least ? -128 : std::clamp<int64_t>(value, -128, 127);
    }
}

}  // namespace oracle
