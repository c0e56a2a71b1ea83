#include "mote/quantization.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <random>

using mote::Multiplier;

namespace {

std::mt19937 random_bits(11);

float host_float(uint32_t bits) {
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

/// Bits of a scale between 2^-spread and 2^spread.
uint32_t scale_bits(uint32_t spread) {
    return (127 - spread + static_cast<uint32_t>(random_bits()) % (2 * spread)) << 23 |
           (static_cast<uint32_t>(random_bits()) & 0x7fffffU);
}

/// QuantizeMultiplier of TensorFlow Lite's quantization_util.cc.
Multiplier host_multiplier(double ratio, int max_shift) {
    int shift = 0;
    int64_t value = std::llround(std::frexp(ratio, &shift) * 2147483648.0);
    if (value == int64_t{1} << 31) {
        value /= 2;
        ++shift;
    }
    if (shift < -31) return {0, 0};
    if (shift > max_shift) return {0x7fffffff, static_cast<int8_t>(max_shift)};
    return {static_cast<int32_t>(value), static_cast<int8_t>(shift)};
}

template <class Rounding>
void compare_multiplier(uint32_t input, uint32_t weight, uint32_t output) {
    CAPTURE(input);
    CAPTURE(weight);
    CAPTURE(output);
    using namespace mote::detail;
    const double ratio = static_cast<double>(host_float(input)) *
                         static_cast<double>(host_float(weight)) /
                         static_cast<double>(host_float(output));
    const Multiplier wanted = host_multiplier(ratio, Rounding::max_shift);
    const Multiplier found = mote::nearest_multiplier(
        divide(multiply(real_of(input), real_of(weight)), real_of(output)), Rounding{});
    REQUIRE(found.value == wanted.value);
    REQUIRE(found.shift == wanted.shift);
}

}  // namespace

TEST_CASE("nearest_multiplier is QuantizeMultiplier") {
    for (const uint32_t spread : {1U, 4U, 12U, 40U, 126U}) {
        for (int i = 0; i < 40000; ++i) {
            const uint32_t input = scale_bits(spread), weight = scale_bits(spread),
                           output = scale_bits(spread);
            compare_multiplier<mote::rounding::Double>(input, weight, output);
            compare_multiplier<mote::rounding::Single>(input, weight, output);
        }
    }
}

TEST_CASE("multipliers at the edges") {
    using mote::nearest_multiplier;
    using mote::rounding::Double;
    using mote::rounding::Single;
    CHECK(nearest_multiplier({1, 0}, Double{}) == Multiplier{1 << 30, 1});
    CHECK(nearest_multiplier({0, 0}, Double{}) == Multiplier{0, 0});
    // Just below a power of two it rounds up to the next exponent.
    CHECK(nearest_multiplier({(uint64_t{1} << 53) - 1, -53}, Double{}) == Multiplier{1 << 30, 1});
    // 2^-32 is the least that counts.
    CHECK(nearest_multiplier({1, -32}, Double{}) == Multiplier{1 << 30, -31});
    CHECK(nearest_multiplier({(uint64_t{1} << 31) - 1, -32 - 31}, Double{}) == Multiplier{0, 0});
    CHECK(nearest_multiplier({1, 29}, Single{}) == Multiplier{1 << 30, 30});
    CHECK(nearest_multiplier({1, 30}, Single{}) == Multiplier{0x7fffffff, 30});
    CHECK(nearest_multiplier({1, 30}, Double{}) == Multiplier{1 << 30, 31});
    CHECK(nearest_multiplier({1, 31}, Double{}) == Multiplier{0x7fffffff, 31});
}

TEST_CASE("rounded_ratio is TensorFlow Lite's round(value / scale) in float") {
    for (int i = 0; i < 100000; ++i) {
        const uint32_t bits = scale_bits(24);
        for (const int value : {-1, 0, 1, 6}) {
            const float wanted = std::round(static_cast<float>(value) / host_float(bits));
            REQUIRE(mote::detail::rounded_ratio(value, bits) == static_cast<int32_t>(wanted));
        }
    }
    // 6 / scale is a tie in float.
    const float tie = 6 / 100.5f;
    CHECK(mote::detail::rounded_ratio(6, mote::detail::bits_of(tie)) ==
          static_cast<int32_t>(std::round(6.0f / tie)));
    // Out of int32 it saturates, next to 0 it is 0.
    CHECK(mote::detail::rounded_ratio(6, 1) == 0x7fffffff);
    CHECK(mote::detail::rounded_ratio(-1, 1) == -0x7fffffff);
    CHECK(mote::detail::rounded_ratio(6, 0x7f7fffff) == 0);
    CHECK(mote::detail::rounded_ratio(1, mote::detail::bits_of(2.0f)) == 1);
    CHECK(mote::detail::rounded_ratio(-1, mote::detail::bits_of(2.0f)) == -1);
}

namespace {
struct sixteenth {
    static constexpr float scale = 0.0625f;
    static constexpr int zero_point = 5;
};
}  // namespace

TEST_CASE("a quantization is one type however it is written") {
    using Bits = mote::Quantization<0x3d800000U, 5>;
    CHECK(mote::detail::bits_of(sixteenth::scale) == 0x3d800000U);
    const Bits* same = static_cast<mote::Quantized<sixteenth>::type*>(nullptr);
    same = static_cast<mote::Quantized<Bits>::type*>(nullptr);
    CHECK(same == nullptr);
    static_assert(Bits::scale == 0.0625f && Bits::zero_point == 5, "");
}
