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

/// The fixed-point factors of a sum, from the bits of three scales.
template <class Rounding>
struct AddScales {
    uint32_t left_bits;
    uint32_t right_bits;
    uint32_t output_bits;

    /// Bits that the inputs are shifted up by, so that their scaling keeps precision.
    static constexpr int headroom = 20;

    constexpr detail::real twice_the_larger() const {
        const detail::real larger = detail::real_of(detail::larger(left_bits, right_bits));
        return {larger.mantissa, larger.exponent + 1};
    }
    constexpr Multiplier of_input(uint32_t bits) const {
        return nearest_multiplier(detail::divide(detail::real_of(bits), twice_the_larger()),
                                  Rounding{});
    }
    constexpr Multiplier of_sum() const {
        const detail::real twice = twice_the_larger();
        return nearest_multiplier(detail::divide({twice.mantissa, twice.exponent - headroom},
                                                 detail::real_of(output_bits)),
                                  Rounding{});
    }
    constexpr bool possible() const { return of_sum().shift <= 0; }
};

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

        static constexpr AddScales<Rounding> scales{Left::Quantization::scale_bits,
                                                    Right::Quantization::scale_bits,
                                                    Output::Quantization::scale_bits};
        static constexpr int headroom = scales.headroom;
        static constexpr Multiplier left_multiplier = scales.of_input(scales.left_bits);
        static constexpr Multiplier right_multiplier = scales.of_input(scales.right_bits);
        static constexpr Multiplier sum_multiplier = scales.of_sum();
        static_assert(scales.possible(),
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
