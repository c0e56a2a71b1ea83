#include "mote/pass/moves.hpp"

#include <cstring>

#include "pass/both.hpp"

namespace {

using namespace mote;
using Tenth = Quantization<0x3dcccccdU, 10>;
using Largest = MaxPool2D<Pool<3>, Strides<1>, Same>;

using Map = Shape<4, 6, 8>;
template <class... Layers>
using Written = graph::Sequential<Input<Map, Tenth>, Layers...>;
template <class Written>
using Passed = pass_test::Passed<Written>;

template <class Written>
void leaves(int nodes) {
    pass_test::equals<Written>();
    CHECK(Passed<Written>::node_count == nodes);
}
template <class Written, int Node>
constexpr bool is_view = Passed<Written>::template NodeType<Node>::is_view;

template <class Nodes, int... Tensors>
struct WithOutputs : Nodes {
    using Outputs = detail::sequence<Tensors...>;
};

/// Channels first, and last again.
using First = Transpose<Shape<8, 4, 6>, Numbers<4, 6, 8>, Numbers<2, 0, 1>>;
using Last = Transpose<Shape<4, 6, 8>, Numbers<8, 4, 6>, Numbers<1, 2, 0>>;
using Turned = Transpose<Shape<6, 4, 8>, Numbers<4, 6, 8>, Numbers<1, 0, 2>>;

struct FirstRow {
    static constexpr int32_t at(int) { return 0; }
};

}  // namespace

TEST_CASE("two that cancel are a view") {
    using Back = Written<Largest, First, Last, Largest>;
    leaves<Back>(3);
    CHECK(is_view<Back, 1>);
    CHECK(std::strcmp(Passed<Back>::NodeType<1>::Layer::name(), "Transpose+Transpose") == 0);
    using ToDepth = Written<SpaceToDepth<2>, DepthToSpace<2>, Largest>;
    leaves<ToDepth>(2);
    CHECK(is_view<ToDepth, 0>);
    // Between them a view.
    using Flat = Written<First, Reshape<Shape<1, 8, 24>>,
                         Transpose<Shape<24, 1, 8>, Numbers<8, 24>, Numbers<1, 0>>, Largest>;
    leaves<Flat>(2);
    CHECK(is_view<Flat, 0>);
}

TEST_CASE("two that do not are one") {
    leaves<Written<Largest, Turned, Transpose<Shape<8, 6, 4>, Numbers<6, 4, 8>, Numbers<2, 0, 1>>>>(
        2);
    leaves<Written<First, SpaceToDepth<2>, Largest>>(2);
    // Channels of two maps, shuffled.
    leaves<Written<Transpose<Shape<8, 2, 12>, Numbers<2, 12, 8>, Numbers<2, 0, 1>>,
                   Reshape<Shape<16, 3, 4>>,
                   Transpose<Shape<3, 4, 16>, Numbers<16, 3, 4>, Numbers<1, 2, 0>>, Largest>>(2);
    // Axes that lie across each other's.
    leaves<Written<First, Reshape<Shape<2, 12, 8>>,
                   Transpose<Shape<12, 2, 8>, Numbers<2, 12, 8>, Numbers<1, 0, 2>>>>(1);
    leaves<Written<First, Last, First, Last, SpaceToDepth<2>>>(1);
}

TEST_CASE("axes that cannot be taken apart stay apart") {
    // 6 rows of 5, which the second takes for 5 rows of 6.
    leaves<Written<
        Pad<Border<0, 1, 0, 0>>, Transpose<Shape<6, 5, 8>, Numbers<5, 6, 8>, Numbers<1, 0, 2>>,
        Reshape<Shape<5, 6, 8>>, Transpose<Shape<6, 5, 8>, Numbers<5, 6, 8>, Numbers<1, 0, 2>>>>(4);
}

TEST_CASE("what is read elsewhere stays") {
    using Elsewhere = Written<First, Branch<Path<Last>, Path<Reshape<Map>>, Add<Tenth>>, Largest>;
    leaves<Elsewhere>(5);
    leaves<WithOutputs<Written<First, Last>, 2, 1>>(2);
    leaves<WithOutputs<Written<First, Reshape<Shape<8, 2, 12>>,
                               Transpose<Shape<2, 12, 8>, Numbers<8, 2, 12>, Numbers<1, 2, 0>>>,
                       3, 2>>(3);
}

TEST_CASE("one that moves nothing is a view") {
    using Same = Written<Transpose<Shape<4, 6, 8>, Numbers<4, 1, 6, 8>, Numbers<0, 2, 1, 3>>>;
    leaves<Same>(1);
    CHECK(is_view<Same, 0>);
}

TEST_CASE("values that are fewer, more or turned round are left alone") {
    using Less = StridedSlice<Shape<2, 6, 8>, Numbers<4, 6, 8>, Numbers<0, 0, 0>, Numbers<2, 1, 1>,
                              Numbers<2, 6, 8>>;
    using Reversed =
        StridedSlice<Map, Numbers<4, 6, 8>, Numbers<3, 0, 0>, Numbers<-1, 1, 1>, Numbers<4, 6, 8>>;
    leaves<Written<Turned, Transpose<Map, Numbers<6, 4, 8>, Numbers<1, 0, 2>>, Less>>(2);
    leaves<Written<First, Last, Reversed>>(2);
    leaves<Written<Reversed, Reversed>>(2);
    // As many values as before, but one row of them again and again.
    using Repeated = Gather<Shape<8, 4, 6>, Numbers<1, 1, 1, 1, 8, 1, 1, 24>, 8, FirstRow>;
    leaves<Written<First, Repeated>>(2);
    leaves<Written<First, Repeated, Transpose<Shape<4, 6, 8>, Numbers<8, 4, 6>, Numbers<1, 2, 0>>>>(
        3);
}
