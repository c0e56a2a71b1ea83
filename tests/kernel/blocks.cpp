// Tables that are made of several blocks, of weights and of channels.
#include "kernel/windows.hpp"

namespace {

using namespace kernels;

template <class Map, int Outputs, int Weight = lowest_too, int Scale = varied>
void matrix(int number) {
    using WeightsType = Weights<Outputs, 1, 1, Map::Shape::channels, Weight, Scale>;
    test_matrix<On<mote::Dense<WeightsType, Affine<-20>>, Map>>(number);
}

}  // namespace

TEST_CASE("matrices: tables of several blocks, of weights and of channels") {
    matrix<Map<1, 1, 601, 89>, 57>(7);
    matrix<Map<1, 1, 5, 89>, 601, usual>(8);
    matrix<Map<1, 1, 4, 0>, 259, usual, shifts>(9);
}
