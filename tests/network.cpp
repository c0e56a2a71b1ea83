#include "mote/network.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>
#include <vector>

#include "parts.hpp"

namespace {

using Small = mote::Network<parts::Input<6, 6, 2>, parts::Conv<3, 3, 2>,
                            mote::MaxPool2D<mote::Pool<2>>, parts::Dense<4, 12>, mote::Softmax<>>;

using Forked = mote::Network<parts::Input<4, 4, 2>,
                             mote::Branch<mote::Path<parts::Conv<2, 1, 2>>, mote::Path<>,
                                          mote::Add<parts::tenth, mote::Relu>>,
                             parts::Conv<3, 3, 2>>;

template <class Network>
std::vector<int8_t> some_input(int seed) {
    std::vector<int8_t> values(static_cast<size_t>(Network::Input::size));
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<int8_t>((static_cast<int>(i) * 53 + seed * 91) % 256 - 128);
    return values;
}

template <class Output>
std::vector<int8_t> copy(mote::View<Output> view) {
    return {view.begin(), view.end()};
}

template <class Network>
std::vector<int8_t> answer(int seed) {
    Network network;
    return copy(network(some_input<Network>(seed).data()));
}

/// What a layer gave, put together from its bands.
struct Watched {
    int bands = 0;
    int rows = 0;
    int height = 0;
    std::vector<int8_t> values;
};

struct Watcher {
    std::vector<Watched> layers;
    std::vector<int> order;

    template <class Layer, class Band>
    void operator()(Layer, const Band& band) {
        layers.resize(std::max(layers.size(), size_t(Layer::index) + 1));
        Watched& layer = layers[size_t(Layer::index)];
        // Each row once, from the first to the last.
        CHECK(band.first == layer.rows);
        CHECK(band.count > 0);
        CHECK(band.size() > 0);
        layer.rows += band.count;
        ++layer.bands;
        layer.values.insert(layer.values.end(), band.data(), band.data() + band.size());
        order.push_back(Layer::index);
    }
};

}  // namespace

TEST_CASE("a network takes arrays, pointers and containers, or what input() holds") {
    const std::vector<int8_t> wanted = answer<Small>(1);
    const std::vector<int8_t> values = some_input<Small>(1);
    Small network;

    int8_t array[72];
    std::array<int8_t, 72> container;
    std::copy(values.begin(), values.end(), array);
    std::copy(values.begin(), values.end(), container.begin());
    int8_t* const pointer = array;
    const int8_t* const constant = array;
    const int8_t(&constant_array)[72] = array;
    const std::array<int8_t, 72>& constant_container = container;

    CHECK(copy(network(array)) == wanted);
    CHECK(copy(network(constant_array)) == wanted);
    CHECK(copy(network(pointer)) == wanted);
    CHECK(copy(network(constant)) == wanted);
    CHECK(copy(network(&array[0])) == wanted);
    CHECK(copy(network(container)) == wanted);
    CHECK(copy(network(constant_container)) == wanted);
    CHECK(copy(network(values.data())) == wanted);

    std::copy(values.begin(), values.end(), network.input());
    CHECK(copy(network()) == wanted);
    CHECK(copy(network.output()) == wanted);
    const Small& seen = network;
    CHECK(copy(seen.output()) == wanted);
}

TEST_CASE("an observer sees every row of every layer once, in order, and changes nothing") {
    const std::vector<int8_t> wanted = answer<Small>(2);
    const std::vector<int8_t> values = some_input<Small>(2);
    Small network;
    std::copy(values.begin(), values.end(), network.input());
    Watcher watcher;
    CHECK(copy(network(watcher)) == wanted);
    REQUIRE(watcher.layers.size() == size_t(Small::layers));
    CHECK(watcher.layers[0].rows == 4);
    CHECK(watcher.layers[1].rows == 2);
    CHECK(watcher.layers[2].rows == 1);
    CHECK(watcher.layers[3].rows == 1);
    CHECK(watcher.layers[0].values.size() == 4 * 4 * 3);
    CHECK(watcher.layers[3].values == wanted);
    CHECK(watcher.order.back() == 3);

    // With values too; and as a temporary.
    Watcher again;
    CHECK(copy(network(values.data(), again)) == wanted);
    CHECK(again.layers[0].values == watcher.layers[0].values);
    int calls = 0;
    network(values.data(), [&calls](auto, const auto&) { ++calls; });
    CHECK(calls == int(watcher.order.size()));
    calls = 0;
    std::copy(values.begin(), values.end(), network.input());
    network([&calls](auto, const auto&) { ++calls; });
    CHECK(calls == int(watcher.order.size()));
}

