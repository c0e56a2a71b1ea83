// out[y * stride + ky - pad][x * stride + kx - pad][o] += (in[y][x][i] - in_zero) *
//                weight[o][ky][kx][i], from bias[o] on; then saturate(zero + scale[o] * sum)
//
// WeightsType  weights[outputs][height][width][depth], bias[outputs], scales; layer/weights.hpp.
// Affine       the output's scale and zero point.
// Size         OutputSize<height, width>; unless given, each axis grows stride times, with Valid
//              also by what the window reaches beyond its stride.
// Shape        in Shape<H, W, depth>; out Shape<size, outputs>. `pad` is what a convolution back to
//              the input would need.
// Formula      tensorflow/lite/kernels/internal/reference/integer_ops/transpose_conv.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "window.hpp"

namespace mote {

template <int Height, int Width>
struct OutputSize {
    template <class Input, class Weights, class Strides, class Padding>
    using Map = Shape<Height, Width, Weights::outputs>;
};
struct GrownSize {
    template <class Input, class Weights, class Strides, class Padding>
    using Map =
        Shape<Padding::grown(Input::height, Weights::height, Strides::height),
              Padding::grown(Input::width, Weights::width, Strides::width), Weights::outputs>;
};

template <class WeightsType, class Affine, class Strides = mote::Strides<1>, class Padding = Valid,
          class Activation = Linear, class Size = GrownSize,
          class RoundingPolicy = rounding::Double>
struct Conv2DTranspose {
    static MOTE_INLINE constexpr const char* name() { return "Conv2DTranspose"; }

    template <int Low, int High>
    using Clamped = Conv2DTranspose<WeightsType, Affine, Strides, Padding,
                                    Within<Activation, Low, High>, Size, RoundingPolicy>;

    template <class ArchType, class InputType>
    struct On
        : Rowwise,
          check::input_channels<InputType::Shape::channels, static_cast<int>(WeightsType::depth)> {
        using Input = InputType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<
            int8_t,
            typename Size::template Map<typename Input::Shape, WeightsType, Strides, Padding>,
            typename Quantized<Affine>::type>;
        using Weights = kernel::UsedWeights<WeightsType, Input, Output, Rounding>;
        /// Sums that leave 32 bits are for the plain kernels alone.
        static constexpr bool sums_fit =
            kernel::sums_fit<Weights, kernel::ByOutput, Input::Quantization::zero_point>();
        using Arch = detail::conditional_t<sums_fit, ArchType, arch::portable>;

        static constexpr int kernel_height = Weights::height;
        static constexpr int kernel_width = Weights::width;
        static constexpr int stride_height = Strides::height;
        static constexpr int stride_width = Strides::width;
        static constexpr int top =
            Padding::before(Output::Shape::height, kernel_height, stride_height);
        static constexpr int left =
            Padding::before(Output::Shape::width, kernel_width, stride_width);

        static constexpr RowWindow window = all_rows(Input::Shape::height);
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs =
            Input::size / Input::Shape::channels * static_cast<int32_t>(Weights::count);

        /// What the table is packed for: inputs come without their zero point.
        struct Unfolded {
            using Input = Tensor<int8_t, typename InputType::Shape,
                                 mote::Quantization<InputType::Quantization::scale_bits, 0>>;
            using Output = typename On::Output;
            using Weights = typename On::Weights;
            using Rounding = RoundingPolicy;
        };

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_transposed<On>(Arch{});
        };

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::pack_transposed<On>(tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::convolve_transposed<On>(table::of<Kernel<>>(), in.row(0), row, out.row(row),
                                                Arch{});
        }
    };
};

}  // namespace mote
