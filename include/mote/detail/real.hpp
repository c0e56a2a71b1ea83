// Floating point in integers, for constant expressions: IEEE 754 results on every compiler, also
// where double has 32 bits (AVR).
#pragma once

#include <stdint.h>

namespace mote {
namespace detail {

/// mantissa * 2^exponent, not negative.
struct real {
    uint64_t mantissa;
    int exponent;
};

/// The value of an IEEE single that is given by its bits; the sign is ignored.
constexpr real real_of(uint32_t bits) {
    const uint32_t fraction = bits & 0x7fffffU;
    const int biased = static_cast<int>((bits >> 23) & 0xffU);
    return biased == 0 ? real{fraction, -149} : real{fraction | 0x800000U, biased - 150};
}

constexpr int bit_length(uint64_t value) {
    return value == 0 ? 0 : 64 - __builtin_clzll(value);
}

/// `mantissa` shortened to `bits` bits, half to even. `rest` tells that something below the
/// mantissa was already cut off.
constexpr real shorten(real value, int bits, bool rest = false) {
    const int excess = bit_length(value.mantissa) - bits;
    if (excess <= 0) return value;
    const uint64_t half = uint64_t{1} << (excess - 1);
    const uint64_t lost = value.mantissa & ((half << 1) - 1);
    const uint64_t kept = value.mantissa >> excess;
    const bool up = lost > half || (lost == half && (rest || (kept & 1) != 0));
    return {kept + (up ? 1 : 0), value.exponent + excess};
}

/// left * right as IEEE double: exact for two singles.
constexpr real multiply(real left, real right) {
    return {left.mantissa * right.mantissa, left.exponent + right.exponent};
}

/// left / right as IEEE double; `left` of at most 53 bits, `right` a single and not zero.
constexpr real divide(real left, real right) {
    if (left.mantissa == 0) return {0, 0};
    const int up = 53 - bit_length(left.mantissa);
    const uint64_t dividend = left.mantissa << up;
    const uint64_t divisor = right.mantissa;
    // 53 bits / 24 bits leaves 29 or more; 34 further bits leave more than 53 and a remainder.
    const uint64_t high = dividend / divisor;
    const uint64_t remainder = (dividend % divisor) << 34;
    const int room = 64 - bit_length(high);
    const int low_bits = room < 34 ? room : 34;
    const uint64_t low = (remainder / divisor) >> (34 - low_bits);
    const bool rest = remainder % divisor != 0 ||
                      ((remainder / divisor) & ((uint64_t{1} << (34 - low_bits)) - 1)) != 0;
    return shorten({(high << low_bits) | low, left.exponent - right.exponent - up - low_bits}, 53,
                   rest);
}

// The same of singles, as IEEE single, but for what overflows or is subnormal there.

constexpr real single_product(real left, real right) { return shorten(multiply(left, right), 24); }
constexpr real single_quotient(real left, real right) { return shorten(divide(left, right), 24); }

constexpr real single_square_root(real value) {
    if (value.mantissa == 0) return {0, 0};
    // 62 or 63 bits and an even exponent give a root of 31 or 32 bits.
    int up = 63 - bit_length(value.mantissa);
    if (((value.exponent - up) & 1) != 0) --up;
    const uint64_t square = value.mantissa << up;
    uint64_t root = 0;
    for (int bit = 31; bit >= 0; --bit) {
        const uint64_t next = root | uint64_t{1} << bit;
        if (next * next <= square) root = next;
    }
    return shorten({root, (value.exponent - up) / 2}, 24, root * root != square);
}

/// exp(-value) for 0 <= value < 32, to 2^-44; a multiple of 2^-48 before the last shift.
constexpr real exp_negative(real value) {
    // Q.58 and ln 2 in it.
    constexpr uint64_t ln2 = 199786072581291495U;
    const int up = value.exponent + 58;
    const uint64_t x = up >= 0 ? value.mantissa << up : up > -64 ? value.mantissa >> -up : 0;
    const int halvings = static_cast<int>(x / ln2);
    const uint64_t rest = (x % ln2) >> 10;
    // Horner's scheme in Q.48: 1 - rest * (1 - rest / 2 * (1 - rest / 3 * ...)).
    uint64_t sum = uint64_t{1} << 48;
    for (uint64_t n = 17; n > 0; --n) {
        const uint64_t factor = sum / n;
        const uint64_t high = (rest >> 24) * (factor >> 24);
        const uint64_t middle =
            (rest >> 24) * (factor & 0xffffff) + (rest & 0xffffff) * (factor >> 24);
        sum = (uint64_t{1} << 48) - high - (middle >> 24);
    }
    return {sum, -48 - halvings};
}

/// Bits of an IEEE single, in constant expressions (there is no bit cast in C++17); 0 for what is
/// not positive.
constexpr uint32_t bits_of(float value) {
    if (!(value > 0)) return 0;
    if (value > 3.40282347e38f) return 0x7f800000U;
    int exponent = 0;
    while (value >= 16777216.0f) {
        value /= 2;
        ++exponent;
    }
    while (value < 8388608.0f && exponent > -149) {
        value *= 2;
        --exponent;
    }
    const uint32_t mantissa = static_cast<uint32_t>(value);
    if (mantissa < 0x800000U) return mantissa;
    return (static_cast<uint32_t>(exponent + 150) << 23) | (mantissa & 0x7fffffU);
}

/// The IEEE single with these bits.
constexpr float float_of(uint32_t bits) {
    const real value = real_of(bits);
    float result = static_cast<float>(static_cast<uint32_t>(value.mantissa));
    for (int step = 0; step < value.exponent; ++step) result *= 2;
    for (int step = 0; step > value.exponent; --step) result /= 2;
    return (bits >> 31) != 0 ? -result : result;
}

}  // namespace detail
}  // namespace mote
