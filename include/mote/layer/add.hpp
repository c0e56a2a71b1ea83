// out[i] = saturate(zero + scale_sum * (scale_left * (left[i] - left_zero) +
//          scale_right * (right[i] - right_zero))), scales in fixed point
//
// Affine   the output's scale and zero point.
// Shape    as pairwise.hpp, which also says how one of the inputs is a constant. Maps of one shape
//          have kernels of their own. `out` may take the place of an input of its shape.
// Formula  tensorflow/lite/kernels/internal/reference/add.h, tflite's add_common.cc
#pragma once

#include "../kernel/kernel.hpp"
#include "pairwise.hpp"

namespace mote {

template <class Affine, class Activation = Linear, class RoundingPolicy = rounding::Double,
          class Heights = ByHeight>
struct Add : Pairwise<pairwise::Sum, Affine, Activation, RoundingPolicy, Heights> {
   private:
    using Any = Pairwise<pairwise::Sum, Affine, Activation, RoundingPolicy, Heights>;

   public:
    template <int Low, int High>
    using Clamped = Add<Affine, Within<Activation, Low, High>, RoundingPolicy, Heights>;

    template <class ArchType, class Left, class Right,
              bool OneShape = detail::is_same<typename Left::Shape, typename Right::Shape>::value&&
                  detail::is_same<Heights, ByHeight>::value>
    struct On : Any::template On<ArchType, Left, Right> {};

    template <class ArchType, class Left, class Right>
    struct On<ArchType, Left, Right, true> : Rowwise {
        using Arch = ArchType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename Left::Shape, typename Quantized<Affine>::type>;

        static constexpr RowWindow window = same_row();
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

        static constexpr int left_zero = Left::Quantization::zero_point;
        static constexpr int right_zero = Right::Quantization::zero_point;

        static constexpr PairScales scales{Left::Quantization::scale_bits,
                                           Right::Quantization::scale_bits,
                                           Output::Quantization::scale_bits};
        static constexpr int headroom = pairwise::sum_headroom;
        static constexpr Multiplier left_multiplier = scales.part(scales.left, Rounding{});
        static constexpr Multiplier right_multiplier = scales.part(scales.right, Rounding{});
        static constexpr Multiplier sum_multiplier = scales.sum(headroom, Rounding{});
        static_assert(pairwise::Sum::possible(scales),
                      "Add: the output's scale is less than a 500,000th of an input's; "
                      "TensorFlow Lite refuses that too: retrain or widen the output's range");

        static constexpr bool elementwise = true;
        static constexpr int8_t value(int8_t left, int8_t right) {
            return Any::template Of<Arch, Left, Right>::value(left, right);
        }

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
