#include "mote/layer/lookup.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "mote.hpp"

namespace {

struct twentieth {
    static constexpr float scale = 0.05f;
    static constexpr int zero_point = -3;
};
struct fortieth {
    static constexpr float scale = 0.025f;
    static constexpr int zero_point = -60;
};
constexpr uint32_t fifth = 0x3e4ccccdU;

using Every = mote::Input<mote::Shape<16, 4, 4>, twentieth>;

/// Each of all 256 values against the real function, to `steps` of the output.
template <class Layer, class Function>
void follows(Function real, double steps) {
    using Net = mote::Network<Every, Layer>;
    using Out = typename Net::Output::Quantization;
    Net net;
    for (int i = 0; i < 256; ++i) net.input()[i] = static_cast<int8_t>(i - 128);
    const auto out = net();
    for (int i = 0; i < 256; ++i) {
        const double wanted = real(double(0.05f) * (i - 125)) / double(Out::scale);
        const double exact = std::fmin(std::fmax(wanted + Out::zero_point, -128), 127);
        CHECK(std::fabs(exact - out[i]) <= steps);
    }
}

}  // namespace

TEST_CASE("functions by hand follow the real ones") {
    follows<mote::Sigmoid<>>([](double x) { return 1 / (1 + std::exp(-x)); }, 0.51);
    follows<mote::Tanh<>>([](double x) { return std::tanh(x); }, 0.51);
    follows<mote::ReLU<fortieth>>([](double x) { return x < 0 ? 0 : x; }, 0.51);
    follows<mote::LeakyReLU<fifth, fortieth>>([](double x) { return x < 0 ? 0.2 * x : x; }, 0.61);
    follows<mote::ELU<fortieth>>([](double x) { return x < 0 ? std::expm1(x) : x; }, 0.51);
    follows<mote::HardSwish<fortieth>>(
        [](double x) { return x * std::fmin(std::fmax(x + 3, 0), 6) / 6; }, 0.6);
    follows<mote::Abs<fortieth>>([](double x) { return std::fabs(x); }, 0.51);
}

TEST_CASE("functions take the other rounding") {
    using Single = mote::LeakyReLU<fifth, fortieth, mote::rounding::Single>;
    follows<Single>([](double x) { return x < 0 ? 0.2 * x : x; }, 0.51);
}

TEST_CASE("layers of one function and equal quantizations share a table") {
    using Map = mote::Tensor<int8_t, mote::Shape<1, 1, 8>, mote::Quantization<fifth, 3>>;
    using Other = mote::Tensor<int8_t, mote::Shape<5, 2, 1>, mote::Quantization<fifth, 3>>;
    using On = mote::Sigmoid<>::On<mote::arch::best, Map>;
    using OnOther = mote::Sigmoid<>::On<mote::arch::best, Other>;
    CHECK(&On::Table::table == &OnOther::Table::table);
    CHECK(On::table_bytes() == 256);
}

TEST_CASE("the exponential in integers is good to 2^-44") {
    for (int i = 0; i < 4000; ++i) {
        const float x = static_cast<float>(i) * 0.0078f;
        const mote::detail::real power =
            mote::detail::exp_negative(mote::detail::real_of(mote::detail::bits_of(x)));
        const double found = std::ldexp(static_cast<double>(power.mantissa), power.exponent);
        CHECK(std::fabs(found - std::exp(-static_cast<double>(x))) < std::ldexp(1.0, -44));
    }
}

TEST_CASE("a square root is the nearest single") {
    for (uint32_t bits = 0x20800000U; bits < 0x5e000000U; bits += 0x00654321U) {
        const mote::detail::real root =
            mote::detail::single_square_root(mote::detail::real_of(bits));
        const float found = std::ldexp(static_cast<float>(root.mantissa), root.exponent);
        CHECK(found == std::sqrt(mote::detail::float_of(bits)));
    }
}
