// Convolutions against plain loops.
#pragma once

#include "kernel/overlap.hpp"

namespace kernels {

/// A window on a map in numbers.
struct Window {
    int height, width, channels;
    int output_height, output_width, outputs;
    int kernel_height, kernel_width;
    int stride_height, stride_width;
    int dilation_height, dilation_width;
    int top, left;
    int zero_point;
};

template <class Spec>
constexpr Window window_of() {
    using In = typename Spec::Input::Shape;
    using Out = typename Spec::Output::Shape;
    return {In::height,
            In::width,
            In::channels,
            Out::height,
            Out::width,
            Out::channels,
            Spec::kernel_height,
            Spec::kernel_width,
            Spec::window.stride,
            Spec::stride_width,
            Spec::window.dilation,
            Spec::dilation_width,
            Spec::window.before,
            Spec::left,
            Spec::Input::Quantization::zero_point};
}

/// A convolution, or a depthwise one.
inline void slow_convolution(const Window& w, bool depthwise, const int8_t* weights,
                             const Finish& finish, const int8_t* in, int8_t* out) {
    const int depth = depthwise ? 1 : w.channels;
    for (int y = 0; y < w.output_height; ++y)
        for (int x = 0; x < w.output_width; ++x)
            for (int o = 0; o < w.outputs; ++o) {
                int64_t sum = finish.bias(o);
                for (int ky = 0; ky < w.kernel_height; ++ky)
                    for (int kx = 0; kx < w.kernel_width; ++kx) {
                        const int row = y * w.stride_height - w.top + ky * w.dilation_height;
                        const int column = x * w.stride_width - w.left + kx * w.dilation_width;
                        if (row < 0 || row >= w.height || column < 0 || column >= w.width) continue;
                        const int8_t* pixel = in + (row * w.width + column) * w.channels;
                        const int tap = ky * w.kernel_width + kx;
                        for (int i = 0; i < depth; ++i) {
                            const int value =
                                pixel[depthwise ? o / (w.outputs / w.channels) : i] - w.zero_point;
                            const int32_t index =
                                depthwise
                                    ? tap * w.outputs + o
                                    : (o * w.kernel_height * w.kernel_width + tap) * depth + i;
                            sum += value * weights[index];
                        }
                    }
                *out++ = finish(sum, o);
            }
}

template <class Spec, class Tag>
struct Tables {
    static constexpr auto convolution() { return mote::kernel::pack_convolution<Spec>(Tag{}); }
    static constexpr auto depthwise() { return mote::kernel::pack_depthwise<Spec>(Tag{}); }
    static constexpr auto matrix() { return mote::kernel::pack_matrix<Spec>(Tag{}); }
};

template <class Spec, bool Depthwise, class Tag>
MOTE_NOINLINE void run_rows(int8_t* in, int8_t* out) {
    const Tag tag{};
    const mote::Rows<typename Spec::Input> rows{in};
    for (int y = 0; y < Spec::Output::Shape::height; ++y, out += Spec::Output::Shape::row_size) {
        const auto under = Spec::under(rows, y);
        if constexpr (Depthwise) {
            static constexpr auto table = Tables<Spec, Tag>::depthwise();
            mote::kernel::depthwise_row<Spec>(table, under.rows, out, tag);
        } else {
            static constexpr auto table = Tables<Spec, Tag>::convolution();
            mote::kernel::convolve_row<Spec>(table, under.rows, out, tag);
        }
    }
}

/// All rows in one call, or one by one.
template <class Spec, bool Together, class Tag>
MOTE_NOINLINE void run_matrix(int8_t* in, int8_t* out) {
    static constexpr auto table = Tables<Spec, Tag>::matrix();
    using Out = typename Spec::Output::Shape;
    constexpr int rows = Together ? Out::height : 1;
    for (int y = 0; y < Out::height; y += rows)
        mote::kernel::multiply_matrix<Spec>(table, in + y * Spec::Input::Shape::row_size,
                                            out + y * Out::row_size, rows * Out::width, Tag{});
}

/// An input begins at a multiple of plan::alignment, and of no more; nothing lies behind it.
template <class Spec>
struct Maps {
    alignas(2 * mote::plan::alignment) int8_t in[Spec::Input::size + mote::plan::alignment];
    int8_t wanted[Spec::Output::size];

