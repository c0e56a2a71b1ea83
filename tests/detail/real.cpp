#include "mote/detail/real.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <random>

using mote::detail::real;

namespace {

std::mt19937_64 random_bits(7);

float host_float(uint32_t bits) {
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

uint32_t host_bits(float value) {
    uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// The host's double; exact when the mantissa has at most 53 bits.
double host_double(real value) {
    return std::ldexp(static_cast<double>(value.mantissa), value.exponent);
}

/// Bits of a positive finite single: of any exponent, every fourth one subnormal.
uint32_t positive_bits() {
    const uint64_t random = random_bits();
    const uint32_t fraction = static_cast<uint32_t>(random) & 0x7fffffU;
    const uint32_t exponent =
        (random & 3U << 30) == 0 ? 0 : static_cast<uint32_t>(random >> 32) % 255;
    const uint32_t bits = exponent << 23 | fraction;
    return bits == 0 ? 1 : bits;
}

const uint32_t edges[] = {1,          2,          0x7fffff,   0x800000,   0x800001,   0x3f7fffff,
                          0x3f800000, 0x3f800001, 0x7f7fffff, 0x7f7ffffe, 0x4b7fffff, 0x4b800000,
                          0x4b800001, 0x007ffffe, 0x00ffffff, 0x01000000};

}  // namespace

TEST_CASE("bits_of infinity") {
    CHECK(mote::detail::bits_of(host_float(0x7f800000)) == 0x7f800000);
}

TEST_CASE("real_of is the single's value") {
    for (const uint32_t bits : edges)
        CHECK(host_double(mote::detail::real_of(bits)) == static_cast<double>(host_float(bits)));
    for (int i = 0; i < 200000; ++i) {
        const uint32_t bits = positive_bits();
        REQUIRE(host_double(mote::detail::real_of(bits)) == static_cast<double>(host_float(bits)));
        REQUIRE(host_double(mote::detail::real_of(bits | 0x80000000U)) ==
                static_cast<double>(host_float(bits)));
    }
}

TEST_CASE("bits_of and float_of are the host's") {
    for (const uint32_t bits : edges) {
        CHECK(mote::detail::bits_of(host_float(bits)) == bits);
        CHECK(host_bits(mote::detail::float_of(bits)) == bits);
    }
    for (int i = 0; i < 100000; ++i) {
        const uint32_t bits = positive_bits();
        REQUIRE(mote::detail::bits_of(host_float(bits)) == bits);
        REQUIRE(host_bits(mote::detail::float_of(bits)) == bits);
        REQUIRE(host_bits(mote::detail::float_of(bits | 0x80000000U)) == (bits | 0x80000000U));
    }
}

TEST_CASE("bits_of gives 0, which no scale may have, for what is not positive") {
    for (const float value : {0.0f, -0.0f, -1.0f, host_float(0x7fc00000), host_float(0xff800000)})
        CHECK(mote::detail::bits_of(value) == 0);
}

TEST_CASE("multiply is the host's product of two singles") {
    for (int i = 0; i < 200000; ++i) {
        const uint32_t left = positive_bits(), right = positive_bits();
        REQUIRE(host_double(mote::detail::multiply(mote::detail::real_of(left),
                                                   mote::detail::real_of(right))) ==
                static_cast<double>(host_float(left)) * static_cast<double>(host_float(right)));
    }
}

TEST_CASE("divide is the host's quotient, also of a product of two singles") {
    for (int i = 0; i < 300000; ++i) {
        const uint32_t left = positive_bits(), other = positive_bits(), right = positive_bits();
        const real product =
            mote::detail::multiply(mote::detail::real_of(left), mote::detail::real_of(other));
        const double quotient = static_cast<double>(host_float(left)) *
                                static_cast<double>(host_float(other)) /
                                static_cast<double>(host_float(right));
        REQUIRE(host_double(mote::detail::divide(product, mote::detail::real_of(right))) ==
                quotient);
        REQUIRE(host_double(mote::detail::divide(mote::detail::real_of(left),
                                                 mote::detail::real_of(right))) ==
                static_cast<double>(host_float(left)) / static_cast<double>(host_float(right)));
    }
    for (const uint32_t left : edges)
        for (const uint32_t right : edges)
            CHECK(host_double(mote::detail::divide(mote::detail::real_of(left),
                                                   mote::detail::real_of(right))) ==
                  static_cast<double>(host_float(left)) / static_cast<double>(host_float(right)));
    CHECK(host_double(mote::detail::divide({0, 0}, mote::detail::real_of(1))) == 0);
}

TEST_CASE("shorten rounds to even as the host does from integer to double and float") {
    for (int i = 0; i < 300000; ++i) {
        const uint64_t value = random_bits() >> (random_bits() % 63);
        REQUIRE(host_double(mote::detail::shorten({value, 0}, 53)) == static_cast<double>(value));
        REQUIRE(host_double(mote::detail::shorten({value, 0}, 24)) ==
                static_cast<double>(static_cast<float>(value)));
    }
    // Ties, and ties that are none because of what was cut off before.
    CHECK(mote::detail::shorten({0b1011, 0}, 3).mantissa == 0b110);
    CHECK(mote::detail::shorten({0b1001, 0}, 3).mantissa == 0b100);
    CHECK(mote::detail::shorten({0b1001, 0}, 3, true).mantissa == 0b101);
    CHECK(mote::detail::shorten({0b1111, 0}, 3).mantissa == 0b1000);
}

TEST_CASE("bit_length") {
    CHECK(mote::detail::bit_length(0) == 0);
    for (int bit = 0; bit < 64; ++bit)
        CHECK(mote::detail::bit_length(uint64_t{1} << bit) == bit + 1);
    CHECK(mote::detail::bit_length(~uint64_t{0}) == 64);
}
