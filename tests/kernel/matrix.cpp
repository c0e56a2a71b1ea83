#include "kernel/windows.hpp"

namespace {

using namespace kernels;

constexpr int depths[] = {1,  2,  3,  4,  5,  7,  8,  9,  12, 13, 15,
                          16, 17, 20, 24, 31, 32, 33, 47, 48, 63, 64};
constexpr int counts[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 17, 24, 31, 32, 33, 34};

constexpr Choice choose_matrix(int number) {
    Choices choices{static_cast<uint32_t>(number)};
    Choice c{};
    c.channels = choices.among(depths);
    c.outputs = choices.among(counts);
    c.height = choices.range(1, 2);
    c.width = choices.range(1, 7);
    // A third of them takes one vector.
    if (choices.turn(3) == 0) c.height = c.width = 1;
    c.zero_point = choices.among(zero_points);
    c.output_zero_point = choices.among(zero_points);
    c.values = choices.range(0, 3);
    c.scales = choices.range(0, 4);
    c.activation = choices.range(0, 2);
    c.single = choices.turn(4) == 0;
    return c;
}

template <class Map, int Outputs, int Weight = lowest_too, int Scale = varied, int Zero = -20,
          class Activation = mote::Linear, class Rounding = mote::rounding::Double>
void matrix(int number) {
    using WeightsType = Weights<Outputs, 1, 1, Map::Shape::channels, Weight, Scale>;
    using Layer = mote::Dense<WeightsType, Affine<Zero>, Activation, Rounding>;
    test_matrix<On<Layer, Map>>(number);
}

template <int Number>
struct Matrix {
    static constexpr Choice c = choose_matrix(Number);
    static void run() {
        matrix<
            Map<c.height, c.width, c.channels, c.zero_point>, c.outputs, c.values, c.scales,
            c.output_zero_point, typename ActivationOf<c.activation>::type,
            mote::detail::conditional_t<c.single, mote::rounding::Single, mote::rounding::Double>>(
            Number);
    }
};

}  // namespace

TEST_CASE("matrices: a sweep over all parameters") { sweep<Matrix, cases(60)>(); }

TEST_CASE("matrices: narrow maps, whose rows soon lie over each other") {
    matrix<Map<9, 1, 8, -128>, 8>(0);
    matrix<Map<13, 1, 20, 5>, 7>(1);
    matrix<Map<11, 2, 5, 5>, 5>(2);
    matrix<Map<7, 3, 16, 5>, 16>(3);
    matrix<Map<8, 1, 4, 5>, 12>(4);
    matrix<Map<6, 2, 3, 5>, 17>(5);
    matrix<Map<10, 1, 33, 0>, 1>(6);
    matrix<Map<17, 1, 1, 0>, 1>(7);
}

TEST_CASE("matrices: long vectors") {
    matrix<Map<1, 5, 384, -128>, 3>(0);
    matrix<Map<1, 5, 387, -128>, 4>(1);
    matrix<Map<1, 3, 640, 5>, 2>(2);
    matrix<Map<1, 3, 641, 5>, 3, extreme_and_lowest>(3);
    // As many as 24 bits hold the products of, and one more.
    matrix<Map<1, 3, 259, -128>, 4, extreme>(0);
    matrix<Map<1, 3, 260, 127>, 4, extreme>(1);
    matrix<Map<1, 1, 640, 89>, 8>(4);
    matrix<Map<1, 1, 1028, 89>, 3>(5);
    matrix<Map<1, 1, 129, 89>, 33>(6);
}
