// out[i] = saturate(zero + scale_in / scale_out * (sum over j <= i of (in[j] - in_zero) -
// in_zero)),
//          i and j along one axis
//
// The reference begins every sum with -in_zero; so does this.
//
// Affine     the output's scale and zero point.
// Axes       the one axis, as in layer/reduce.hpp.
// Exclusive  the sum over j < i.
// Reverse    from the end.
// Shape      any; out the same shape.
// Formula    tensorflow/lite/kernels/internal/reference/cumsum.h
#pragma once

#include "../kernel/kernel.hpp"
#include "reduce.hpp"

namespace mote {

struct CumulativeScale {
    uint32_t input_bits;
    uint32_t output_bits;

    constexpr Multiplier multiplier() const {
        detail::real ratio =
            detail::divide(detail::real_of(input_bits), detail::real_of(output_bits));
        ratio.exponent -= 19;
        return nearest_multiplier(ratio, rounding::Double{});
    }
    constexpr bool possible() const { return multiplier().shift <= 0; }
};

template <class Affine, class Axes, bool Exclusive = false, bool Reverse = false>
struct CumulativeSum {
    static MOTE_INLINE constexpr const char* name() { return "CumulativeSum"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, typename Input::Shape, typename Quantized<Affine>::type>;

       private:
        static constexpr ReducedAxes all = Axes::template of<typename Input::Shape>();
        static constexpr bool by_row = all.keeps_rows();
        static constexpr kernel::Steps find_steps() {
            kernel::Steps found{1, 1, 1};
            for (int axis = by_row ? all.rows_from() : 0; axis < all.rank; ++axis) {
                if (all.reduces(axis))
                    found.depth = all.sizes[axis];
                else if (all.bits >> axis != 0)
                    found.groups *= all.sizes[axis];
                else
                    found.inner *= all.sizes[axis];
            }
            return found;
        }

       public:
        static constexpr kernel::Steps steps = find_steps();
        static constexpr bool exclusive = Exclusive;
        static constexpr bool reverse = Reverse;
        static constexpr int32_t start = -Input::Quantization::zero_point * (int32_t{1} << 19);
        static constexpr CumulativeScale scales{Input::Quantization::scale_bits,
                                                Output::Quantization::scale_bits};
        static_assert(scales.possible(),
                      "CumulativeSum: the output's scale is less than a 500,000th of the input's; "
                      "TensorFlow Lite refuses that too: retrain or widen the output's range");
        static constexpr Multiplier multiplier = scales.multiplier();

        static constexpr RowWindow window = by_row ? same_row() : all_rows(Input::Shape::height);
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = by_row;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::cumulate<On>(nullptr, nullptr, 0, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            constexpr int32_t size = Input::Shape::row_size;
            for (int row = first; row < last; ++row) {
                if (by_row)
                    kernel::cumulate_lines<On>(in.row(row), out.row(row), Arch{});
                else
                    kernel::cumulate<On>(in.row(0), out.row(row), row * size, size, Arch{});
            }
        }
    };
};

}  // namespace mote
