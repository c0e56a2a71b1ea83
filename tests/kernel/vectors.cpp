// Vector kernels of x86-64 and AArch64 against the portable ones, bit for bit. Built for the CPUs
// that the compiler's flags allow; kernel/x86.cmake and kernel/aarch64.cmake add flags.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <mote.hpp>
#include <random>
#include <vector>

#include "kernel/archs.hpp"

#if MOTE_HAS_X86_AVX2 || MOTE_HAS_ARM_NEON

namespace {

using namespace mote;

enum class Scales { usual, shifts, ties, large };

/// Weights of every sign. `Kind`: usual scales; scales that shift by -3 to 28 bits; powers of two,
/// which make ties; biases that leave sums little room.
template <int Outputs, int Height, int Width, int Depth, Scales Kind>
struct Noise {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;

    struct Values {
        int8_t values[count];
    };
    static constexpr Values make() {
        Values made{};
        uint32_t state = 7;
        for (int8_t& value : made.values) {
            state = state * 1664525U + 1013904223U;
            const int number = static_cast<int>(state >> 22);
            value =
                static_cast<int8_t>(number < 8 ? -128 : (number < 16 ? 127 : number % 256 - 128));
        }
        return made;
    }
    static constexpr Values table = make();

    static constexpr const int8_t* values() { return table.values; }
    static constexpr int32_t bias(int channel) {
        if (Kind == Scales::large)
            return (0x7fffffff - count / Outputs * 32640) / (channel % 2 ? -1 : 1);
        return (channel * 7919 + 13) % 20011 - 10000;
    }
    static constexpr uint32_t scale_bits(int channel) {
        const uint32_t unit = static_cast<uint32_t>(channel);
        // The exponent of a single is 127 for 1. Both tensors' scales are 1.
        if (Kind == Scales::usual) return (117U << 23) + unit * 123457U % (1U << 23);
        if (Kind == Scales::shifts)
            return ((130U - unit % 32U) << 23) + unit * 654321U % (1U << 23);
        if (Kind == Scales::ties) return (126U - unit % 14U) << 23;
        return ((103U + unit % 24U) << 23) + 0x7fffffU;
    }
};

/// Scale 1.
template <int Zero>
using Affine = Quantization<0x3f800000U, Zero>;

template <int Height, int Width, int Channels, int Zero>
using Map = Tensor<int8_t, Shape<Height, Width, Channels>, Affine<Zero>>;

std::vector<int8_t> noise(int32_t size) {
    static std::mt19937 random(11);
    std::vector<int8_t> values(static_cast<size_t>(size));
    for (int8_t& value : values) {
        const int number = static_cast<int>(random() >> 16);
        value =
            static_cast<int8_t>(number % 16 == 0 ? -128 : (number % 16 == 1 ? 127 : number / 16));
    }
    return values;
}

/// Room for `size` outputs between two walls.
struct Fenced {
    static constexpr int wall = 64;
    std::vector<int8_t> bytes;

