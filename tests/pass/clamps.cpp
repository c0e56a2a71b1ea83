#include "mote/pass/clamps.hpp"

#include <cstring>

#include "parts.hpp"
#include "pass/both.hpp"

namespace {

using namespace mote;
using Tenth = Quantized<parts::tenth>::type;
using Fine = Quantization<0x3d4ccccdU, -3>;  // 0.05
using Map = Shape<4, 8, 8>;

constexpr int8_t seven[] = {7}, lowest[] = {-128}, most[] = {127};
template <const int8_t* Value>
using One = Constant<Shape<1, 1, 1>, Tenth, Value>;
constexpr int8_t channels[] = {1, 2, 3, 4, 5, 6, 7, 8};
using ByChannel = Constant<Shape<1, 1, 8>, Tenth, channels>;

using Clamp = Quantize<Tenth, Relu>;
using Least = Minimum<Tenth>::With<One<seven>, 1>;
using Nothing = Quantize<Tenth>;
using Largest = MaxPool2D<Pool<3>, Strides<1>, Same>;
using Average = AveragePool2D<Pool<3>, Strides<1>, Same>;

template <class... Layers>
using Written = graph::Sequential<Input<Map, Tenth>, Layers...>;
template <class Written>
using Passed = pass_test::Passed<Written>;

/// Its outputs, and how many nodes the passes leave.
template <class Written>
void leaves(int nodes) {
    pass_test::equals<Written>();
    CHECK(Passed<Written>::node_count == nodes);
}

/// A graph that names its outputs, and knows where its tensors are from.
template <class Nodes, int... Tensors>
struct WithOutputs : Nodes {
    using Outputs = detail::sequence<Tensors...>;
    static constexpr int file_tensor(int tensor) { return 10 * tensor; }
};

}  // namespace

TEST_CASE("a clamp joins the layer before") {
    using Convolution = Written<parts::Conv<4, 3, 8>, Clamp>;
    leaves<Convolution>(1);
    using Layer = Passed<Convolution>::NodeType<0>::Layer;
    CHECK(std::strcmp(Layer::name(), "Conv2D+Quantize") == 0);
    leaves<Written<DepthwiseConv2D<parts::Weights<8, 3, 3, 1>, parts::tenth>, Clamp>>(1);
    leaves<Written<Conv2DTranspose<parts::Weights<4, 2, 2, 8>, parts::tenth>, Least>>(1);
    leaves<Written<parts::Dense<5, 256>, Least>>(1);
    leaves<Written<Largest, Clamp>>(1);
    leaves<Written<Average, Least>>(1);
    leaves<Written<Branch<Path<Largest>, Path<Average>, Add<Tenth>>, Clamp>>(3);
    leaves<Written<Branch<Path<Largest>, Path<Average>, Multiply<Tenth>>, Least>>(3);
    leaves<Written<Multiply<Tenth>::With<ByChannel, 1>, Clamp>>(1);
    leaves<Written<Add<Tenth>::With<ByChannel, 0>, Clamp>>(1);
}

TEST_CASE("a clamp narrows an activation, down to one value") {
    using Convolution = Conv2D<parts::Weights<4, 3, 3, 8>, parts::tenth, Strides<1>, Valid, Relu>;
    leaves<Written<Convolution, Least>>(1);
    leaves<Written<Convolution, Minimum<Tenth>::With<One<lowest>, 0>>>(1);
    leaves<Written<Largest, Least, Clamp, Largest>>(2);
}

TEST_CASE("what is read elsewhere, or is an output, is not clamped") {
    leaves<Written<Largest, Branch<Path<Clamp>, Path<Average>, Add<Tenth>>>>(4);
    leaves<WithOutputs<Written<Largest, Clamp>, 1, 2>>(2);
    leaves<WithOutputs<Written<Largest, Clamp, Largest>, 3, 2>>(2);
}

TEST_CASE("other functions join no layer") {
    leaves<Written<Largest, Quantize<Fine, Relu>>>(2);
    leaves<Written<Largest, Abs<Tenth>>>(2);
    leaves<Written<Pad<Border<1, 1, 1, 1>>, Clamp>>(2);
    leaves<Written<Clamp>>(1);
}

TEST_CASE("what changes nothing goes") {
    leaves<Written<Largest, Nothing, Average, Maximum<Tenth>::With<One<lowest>, 1>>>(2);
    leaves<Written<Nothing, Largest>>(1);
    leaves<Written<Largest, Branch<Path<Nothing>, Path<Average>, Add<Tenth>>>>(3);
    leaves<Written<Largest, Minimum<Tenth>::With<One<most>, 1>, Abs<Tenth>>>(2);
}

TEST_CASE("outputs may be one tensor, but no input") {
    leaves<Written<Nothing>>(1);
    leaves<WithOutputs<Written<Largest, Nothing>, 2>>(1);
    leaves<WithOutputs<Written<Largest, Nothing>, 2, 1>>(1);
    using Fork = Branch<Path<Nothing>, Path<Nothing>, Add<Tenth>>;
    leaves<WithOutputs<Written<Largest, Fork>, 2, 3>>(2);
    leaves<WithOutputs<Written<Fork>, 2, 3>>(2);
}

TEST_CASE("a tensor is the last one in the file that it holds") {
    using Joined = Passed<WithOutputs<Written<Largest, Clamp, Average, Nothing, Largest>, 5>>;
    CHECK(Joined::node_count == 3);
    CHECK(Joined::file_tensor(0) == 0);
    CHECK(Joined::file_tensor(1) == 20);
    CHECK(Joined::file_tensor(2) == 40);
    CHECK(Joined::file_tensor(3) == 50);
}

namespace {

/// A sum that goes on from one inference to the next, in tensor `Kept`.
template <int Kept>
struct Summing : Graph<Tensor<int8_t, Map, Tenth>, Variable<Tensor<int8_t, Map, Tenth>, RealZero>,
                       Node<Add<Tenth>, 0, 1>, Node<Clamp, 2>, Node<Nothing, 3>, Node<Largest, 4>> {
    using Assigned = detail::sequence<Kept>;
};

/// The input as it came.
struct Keeping : Graph<Tensor<int8_t, Map, Tenth>, Variable<Tensor<int8_t, Map, Tenth>, RealZero>,
                       Node<Nothing, 0>, Node<Add<Tenth>, 1, 0>> {
    using Assigned = detail::sequence<2>;
};

}  // namespace

TEST_CASE("what a variable takes stays") {
    leaves<Summing<4>>(3);
    leaves<Summing<2>>(4);
    leaves<Keeping>(3);
}
