#include "mote/given.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "mote/streaming.hpp"
#include "parts.hpp"

namespace {

using Values = std::vector<int8_t>;

/// As many values out as in, so that the output can be the next input.
template <class Plan>
using Square = mote::PlannedNetwork<Plan, parts::Input<6, 4, 2>, parts::Conv<2, 1, 2>,
                                    mote::MaxPool2D<mote::Pool<3>, mote::Strides<1>, mote::Same>>;

Values some_values(int32_t count, int seed) {
    Values values(static_cast<size_t>(count));
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<int8_t>((static_cast<int>(i) * 53 + seed * 91) % 256 - 128);
    return values;
}

template <class View>
Values copied(const View& view) {
    return {view.data(), view.data() + view.size()};
}

/// The answer to values that lie outside the network.
template <class Network>
Values answer(const int8_t* values) {
    const Values outside(values, values + Network::Input::size);
    Network network;
    return copied(network(outside.data()));
}

/// Values that begin at each byte of the network, and before it.
template <class Network>
void check_all_overlaps() {
    constexpr int32_t size = Network::Input::size;
    struct {
        int8_t before[size];
        Network network;
        int8_t after[size];
    } place;
    auto* const bytes = reinterpret_cast<int8_t*>(&place);
    const Values noise = some_values(int32_t{sizeof place}, 7);
    for (size_t at = 0; at + size <= sizeof place; ++at) {
        std::copy(noise.begin(), noise.end(), bytes);
        const Values wanted = answer<Network>(bytes + at);
        REQUIRE(copied(place.network(bytes + at)) == wanted);
    }
}

struct Span {
    static constexpr size_t extent = 48;
    const int8_t* values;
    const int8_t* data() const { return values; }
    size_t size() const { return extent; }
};

}  // namespace

TEST_CASE("values may lie anywhere in the network that takes them") {
    check_all_overlaps<Square<mote::plan::LayerByLayer>>();
    check_all_overlaps<Square<mote::plan::LeastRam>>();
}

TEST_CASE("net(net.output()) is what a copy of the output gives") {
    const auto run = [](auto network) {
        using Network = decltype(network);
        network(some_values(Network::Input::size, 1).data());
        for (int round = 0; round < 4; ++round) {
            const Values wanted = answer<Network>(network.output().data());
            CHECK(copied(network(network.output())) == wanted);
        }
    };
    run(Square<mote::plan::LayerByLayer>{});
    run(Square<mote::plan::LeastRam>{});
}

TEST_CASE("a row may lie anywhere in the network that takes it") {
    using Network = Square<mote::plan::PushedRows>;
    constexpr size_t row_size = Network::input_row_size;
    const Values values = some_values(Network::Input::size, 3);
    Network network;
    network(values.data());
    for (int row = 0; row < 2 * Network::input_rows; ++row) {
        for (size_t at = sizeof network - Network::Plan::bytes; at + row_size <= sizeof network;
             ++at) {
            Network inside = network, outside = network;
            const auto* const place = reinterpret_cast<const int8_t*>(&inside) + at;
            const Values copy(place, place + row_size);
            CHECK(inside.push_row(place) == outside.push_row(copy.data()));
            REQUIRE(std::memcmp(&inside, &outside, sizeof network) == 0);
        }
        network.push_row(&values[row_size * size_t(row % Network::input_rows)]);
    }
}

TEST_CASE("containers of a known size, and views") {
    using Network = Square<mote::plan::LeastRam>;
    const Values values = some_values(48, 5);
    const Values wanted = answer<Network>(values.data());
    Network network, other;

    std::array<int8_t, 48> array;
    std::copy(values.begin(), values.end(), array.begin());
    CHECK(copied(network(array)) == wanted);
    CHECK(copied(network(Span{values.data()})) == wanted);
    CHECK(copied(other(network.output())) == answer<Network>(wanted.data()));

    static_assert(mote::given::size_of<std::array<int8_t, 48>> == 48, "");
    static_assert(mote::given::size_of<const std::array<int8_t, 48>> == 48, "");
    static_assert(mote::given::size_of<Span> == 48, "");
    static_assert(mote::given::size_of<mote::View<Network::Output>> == 48, "");
    static_assert(mote::given::size_of<Values> == -1, "");

    using Pushed = Square<mote::plan::PushedRows>;
    Pushed pushed;
    CHECK(copied(pushed(network.output().data())) == answer<Network>(network.output().data()));
    std::array<int8_t, 8> row;
    for (size_t at = 0; at < 48; at += 8) {
        std::copy(&values[at], &values[at] + 8, row.begin());
        pushed.push_row(row);
    }
    CHECK(pushed.ready());
    CHECK(copied(pushed.output()) == wanted);
}

TEST_CASE("quantize() writes real values to the input") {
    using Network = Square<mote::plan::LeastRam>;
    using Input = Network::Input;
    float values[48];
    std::array<float, 48> container;
    Values quantized(48);
    for (size_t i = 0; i < 48; ++i) {
        values[i] = container[i] = 0.37f * static_cast<float>(i) - 8;
        quantized[i] = Input::quantize(values[i]);
    }
    const Values wanted = answer<Network>(quantized.data());
    Network network;
    network.quantize(values);
    CHECK(Values(network.input(), network.input() + 48) == quantized);
    CHECK(copied(network()) == wanted);
    network.quantize(container);
    CHECK(copied(network()) == wanted);
    network.quantize(&values[0]);
    CHECK(copied(network()) == wanted);
}

TEST_CASE("a frame may be the stream's own output") {
    using Net = mote::Network<parts::Input<3, 1, 4>, parts::Dense<4, 12>>;
    mote::Streaming<Net> own, apart;
    for (int frame = 0; frame < 20; ++frame) {
        const Values values = frame < 3 ? some_values(4, frame) : copied(apart.output());
        if (frame < 3)
            own.push(values.data());
        else
            own.push(own.output());
        apart.push(values.data());
        if (frame >= 2) CHECK(copied(own.output()) == copied(apart.output()));
    }
}