TEST_CASE("every plan computes the same in every layer") {
    using ByLayer = mote::Runner<Forked::Graph, mote::plan::LayerByLayer>;
    for (int seed = 0; seed < 20; ++seed) {
        Forked rows;
        ByLayer maps;
        Watcher of_rows, of_maps;
        CHECK(copy(rows(some_input<Forked>(seed).data(), of_rows)) ==
              copy(maps(some_input<Forked>(seed).data(), of_maps)));
        REQUIRE(of_rows.layers.size() == of_maps.layers.size());
        for (size_t i = 0; i < of_rows.layers.size(); ++i)
            CHECK(of_rows.layers[i].values == of_maps.layers[i].values);
        for (const Watched& layer : of_maps.layers) CHECK(layer.bands == 1);
    }
    CHECK(Forked::ram_bytes <= ByLayer::ram_bytes);
}

TEST_CASE("networks are independent; a copy goes on with what it holds") {
    const std::vector<int8_t> one = answer<Small>(3), other = answer<Small>(4);
    REQUIRE(one != other);
    Small first, second;
    const auto values = some_input<Small>(3);
    std::copy(values.begin(), values.end(), first.input());
    Small twin = first;
    second(some_input<Small>(4).data());
    first();
    CHECK(copy(first.output()) == one);
    CHECK(copy(second.output()) == other);
    CHECK(copy(twin()) == one);
    second = twin;
    CHECK(copy(second.output()) == one);
    twin(some_input<Small>(4).data());
    CHECK(copy(second.output()) == one);
}

TEST_CASE("facts are constants") {
    static_assert(Small::ram_bytes == sizeof(Small), "");
    static_assert(Forked::ram_bytes == sizeof(Forked), "");
    static_assert(std::is_trivially_copyable<Small>::value, "");
    static_assert(std::is_trivially_default_constructible<Small>::value, "");
    static_assert(alignof(Small) == mote::plan::alignment, "");
    static_assert(Small::layers == 4, "");
    static_assert(Small::Input::size == 72 && Small::Output::size == 4, "");
    // Conv2D: 4 x 4 x 3 outputs of 3 x 3 x 2 taps; Dense: 4 x 12.
    static_assert(Small::macs == 48 * 18 + 48, "");
    static_assert(Small::Layer<0>::macs == 48 * 18 && Small::Layer<1>::macs == 0 &&
                      Small::Layer<2>::macs == 48,
                  "");
    CHECK(Small::flash_bytes == Small::Layer<0>::flash_bytes() + Small::Layer<1>::flash_bytes() +
                                    Small::Layer<2>::flash_bytes() +
                                    Small::Layer<3>::flash_bytes());
    CHECK(Small::Layer<1>::flash_bytes() == 0);
    // A weight takes a byte, a bias four.
    CHECK(Small::Layer<2>::flash_bytes() >= 48 + 4 * 4);
    CHECK(std::string(Small::Layer<0>::name()) == "Conv2D");
    CHECK(std::string(Small::Layer<3>::name()) == "Softmax");
}

TEST_CASE("softmax answers are dequantized to probabilities") {
    Small network;
    const auto scores = network(some_input<Small>(5).data());
    float sum = 0;
    for (int32_t i = 0; i < scores.size(); ++i) {
        CHECK(scores.dequantized(i) == float(scores[i] + 128) / 256);
        CHECK(scores[scores.argmax()] >= scores[i]);
        sum += scores.dequantized(i);
    }
    CHECK(sum == doctest::Approx(1).epsilon(0.02));
}

TEST_CASE("an observer hears of rows that a layer has only added up") {
    using Means = mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<4, 1, 2>,
                                       mote::AveragePool2D<mote::Pool<4, 1>>>;
    struct Listener {
        int rows = 0;
        int parts = 0;
        void operator()(Means::Layer<0>, mote::Band<Means::Output> band) { rows += band.count; }
        void absorbed(Means::Layer<0>) { ++parts; }
    } listener;
    Means network;
    network(some_input<Means>(1).data(), listener);
    CHECK(listener.rows == 1);
    CHECK(listener.parts == 3);
}
