#include "mote/pass/dilations.hpp"

#include <cstring>

#include "parts.hpp"
#include "pass/both.hpp"

namespace {

using namespace mote;
using Tenth = Quantized<parts::tenth>::type;

template <int Height, int Width, int Channels, class... Layers>
using Written = graph::Sequential<Input<Shape<Height, Width, Channels>, Tenth>, Layers...>;
template <class Written>
using Passed = pass_test::Passed<Written>;

template <class Written>
void leaves(int nodes) {
    pass_test::equals<Written>();
    CHECK(Passed<Written>::node_count == nodes);
}

/// A map of `Height` x `Width`, padded and cut as given, in blocks, to batches and back around
/// `Layer`, with a window of 3 x 3.
template <int Height, int Width, int Channels, int Block, class Layer, int Before, int After,
          int Cut, int Last, int Outputs>
struct Around {
    static constexpr int high = (Height + Before + After) / Block;
    static constexpr int wide = (Width + Before + After) / Block;
    static constexpr int out_high = (high - 2) * Block - Cut - Last;
    static constexpr int out_wide = (wide - 2) * Block - Cut - Last;
    using Size = Numbers<Block, Block>;
    using To = SpaceToBatch<Shape<Block * Block * high, wide, Channels>,
                            Numbers<1, Height, Width, Channels>, Size, Numbers<high, wide>,
                            Numbers<Before, Before>>;
    using Inside = TimeDistributed<Block * Block, Layer>;
    using Back = BatchToSpace<Shape<out_high, out_wide, Outputs>,
                              Numbers<Block * Block, high - 2, wide - 2, Outputs>, Size,
                              Numbers<out_high, out_wide>, Numbers<Cut, Cut>>;
    using Net = Written<Height, Width, Channels, To, Inside, Back>;
    using Dilated = typename Passed<Net>::template NodeType<0>::On;
};
using Conv = parts::Conv<4, 3, 2>;
using Depthwise = DepthwiseConv2D<parts::Weights<6, 3, 3, 1>, parts::tenth>;

template <class Nodes, int... Tensors>
struct WithOutputs : Nodes {
    using Outputs = detail::sequence<Tensors...>;
};

/// With a padding of one's own, which is neither Same nor Valid.
using Odd = Around<7, 9, 2, 2, Conv, 1, 2, 0, 0, 4>;

}  // namespace

TEST_CASE("a convolution between batches is dilated") {
    // Valid: 2 rows more than go into blocks, and cut off again.
    using Valid = Around<7, 9, 2, 2, Conv, 0, 1, 0, 1, 4>;
    leaves<Valid::Net>(1);
    CHECK(Valid::Dilated::Output::Shape::height == 3);
    // Same: a border of the dilation on either side.
    using Even = Around<8, 12, 2, 2, Conv, 2, 2, 0, 0, 4>;
    leaves<Even::Net>(1);
    CHECK(Even::Dilated::Output::Shape::height == 8);
    // The same where the blocks do not come out even, and with cuts in front.
    using Rest = Around<7, 10, 6, 3, Depthwise, 3, 5, 0, 2, 6>;
    leaves<Rest::Net>(1);
    CHECK(Rest::Dilated::Output::Shape::height == 7);
    using Front = Around<7, 10, 6, 3, Depthwise, 5, 3, 2, 0, 6>;
    leaves<Front::Net>(1);
    using Threes = Around<6, 9, 6, 3, Depthwise, 3, 3, 0, 0, 6>;
    leaves<Threes::Net>(1);
    const char* name = Passed<Threes::Net>::NodeType<0>::Layer::name();
    CHECK(std::strcmp(name, "SpaceToBatch+DepthwiseConv2D+BatchToSpace") == 0);
}

TEST_CASE("batches that are read elsewhere stay") {
    using Even = Around<8, 12, 2, 2, Conv, 2, 2, 0, 0, 4>;
    leaves<WithOutputs<Even::Net, 3, 1>>(3);
    leaves<WithOutputs<Even::Net, 3, 2>>(3);
}

TEST_CASE("other paddings stay") { leaves<Odd::Net>(3); }
