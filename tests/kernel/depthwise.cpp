#include "kernel/windows.hpp"

namespace {

using namespace kernels;

template <int Number>
struct Depthwise : WindowCase<Number, true, choose_depthwise> {};

/// Windows of 3x3 without dilation in a row, which have kernels of their own.
constexpr Choice choose_three_by_three(int number) {
    Choice c = choose_depthwise(number);
    Choices choices{static_cast<uint32_t>(number + 1000)};
    c.kernel_height = c.kernel_width = 3;
    c.dilation_height = choices.turn(4) == 0 ? 2 : 1;
    c.dilation_width = 1;
    c.stride_width = choices.range(1, 2);
    c.width = c.same ? choices.range(1, 9) : choices.range(3, 11);
    c.height = c.same ? choices.range(1, 3) : choices.range(5, 6);
    c.outputs = c.channels = choices.among(channel_counts);
    return c;
}

template <int Number>
struct ThreeByThree : WindowCase<Number, true, choose_three_by_three> {};

template <class Map, int Multiplier, int Height, int Width, class Strides = mote::Strides<1>,
          class Padding = mote::Same, int Weight = usual>
void depthwise() {
    using Layer =
        mote::DepthwiseConv2D<Weights<Map::Shape::channels * Multiplier, Height, Width, 1, Weight>,
                              Affine<-20>, Strides, Padding>;
    test_window<On<Layer, Map>, true>(Multiplier);
}

}  // namespace

TEST_CASE("depthwise convolutions: a sweep over all parameters") { sweep<Depthwise, cases(50)>(); }

TEST_CASE("depthwise convolutions of 3x3") { sweep<ThreeByThree, cases(30)>(); }

TEST_CASE("depthwise convolutions that networks have") {
    depthwise<Map<9, 8, 1, -128>, 8, 10, 8, mote::Strides<2>>();
    depthwise<Map<12, 1, 40, -3>, 1, 5, 1, mote::Strides<1>, mote::Valid>();
    depthwise<Map<2, 2, 64, -128>, 1, 3, 3>();
    depthwise<Map<5, 3, 16, -128>, 1, 4, 4, mote::Strides<3>>();
    depthwise<Map<4, 5, 20, -128>, 1, 5, 1, mote::Strides<1>, mote::Same, extreme>();
}
