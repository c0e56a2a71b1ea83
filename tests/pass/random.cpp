// Random graphs of layers that passes look at.

#include "pass/both.hpp"

namespace {

using namespace mote;

using Map = Shape<4, 8, 8>;
constexpr int8_t one[] = {20};

template <int Which>
struct Scale;
template <>
struct Scale<0> : detail::identity<Quantization<0x3d4ccccdU, -3>> {};  // 0.05
template <>
struct Scale<1> : detail::identity<Quantization<0x3dcccccdU, 10>> {};  // 0.1
template <>
struct Scale<2> : detail::identity<Quantization<0x3b800000U, -128>> {};  // 1 / 256
template <int Which>
using Affine = typename Scale<Which>::type;

struct Item {
    int kind, from, other, scale, clamp;
};

template <int Seed>
struct Recipe {
    static constexpr int count = 14;
    Item items[count] = {};

    constexpr Recipe() {
        uint32_t state = Seed;
        for (int i = 0; i < count; ++i) {
            int drawn[5] = {};
            for (int& number : drawn) {
                state = state * 1664525U + 1013904223U;
                number = static_cast<int>(state >> 20);
            }
            // Mostly the tensors just before.
            const int near = drawn[1] % 4 == 0 ? i : 2;
            Item item{drawn[0] % 9, i - drawn[1] / 4 % (near < i ? near : i + 1), 0, drawn[2] % 3,
                      drawn[4] % 3};
            item.other = drawn[3] % (i + 1);
            const int before = item.from == 0 ? 0 : items[item.from - 1].scale;
            if (item.kind < 3 || item.kind == 8) item.scale = before;
            if (item.kind == 3) item.scale = 2;
            items[i] = item;
        }
    }
};

template <int Clamp>
using ClampOf =
    detail::conditional_t<Clamp == 0, Linear, detail::conditional_t<Clamp == 1, Relu, ReluN1To1>>;

template <class Affine, class Clamp, int Kind>
struct LayerOf;
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 0> {
    using type = MaxPool2D<Pool<3>, Strides<1>, Same, Clamp>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 1> {
    using type = Quantize<Affine, Clamp>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 2> {
    using type = typename Minimum<Affine>::template With<Constant<Shape<1, 1, 1>, Affine, one>, 1>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 3> {
    using type = Sigmoid<Affine>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 4> {
    using type = Quantize<Affine, Clamp>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 5> {
    using type = typename Multiply<Affine, Clamp>::template With<
        Constant<Shape<1, 1, 1>, Quantization<0x3d4ccccdU, 0>, one>, 1>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 6> {
    using type = Add<Affine, Clamp>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 7> {
    using type = Multiply<Affine, Clamp>;
};
template <class Affine, class Clamp>
struct LayerOf<Affine, Clamp, 8> {
    using type = AveragePool2D<Pool<2>, Strides<1>, Same, Clamp>;
};

template <int Seed, int Index>
struct NodeOf {
    static constexpr Item item = Recipe<Seed>{}.items[Index];
    using Layer = typename LayerOf<Affine<item.scale>, ClampOf<item.clamp>, item.kind>::type;
    using type = detail::conditional_t<item.kind == 6 || item.kind == 7,
                                       Node<Layer, item.from, item.other>, Node<Layer, item.from>>;
};

template <int Seed, class Indices = detail::make_sequence_t<Recipe<Seed>::count>>
struct Random;
template <int Seed, int... Indices>
struct Random<Seed, detail::sequence<Indices...>>
    : Graph<Tensor<int8_t, Map, Affine<0>>, typename NodeOf<Seed, Indices>::type...> {
    using Outputs = detail::sequence<Recipe<Seed>::count, 5 + Seed % 9, Recipe<Seed>::count - 1>;
};

int fewer = 0;

template <int... Seeds>
void all_equal(detail::sequence<Seeds...>) {
    (pass_test::equals<Random<Seeds>>(), ...);
    fewer += (0 + ... + (pass_test::Passed<Random<Seeds>>::node_count < Recipe<Seeds>::count));
}

}  // namespace

TEST_CASE("random graphs compute the same after the passes") {
    constexpr int seeds = 12;
    all_equal(detail::make_sequence_t<seeds>{});
    // Or nothing was tested.
    CHECK(fewer > seeds / 2);
}
