// Every kernel that this machine can run against plain loops: odd sizes, strides, dilations,
// paddings, remainders of channels, extreme values, both rounding policies.

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "mote.hpp"

namespace {

using Bytes = std::vector<int8_t>;

/// Weights and biases of a layer. `Largest`: all weights are 127 or -128, so that sums are extreme.
template <int Outputs, int Height, int Width, int Depth, bool Largest>
struct Weights {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = Outputs * Height * Width * Depth;

    struct Values {
        int8_t values[count] = {};
        constexpr Values() {
            uint32_t state = 20261122U + count;
            for (int i = 0; i < count; ++i) {
                state = state * 1664525U + 1013904223U;
                const int noise = static_cast<int>(state >> 24) - 128;
                values[i] = static_cast<int8_t>(Largest ? (noise < 20 ? 127 : -128)
                                                        : (noise == -128 ? 1 : noise));
            }
        }
    };
    static constexpr Values constants{};

    static constexpr const int8_t* values() { return constants.values; }
    static constexpr int32_t bias(int channel) { return channel * 977 % 4001 - 2000; }
    /// From a channel that shifts to the left to one that is always 0.
    static constexpr uint32_t scale_bits(int channel) {
        return mote::detail::bits_of(Largest            ? 0.002f
                                     : channel % 7 == 3 ? 0.00000001f
                                     : channel % 5 == 4 ? 0.9f
                                                        : 0.004f + 0.0007f * float(channel % 11));
    }
};

template <int ZeroPoint>
using Quantized = mote::Quantization<0x3d4ccccdU, ZeroPoint>;  // 0.05

struct Output {
    static constexpr float scale = 0.07f;
    static constexpr int zero_point = -20;
};

template <int Height, int Width, int Channels, int ZeroPoint>
using Map = mote::Tensor<int8_t, mote::Shape<Height, Width, Channels>, Quantized<ZeroPoint>>;

/// What `Spec` makes of a sum; kernel/requantize.cpp tests scale().
template <class Spec>
int8_t output(int64_t sum, int channel) {
    const mote::Multiplier multiplier =
        mote::kernel::channel_multiplier<Spec>(Spec::Weights::scale_bits(channel));
    const int32_t scaled = mote::kernel::scale(static_cast<int32_t>(sum), multiplier.value,
                                               multiplier.shift, typename Spec::Rounding{}) +
                           Spec::Output::Quantization::zero_point;
    return static_cast<int8_t>(
        std::min(std::max(scaled, int32_t{Spec::range.low}), int32_t{Spec::range.high}));
}

template <class Tensor>
Bytes input(int variant) {
    Bytes values(static_cast<size_t>(Tensor::size));
    uint32_t state = 7;
    for (int8_t& value : values) {
        state = state * 1664525U + 1013904223U;
        value = static_cast<int8_t>(variant == 0 ? int(state >> 24) - 128
                                                 : (variant == 1 ? 127 : -128));
    }
    return values;
}

/// A convolution, or a depthwise one, in plain loops.
template <class Spec, bool Depthwise>
Bytes slow_convolution(const Bytes& in) {
    using Weights = typename Spec::Weights;
    using In = typename Spec::Input::Shape;
    using Out = typename Spec::Output::Shape;
    const int depth = Depthwise ? 1 : In::channels;
    Bytes out;
    for (int y = 0; y < Out::height; ++y)
        for (int x = 0; x < Out::width; ++x)
            for (int o = 0; o < Out::channels; ++o) {
                int64_t sum = Weights::bias(o);
                for (int ky = 0; ky < Spec::kernel_height; ++ky)
                    for (int kx = 0; kx < Spec::kernel_width; ++kx)
                        for (int i = 0; i < depth; ++i) {
                            const int row = y * Spec::window.stride - Spec::window.before +
                                            ky * Spec::window.dilation;
                            const int column =
                                x * Spec::stride_width - Spec::left + kx * Spec::dilation_width;
                            if (row < 0 || row >= In::height || column < 0 || column >= In::width)
                                continue;
                            const int channel = Depthwise ? o / (Out::channels / In::channels) : i;
                            const int tap = ky * Spec::kernel_width + kx;
                            const int weight =
                                Depthwise
                                    ? tap * Weights::outputs + o
                                    : (o * Spec::kernel_height * Spec::kernel_width + tap) * depth +
                                          i;
                            sum +=
                                (in[size_t((row * In::width + column) * In::channels + channel)] -
                                 Spec::Input::Quantization::zero_point) *
                                Weights::values()[weight];
                        }
                out.push_back(output<Spec>(sum, o));
            }
    return out;
}

/// Runs a kernel into a map with a margin that must stay as it was.
template <class Spec, class Kernel>
void check(const Bytes& wanted, const char* cpu, Kernel kernel) {
    CAPTURE(cpu);
    CAPTURE(Spec::Input::Shape::channels);
    CAPTURE(Spec::Output::Shape::channels);
    Bytes found(wanted.size() + 64, 99);
    kernel(found.data() + 32);
    const Bytes margin(32, 99);
    CHECK(std::equal(wanted.begin(), wanted.end(), found.begin() + 32));
    CHECK(std::equal(margin.begin(), margin.end(), found.begin()));
    CHECK(std::equal(margin.begin(), margin.end(), found.end() - 32));
}

template <class Spec, class Arch>
struct Tables {
    static constexpr auto convolution() { return mote::kernel::pack_convolution<Spec>(Arch{}); }
    static constexpr auto depthwise() { return mote::kernel::pack_depthwise<Spec>(Arch{}); }
    static constexpr auto matrix() { return mote::kernel::pack_matrix<Spec>(Arch{}); }
};

template <class Spec, bool Depthwise, class Arch>
void check_window(Bytes& in, const Bytes& wanted) {
    check<Spec>(wanted, Arch::name(), [&](int8_t* out) {
        const mote::Rows<typename Spec::Input> rows{in.data()};
        for (int y = 0; y < Spec::Output::Shape::height;
             ++y, out += Spec::Output::Shape::row_size) {
            const auto under = Spec::under(rows, y);
            if constexpr (Depthwise) {
                static constexpr auto table = Tables<Spec, Arch>::depthwise();
                mote::kernel::depthwise_row<Spec>(table, under.rows, out, Arch{});
            } else {
                static constexpr auto table = Tables<Spec, Arch>::convolution();
                mote::kernel::convolve_row<Spec>(table, under.rows, out, Arch{});
            }
        }
    });
}

template <class Spec, class Arch>
void check_matrix(Bytes& in, const Bytes& wanted) {
    check<Spec>(wanted, Arch::name(), [&](int8_t* out) {
        static constexpr auto table = Tables<Spec, Arch>::matrix();
        mote::kernel::multiply_matrix<Spec>(
            table, in.data(), out, Spec::Output::Shape::height * Spec::Output::Shape::width,
            Arch{});
    });
}

template <class Layer, class Input, bool Depthwise>
void test_window() {
    using Spec = typename Layer::template On<Input>;
    for (int variant = 0; variant < 3; ++variant) {
        Bytes in = input<Input>(variant);
        const Bytes wanted = slow_convolution<Spec, Depthwise>(in);
        check_window<Spec, Depthwise, mote::arch::portable>(in, wanted);
#if MOTE_HAS_ARM_DSP
        check_window<Spec, Depthwise, mote::arch::arm_dsp>(in, wanted);
#endif
#if MOTE_HAS_X86_AVX2
        check_window<Spec, Depthwise, mote::arch::x86_avx2>(in, wanted);
#endif
#if MOTE_HAS_ARM_NEON
        check_window<Spec, Depthwise, mote::arch::arm_neon>(in, wanted);
#endif
        check_window<Spec, Depthwise, mote::arch::best>(in, wanted);
        if constexpr (!Depthwise && Spec::kernel_height == 1 && Spec::kernel_width == 1 &&
                      Spec::window.stride == 1 && Spec::stride_width == 1) {
            check_matrix<Spec, mote::arch::portable>(in, wanted);
#if MOTE_HAS_ARM_DSP
            check_matrix<Spec, mote::arch::arm_dsp>(in, wanted);
#endif
#if MOTE_HAS_X86_AVX2
            check_matrix<Spec, mote::arch::x86_avx2>(in, wanted);
#endif
#if MOTE_HAS_ARM_NEON
            check_matrix<Spec, mote::arch::arm_neon>(in, wanted);
#endif
            check_matrix<Spec, mote::arch::best>(in, wanted);
        }
    }
}

template <int Height, int Width, int Channels, int Outputs, int KernelHeight, int KernelWidth,
          class Strides = mote::Strides<1>, class Padding = mote::Same, int ZeroPoint = -128,
          class Dilation = mote::Dilation<1>, class Activation = mote::Linear,
          class Rounding = mote::rounding::Double, bool Largest = false>
void convolution() {
    test_window<mote::Conv2D<Weights<Outputs, KernelHeight, KernelWidth, Channels, Largest>, Output,
                             Strides, Padding, Activation, Dilation, Rounding>,
                Map<Height, Width, Channels, ZeroPoint>, false>();
}

template <int Height, int Width, int Channels, int Outputs, int KernelHeight, int KernelWidth,
          class Strides = mote::Strides<1>, class Padding = mote::Same, int ZeroPoint = -128,
          class Dilation = mote::Dilation<1>, class Activation = mote::Linear,
          class Rounding = mote::rounding::Double, bool Largest = false>
void depthwise() {
    test_window<mote::DepthwiseConv2D<Weights<Outputs, KernelHeight, KernelWidth, 1, Largest>,
                                      Output, Strides, Padding, Activation, Dilation, Rounding>,
                Map<Height, Width, Channels, ZeroPoint>, true>();
}

using mote::Dilation;
using mote::Linear;
using mote::Relu6;
using mote::Same;
using mote::Strides;
using mote::Valid;
using mote::rounding::Double;
using mote::rounding::Single;

}  // namespace

