// out[y][x][o] = saturate(zero + scale[o] * (bias[o] + sum over ky, kx, i of
//                (in[y * stride + ky * dilation - pad][...][i] - in_zero) * weight[o][ky][kx][i]))
//
// WeightsType  weights[outputs][height][width][depth], bias[outputs], scales; layer/weights.hpp.
//              With a depth that divides the input's channels, those are groups: output o sees the
//              channels of group o * groups / outputs alone, and i counts within them.
// Affine       the output's scale and zero point.
// Shape        in Shape<H, W, depth * groups>; out Shape<(H - extent) / stride + 1, ..., outputs>
// with
//              Valid, Shape<ceil(H / stride), ..., outputs> with Same.
// Formula      tensorflow/lite/kernels/internal/reference/integer_ops/conv.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "weights.hpp"
#include "window.hpp"

namespace mote {

template <class WeightsType, class Affine, class Strides = mote::Strides<1>, class Padding = Valid,
          class Activation = Linear, class Dilation = mote::Dilation<1>,
          class RoundingPolicy = rounding::Double>
struct Conv2D {
    static MOTE_INLINE constexpr const char* name() { return "Conv2D"; }

    template <int Low, int High>
    using Clamped = Conv2D<WeightsType, Affine, Strides, Padding, Within<Activation, Low, High>,
                           Dilation, RoundingPolicy>;

    template <class ArchType, class InputType>
    struct On
        : Sliding<InputType, WeightsType::height, WeightsType::width, Strides, Dilation, Padding>,
          check::channels<InputType::Shape::channels, static_cast<int>(WeightsType::depth),
                          WeightsType::outputs> {
        using Input = InputType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename On::template Map<WeightsType::outputs>,
                              typename Quantized<Affine>::type>;
        using Weights = kernel::UsedWeights<WeightsType, Input, Output, Rounding>;
        /// Sums that leave 32 bits are for the plain kernels alone.
        static constexpr bool sums_fit =
            kernel::sums_fit<Weights, kernel::ByOutput, Input::Quantization::zero_point>();
        using Arch = detail::conditional_t<sums_fit, ArchType, arch::portable>;

        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = Output::size * (Weights::count / Weights::outputs);

        /// A 1x1 window without stride is a matrix product for each pixel.
        enum Form { sliding, pointwise, grouped };
        static constexpr Form form = Weights::depth != Input::Shape::channels ? grouped
                                     : Weights::height == 1 && Weights::width == 1 &&
                                             Strides::height == 1 && Strides::width == 1
                                         ? pointwise
                                         : sliding;

        template <Form Is, class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_convolution<On>(Arch{});

            template <class Tag>
            static auto pick(Tag tag) -> decltype(kernel::pack_convolution<On>(tag));
        };
        template <class Unused>
        struct Kernel<pointwise, Unused> {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_matrix<On>(Arch{});

            template <class Tag>
            static auto pick(Tag tag) -> decltype(kernel::pack_matrix<On>(tag));
        };
        template <class Unused>
        struct Kernel<grouped, Unused> {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_groups<On>(Arch{});

            template <class Tag>
            static auto pick(Tag tag) -> decltype(kernel::pack_groups<On>(tag));
        };

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag, Form Is = form>
        static auto pick(Tag tag) -> decltype(Kernel<Is>::pick(tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<form>::table); }

        using Along = typename LaidDown<
            On::is_column,
            Conv2D<TurnedWeights<WeightsType>, Affine, Exchanged<mote::Strides, Strides>, Padding,
                   Activation, Exchanged<mote::Dilation, Dilation>, RoundingPolicy>,
            ArchType, InputType>::type;

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            if constexpr (form == pointwise) {
                const int run = adjacent<Out, In>(last - first);
                for (int row = first; row < last; row += run)
                    kernel::multiply_matrix<On>(
                        table::of<Kernel<form>>(), in.row(row), out.row(row),
                        static_cast<int32_t>(run) * Input::Shape::width, Arch{});
            } else {
                for (int row = first; row < last; ++row) {
                    if constexpr (form == grouped)
                        kernel::convolve_groups<On>(table::of<Kernel<form>>(),
                                                    On::under(in, row).rows, out.row(row), Arch{});
                    else
                        kernel::convolve_row<On>(table::of<Kernel<form>>(), On::under(in, row).rows,
                                                 out.row(row), Arch{});
                }
            }
        }
    };
};

}  // namespace mote
