// Reductions written by hand: whole maps, rows that arrive, rows alone.
#include "mote/layer/reduce.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "mote.hpp"

namespace {

struct unit {
    static constexpr float scale = 1;
    static constexpr int zero_point = 0;
};
struct half {
    static constexpr float scale = 0.5f;
    static constexpr int zero_point = -10;
};
using Map = mote::Input<mote::Shape<6, 5, 3>, half>;

int8_t value(int index) { return int8_t((index * 37 + 11) % 200 - 100); }

/// The mean over all axes but `Kept`, from the definition, in real numbers.
std::vector<double> means(bool height, bool width, bool channels) {
    const int sizes[] = {height ? 1 : 6, width ? 1 : 5, channels ? 1 : 3};
    std::vector<double> sums(size_t(sizes[0] * sizes[1] * sizes[2]));
    for (int i = 0; i < 6 * 5 * 3; ++i) {
        const int at[] = {height ? 0 : i / 15, width ? 0 : i / 3 % 5, channels ? 0 : i % 3};
        sums[size_t((at[0] * sizes[1] + at[1]) * sizes[2] + at[2])] += (value(i) + 10) * 0.5;
    }
    for (double& sum : sums) sum /= double(90 / sums.size());
    return sums;
}

/// The reference rounds twice: half a step, and half of one before the shift.
template <class Network>
void agrees_with(const std::vector<double>& wanted) {
    static Network network;
    std::vector<int8_t> in(static_cast<size_t>(Network::Input::size));
    for (size_t i = 0; i < in.size(); ++i) in[i] = value(int(i));
    const auto out = network(in.data());
    REQUIRE(out.size() == int(wanted.size()));
    for (int i = 0; i < out.size(); ++i) CHECK(std::abs(out[i] - wanted[size_t(i)]) <= 0.75);
}

template <int... Indices>
void agrees(const std::vector<double>& wanted) {
    using Layer = mote::Mean<unit, mote::Axes<Indices...>>;
    agrees_with<mote::Network<Map, Layer>>(wanted);
    agrees_with<mote::PlannedNetwork<mote::plan::LayerByLayer, Map, Layer>>(wanted);
    agrees_with<mote::PlannedNetwork<mote::plan::PushedRows, Map, Layer>>(wanted);
}

template <int... Indices>
using On = typename mote::Mean<unit, mote::Axes<Indices...>>::template On<mote::arch::best,
                                                                          Map::TensorType>;

}  // namespace

TEST_CASE("means along any axes are those of their definition") {
    agrees<0>(means(true, false, false));
    agrees<1>(means(false, true, false));
    agrees<-1>(means(false, false, true));
    agrees<0, 1>(means(true, true, false));
    agrees<0, 2>(means(true, false, true));
    agrees<-2, -1>(means(false, true, true));
    agrees<0, 1, 2>(means(true, true, true));
    agrees<>(means(false, false, false));
}

TEST_CASE("rows alone where that is enough, sums of rows that arrive where the map goes") {
    CHECK(On<1, 2>::by_row);
    CHECK(On<>::by_row);
    CHECK_FALSE(On<0, 2>::by_row);
    CHECK(On<0, 1>::accumulates);
    CHECK(On<0>::accumulates);
    CHECK(On<0, 1, 2>::accumulates);
    CHECK_FALSE(On<0, 2>::accumulates);
}

TEST_CASE("Keras' global pools") {
    agrees_with<mote::Network<Map, mote::GlobalAveragePooling2D<unit>>>(means(true, true, false));
    using Largest = mote::Network<Map, mote::GlobalMaxPooling2D>;
    static Largest network;
    std::vector<int8_t> in(size_t(Largest::Input::size), int8_t(-5));
    in[3 * 7 + 1] = 4;
    in[3 * 9 + 2] = -128;
    const auto out = network(in.data());
    CHECK(out[0] == -5);
    CHECK(out[1] == 4);
    CHECK(out[2] == -5);
}
