// The rounding policies in whole networks, against sums in wide arithmetic.
#include <doctest/doctest.h>

#include <algorithm>

#include "parts.hpp"

namespace {

using mote::rounding::Double;
using mote::rounding::Single;

/// Coarse enough that few outputs saturate.
struct coarse {
    static constexpr float scale = 0.25f;
    static constexpr int zero_point = 7;
};

constexpr int input_zero = parts::tenth::zero_point;

/// real multiplier * sum in the policy's rounding; `value` * 2^(shift - 31) is the multiplier.
int64_t scaled(int64_t sum, mote::Multiplier multiplier, Single) {
    // Exactly one rounding: floor(x + 1/2).
    const __int128 product = __int128(sum) * multiplier.value;
    const int down = 31 - multiplier.shift;
    return int64_t((product + (__int128(1) << (down - 1))) >> down);
}
int64_t scaled(int64_t sum, mote::Multiplier multiplier, Double) {
    const __int128 product = __int128(sum) * multiplier.value;
    const int64_t high = int64_t((product + (__int128(1) << 30)) >> 31);
    const int down = -multiplier.shift;
    const int64_t magnitude = high < 0 ? -high : high;
    const int64_t rounded =
        down == 0 ? magnitude : (magnitude + (int64_t{1} << (down - 1))) >> down;
    return high < 0 ? -rounded : rounded;
}

template <class Rounding, class Weights>
int8_t expected(int64_t sum) {
    using namespace mote::detail;
    const mote::Multiplier multiplier = mote::nearest_multiplier(
        divide(multiply(real_of(bits_of(parts::tenth::scale)), real_of(Weights::scale_bits(0))),
               real_of(bits_of(coarse::scale))),
        Rounding{});
    REQUIRE(multiplier.shift <= 0);
    const int64_t value = scaled(sum, multiplier, Rounding{}) + coarse::zero_point;
    return static_cast<int8_t>(value < -128 ? -128 : (value > 127 ? 127 : value));
}

template <class Network>
void fill(Network& network, int seed) {
    for (int32_t i = 0; i < Network::Input::size; ++i)
        network.input()[i] = static_cast<int8_t>((i * 71 + seed * 29) % 256 - 128);
}

template <class Rounding>
int check_dense(int seed) {
    using Weights = parts::Weights<9, 1, 1, 16>;
    using Network =
        mote::Network<parts::Input<1, 1, 16>, mote::Dense<Weights, coarse, mote::Linear, Rounding>>;
    Network network;
    fill(network, seed);
    int8_t in[16];
    std::copy(network.input(), network.input() + 16, in);
    const auto out = network();
    int others = 0;
    for (int o = 0; o < 9; ++o) {
        int64_t sum = Weights::bias(o);
        for (int i = 0; i < 16; ++i) sum += (in[i] - input_zero) * Weights::values()[o * 16 + i];
        CHECK(out[o] == expected<Rounding, Weights>(sum));
        others += expected<Single, Weights>(sum) != expected<Double, Weights>(sum);
    }
    return others;
}

template <class Rounding>
int check_conv(int seed) {
    using Weights = parts::Weights<3, 3, 3, 2>;
    using Network = mote::Network<parts::Input<5, 4, 2>,
                                  mote::Conv2D<Weights, coarse, mote::Strides<1>, mote::Same,
                                               mote::Linear, mote::Dilation<1>, Rounding>>;
    Network network;
    fill(network, seed);
    int8_t in[40];
    std::copy(network.input(), network.input() + 40, in);
    const auto out = network();
    int others = 0;
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 4; ++x)
            for (int o = 0; o < 3; ++o) {
                int64_t sum = Weights::bias(o);
                for (int ky = 0; ky < 3; ++ky)
                    for (int kx = 0; kx < 3; ++kx)
                        for (int i = 0; i < 2; ++i) {
                            const int row = y + ky - 1, column = x + kx - 1;
                            if (row < 0 || row >= 5 || column < 0 || column >= 4) continue;
                            sum += (in[(row * 4 + column) * 2 + i] - input_zero) *
                                   Weights::values()[((o * 3 + ky) * 3 + kx) * 2 + i];
                        }
                CHECK(out[(y * 4 + x) * 3 + o] == expected<Rounding, Weights>(sum));
                others += expected<Single, Weights>(sum) != expected<Double, Weights>(sum);
            }
    return others;
}

struct half {
    static constexpr float scale = 0.5f;
    static constexpr int zero_point = 0;
};
struct whole {
    static constexpr float scale = 1.0f;
    static constexpr int zero_point = 0;
};
constexpr int8_t one[] = {1};
using Unit = mote::Weights<1, 1, 1, 1, one, mote::PerTensor<&half::scale>>;
using Halves = mote::Input<mote::Shape<1, 1, 1>, half>;

}  // namespace

TEST_CASE("Dense and Conv2D round once with Single, twice with Double") {
    int others = 0;
    for (int seed = 0; seed < 200; ++seed) {
        others += check_dense<Single>(seed);
        check_dense<Double>(seed);
        others += check_conv<Single>(seed);
        check_conv<Double>(seed);
    }
    // The policies do differ on these inputs.
    CHECK(others > 0);
}

TEST_CASE("a sum on a tie, by hand") {
    // One weight of 1 and scales 0.5 * 0.5 / 1: the multiplier is 1/4, and -6 / 4 = -1.5.
    int8_t value[] = {-6};
    mote::Network<Halves, mote::Dense<Unit, whole, mote::Linear, Single>> once;
    mote::Network<Halves, mote::Dense<Unit, whole, mote::Linear, Double>> twice;
    CHECK(once(value)[0] == -1);
    CHECK(twice(value)[0] == -2);
    value[0] = 5;  // 1.25, by way of 1.5
    CHECK(once(value)[0] == 1);
    CHECK(twice(value)[0] == 2);
}
