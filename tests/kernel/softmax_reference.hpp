// The softmax of gemmlowp's fixedpoint.h and TensorFlow Lite's reference/softmax.h, in 64 bits
// throughout and without a table.
#pragma once

#include "mote/quantization.hpp"

namespace reference {

inline int64_t saturated(int64_t value) {
    return value > 0x7fffffff ? 0x7fffffff
                              : (value < -int64_t{0x80000000} ? -int64_t{0x80000000} : value);
}
inline int64_t product(int64_t left, int64_t right) {
    const int64_t exact = left * right;
    return saturated((exact + (exact >= 0 ? int64_t{1} << 30 : 1 - (int64_t{1} << 30))) /
                     (int64_t{1} << 31));
}
inline int64_t divided(int64_t value, int exponent) {
    const int64_t half = exponent == 0 ? 0 : int64_t{1} << (exponent - 1);
    return value < 0 ? -((-value + half) >> exponent) : (value + half) >> exponent;
}

inline int64_t exponential_of(int64_t value) {
    constexpr int64_t quarter = int64_t{1} << 24;
    if (value == 0) return 0x7fffffff;
    const int64_t part = (value & (quarter - 1)) - quarter;
    const int64_t x = saturated(part * 32) + (int64_t{1} << 28);
    const int64_t x2 = product(x, x);
    const int64_t x3 = product(x2, x);
    const int64_t x4 = product(x2, x2);
    const int64_t terms = divided(product(divided(x4, 2) + x3, 715827883) + x2, 1);
    int64_t result = 1895147668 + product(1895147668, x + terms);
    const int64_t remainder = part - value;
    const int64_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < 7; ++i)
        if ((remainder >> (24 + i) & 1) != 0) result = product(result, factors[i]);
    return result;
}

inline int64_t reciprocal(int64_t value) {
    const int64_t half = (value + 0x7fffffff + 1) / 2;
    int64_t x = 1515870810 + product(half, -1010580540);
    for (int step = 0; step < 3; ++step)
        x += saturated(product(x, (int64_t{1} << 29) - product(half, x)) * 4);
    return saturated(x * 2);
}

/// Sums of 512 and more, which gemmlowp has no shift for: the quotient itself, half up.
inline int64_t quotient(int64_t exponential, int64_t sum) {
    const int64_t one = int64_t{1} << 19;
    const int64_t part = exponential == 0x7fffffff ? one : exponential >> 12;
    return (2 * 256 * part + sum) / (2 * sum);
}

inline void softmax(mote::Multiplier multiplier, const int8_t* in, int8_t* out, int depth) {
    int largest = -128;
    for (int i = 0; i < depth; ++i) largest = in[i] > largest ? in[i] : largest;
    const auto exponential = [&](int i) {
        const int64_t difference = in[i] - largest;
        if (-difference > (int64_t{31} << 26) >> multiplier.shift) return int64_t{0};
        return exponential_of(
            product(difference * (int64_t{1} << multiplier.shift), multiplier.value));
    };
    int64_t sum = 0;
    for (int i = 0; i < depth; ++i) sum += divided(exponential(i), 12);
    int headroom = 0;
    for (; sum << headroom < int64_t{0x80000000};) ++headroom;
    const bool defined = headroom >= 4;
    const int64_t inverse = defined ? reciprocal((sum << headroom) - int64_t{0x80000000}) : 0;
    for (int i = 0; i < depth; ++i) {
        const int64_t value =
            defined ? divided(product(inverse, exponential(i)), 12 - headroom + 31 - 8)
                    : quotient(exponential(i), sum);
        out[i] = static_cast<int8_t>(value > 255 ? 127 : value - 128);
    }
}

}  // namespace reference
