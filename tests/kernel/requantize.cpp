#include "mote/kernel/requantize.hpp"

#include <doctest/doctest.h>

using mote::kernel::scale;
using mote::rounding::Double;
using mote::rounding::Single;

namespace {

constexpr int32_t least = -0x7fffffff - 1;
constexpr int32_t most = 0x7fffffff;

/// gemmlowp: the doubled high half of the product, rounded to nearest, halves up; then the shift,
/// rounded to nearest, halves away from zero.
int64_t host_double(int32_t shifted, int32_t multiplier, int right) {
    const int64_t product = int64_t{shifted} * multiplier;
    // The product is of 2^31; its rounding adds a half and cuts toward zero.
    const int64_t nudge = product >= 0 ? int64_t{1} << 30 : 1 - (int64_t{1} << 30);
    const int64_t high = (product + nudge) / (int64_t{1} << 31);
    const int64_t magnitude = high < 0 ? -high : high;
    const int64_t rounded =
        right == 0 ? magnitude : (magnitude + (int64_t{1} << (right - 1))) >> right;
    return high < 0 ? -rounded : rounded;
}

/// One rounding of the exact product, halves up.
int64_t host_single(int32_t sum, int32_t multiplier, int shift) {
    const int64_t product = int64_t{sum} * multiplier;
    const int64_t divisor = int64_t{1} << (31 - shift);
    int64_t quotient = product / divisor;
    if (product % divisor < 0) --quotient;
    return quotient + (product - quotient * divisor >= divisor / 2 ? 1 : 0);
}

void compare(int32_t sum, int32_t multiplier, int shift) {
    const int64_t shifted = int64_t{sum} * (int64_t{1} << (shift > 0 ? shift : 0));
    if (shifted >= least && shifted <= most) {
        const int64_t wanted =
            host_double(static_cast<int32_t>(shifted), multiplier, shift < 0 ? -shift : 0);
        if (scale(sum, multiplier, shift, Double{}) != wanted) {
            CAPTURE(sum);
            CAPTURE(multiplier);
            CAPTURE(shift);
            CHECK(scale(sum, multiplier, shift, Double{}) == wanted);
        }
    }
    if (shift > 30) return;
    const int64_t wanted = host_single(sum, multiplier, shift);
    if (wanted < least || wanted > most) return;
    if (scale(sum, multiplier, shift, Single{}) != wanted) {
        CAPTURE(sum);
        CAPTURE(multiplier);
        CAPTURE(shift);
        CHECK(scale(sum, multiplier, shift, Single{}) == wanted);
    }
}

uint32_t noise() {
    static uint32_t state = 5;
    state = state * 1664525U + 1013904223U;
    return state ^ state >> 16;
}

}  // namespace

TEST_CASE("scale is the textbook formula in wide arithmetic") {
    for (int32_t i = 0; i < 200000; ++i) {
        const int32_t sum = static_cast<int32_t>(noise()) >> (noise() >> 8) % 32;
        const int32_t multiplier = static_cast<int32_t>((noise() >> 2) | 1U << 30);
        compare(sum, multiplier, static_cast<int>((noise() >> 8) % 63) - 31);
    }
}

TEST_CASE("scale at the extremes") {
    const int32_t sums[] = {least, least + 1, -3, -2, -1, 0, 1, 2, 3, most - 1, most};
    const int32_t multipliers[] = {1 << 30, (1 << 30) + 1, most - 1, most, 0};
    for (const int32_t sum : sums)
        for (const int32_t multiplier : multipliers)
            for (int shift = -31; shift <= 31; ++shift) compare(sum, multiplier, shift);
}

TEST_CASE("a tie shows which policy rounds") {
    // 3 * 0.5 = 1.5 and -3 * 0.5 = -1.5.
    CHECK(scale(3, 1 << 30, 0, Double{}) == 2);
    CHECK(scale(-3, 1 << 30, 0, Double{}) == -1);
    CHECK(scale(3, 1 << 30, 0, Single{}) == 2);
    CHECK(scale(-3, 1 << 30, 0, Single{}) == -1);
    // -6 * 0.25: the shift rounds away from zero, the product does not.
    CHECK(scale(-6, 1 << 30, -1, Double{}) == -2);
    CHECK(scale(-6, 1 << 30, -1, Single{}) == -1);
    // 5 * 0.25 = 1.25 is rounded twice: to 3 halves, then to 2.
    CHECK(scale(5, 1 << 30, -1, Double{}) == 2);
    CHECK(scale(5, 1 << 30, -1, Single{}) == 1);
}

TEST_CASE("rounding_shift: nearest, halves away from zero") {
    for (int exponent = 0; exponent < 31; ++exponent)
        for (int32_t value = -1000; value <= 1000; ++value) {
            const int64_t magnitude = value < 0 ? -value : value;
            const int64_t half = exponent == 0 ? 0 : int64_t{1} << (exponent - 1);
            const int64_t rounded = (magnitude + half) >> exponent;
            CHECK(mote::kernel::rounding_shift(value, exponent) ==
                  (value < 0 ? -rounded : rounded));
        }
    CHECK(mote::kernel::rounding_shift(least + 1, 31) == -1);
    CHECK(mote::kernel::rounding_shift(most, 31) == 1);
    CHECK(mote::kernel::rounding_shift((1 << 30) - 1, 31) == 0);
}

TEST_CASE("clamp") {
    CHECK(mote::kernel::clamp(most, -128, 127) == 127);
    CHECK(mote::kernel::clamp(least, -128, 127) == -128);
    CHECK(mote::kernel::clamp(-7, -5, 100) == -5);
    CHECK(mote::kernel::clamp(7, -5, 6) == 6);
    CHECK(mote::kernel::clamp(3, -5, 6) == 3);
}
