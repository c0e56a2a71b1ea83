#include "mote/graph/sequential.hpp"

#include <doctest/doctest.h>

#include "parts.hpp"

namespace {

using mote::Branch;
using mote::Node;
using mote::Path;
using mote::detail::is_same;

struct One {};
struct Two {};
struct Three {};
struct Join {};

template <class... Layers>
using Lowered = typename mote::graph::Lower<mote::graph::Chain<0, 0>, Layers...>::type;

template <int Current, class... Nodes>
using Chain = mote::graph::Chain<Current, 0, Nodes...>;

template <class Found, class Wanted>
constexpr bool same = is_same<Found, Wanted>::value;

}  // namespace

TEST_CASE("a chain: each layer reads the one before") {
    static_assert(same<Lowered<>, Chain<0>>, "");
    static_assert(same<Lowered<One>, Chain<1, Node<One, 0>>>, "");
    static_assert(
        same<Lowered<One, Two, Three>, Chain<3, Node<One, 0>, Node<Two, 1>, Node<Three, 2>>>, "");
}

TEST_CASE("paths start at one tensor, the join reads their ends") {
    static_assert(same<Lowered<Branch<Path<One>, Path<Two>, Join>>,
                       Chain<3, Node<One, 0>, Node<Two, 0>, Node<Join, 1, 2>>>,
                  "");
    static_assert(same<Lowered<One, Branch<Path<One, Two>, Path<Three>, Join>, Two>,
                       Chain<6, Node<One, 0>, Node<One, 1>, Node<Two, 2>, Node<Three, 1>,
                             Node<Join, 3, 4>, Node<Two, 5>>>,
                  "");
    static_assert(same<Lowered<Branch<Path<One>, Path<Two>, Path<Three>, Join>>,
                       Chain<4, Node<One, 0>, Node<Two, 0>, Node<Three, 0>, Node<Join, 1, 2, 3>>>,
                  "");
}

TEST_CASE("an empty path is the tensor itself") {
    static_assert(same<Lowered<One, Branch<Path<Two>, Path<>, Join>>,
                       Chain<3, Node<One, 0>, Node<Two, 1>, Node<Join, 2, 1>>>,
                  "");
    static_assert(same<Lowered<One, Branch<Path<>, Path<Two>, Join>>,
                       Chain<3, Node<One, 0>, Node<Two, 1>, Node<Join, 1, 2>>>,
                  "");
    static_assert(same<Lowered<Branch<Path<>, Path<>, Join>>, Chain<1, Node<Join, 0, 0>>>, "");
}

TEST_CASE("branches in branches, and one after the other") {
    using Inner = Branch<Path<Two>, Path<>, Join>;
    static_assert(same<Lowered<Branch<Path<One, Inner>, Path<Three>, Join>>,
                       Chain<5, Node<One, 0>, Node<Two, 1>, Node<Join, 2, 1>, Node<Three, 0>,
                             Node<Join, 3, 4>>>,
                  "");
    static_assert(same<Lowered<Branch<Path<Inner>, Path<>, Join>>,
                       Chain<3, Node<Two, 0>, Node<Join, 1, 0>, Node<Join, 2, 0>>>,
                  "");
    static_assert(same<Lowered<Inner, Inner>,
                       Chain<4, Node<Two, 0>, Node<Join, 1, 0>, Node<Two, 2>, Node<Join, 3, 2>>>,
                  "");
}

TEST_CASE("a graph knows the type of every tensor") {
    using Network =
        mote::Network<parts::Input<4, 6, 2>, parts::Conv<3, 3, 2>,
                      Branch<Path<>, Path<parts::Conv<3, 1, 3>>, mote::Add<parts::tenth>>,
                      mote::Flatten, parts::Dense<5, 24>>;
    using Graph = Network::Graph;
    static_assert(Graph::node_count == 5 && Graph::tensor_count == 6, "");
    static_assert(same<Graph::TensorType<0>::Shape, mote::Shape<4, 6, 2>>, "");
    static_assert(same<Graph::TensorType<1>::Shape, mote::Shape<2, 4, 3>>, "");
    static_assert(same<Graph::TensorType<2>::Shape, mote::Shape<2, 4, 3>>, "");
    static_assert(same<Graph::TensorType<3>::Shape, mote::Shape<2, 4, 3>>, "");
    static_assert(same<Graph::TensorType<4>::Shape, mote::Shape<1, 1, 24>>, "");
    static_assert(same<Graph::Output::Shape, mote::Shape<1, 1, 5>>, "");
    static_assert(same<Graph::NodeType<2>::Inputs, mote::detail::sequence<1, 2>>, "");
    CHECK(Graph::file_tensor(3) == -1);
    CHECK(Graph::macs() == 24 * 18 + 24 * 3 + 5 * 24);
}

TEST_CASE("paths that begin at further inputs, and end in outputs") {
    using Map = parts::Input<4, 6, 2>;
    using Sum = mote::Add<parts::tenth>;
    using Network = mote::Network<
        Map, parts::Conv<2, 1, 2>,
        Branch<Path<>, Path<Branch<Path<Map>, Path<Map, parts::Conv<2, 1, 2>>, Sum>>, Sum>,
        Branch<Path<mote::Flatten, parts::Dense<5, 48>>, Path<>, Path<parts::Conv<3, 3, 2>>>>;
    using Graph = Network::Graph;
    static_assert(Network::inputs == 3 && Network::outputs == 3 && Network::layers == 7, "");
    // Inputs 1 and 2, then the convolutions and sums in their order.
    static_assert(same<Graph::NodeType<2>::Inputs, mote::detail::sequence<0>>, "");
    static_assert(same<Graph::NodeType<3>::Inputs, mote::detail::sequence<2>>, "");
    static_assert(same<Graph::NodeType<4>::Inputs, mote::detail::sequence<1, 4>>, "");
    static_assert(same<Graph::NodeType<5>::Inputs, mote::detail::sequence<3, 5>>, "");
    static_assert(same<Network::OutputAt<0>::Shape, mote::Shape<1, 1, 5>>, "");
    static_assert(same<Network::OutputAt<1>::Shape, mote::Shape<4, 6, 2>>, "");
    static_assert(same<Network::OutputAt<2>::Shape, mote::Shape<2, 4, 3>>, "");
    CHECK(Graph::output(1) == 6);
}

TEST_CASE("several inputs and outputs run") {
    using Map = parts::Input<4, 6, 2>;
    using Sum = mote::Add<parts::tenth>;
    mote::Network<Map, Branch<Path<>, Path<Map>, Sum>, Branch<Path<parts::Conv<3, 3, 2>>, Path<>>>
        network;
    mote::Network<Map, Branch<Path<>, Path<>, Sum>> doubled;
    mote::Network<Map, Branch<Path<>, Path<>, Sum>, parts::Conv<3, 3, 2>> convolved;
    int8_t values[48];
    for (int i = 0; i < 48; ++i) values[i] = static_cast<int8_t>(i * 5 - 120);
    for (int i = 0; i < 48; ++i) network.input<0>()[i] = network.input<1>()[i] = values[i];
    network();
    const auto sum = doubled(values);
    const auto map = convolved(values);
    for (int i = 0; i < sum.size(); ++i) CHECK(network.output<1>()[i] == sum[i]);
    for (int i = 0; i < map.size(); ++i) CHECK(network.output<0>()[i] == map[i]);
}
