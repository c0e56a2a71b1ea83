// Functions in fixed point, as gemmlowp and TensorFlow Lite define them.
#pragma once

#include "requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

namespace fixed {

constexpr int32_t saturating_shift_left(int32_t value, int bits) {
    const int64_t wide = static_cast<int64_t>(value) * (int64_t{1} << bits);
    return wide > 0x7fffffff
               ? 0x7fffffff
               : (wide < -0x7fffffff - 1 ? -0x7fffffff - 1 : static_cast<int32_t>(wide));
}

/// gemmlowp's SaturatingRoundingDoublingHighMul, both signs; (a * b + nudge) / 2^31 toward zero.
constexpr int32_t product(int32_t left, int32_t right) { return high_multiply(left, right); }

/// exp(value) in Q0.31 for value in [-1/4, 0) in Q0.31: Taylor around -1/8.
constexpr int32_t exp_small(int32_t value) {
    const int32_t x = value + (int32_t{1} << 28);
    const int32_t x2 = product(x, x);
    const int32_t x3 = product(x2, x);
    const int32_t x4 = product(x2, x2);
    const int32_t quarter = rounding_shift(x4, 2);
    const int32_t sum = rounding_shift(product(quarter + x3, 715827883) + x2, 1);
    return 1895147668 + product(1895147668, x + sum);
}

/// exp(value) in Q0.31 for value <= 0 with `Integer` bits before the point: 4 or 5.
template <int Integer = 5>
constexpr int32_t exp_negative(int32_t value) {
    if (value == 0) return 0x7fffffff;
    constexpr int32_t quarter = int32_t{1} << (29 - Integer);
    const int32_t small = (value & (quarter - 1)) - quarter;
    int32_t result = exp_small(saturating_shift_left(small, Integer));
    const int32_t remainder = small - value;
    // exp(-2^i) in Q0.31 for i = -2 ... 4
    const int32_t powers[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < Integer + 2; ++i)
        if ((remainder & (quarter << i)) != 0) result = product(result, powers[i]);
    return result;
}

/// 2 / (1 + value) in Q2.29 for value in [0, 1) in Q0.31: three Newton-Raphson steps.
constexpr int32_t twice_reciprocal(int32_t value) {
    const int32_t half = static_cast<int32_t>((static_cast<int64_t>(value) + 0x7fffffff + 1) / 2);
    int32_t x = 1515870810 + product(half, -1010580540);
    for (int step = 0; step < 3; ++step)
        x += saturating_shift_left(product(x, (int32_t{1} << 29) - product(half, x)), 2);
    return x;
}

/// 1 / (1 + value) in Q0.31.
constexpr int32_t reciprocal(int32_t value) {
    return saturating_shift_left(twice_reciprocal(value), 1);
}

/// 1 / (1 + exp(-value)) in Q0.31 for a value in Q4.27.
constexpr int32_t logistic(int32_t value) {
    if (value == 0) return int32_t{1} << 30;
    const int32_t of_positive = reciprocal(exp_negative<4>(value > 0 ? -value : value));
    return value > 0 ? of_positive : 0x7fffffff - of_positive;
}

/// tanh(value) in Q0.31 for a value in Q4.27: (1 - exp(-2 * value)) / (1 + exp(-2 * value)).
constexpr int32_t tanh(int32_t value) {
    if (value == 0) return 0;
    const int32_t x = twice_reciprocal(exp_negative<5>(value > 0 ? -value : value));
    const int32_t of_positive = saturating_shift_left(x - (int32_t{1} << 29), 2);
    return value > 0 ? of_positive : -of_positive;
}

}  // namespace fixed

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
