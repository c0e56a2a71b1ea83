// out[i] = saturate(zero + scale_sum * (scale_left * (left[i] - left_zero) +
//          scale_right * (right[i] - right_zero))), scales in fixed point
//
// Affine   the output's scale and zero point.
// Shape    two maps of one shape; out the same shape. `out` may take the place of an input.
// Formula  tensorflow/lite/kernels/internal/reference/add.h, tflite's add_common.cc
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "window.hpp"

namespace mote {

template <class Affine, class Activation = Linear, class RoundingPolicy = rounding::Double>
struct Add {
    static MOTE_INLINE constexpr const char* name() { return "Add"; }

    template <class ArchType, class Left, class Right>
    struct On : Rowwise, check::same_shape<typename Left::Shape, typename Right::Shape> {
        using Arch = ArchType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename Left::Shape, typename Quantized<Affine>::type>;

        static constexpr RowWindow window = same_row();
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

        static constexpr int left_zero = Left::Quantization::zero_point;
        static constexpr int right_zero = Right::Quantization::zero_point;

        /// Bits that the inputs are shifted up by, so that their scaling keeps precision.
        static constexpr int headroom = 20;

       private:
        static constexpr detail::real left_scale = detail::real_of(Left::Quantization::scale_bits);
        static constexpr detail::real right_scale =
            detail::real_of(Right::Quantization::scale_bits);
        static constexpr detail::real larger_scale =
            Left::Quantization::scale_bits < Right::Quantization::scale_bits ? right_scale
                                                                             : left_scale;
        static constexpr detail::real doubled{larger_scale.mantissa, larger_scale.exponent + 1};
        static constexpr detail::real reduced{doubled.mantissa, doubled.exponent - headroom};

       public:
        static constexpr Multiplier left_multiplier =
            nearest_multiplier(detail::divide(left_scale, doubled), Rounding{});
        static constexpr Multiplier right_multiplier =
            nearest_multiplier(detail::divide(right_scale, doubled), Rounding{});
        static constexpr Multiplier sum_multiplier = nearest_multiplier(
            detail::divide(reduced, detail::real_of(Output::Quantization::scale_bits)), Rounding{});
        static_assert(sum_multiplier.shift <= 0,
                      "Add: the output's scale is less than a 500,000th of an input's; "
                      "TensorFlow Lite refuses that too: retrain or widen the output's range");

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::add<On>(nullptr, nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class First, class Second>
        static void rows(int first, int last, Out out, First left, Second right) {
            const int run = adjacent<Out, First, Second>(last - first);
            for (int row = first; row < last; row += run)
                kernel::add<On>(left.row(row), right.row(row), out.row(row),
                                static_cast<int32_t>(run) * Output::Shape::row_size, Arch{});
        }
    };
};

}  // namespace mote
