// Layers that move values, written by hand.
#include <doctest/doctest.h>

#include <vector>

#include "mote.hpp"

namespace {

using namespace mote;

struct half {
    static constexpr float scale = 0.5f;
    static constexpr int zero_point = -3;
};

/// What a network gives for 0, 1, 2, ...
template <class Net>
std::vector<int> moved() {
    static Net net;
    for (int i = 0; i < Net::Input::size; ++i) net.input()[i] = static_cast<int8_t>(i);
    const auto out = net();
    return {out.begin(), out.end()};
}

struct Ninety {
    static constexpr int32_t size = 2;
    static constexpr int8_t at(int32_t index) { return static_cast<int8_t>(90 + index); }
};

}  // namespace

TEST_CASE("Transpose, and which of its input rows a layer reads") {
    using Turned = Network<Input<Shape<2, 3, 1>, half>,
                           Transpose<Shape<3, 2, 1>, Numbers<2, 3, 1>, Numbers<1, 0, 2>>>;
    CHECK(moved<Turned>() == std::vector<int>{0, 3, 1, 4, 2, 5});

    using In = Tensor<int8_t, Shape<6, 2, 2>, Quantization<0x3f000000U, -3>>;
    using Rows = StridedSlice<Shape<2, 2, 1>, Numbers<6, 2, 2>, Numbers<2, 0, 1>, Numbers<3, 1, 1>,
                              Numbers<2, 2, 1>>::On<arch::portable, In>;
    CHECK(Rows::row_by_row);
    CHECK(Rows::window.height == 1);
    CHECK(Rows::window.stride == 3);
    CHECK(Rows::window.before == -2);
    using Backwards = StridedSlice<Shape<6, 2, 2>, Numbers<6, 2, 2>, Numbers<5, 0, 0>,
                                   Numbers<-1, 1, 1>, Numbers<6, 2, 2>>::On<arch::portable, In>;
    CHECK(!Backwards::row_by_row);
    CHECK(Backwards::window.stride == 0);
    CHECK(Backwards::table_bytes() == 0);
}

TEST_CASE("StridedSlice, Tile, Gather") {
    using Slice = Network<Input<Shape<4, 3, 1>, half>,
                          StridedSlice<Shape<2, 2, 1>, Numbers<4, 3, 1>, Numbers<1, 2, 0>,
                                       Numbers<2, -2, 1>, Numbers<2, 2, 1>>>;
    CHECK(moved<Slice>() == std::vector<int>{5, 3, 11, 9});

    using Tiled = Network<Input<Shape<2, 1, 2>, half>,
                          Tile<Shape<4, 1, 6>, Numbers<2, 1, 2>, Numbers<2, 1, 3>>>;
    CHECK(moved<Tiled>() ==
          std::vector<int>{0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3});

    using Gathered =
        Network<Input<Shape<3, 1, 2>, half>,
                Gather<Shape<4, 1, 2>, Numbers<1, 1, 1, 1, 4, 1, 1, 2>, 3, Numbers<2, 2, 0, 1>>>;
    CHECK(moved<Gathered>() == std::vector<int>{4, 5, 4, 5, 0, 1, 2, 3});
}

TEST_CASE("blocks, borders and other sizes") {
    using Blocks = Network<Input<Shape<2, 4, 1>, half>, SpaceToDepth<2>>;
    CHECK(moved<Blocks>() == std::vector<int>{0, 1, 4, 5, 2, 3, 6, 7});
    using Back = Network<Input<Shape<2, 4, 1>, half>, SpaceToDepth<2>, DepthToSpace<2>>;
    CHECK(moved<Back>() == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7});

    // One row more in front: what is outside is the zero point.
    using Batches = Network<Input<Shape<3, 1, 1>, half>,
                            SpaceToBatch<Shape<4, 1, 1>, Numbers<1, 3, 1, 1>, Numbers<2, 1>,
                                         Numbers<2, 1>, Numbers<1, 0>>>;
    CHECK(moved<Batches>() == std::vector<int>{-3, 1, 0, 2});

    using Mirror = Network<Input<Shape<1, 1, 3>, half>,
                           MirrorPad<Shape<1, 1, 7>, Numbers<3>, Numbers<2>, Numbers<2>, 1>>;
    CHECK(moved<Mirror>() == std::vector<int>{2, 1, 0, 1, 2, 1, 0});

    using Twice = Network<Input<Shape<1, 2, 1>, half>, UpSampling2D<2>>;
    CHECK(moved<Twice>() == std::vector<int>{0, 0, 1, 1, 0, 0, 1, 1});

    using Between = Network<Input<Shape<1, 2, 1>, half>, UpSampling2D<8>,
                            ResizeBilinear<1, 3, Pixels::aligned_corners>>;
    CHECK(moved<Between>() == std::vector<int>{0, 1, 1});
}

TEST_CASE("Concatenate maps and constants") {
    using Below =
        Network<Input<Shape<2, 1, 2>, half>,
                Branch<Path<>, Path<>,
                       Concatenate<Shape<5, 1, 2>, Joins::rows, 1, FromMap, Ninety, FromMap>>>;
    CHECK(moved<Below>() == std::vector<int>{0, 1, 2, 3, 90, 91, 0, 1, 2, 3});
    using Beside =
        Network<Input<Shape<2, 1, 2>, half>,
                Branch<Path<>, Path<>,
                       Concatenate<Shape<2, 1, 5>, Joins::columns, 1, FromMap, Ninety, FromMap>>>;
    CHECK(moved<Beside>() == std::vector<int>{0, 1, 90, 0, 1, 2, 3, 91, 2, 3});
}