    explicit Fenced(int32_t size) : bytes(static_cast<size_t>(size) + 2 * wall, 99) {}
    int8_t* data() { return bytes.data() + wall; }
};

template <class On>
struct Convolution {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        static constexpr auto table = kernel::pack_convolution<On>(Tag{});
        Fenced out(On::Output::size);
        for (int row = 0; row < On::Output::Shape::height; ++row)
            kernel::convolve_row<On>(table,
                                     On::under(Rows<typename On::Input>{in.data()}, row).rows,
                                     out.data() + row * On::Output::Shape::row_size, tag);
        return out;
    }
};
template <class On>
struct Depthwise {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        static constexpr auto table = kernel::pack_depthwise<On>(Tag{});
        Fenced out(On::Output::size);
        for (int row = 0; row < On::Output::Shape::height; ++row)
            kernel::depthwise_row<On>(table,
                                      On::under(Rows<typename On::Input>{in.data()}, row).rows,
                                      out.data() + row * On::Output::Shape::row_size, tag);
        return out;
    }
};
template <class On>
struct Matrix {
    /// All rows at a time, then one by one, then all over the inputs: a row of outputs may take the
    /// place of the row of inputs before it.
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        static constexpr auto table = kernel::pack_matrix<On>(Tag{});
        constexpr int width = On::Output::Shape::width;
        constexpr int height = On::Output::Shape::height;
        constexpr int depth = On::Weights::depth;
        constexpr int32_t row_size = On::Output::Shape::row_size;
        Fenced out(3 * On::Output::size);
        int8_t* const found = out.data();
        kernel::multiply_matrix<On>(table, in.data(), found, width * height, tag);
        for (int row = 0; row < height; ++row)
            kernel::multiply_matrix<On>(table, in.data() + row * width * depth,
                                        found + On::Output::size + row * row_size, width, tag);
        if (On::Input::size >= On::Output::size) {
            std::vector<int8_t> arena(static_cast<size_t>(row_size));
            arena.insert(arena.end(), in.begin(), in.end());
            kernel::multiply_matrix<On>(table, arena.data() + row_size, arena.data(),
                                        width * height, tag);
            std::copy_n(arena.data(), On::Output::size, found + 2 * On::Output::size);
        }
        return out;
    }
};

// Element by element: some counts; the second map of a sum is the first one backwards.
template <class Left, class Right, class Affine, class Activation, class Rounding>
struct Sum : kernels::On<Add<Affine, Activation, Rounding>, Left, Right> {
    using Input = Left;
};
template <class On>
struct Addition {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        const std::vector<int8_t> other(in.rbegin(), in.rend());
        Fenced out(On::Output::size);
        for (const int32_t count : {int32_t{On::Output::size}, int32_t{1}, int32_t{0}})
            kernel::add<On>(in.data(), other.data(), out.data(), count, tag);
        // In place.
        std::vector<int8_t> both = in;
        kernel::add<On>(both.data(), other.data(), both.data(), On::Output::size, tag);
        CHECK(std::equal(both.begin(), both.end(), out.data()));
        return out;
    }
};
template <class On>
struct Rescaling {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        Fenced out(On::Output::size);
        kernel::rescale<On>(in.data(), out.data(), On::Output::size, tag);
        return out;
    }
};

template <class On>
struct Average {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        Fenced out(On::Output::size);
        for (int row = 0; row < On::Output::Shape::height; ++row)
            kernel::average_row<On>(On::under(Rows<typename On::Input>{in.data()}, row).rows,
                                    out.data() + row * On::Output::Shape::row_size, tag);
        return out;
    }
};
template <class On>
struct Maximum {
    template <class Tag>
    static Fenced run(std::vector<int8_t>& in, Tag tag) {
        Fenced out(On::Output::size);
        for (int row = 0; row < On::Output::Shape::height; ++row)
            kernel::maximum_row<On>(On::under(Rows<typename On::Input>{in.data()}, row).rows,
                                    out.data() + row * On::Output::Shape::row_size, tag);
        return out;
    }
};

/// Sums of channels, and of a dense layer, fed in two parts.
template <class On>
struct Accumulation {
    template <class Tag>
    static std::vector<int32_t> sums(const std::vector<int8_t>& in, Tag tag) {
        static constexpr auto table = kernel::pack_products<On>(Tag{});
        constexpr int channels = On::Input::Shape::channels;
        constexpr int outputs = On::Weights::outputs;
        constexpr int32_t first = On::Input::size / channels / 3 * channels;
        std::vector<int32_t> state(channels + outputs, 7);
        const auto add = [&](int32_t from, int32_t count) {
            kernel::add_pixels(in.data() + from, static_cast<int>(count / channels), channels,
                               state.data(), tag);
            kernel::add_products<On>(table, in.data() + from, from, count, state.data() + channels,
                                     tag);
        };
        add(0, first);
        add(first, On::Input::size - first);
        return state;
    }
    struct Result {
        std::vector<int32_t> bytes;
    };
    template <class Tag>
    static Result run(std::vector<int8_t>& in, Tag tag) {
        return {sums(in, tag)};
    }
};

