#include "mote/kernel/requantize.hpp"

#include <doctest/doctest.h>

#include <random>

using mote::kernel::scale;
using mote::rounding::Double;
using mote::rounding::Single;

namespace {

using Wide = __int128;

constexpr int32_t least = -0x7fffffff - 1;
constexpr int32_t most = 0x7fffffff;

/// Quotient by a positive divisor, toward minus infinity.
Wide floor_divide(Wide value, Wide divisor) {
    const Wide quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

/// gemmlowp: the doubled high half of the product, rounded to nearest, halves up; then the shift,
/// rounded to nearest, halves away from zero.
Wide host_double(int32_t sum, int32_t multiplier, int shift) {
    const Wide shifted = Wide(sum) * (Wide(1) << (shift > 0 ? shift : 0));
    const Wide product = shifted * multiplier;
    // The product is of 2^31; its rounding adds a half and cuts toward zero.
    const Wide nudge = product >= 0 ? Wide(1) << 30 : 1 - (Wide(1) << 30);
    const Wide high = (product + nudge) / (Wide(1) << 31);
    const int right = shift < 0 ? -shift : 0;
    const Wide magnitude = high < 0 ? -high : high;
    const Wide rounded = right == 0 ? magnitude : (magnitude + (Wide(1) << (right - 1))) >> right;
    return high < 0 ? -rounded : rounded;
}

/// One rounding of the exact product, halves up.
Wide host_single(int32_t sum, int32_t multiplier, int shift) {
    return floor_divide(Wide(sum) * multiplier * 2 + (Wide(1) << (31 - shift)),
                        Wide(1) << (32 - shift));
}

void compare(int32_t sum, int32_t multiplier, int shift) {
    CAPTURE(sum);
    CAPTURE(multiplier);
    CAPTURE(shift);
    const Wide shifted = Wide(sum) * (Wide(1) << (shift > 0 ? shift : 0));
    if (shifted >= least && shifted <= most)
        REQUIRE(scale(sum, multiplier, shift, Double{}) == host_double(sum, multiplier, shift));
    const Wide single = shift > 30 ? Wide(most) + 1 : host_single(sum, multiplier, shift);
    if (single >= least && single <= most)
        REQUIRE(scale(sum, multiplier, shift, Single{}) == single);
}

}  // namespace

TEST_CASE("scale is the textbook formula in wide arithmetic") {
    std::mt19937 random(5);
    for (int i = 0; i < 1000000; ++i) {
        const int32_t sum = static_cast<int32_t>(random()) >> (random() % 32);
        const int32_t multiplier = static_cast<int32_t>((random() >> 2) | 1U << 30);
        compare(sum, multiplier, static_cast<int>(random() % 63) - 31);
    }
}

TEST_CASE("scale at the extremes") {
    for (const int32_t sum : {least, least + 1, -3, -2, -1, 0, 1, 2, 3, most - 1, most})
        for (const int32_t multiplier : {1 << 30, (1 << 30) + 1, most - 1, most, 0})
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
            const Wide magnitude = value < 0 ? -value : value;
            const Wide half = exponent == 0 ? 0 : Wide(1) << (exponent - 1);
            const Wide rounded = (magnitude + half) >> exponent;
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