    int8_t* input() { return in + mote::plan::alignment; }
};

/// Outputs that lie in memory of their own.
template <class Spec>
MOTE_NOINLINE void expect_apart(Maps<Spec>& maps, Compute compute, int number, int variant,
                                const char* cpu) {
    Fenced<Spec::Output::size> found;
    compute(maps.input(), found.data());
    expect(found, maps.wanted, number, variant, cpu);
}

template <class Spec, bool Depthwise>
MOTE_NOINLINE void test_window(int number) {
    for (int variant = 0; variant < variants; ++variant) {
        Maps<Spec> maps;
        fill(maps.input(), Spec::Input::size, variant);
        slow_convolution(window_of<Spec>(), Depthwise, Spec::Weights::values(), finish_of<Spec>(),
                         maps.input(), maps.wanted);
        for_each_arch([&](auto tag) {
            constexpr Compute compute = run_rows<Spec, Depthwise, decltype(tag)>;
            expect_apart<Spec>(maps, compute, number, variant, tag.name());
            if (variant == 0)
                expect_over_inputs<Spec>(maps.input(), maps.wanted, compute, number, tag.name());
        });
    }
}

/// A convolution with windows of one pixel, or a dense layer.
template <class Spec>
MOTE_NOINLINE void test_matrix(int number) {
    constexpr Window window{Spec::Output::Shape::height,
                            Spec::Output::Shape::width,
                            Spec::Weights::depth,
                            Spec::Output::Shape::height,
                            Spec::Output::Shape::width,
                            Spec::Weights::outputs,
                            1,
                            1,
                            1,
                            1,
                            1,
                            1,
                            0,
                            0,
                            Spec::Input::Quantization::zero_point};
    for (int variant = 0; variant < variants; ++variant) {
        Maps<Spec> maps;
        fill(maps.input(), Spec::Input::size, variant);
        slow_convolution(window, false, Spec::Weights::values(), finish_of<Spec>(), maps.input(),
                         maps.wanted);
        for_each_arch([&](auto tag) {
            using Tag = decltype(tag);
            constexpr Compute together = run_matrix<Spec, true, Tag>;
            expect_apart<Spec>(maps, together, number, variant, tag.name());
            if (variant != 0) return;
            expect_over_inputs<Spec>(maps.input(), maps.wanted, together, number, tag.name());
            if (Spec::Output::Shape::height > 1)
                expect_over_inputs<Spec>(maps.input(), maps.wanted, run_matrix<Spec, false, Tag>,
                                         number, tag.name());
        });
    }
}

/// The parameters of a convolution that case `number` chooses.
struct Choice {
    int height, width, channels, outputs;
    int kernel_height, kernel_width;
    int stride_height, stride_width;
    int dilation_height, dilation_width;
    int zero_point, output_zero_point;
    int values, scales, activation;
    bool same, single;
};

constexpr int channel_counts[] = {1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 17, 20, 33};
constexpr int output_counts[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17};
constexpr int multipliers[] = {1, 1, 2, 3, 8};

/// A map of few enough values that a window fits.
constexpr Choice choose_window(int number, bool depthwise) {
    Choices choices{static_cast<uint32_t>(number)};
    Choice c{};
    c.kernel_height = choices.range(1, 5);
    c.kernel_width = choices.range(1, 5);
    c.stride_height = choices.range(1, 3);
    c.stride_width = choices.range(1, 3);
    c.dilation_height = choices.range(1, 3);
    c.dilation_width = choices.range(1, 3);
    // Half of all windows are dense.
    if (choices.toss()) c.dilation_height = c.dilation_width = 1;
    c.same = choices.toss();
    const int extent_height = (c.kernel_height - 1) * c.dilation_height + 1;
    const int extent_width = (c.kernel_width - 1) * c.dilation_width + 1;
    c.height = c.same ? choices.range(1, 6) : extent_height + choices.range(0, 3);
    c.width = c.same ? choices.range(1, 9) : extent_width + choices.range(0, 5);
    c.channels = choices.among(channel_counts);
    c.outputs = depthwise ? choices.among(multipliers) : choices.among(output_counts);
    while (c.channels * c.height * c.width > 1200 ||
           c.channels * c.kernel_height * c.kernel_width > (depthwise ? 400 : 150))
        c.channels = c.channels / 2 + c.channels % 2 * (c.channels > 2 ? 1 : 0);
    while (depthwise && c.channels * c.outputs > 64) --c.outputs;
    if (depthwise) c.outputs *= c.channels;
    c.zero_point = choices.among(zero_points);
    c.output_zero_point = choices.among(zero_points);
    c.values = choices.range(0, 3);
    c.scales = choices.range(0, 4);
    c.activation = choices.range(0, 2);
    c.single = choices.turn(4) == 0;
    return c;
}

constexpr Choice choose_convolution(int number) { return choose_window(number, false); }
constexpr Choice choose_depthwise(int number) { return choose_window(number, true); }

template <int Number, bool Depthwise, Choice (*Choose)(int)>
struct WindowCase {
    static constexpr Choice c = Choose(Number);
    using Input = Map<c.height, c.width, c.channels, c.zero_point>;
    using WeightsType = Weights<c.outputs, c.kernel_height, c.kernel_width,
                                Depthwise ? 1 : c.channels, c.values, c.scales>;
    using Strides = mote::Strides<c.stride_height, c.stride_width>;
    using Dilation = mote::Dilation<c.dilation_height, c.dilation_width>;
    using Padding = mote::detail::conditional_t<c.same, mote::Same, mote::Valid>;
    using Activation = typename ActivationOf<c.activation>::type;
    using Rounding =
        mote::detail::conditional_t<c.single, mote::rounding::Single, mote::rounding::Double>;
    using Layer = mote::detail::conditional_t<
        Depthwise,
        mote::DepthwiseConv2D<WeightsType, Affine<c.output_zero_point>, Strides, Padding,
                              Activation, Dilation, Rounding>,
        mote::Conv2D<WeightsType, Affine<c.output_zero_point>, Strides, Padding, Activation,
                     Dilation, Rounding>>;

    static void run() { test_window<On<Layer, Input>, Depthwise>(Number); }
};

}  // namespace kernels