template <template <class> class Kernel, class On>
void compare() {
    for (int round = 0; round < 3; ++round) {
        std::vector<int8_t> in = noise(On::Input::size);
        if (round == 2) std::memset(in.data(), -128, in.size());
        const auto expected = Kernel<On>::run(in, arch::portable{}).bytes;
#if MOTE_HAS_X86_AVX2
        CHECK(Kernel<On>::run(in, arch::x86_avx2{}).bytes == expected);
#endif
#if MOTE_HAS_X86_VNNI
        CHECK(Kernel<On>::run(in, arch::x86_vnni{}).bytes == expected);
#endif
#if MOTE_HAS_ARM_NEON
        CHECK(Kernel<On>::run(in, arch::arm_neon{}).bytes == expected);
#endif
#if MOTE_HAS_ARM_NEON_DOT
        CHECK(Kernel<On>::run(in, arch::arm_neon_dot{}).bytes == expected);
#endif
    }
}

template <class Map, int Outputs, int Height, int Width, class Strides, class Padding,
          class Dilation = mote::Dilation<1>, class Activation = Linear,
          Scales Kind = Scales::usual, class Rounding = rounding::Double, int Zero = 5>
void convolution() {
    using Weights = Noise<Outputs, Height, Width, Map::Shape::channels, Kind>;
    using Layer = Conv2D<Weights, Affine<Zero>, Strides, Padding, Activation, Dilation, Rounding>;
    compare<Convolution, kernels::On<Layer, Map>>();
}

template <class Map, int Multiplier, int Height, int Width, class Strides, class Padding,
          class Dilation = mote::Dilation<1>, class Activation = Linear,
          Scales Kind = Scales::usual, class Rounding = rounding::Double, int Zero = 5>
void depthwise() {
    using Weights = Noise<Map::Shape::channels * Multiplier, Height, Width, 1, Kind>;
    using Layer =
        DepthwiseConv2D<Weights, Affine<Zero>, Strides, Padding, Activation, Dilation, Rounding>;
    compare<Depthwise, kernels::On<Layer, Map>>();
}

template <class Map, int Outputs, Scales Kind = Scales::usual, class Activation = Linear,
          class Rounding = rounding::Double, int Zero = 5>
void matrix() {
    using Weights = Noise<Outputs, 1, 1, Map::Shape::channels, Kind>;
    using Layer = Dense<Weights, Affine<Zero>, Activation, Rounding>;
    compare<Matrix, kernels::On<Layer, Map>>();
}

template <class Map, Scales Kind, class Rounding, class Activation, int Zero>
void numbers() {
    matrix<Map, 37, Kind, Activation, Rounding, Zero>();
    convolution<Map, 19, 2, 3, Strides<1>, Same, Dilation<1>, Activation, Kind, Rounding, Zero>();
    depthwise<Map, 1, 3, 3, Strides<1>, Same, Dilation<1>, Activation, Kind, Rounding, Zero>();
}

template <Scales Kind>
void all_numbers() {
    using Some = Map<3, 7, 33, -128>;
    numbers<Some, Kind, rounding::Double, Linear, 5>();
    numbers<Some, Kind, rounding::Double, Linear, -128>();
    numbers<Some, Kind, rounding::Double, Relu, -128>();
    numbers<Some, Kind, rounding::Double, Relu6, -100>();
    numbers<Some, Kind, rounding::Single, Linear, 127>();
    numbers<Some, Kind, rounding::Single, Relu, -20>();
}

}  // namespace

TEST_CASE("vector kernels: scales, ties, large sums, both roundings") {
    all_numbers<Scales::usual>();
    all_numbers<Scales::shifts>();
    all_numbers<Scales::ties>();
    all_numbers<Scales::large>();
}

