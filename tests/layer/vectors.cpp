// Layers on vectors, and products of matrices, written by hand.
#include <doctest/doctest.h>

#include "mote.hpp"

namespace {

struct unit {
    static constexpr float scale = 1;
    static constexpr int zero_point = 0;
};
struct sixteenth {
    static constexpr float scale = 1 / 16.0f;
    static constexpr int zero_point = 5;
};

template <class Network, int Inputs, int Outputs>
void gives(const int (&given)[Inputs], const int (&wanted)[Outputs]) {
    static_assert(Network::Input::size == Inputs && Network::Output::size == Outputs, "");
    static Network network;
    int8_t in[Inputs];
    for (int i = 0; i < Inputs; ++i) in[i] = int8_t(given[i]);
    const auto out = network(in);
    for (int i = 0; i < Outputs; ++i) CHECK(out[i] == wanted[i]);
}

template <class... Layers>
using OfMap = mote::Network<mote::Input<mote::Shape<2, 2, 3>, unit>, Layers...>;
constexpr int map[] = {1, 2, 3, 4, 5, 6, -7, 8, -9, 10, -11, 12};

}  // namespace

TEST_CASE("sums up to each value, along every axis") {
    using mote::Axes;
    gives<OfMap<mote::CumulativeSum<unit, Axes<2>>>>(map,
                                                     {1, 3, 6, 4, 9, 15, -7, 1, -8, 10, -1, 11});
    gives<OfMap<mote::CumulativeSum<unit, Axes<1>>>>(map, {1, 2, 3, 5, 7, 9, -7, 8, -9, 3, -3, 3});
    gives<OfMap<mote::CumulativeSum<unit, Axes<0>>>>(map,
                                                     {1, 2, 3, 4, 5, 6, -6, 10, -6, 14, -6, 18});
    gives<OfMap<mote::CumulativeSum<unit, Axes<-1>, true, true>>>(
        map, {5, 3, 0, 11, 6, 0, -1, -9, 0, 1, 12, 0});
}

TEST_CASE("vectors of length 1") {
    gives<mote::Network<mote::Input<mote::Shape<2, 1, 2>, unit>, mote::UnitNormalization>>(
        {3, 4, 0, -100}, {77, 102, 0, -128});
}

TEST_CASE("logarithms of probabilities") {
    // log(1/2) = -0.693, in sixteenths below 127; 40 / 16 below that, the others count less.
    gives<mote::Network<mote::Input<mote::Shape<2, 1, 2>, sixteenth>, mote::LogSoftmax>>(
        {7, 7, 100, 60}, {116, 116, 126, 86});
}

TEST_CASE("a matrix times its transpose") {
    using mote::MatrixOf;
    using Product = mote::BatchMatMul<unit, MatrixOf<false, 2, 2, 3>, MatrixOf<true, 2, 2, 3>,
                                      mote::Shape<2, 2, 2>>;
    gives<OfMap<mote::Branch<mote::Path<>, mote::Path<>, Product>>>(
        {1, 2, 3, 4, 5, 6, -7, 2, -1, 1, -1, 1}, {14, 32, 32, 77, 54, -10, -10, 3});
}
