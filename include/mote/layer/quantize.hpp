// out[i] = clamp(zero + scale_in / scale_out * (in[i] - in_zero)): int8 to int8 of another scale;
// with an activation it is a ReLU that stands alone
//
// Affine   the output's scale and zero point.
// Shape    any; out the same shape. `out` may take the place of the input.
// Formula  tensorflow/lite/kernels/internal/reference/requantize.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "window.hpp"

namespace mote {

template <class Affine, class Activation = Linear, class RoundingPolicy = rounding::Double>
struct Quantize {
    static MOTE_INLINE constexpr const char* name() { return "Quantize"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename Input::Shape, typename Quantized<Affine>::type>;

        static constexpr RowWindow window = same_row();
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;
        static constexpr Multiplier multiplier =
            rescaling<typename Input::Quantization, typename Output::Quantization>(Rounding{});

        static constexpr bool elementwise = true;
        static constexpr int8_t value(int8_t in) {
            return kernel::clamp(kernel::scale(in - int32_t{Input::Quantization::zero_point},
                                               multiplier.value, multiplier.shift, Rounding{}) +
                                     Output::Quantization::zero_point,
                                 range.low, range.high);
        }

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::rescale<On>(nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            const int run = adjacent<Out, In>(last - first);
            for (int row = first; row < last; row += run)
                kernel::rescale<On>(in.row(row), out.row(row),
                                    static_cast<int32_t>(run) * Output::Shape::row_size, Arch{});
        }
    };
};

}  // namespace mote