TEST_CASE("convolutions of one pixel: every remainder of channels and points") {
    convolution<1, 1, 1, 1, 1, 1>();
    convolution<1, 2, 3, 5, 1, 1>();
    convolution<1, 3, 4, 8, 1, 1, Strides<1>, Same, 7>();
    convolution<1, 4, 5, 6, 1, 1>();
    convolution<2, 5, 16, 7, 1, 1>();
    convolution<1, 7, 17, 3, 1, 1>();
    convolution<3, 1, 40, 12, 1, 1>();
    convolution<1, 1, 33, 34, 1, 1>();
    convolution<1, 1, 64, 33, 1, 1>();
    convolution<1, 3, 64, 16, 1, 1, Strides<1>, Same, 127, Dilation<1>, Relu6>();
}

TEST_CASE("convolutions with a window") {
    convolution<5, 5, 3, 8, 3, 3>();
    convolution<6, 4, 3, 5, 3, 3, Strides<2>>();
    convolution<5, 7, 4, 6, 3, 3, Strides<2>, Valid, 3>();
    convolution<4, 6, 16, 9, 3, 3, Strides<1>, Same, 83>();
    convolution<9, 5, 1, 8, 10, 4, Strides<2>>();
    convolution<7, 7, 2, 4, 3, 2, Strides<1>, Same, -128, Dilation<2>>();
    convolution<7, 7, 4, 4, 2, 3, Strides<1>, Valid, 0, Dilation<1, 3>, Relu6>();
    convolution<4, 4, 48, 4, 3, 3>();
}

