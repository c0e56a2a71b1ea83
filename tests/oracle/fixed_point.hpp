// Numbers as TensorFlow Lite Micro's reference kernels and gemmlowp's fixedpoint.h have them, in 64
// bits and double throughout.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace oracle {

constexpr int64_t lowest = std::numeric_limits<int32_t>::min();
constexpr int64_t highest = std::numeric_limits<int32_t>::max();

inline int64_t saturated(int64_t value) { return std::clamp(value, lowest, highest); }
inline int64_t wrapped(int64_t value) { return static_cast<int32_t>(static_cast<uint32_t>(value)); }

/// left * right / 2^31, half away from zero.
inline int64_t product(int64_t left, int64_t right) {
    const int64_t exact = left * right, half = int64_t{1} << 30;
    return saturated((exact + (exact >= 0 ? half : 1 - half)) / (int64_t{1} << 31));
}
/// value / 2^bits, half away from zero.
inline int64_t divided(int64_t value, int bits) {
    const int64_t half = bits == 0 ? 0 : int64_t{1} << (bits - 1);
    return value < 0 ? -((-value + half) >> bits) : (value + half) >> bits;
}
inline int64_t shifted(int64_t value, int bits) { return saturated(value * (int64_t{1} << bits)); }

/// fixed * 2^(shift - 31)
struct Factor {
    int64_t fixed;
    int shift;
};
inline Factor factor(double real) {
    int shift = 0;
    int64_t fixed = std::llround(std::frexp(real, &shift) * 2147483648.0);
    if (fixed == highest + 1) {
        fixed /= 2;
        ++shift;
    }
    return shift < -31 ? Factor{0, 0} : Factor{fixed, shift};
}
inline int64_t scaled(int64_t value, Factor by) {
    return divided(product(wrapped(value * (int64_t{1} << std::max(by.shift, 0))), by.fixed),
                   std::max(-by.shift, 0));
}
inline int64_t scaled(int64_t value, double real) {
    return real < 0 ? -scaled(value, factor(-real)) : scaled(value, factor(real));
}

/// exp(value) in Q0.31 for a value of 0 or below with `integer` bits before the point.
inline int64_t exponential(int64_t value, int integer) {
    if (value == 0) return highest;
    const int64_t quarter = int64_t{1} << (29 - integer);
    const int64_t part = (value & (quarter - 1)) - quarter;
    const int64_t x = shifted(part, integer) + (int64_t{1} << 28);
    const int64_t square = product(x, x), cube = product(square, x);
    const int64_t fourth = product(square, square);
    const int64_t terms = divided(product(divided(fourth, 2) + cube, 715827883) + square, 1);
    int64_t result = 1895147668 + product(1895147668, x + terms);
    const int64_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < integer + 2; ++i)
        if (((part - value) & (quarter << i)) != 0) result = product(result, factors[i]);
    return result;
}

/// 2 / (1 + value) in Q2.29 for a value in Q0.31.
inline int64_t twice_reciprocal(int64_t value) {
    const int64_t half = (value + highest + 1) / 2;
    int64_t x = 1515870810 + product(half, -1010580540);
    for (int step = 0; step < 3; ++step)
        x += shifted(product(x, (int64_t{1} << 29) - product(half, x)), 2);
    return x;
}
/// 1 / (1 + value) in Q0.31.
inline int64_t reciprocal(int64_t value) { return shifted(twice_reciprocal(value), 1); }

inline int leading_zeros(int64_t value) {
    int zeros = 32;
    for (; value > 0; value /= 2) --zeros;
    return zeros;
}

/// 1 / sqrt(value)
inline Factor inverse_root(int64_t value) {
    if (value <= 1) return {highest, 0};
    int shift = 11;
    for (; value >= int64_t{1} << 29; value /= 4) ++shift;
    const int pairs = (leading_zeros(value) - 1) / 2 - 1;
    shift -= pairs;
    const int64_t half = divided((value << (2 * pairs)) >> 1, 1);
    int64_t x = int64_t{1} << 28;
    for (int step = 0; step < 5; ++step) {
        const int64_t cube = shifted(product(product(x, x), x), 6);
        x = shifted(product(3 << 27, x) - product(half, cube), 3);
    }
    x = product(x, 1518500250);
    return shift < 0 ? Factor{x << -shift, 0} : Factor{x, -shift};
}

/// log(value) in Q5.26 for a value of 1 or more in Q12.19.
inline int64_t logarithm(int64_t value) {
    const int64_t root = 1518500250, fourth_root = 1805811301, quarter = 1 << 23;
    const int zeros = leading_zeros(value);
    const int64_t one = shifted(product(shifted(value, zeros - 1), root), 1);
    const int room = leading_zeros(product(value, root)) - 1;
    const int64_t other = shifted(value, room);
    const int64_t r = std::min(one, other);
    const int64_t power =
        std::max(shifted(12 - zeros, 25) + quarter, shifted(12 - room, 25) - quarter);
    const int64_t sum = r + fourth_root;
    const int64_t p = (sum + (sum >= 0 ? 1 : -1)) / 2;
    const int64_t q = (r - fourth_root) * 2;
    const int64_t square = product(q, q);
    const int64_t above = product(q, r) + product(product(q, square), 117049297);
    const int64_t below =
        product(p, 1057819769 + q + product(127690142, square)) + product(638450708, q);
    return shifted(product(power, 1488522236) + product(divided(above, 6), reciprocal(below)), 1);
}

}  // namespace oracle
