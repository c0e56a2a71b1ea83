#include "mote/pass/tables.hpp"

#include <cstring>

#include "pass/both.hpp"

namespace {

using namespace mote;
using Fine = Quantization<0x3d4ccccdU, -3>;    // 0.05
using Coarse = Quantization<0x3dcccccdU, 10>;  // 0.1
using Small = Quantization<0x3c000000U, 0>;    // 1 / 128
using Map = Shape<4, 8, 8>;
using Largest = MaxPool2D<Pool<3>, Strides<1>, Same>;

constexpr int8_t one[] = {57};
using One = Constant<Shape<1, 1, 1>, Fine, one>;
constexpr int8_t channels[] = {1, 2, 3, 4, 5, 6, 7, 8};
using ByChannel = Constant<Shape<1, 1, 8>, Fine, channels>;

template <class... Layers>
using Written = graph::Sequential<Input<Map, Fine>, Layers...>;
template <class Written>
using Passed = pass_test::Passed<Written>;

/// Its outputs, and how many nodes the passes leave.
template <class Written>
void leaves(int nodes) {
    pass_test::equals<Written>();
    CHECK(Passed<Written>::node_count == nodes);
}
template <class Written, int Node>
void called(const char* name) {
    CHECK(std::strcmp(Passed<Written>::template NodeType<Node>::Layer::name(), name) == 0);
}

/// A graph that names its outputs.
template <class Nodes, int... Tensors>
struct WithOutputs : Nodes {
    using Outputs = detail::sequence<Tensors...>;
};

}  // namespace

TEST_CASE("a chain becomes one table") {
    using Chain = Written<Largest, Sigmoid<>, Quantize<Coarse>, Abs<Fine>, Largest>;
    leaves<Chain>(3);
    called<Chain, 1>("Sigmoid+Quantize+Abs");
    CHECK(Passed<Chain>::NodeType<1>::On::table_bytes() == 256);
}

TEST_CASE("constants of one value join it, others do not") {
    leaves<Written<Multiply<Coarse>::With<One, 0>, Add<Fine>::With<One, 1>, Tanh<>>>(1);
    leaves<Written<Divide<Small>::With<One, 1>, SquaredDifference<Fine>::With<One, 0>>>(1);
    leaves<Written<Subtract<Fine>::With<One, 0>, Maximum<Fine>::With<One, 1>>>(1);
    leaves<Written<Tanh<>, Multiply<Coarse>::With<ByChannel, 1>, Tanh<>>>(3);
}

TEST_CASE("a map and what it became are joined") {
    using Swish = Branch<Path<>, Path<Sigmoid<>>, Multiply<Coarse>>;
    leaves<Written<Swish>>(1);
    called<Written<Swish>, 0>("Sigmoid+Multiply");
    leaves<Written<Largest, Swish, Swish, Largest>>(3);
    leaves<Written<Branch<Path<>, Path<>, Multiply<Fine>>>>(1);
    leaves<Written<Branch<Path<Tanh<>, Abs<Fine>>, Path<Sigmoid<>>, Subtract<Fine>>>>(1);
    // x * relu6(x + 3) / 6
    leaves<Written<Branch<Path<>, Path<Add<Fine, Relu6>::With<One, 1>>, Multiply<Coarse>>,
                   Multiply<Fine>::With<One, 1>>>(1);
}

TEST_CASE("maps of two origins stay apart") {
    leaves<Written<Branch<Path<Largest>, Path<Sigmoid<>>, Multiply<Coarse>>, Tanh<>>>(4);
    leaves<Written<Branch<Path<Largest, Tanh<>, Abs<Fine>>, Path<Sigmoid<>, Tanh<>>, Add<Coarse>>>>(
        4);
}

TEST_CASE("what is read elsewhere stays") {
    // The sigmoid is pooled too: two tables, the second from the first.
    using Forked =
        Written<Largest, Sigmoid<>,
                Branch<Path<Tanh<>, Abs<Fine>>, Path<Largest, Quantize<Fine>>, Add<Coarse>>>;
    leaves<Forked>(6);
    called<Forked, 2>("Tanh+Abs");
    CHECK(detail::is_same<Passed<Forked>::NodeType<2>::Inputs, detail::sequence<2>>::value);
}

TEST_CASE("outputs stay") {
    using Chain = Written<Sigmoid<>, Quantize<Coarse>, Tanh<>, Abs<Fine>>;
    leaves<WithOutputs<Chain, 4, 2>>(2);
    leaves<WithOutputs<Chain, 2, 4, 3>>(3);
}

TEST_CASE("a graph without chains stays as it is") {
    using Plain = Written<Largest, Sigmoid<>, Largest, Multiply<Fine>::With<One, 1>>;
    CHECK(detail::is_same<Passed<Plain>, pass_test::Plain<Plain>>::value);
}
