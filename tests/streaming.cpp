#include "mote/streaming.hpp"

#include <doctest/doctest.h>

#include "parts.hpp"
#include "streamed.hpp"

namespace {

template <int Outputs, int Height, int Depth, int Stride = 1, int Dilation = 1>
using Over =
    mote::Conv2D<parts::Weights<Outputs, Height, 1, Depth>, parts::tenth, mote::Strides<Stride, 1>,
                 mote::Valid, mote::Relu, mote::Dilation<Dilation, 1>>;

using Chain = mote::Network<parts::Input<13, 1, 5>, Over<6, 3, 5>, Over<4, 5, 6>, Over<7, 7, 4>,
                            parts::Dense<3, 7>, mote::Softmax<>>;

using Strided = mote::Network<parts::Input<23, 1, 4>, Over<5, 3, 4, 2>, Over<6, 3, 5, 2>,
                              Over<3, 5, 6>, parts::Dense<4, 3>>;

using Dilated = mote::Network<parts::Input<12, 1, 3>, Over<4, 3, 3, 1, 2>, Over<5, 2, 4, 1, 3>,
                              mote::MaxPool2D<mote::Pool<5, 1>>, parts::Dense<2, 5>>;

using Flattened =
    mote::Network<parts::Input<9, 2, 3>, Over<4, 2, 3>, mote::Flatten, parts::Dense<5, 8 * 2 * 4>>;

using Averaged = mote::Network<parts::Input<11, 3, 2>, Over<4, 4, 2>,
                               mote::AveragePool2D<mote::Pool<8, 3>>, parts::Dense<3, 4>>;

using Forked = mote::Network<
    parts::Input<10, 2, 4>, Over<4, 3, 4>,
    mote::Branch<mote::Path<Over<4, 1, 4>, Over<4, 1, 4>>, mote::Path<>, mote::Add<parts::tenth>>,
    mote::Branch<mote::Path<Over<6, 3, 4>>, mote::Path<Over<6, 3, 4>>, mote::Add<parts::tenth>>,
    mote::AveragePool2D<mote::Pool<6, 2>>, mote::Softmax<>>;

/// Rows of int32 and bool in rings, and an index for an output.
using Indexed = mote::Network<parts::Input<9, 1, 4>, Over<6, 3, 4>, mote::Cast<int32_t>,
                              mote::Cast<int8_t, parts::tenth>, Over<5, 3, 6>,
                              mote::Branch<mote::Path<>, mote::Path<Over<5, 1, 5>>, mote::Less<>>,
                              mote::LogicalNot, mote::Cast<int8_t, parts::tenth>,
                              parts::Dense<7, 5 * 5>, mote::ArgMax<mote::Axes<2>>>;

}  // namespace

TEST_CASE("every output is the offline network's on the last window") {
    streamed::check<Chain>(300);
    streamed::check<Strided>(300);
    streamed::check<Dilated>(300);
    streamed::check<Flattened>(300);
    streamed::check<Averaged>(300);
    streamed::check<Forked>(300);
    streamed::check<Indexed>(300);
}

TEST_CASE("a frame costs what is new in it") {
    using Stream = mote::Streaming<Strided>;
    static_assert(Stream::hop == 4, "two strides of 2");
    static_assert(Stream::first_output == 23, "the whole window");
    // One window again: 11, 5 and 1 rows of 5, 6 and 3 channels. One hop: 2, 1 and 1.
    static_assert(Strided::macs == 11 * 5 * 12 + 5 * 6 * 15 + 3 * 30 + 12, "offline");
    static_assert(Stream::macs_per_hop == 2 * 5 * 12 + 6 * 15 + 3 * 30 + 12, "streamed");
    CHECK(Stream::ram_bytes < 200);
}

TEST_CASE("reset forgets") {
    static mote::Streaming<Chain> stream;
    const int8_t loud[5] = {127, -128, 127, -128, 127};
    const int8_t quiet[5] = {};
    const auto run = [&] {
        bool fresh = false;
        for (int frame = 0; frame < 13; ++frame) {
            CHECK(!fresh);
            fresh = stream.push(quiet);
        }
        CHECK(fresh);
        return stream.output()[0];
    };
    const int8_t first = run();
    for (int frame = 0; frame < 40; ++frame) stream.push(loud);
    stream.reset();
    CHECK(run() == first);
}
