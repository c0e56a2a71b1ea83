#include "kernel/windows.hpp"

namespace {

using namespace kernels;

template <int Number>
struct Convolution : WindowCase<Number, false, choose_convolution> {};

template <class Map, int Outputs, int Height, int Width, class Strides = mote::Strides<1>,
          class Padding = mote::Same, class Dilation = mote::Dilation<1>,
          class Activation = mote::Linear, int Weight = lowest_too, int Scale = varied>
void convolution() {
    using Layer = mote::Conv2D<Weights<Outputs, Height, Width, Map::Shape::channels, Weight, Scale>,
                               Affine<-20>, Strides, Padding, Activation, Dilation>;
    test_window<On<Layer, Map>, false>(Outputs);
}

}  // namespace

TEST_CASE("convolutions: a sweep over all parameters") { sweep<Convolution, cases(60)>(); }

TEST_CASE("convolutions that networks have") {
    convolution<Map<9, 5, 1, -128>, 8, 10, 4, mote::Strides<2>>();
    convolution<Map<6, 5, 3, -1>, 8, 3, 3, mote::Strides<2>>();
    convolution<Map<3, 4, 48, -128>, 4, 3, 3>();
    convolution<Map<5, 5, 16, 127>, 6, 1, 1, mote::Strides<2>>();
    convolution<Map<4, 3, 16, -128>, 6, 3, 3, mote::Strides<1>, mote::Same, mote::Dilation<1>,
                mote::Relu6, extreme_and_lowest>();
    convolution<Map<5, 3, 16, 1>, 4, 4, 4, mote::Strides<3>>();
    convolution<Map<5, 2, 4, 1>, 4, 8, 4, mote::Strides<3>>();
    convolution<Map<7, 7, 4, 0>, 4, 2, 3, mote::Strides<1>, mote::Valid, mote::Dilation<1, 3>>();
}
