#include "mote/layer/pairwise.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "mote.hpp"

namespace {

using mote::Shape;
using Half = mote::Quantization<0x3f000000U, 3>;
using One = mote::Quantization<0x3f800000U, -2>;

template <class Shape>
std::vector<int8_t> noise(uint32_t seed) {
    std::vector<int8_t> values(size_t(Shape::size), 0);
    for (int8_t& value : values) {
        seed = seed * 1664525U + 1013904223U;
        value = int8_t(int(seed >> 24) - 128);
    }
    return values;
}

/// The value that is repeated at a place of the output.
template <class Of>
int8_t at(const std::vector<int8_t>& values, int y, int x, int c) {
    return values[size_t(((Of::height == 1 ? 0 : y) * Of::width + (Of::width == 1 ? 0 : x)) *
                             Of::channels +
                         (Of::channels == 1 ? 0 : c))];
}

/// Height, width and channels of 3, 2 and 5 where `Mask` has a bit, else of 1.
template <int Mask>
using Part = Shape<(Mask & 4) ? 3 : 1, (Mask & 2) ? 2 : 1, (Mask & 1) ? 5 : 1>;

/// All rows at once and one by one, the output in a map.
template <int LeftMask, int RightMask>
void repeats() {
    CAPTURE(LeftMask);
    CAPTURE(RightMask);
    using Left = mote::Tensor<int8_t, Part<LeftMask>, Half>;
    using Right = mote::Tensor<int8_t, Part<RightMask>, Half>;
    using On = typename mote::Maximum<Half>::template On<mote::arch::portable, Left, Right>;
    using Whole = typename On::Output::Shape;
    static_assert(mote::detail::is_same<Whole, Part<(LeftMask | RightMask)>>::value, "");
    std::vector<int8_t> left = noise<typename Left::Shape>(LeftMask);
    std::vector<int8_t> right = noise<typename Right::Shape>(8 + RightMask);
    for (const int step : {1, Whole::height}) {
        std::vector<int8_t> out(size_t(Whole::size), 0);
        for (int row = 0; row < Whole::height; row += step)
            On::rows(row, row + step, mote::Rows<typename On::Output>(out.data()),
                     mote::Rows<Left>(left.data()), mote::Rows<Right>(right.data()));
        int wrong = 0;
        for (int y = 0; y < Whole::height; ++y)
            for (int x = 0; x < Whole::width; ++x)
                for (int c = 0; c < Whole::channels; ++c)
                    wrong += at<Whole>(out, y, x, c) !=
                             std::max(at<typename Left::Shape>(left, y, x, c),
                                      at<typename Right::Shape>(right, y, x, c));
        CHECK(wrong == 0);
    }
}

template <int Mask>
void repeats_against_all() {
    repeats<Mask, 0>();
    repeats<Mask, 1>();
    repeats<Mask, 2>();
    repeats<Mask, 3>();
    repeats<Mask, 4>();
    repeats<Mask, 5>();
    repeats<Mask, 6>();
    repeats<Mask, 7>();
}

constexpr int8_t factors[] = {-1, 0, 1, -3, -2};
constexpr int8_t offsets[] = {5};

}  // namespace

TEST_CASE("dimensions of 1 are repeated, in either operand") {
    repeats_against_all<0>();
    repeats_against_all<1>();
    repeats_against_all<2>();
    repeats_against_all<3>();
    repeats_against_all<4>();
    repeats_against_all<5>();
    repeats_against_all<6>();
    repeats_against_all<7>();
}

TEST_CASE("networks by hand combine maps with constants and with each other") {
    using Map = Shape<3, 2, 5>;
    // Scales of 1/2 * 1 / (1/2): products and sums are whole.
    using ByChannel = mote::Multiply<Half>::With<mote::Constant<Shape<1, 1, 5>, One, factors>, 1>;
    using FromOne = mote::Subtract<Half>::With<mote::Constant<Shape<1, 1, 1>, Half, offsets>, 0>;
    using Pool = mote::MaxPool2D<mote::Pool<3, 2>>;
    mote::Network<mote::Input<Map, Half>, ByChannel, FromOne,
                  mote::Branch<mote::Path<>, mote::Path<Pool>, mote::Minimum<Half>>>
        network;
    const std::vector<int8_t> in = noise<Map>(1);
    const auto out = network(in.data());
    const auto clamp = [](int value) { return std::min(std::max(value, -128), 127); };
    int most[5] = {-128, -128, -128, -128, -128};
    std::vector<int> between;
    for (int i = 0; i < Map::size; ++i) {
        const int product = clamp((in[size_t(i)] - 3) * (factors[i % 5] + 2) + 3);
        between.push_back(clamp((5 - 3) - (product - 3) + 3));
        most[i % 5] = std::max(most[i % 5], between.back());
    }
    int wrong = 0;
    for (int i = 0; i < Map::size; ++i)
        wrong += out[i] != std::min(between[size_t(i)], most[i % 5]);
    CHECK(wrong == 0);
}

TEST_CASE("a divisor of 0 counts as its scale's step") {
    using Fine = mote::Quantization<0x3c000000U, 0>;  // 1/128
    using Left = mote::Tensor<int8_t, Shape<1, 1, 2>, mote::Quantization<0x3f800000U, 0>>;
    using Right = mote::Tensor<int8_t, Shape<1, 1, 2>, mote::Quantization<0x3f800000U, 7>>;
    using On = mote::Divide<Fine>::On<mote::arch::portable, Left, Right>;
    int8_t left[] = {0, -100}, right[] = {7, 8}, out[2];
    On::rows(0, 1, mote::Rows<On::Output>(out), mote::Rows<Left>(left), mote::Rows<Right>(right));
    CHECK(out[0] == 0);
    CHECK(out[1] == -128);
}
