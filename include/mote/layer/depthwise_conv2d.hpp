// out[y][x][c * M + m] = saturate(zero + scale[c * M + m] * (bias[c * M + m] + sum over ky, kx of
//                        (in[y * stride + ky * dilation - pad][...][c] - in_zero) *
//                        weight[ky][kx][c * M + m]))
//
// WeightsType  weights[height][width][outputs], bias[outputs], scales; layer/weights.hpp.
// Affine       the output's scale and zero point.
// Shape        in Shape<H, W, C>; out as Conv2D, channels outputs = C * M.
// Formula      tensorflow/lite/kernels/internal/reference/integer_ops/depthwise_conv.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "weights.hpp"
#include "window.hpp"

namespace mote {

template <class WeightsType, class Affine, class Strides = mote::Strides<1>, class Padding = Valid,
          class Activation = Linear, class Dilation = mote::Dilation<1>,
          class RoundingPolicy = rounding::Double>
struct DepthwiseConv2D {
    static MOTE_INLINE constexpr const char* name() { return "DepthwiseConv2D"; }

    template <int Low, int High>
    using Clamped = DepthwiseConv2D<WeightsType, Affine, Strides, Padding,
                                    Within<Activation, Low, High>, Dilation, RoundingPolicy>;

    template <class ArchType, class InputType>
    struct On
        : Sliding<InputType, WeightsType::height, WeightsType::width, Strides, Dilation, Padding>,
          check::channel_multiple<InputType::Shape::channels, WeightsType::outputs> {
        using Input = InputType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename On::template Map<WeightsType::outputs>,
                              typename Quantized<Affine>::type>;
        using Weights = kernel::UsedWeights<WeightsType, Input, Output, Rounding>;
        /// Sums that leave 32 bits are for the plain kernels alone.
        static constexpr bool sums_fit =
            kernel::sums_fit<Weights, kernel::ByTap, Input::Quantization::zero_point>();
        using Arch = detail::conditional_t<sums_fit, ArchType, arch::portable>;

        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = Output::size * (Weights::count / Weights::outputs);

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_depthwise<On>(Arch{});
        };

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::pack_depthwise<On>(tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

        using Along = typename LaidDown<
            On::is_column,
            DepthwiseConv2D<TurnedWeights<WeightsType>, Affine, Exchanged<mote::Strides, Strides>,
                            Padding, Activation, Exchanged<mote::Dilation, Dilation>,
                            RoundingPolicy>,
            ArchType, InputType>::type;

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::depthwise_row<On>(table::of<Kernel<>>(), On::under(in, row).rows,
                                          out.row(row), Arch{});
        }
    };
};

}  // namespace mote