TEST_CASE("vector kernels: every remainder of outputs") {
    matrix<Map<1, 5, 24, 3>, 1>();
    matrix<Map<1, 5, 24, 3>, 2>();
    matrix<Map<1, 5, 24, 3>, 3>();
    matrix<Map<1, 5, 24, 3>, 7>();
    matrix<Map<1, 5, 24, 3>, 8>();
    matrix<Map<1, 5, 24, 3>, 9>();
    matrix<Map<1, 5, 24, 3>, 16>();
    matrix<Map<1, 5, 24, 3>, 23>();
    matrix<Map<1, 5, 24, 3>, 24>();
    matrix<Map<1, 5, 24, 3>, 31>();
    matrix<Map<1, 5, 24, 3>, 32>();
    matrix<Map<1, 5, 24, 3>, 56>();
    matrix<Map<1, 5, 24, 3>, 65>();
}

TEST_CASE("vector kernels: every remainder of inputs") {
    matrix<Map<2, 3, 1, -128>, 16>();
    matrix<Map<2, 3, 2, 127>, 16>();
    matrix<Map<2, 3, 3, 0>, 16>();
    matrix<Map<2, 3, 4, 1>, 16>();
    matrix<Map<2, 3, 13, -5>, 16>();
    matrix<Map<2, 3, 31, -5>, 8>();
    matrix<Map<2, 3, 47, -5>, 40>();
    matrix<Map<2, 3, 63, -5>, 8>();
}

TEST_CASE("vector kernels: every remainder of points") {
    matrix<Map<1, 1, 640, 89>, 128>();
    matrix<Map<1, 1, 4001, 89>, 4>();
    matrix<Map<1, 1, 5, 89>, 4>();
    matrix<Map<3, 2, 20, 0>, 64>();
    matrix<Map<5, 6, 20, 0>, 64>();
    matrix<Map<7, 11, 20, 0>, 64>();
    matrix<Map<3, 25, 20, 0>, 33>();
    matrix<Map<48, 48, 8, 0>, 16>();
    matrix<Map<9, 3, 600, 0>, 24>();
    matrix<Map<2, 31, 1000, 0>, 8>();
    matrix<Map<61, 1, 200, 0>, 200>();
    matrix<Map<124, 1, 200, 0>, 200>();
    matrix<Map<9, 2, 12, 0>, 12>();
    matrix<Map<5, 1, 7, 0>, 6>();
}

TEST_CASE("vector kernels: convolutions") {
    convolution<Map<12, 13, 3, -1>, 8, 3, 3, Strides<2>, Same>();
    convolution<Map<12, 13, 3, -1>, 8, 3, 3, Strides<2>, Valid>();
    convolution<Map<9, 9, 16, -128>, 32, 3, 3, Strides<1>, Same>();
    convolution<Map<9, 9, 16, -128>, 12, 1, 1, Strides<2>, Same>();
    convolution<Map<21, 10, 1, 83>, 64, 10, 4, Strides<2>, Same>();
    convolution<Map<7, 8, 5, 7>, 9, 3, 5, Strides<1, 3>, Same>();
    convolution<Map<9, 11, 5, 7>, 20, 2, 3, Strides<1>, Same, Dilation<2, 3>>();
    convolution<Map<4, 3, 6, 7>, 20, 5, 7, Strides<1>, Same>();
    convolution<Map<5, 40, 70, 7>, 10, 3, 3, Strides<1>, Same>();
    convolution<Map<3, 17, 200, 7>, 40, 3, 3, Strides<1>, Valid>();
}