TEST_CASE("depthwise convolutions") {
    depthwise<5, 5, 8, 8, 3, 3>();
    depthwise<4, 6, 16, 16, 3, 3, Strides<2>>();
    depthwise<5, 7, 20, 20, 3, 3, Strides<2>, Same, 11>();
    depthwise<5, 2, 4, 4, 3, 3>();
    depthwise<6, 3, 7, 7, 3, 3, Strides<1>, Valid>();
    depthwise<1, 9, 32, 32, 3, 3>();
    depthwise<12, 1, 40, 40, 5, 1, Strides<1>, Valid, -3>();
    depthwise<7, 7, 24, 24, 3, 3, Strides<1>, Same, -128, Dilation<2>, Relu6>();
    depthwise<6, 6, 16, 16, 5, 5, Strides<1>, Same, 99>();
    depthwise<9, 8, 1, 8, 10, 8, Strides<2>>();
    depthwise<5, 5, 3, 6, 3, 3, Strides<2>>();
    depthwise<4, 4, 17, 17, 2, 2>();
}

TEST_CASE("extreme weights and values") {
    convolution<3, 3, 16, 6, 3, 3, Strides<1>, Same, 127, Dilation<1>, Linear, Double, true>();
    convolution<1, 5, 64, 8, 1, 1, Strides<1>, Same, -128, Dilation<1>, Linear, Double, true>();
    depthwise<4, 5, 16, 16, 3, 3, Strides<1>, Same, 127, Dilation<1>, Linear, Double, true>();
    depthwise<4, 5, 20, 20, 5, 1, Strides<1>, Same, -128, Dilation<1>, Linear, Double, true>();
}

TEST_CASE("single rounding") {
    convolution<3, 5, 5, 6, 3, 3, Strides<1>, Same, 5, Dilation<1>, Relu6, Single>();
    convolution<2, 3, 17, 7, 1, 1, Strides<1>, Same, 5, Dilation<1>, Linear, Single>();
    depthwise<4, 5, 16, 16, 3, 3, Strides<1>, Same, -7, Dilation<1>, Linear, Single>();
    depthwise<4, 4, 20, 20, 2, 2, Strides<2>, Same, -7, Dilation<1>, Relu6, Single>();
}
