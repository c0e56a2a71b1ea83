// Conv2DTranspose written by hand.
#include "mote/layer/conv2d_transpose.hpp"

#include <doctest/doctest.h>

#include "mote.hpp"

namespace {

struct unit {
    static constexpr float scale = 1;
    static constexpr int zero_point = 0;
};
constexpr float one[] = {1};
constexpr int8_t values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
constexpr int32_t bias[] = {10};
using Weights = mote::Weights<1, 3, 3, 1, values, mote::PerTensor<one>, mote::Bias<bias>>;

template <class Padding, class... Size>
using Network = mote::Network<
    mote::Input<mote::Shape<2, 2, 1>, unit>,
    mote::Conv2DTranspose<Weights, unit, mote::Strides<2>, Padding, mote::Linear, Size...>>;

template <class Network, int Count>
void gives(const int (&wanted)[Count]) {
    static_assert(Network::Output::size == Count, "");
    static Network network;
    const int8_t in[] = {1, 2, -1, 0};
    const auto out = network(in);
    for (int i = 0; i < Count; ++i) CHECK(out[i] == wanted[i]);
}

}  // namespace

TEST_CASE("each input lands in a window, every stride-th place one") {
    gives<Network<mote::Valid>>({11, 12, 15, 14, 16,  //
                                 14, 15, 24, 20, 22,  //
                                 16, 16, 30, 26, 28,  //
                                 6,  5,  4,  10, 10,  //
                                 3,  2,  1,  10, 10});
    gives<Network<mote::Same>>({11, 12, 15, 14,  //
                                14, 15, 24, 20,  //
                                16, 16, 30, 26,  //
                                6, 5, 4, 10});
    gives<Network<mote::Valid, mote::OutputSize<1, 6>>>({11, 12, 15, 14, 16, 10});
}