TEST_CASE("vector kernels: depthwise convolutions") {
    depthwise<Map<5, 5, 64, -128>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<6, 12, 8, -128>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<6, 12, 8, -128>, 1, 3, 3, Strides<2>, Same>();
    depthwise<Map<6, 7, 16, 4>, 1, 3, 3, Strides<2>, Valid>();
    depthwise<Map<3, 3, 256, -128>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<4, 4, 100, 9>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<4, 5, 2, 9>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<4, 5, 3, 9>, 1, 3, 3, Strides<2>, Same>();
    depthwise<Map<4, 5, 7, 9>, 1, 2, 2, Strides<1>, Same>();
    depthwise<Map<4, 5, 9, 9>, 1, 1, 1, Strides<1>, Same>();
    depthwise<Map<11, 9, 24, 9>, 1, 5, 5, Strides<1>, Same>();
    depthwise<Map<11, 9, 40, 9>, 1, 4, 1, Strides<3>, Same>();
    depthwise<Map<11, 9, 31, 9>, 1, 9, 2, Strides<1>, Valid>();
    depthwise<Map<11, 13, 33, 9>, 1, 3, 3, Strides<1>, Same, Dilation<2, 4>>();
    depthwise<Map<2, 1, 33, 9>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<13, 12, 1, -128>, 8, 10, 8, Strides<2>, Same>();
    depthwise<Map<13, 12, 1, 3>, 1, 3, 3, Strides<1>, Same>();
    depthwise<Map<5, 6, 2, 3>, 8, 3, 3, Strides<1>, Same>();
    depthwise<Map<5, 6, 4, 3>, 2, 3, 3, Strides<2>, Valid>();
}

namespace {

template <uint32_t ScaleBits, int Zero>
using Scaled = Tensor<int8_t, Shape<5, 7, 11>, Quantization<ScaleBits, Zero>>;

/// Scales 0.05, 0.02 and those of `Affine`.
template <class Affine, class Activation, class Rounding>
void elements() {
    using Left = Scaled<0x3d4ccccdU, -7>;
    using Right = Scaled<0x3ca3d70aU, 127>;
    compare<Addition, Sum<Left, Right, Affine, Activation, Rounding>>();
    compare<Addition, Sum<Right, Left, Affine, Activation, Rounding>>();
    compare<Addition, Sum<Left, Left, Affine, Activation, Rounding>>();
    compare<Rescaling, kernels::On<Quantize<Affine, Activation, Rounding>, Left>>();
    compare<Rescaling, kernels::On<Quantize<Affine, Activation, Rounding>, Right>>();
}

template <class Map, class Window, class Strides, class Padding, class Activation>
void pools() {
    compare<Average, kernels::On<AveragePool2D<Window, Strides, Padding, Activation>, Map>>();
    compare<Maximum, kernels::On<MaxPool2D<Window, Strides, Padding, Activation>, Map>>();
}

template <class Map, int Outputs>
void accumulation() {
    using Weights = Noise<Outputs, 1, 1, Map::size, Scales::usual>;
    compare<Accumulation, kernels::On<Dense<Weights, Affine<5>>, Map>>();
}

}  // namespace

TEST_CASE("vector kernels: element by element") {
    elements<Quantization<0x3d4ccccdU, -7>, Linear, rounding::Double>();
    elements<Quantization<0x3c23d70aU, 0>, Relu, rounding::Double>();
    elements<Quantization<0x3da3d70aU, -128>, Relu6, rounding::Single>();
    elements<Quantization<0x3c23d70aU, 90>, Linear, rounding::Single>();
}

TEST_CASE("vector kernels: pools") {
    pools<Map<7, 9, 8, 3>, Pool<2>, Strides<2>, Same, Linear>();
    pools<Map<7, 9, 19, 3>, Pool<3, 2>, Strides<1>, Same, Linear>();
    pools<Map<7, 9, 33, -128>, Pool<3>, Strides<2>, Valid, Relu6>();
    pools<Map<16, 16, 24, 3>, Pool<16>, Strides<1>, Valid, Linear>();
    pools<Map<17, 16, 40, 3>, Pool<17, 16>, Strides<1>, Same, Linear>();
    pools<Map<3, 3, 5, 3>, Pool<2>, Strides<1>, Same, Linear>();
}

TEST_CASE("vector kernels: sums fed by parts") {
    accumulation<Map<5, 7, 3, 0>, 5>();
    accumulation<Map<6, 7, 8, 0>, 4>();
    accumulation<Map<3, 7, 37, 0>, 11>();
    accumulation<Map<30, 31, 9, 0>, 1>();
}

#endif
