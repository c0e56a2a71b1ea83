// Whatever the plan, a network computes the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "parts.hpp"

namespace {

using namespace mote;

template <int Outputs, int Height, int Width, int Depth, int Stride, class Padding>
using Conv = Conv2D<parts::Weights<Outputs, Height, Width, Depth>, parts::tenth, Strides<Stride>,
                    Padding, Relu>;
template <int Channels, int Size, int Stride, class Padding>
using Depthwise = DepthwiseConv2D<parts::Weights<Channels, Size, Size, 1>, parts::tenth,
                                  Strides<Stride>, Padding>;

/// The bytes of every layer's output, put together from its bands.
struct Recorder {
    std::vector<std::vector<int8_t>> layers;

    template <class Layer, class Band>
    void operator()(Layer, const Band& band) {
        layers.resize(std::max(layers.size(), size_t(Layer::index) + 1));
        auto& values = layers[size_t(Layer::index)];
        CHECK(int32_t(values.size()) == band.offset());
        values.insert(values.end(), band.data(), band.data() + band.size());
    }
};

template <class Network>
std::vector<std::vector<int8_t>> record(int seed) {
    Network network;
    for (int32_t i = 0; i < Network::Input::size; ++i)
        network.input()[i] = static_cast<int8_t>((i * 91 + i / 7 * 13 + seed * 57) % 256 - 128);
    Recorder recorder;
    const auto output = network(recorder);
    CHECK(std::equal(output.begin(), output.end(), recorder.layers.back().begin()));
    return recorder.layers;
}

template <class... Parts>
void compare() {
    using Rows = Network<Parts...>;
    using Maps = Runner<graph::Sequential<Parts...>, plan::LayerByLayer>;
    CHECK(Rows::ram_bytes <= Maps::ram_bytes);
    for (int seed = 0; seed < 3; ++seed) {
        const auto rows = record<Rows>(seed), maps = record<Maps>(seed);
        REQUIRE(rows.size() == maps.size());
        for (size_t layer = 0; layer < maps.size(); ++layer) {
            CAPTURE(layer);
            CHECK(rows[layer] == maps[layer]);
        }
    }
}

}  // namespace

TEST_CASE("convolutions of every stride and padding, in chains") {
    compare<parts::Input<16, 6, 2>, Conv<3, 3, 3, 2, 1, Same>, Conv<2, 3, 3, 3, 1, Same>>();
    compare<parts::Input<17, 6, 2>, Conv<3, 3, 3, 2, 2, Same>, Conv<4, 1, 1, 3, 1, Valid>,
            Conv<2, 3, 3, 4, 2, Same>>();
    compare<parts::Input<16, 6, 2>, Conv<3, 5, 3, 2, 2, Valid>, Depthwise<3, 3, 1, Same>,
            Depthwise<3, 2, 2, Valid>>();
    compare<parts::Input<20, 5, 1>, Conv<4, 4, 2, 1, 3, Same>, Depthwise<4, 3, 2, Same>,
            Conv<2, 1, 1, 4, 1, Same>>();
}

TEST_CASE("pools, pads and element-wise layers between convolutions") {
    compare<parts::Input<16, 6, 2>, Conv<4, 3, 3, 2, 1, Same>, MaxPool2D<Pool<2>>,
            Conv<4, 3, 3, 4, 1, Same>, AveragePool2D<Pool<2, 3>>, Softmax<>>();
    compare<parts::Input<15, 6, 2>, Pad<Border<1, 2>>, Conv<4, 3, 3, 2, 2, Valid>,
            Quantize<parts::tenth, Relu6>, MaxPool2D<Pool<3>, Strides<2>, Same>,
            Pad<Border<2, 0>>>();
    compare<parts::Input<12, 4, 3>, AveragePool2D<Pool<3>, Strides<1>, Same>,
            MaxPool2D<Pool<3, 2>, Strides<3, 1>, Same>, Conv<5, 2, 2, 3, 1, Same>>();
}

TEST_CASE("heads that need the whole map") {
    compare<parts::Input<16, 6, 2>, Conv<4, 3, 3, 2, 2, Same>, AveragePool2D<Pool<8, 3>>,
            Reshape<Shape<1, 1, 4>>, parts::Dense<5, 4>, Softmax<>>();
    compare<parts::Input<16, 6, 2>, Conv<4, 3, 3, 2, 2, Same>, Flatten, parts::Dense<5, 96>>();
    compare<parts::Input<10, 4, 1>, parts::Dense<3, 40>>();
    compare<parts::Input<10, 4, 3>, parts::Dense<2, 3>, Conv<2, 3, 3, 2, 1, Same>>();
}

TEST_CASE("branches") {
    using Block = Branch<Path<Conv<3, 3, 3, 3, 1, Same>, Conv<3, 3, 3, 3, 1, Same>>, Path<>,
                         Add<parts::tenth, Relu>>;
    using Down = Branch<Path<Conv<4, 3, 3, 3, 2, Same>, Conv<4, 3, 3, 4, 1, Same>>,
                        Path<Conv<4, 1, 1, 3, 2, Same>>, Add<parts::tenth, Relu>>;
    compare<parts::Input<16, 6, 2>, Conv<3, 3, 3, 2, 1, Same>, Block>();
    compare<parts::Input<16, 6, 3>, Block, Block, Down>();
    compare<parts::Input<16, 6, 2>, Conv<3, 3, 3, 2, 1, Same>, Block, Down,
            AveragePool2D<Pool<8, 3>>, Flatten, parts::Dense<5, 4>, Softmax<>>();
    using Nested = Branch<Path<Block, Conv<3, 1, 1, 3, 1, Valid>>, Path<Conv<3, 3, 3, 3, 1, Same>>,
                          Add<parts::tenth>>;
    compare<parts::Input<9, 5, 3>, Nested, MaxPool2D<Pool<3>>>();
    compare<parts::Input<9, 5, 3>, Branch<Path<>, Path<>, Add<parts::tenth>>>();
}
