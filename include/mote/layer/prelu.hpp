// out[y][x][c] = x for x >= 0, alpha[y][x][c] * x below, where x is in[y][x][c]
//
// AlphaType  alpha[height][width][channels]; layer/constant.hpp. An extent of 1 is for all rows,
//            columns or channels; fewer rows than the input's repeat (batches stand below each
//            other). Keras: PReLU, where shared_axes makes extents of 1.
// Affine     the output's scale and zero point.
// Shape      any; out the same shape. `out` may take the place of the input.
// Formula    tensorflow/lite/kernels/internal/reference/prelu.h, micro/kernels/prelu_common.cc
#pragma once

#include "../kernel/kernel.hpp"
#include "constant.hpp"
#include "function/prelu.hpp"
#include "lookup.hpp"
#include "window.hpp"

namespace mote {

namespace check {

template <class Input, class Alpha>
struct alpha_shape {
    static_assert(Input::height % Alpha::height == 0 &&
                      (Alpha::width == 1 || Alpha::width == Input::width) &&
                      (Alpha::channels == 1 || Alpha::channels == Input::channels),
                  "PReLU: alpha has another shape than the layer before gives; each of its extents "
                  "is that of the input, or 1 where one alpha is for all");
};

}  // namespace check

template <class AlphaType, class Affine, class RoundingPolicy = rounding::Double,
          bool OneAlpha = AlphaType::Shape::size == 1>
struct PReLU {
    static MOTE_INLINE constexpr const char* name() { return "PReLU"; }

    template <class ArchType, class InputType>
    struct On : Rowwise, check::alpha_shape<typename InputType::Shape, typename AlphaType::Shape> {
        using Arch = ArchType;
        using Input = InputType;
        using Alpha = AlphaType;
        using Rounding = RoundingPolicy;
        using Output = Tensor<int8_t, typename Input::Shape, typename Quantized<Affine>::type>;

        static constexpr RowWindow window = same_row();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

        static constexpr PReLUScales<Rounding> scales{Input::Quantization::scale_bits,
                                                      Alpha::Quantization::scale_bits,
                                                      Output::Quantization::scale_bits};
        static_assert(scales.possible(),
                      "PReLU: the output's scale is less than a 4,000,000th of the input's or a "
                      "16,000th of input times alpha; retrain or widen the output's range");
        static constexpr Multiplier above = scales.above();
        static constexpr Multiplier below = scales.below();

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH =
                detail::Assembled<kernel::BytesOf<Alpha>>::value;
        };

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::leak_row<On>(Kernel<>::table, 0, nullptr, nullptr, tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::leak_row<On>(table::of<Kernel<>>(),
                                     int32_t{row % Alpha::Shape::height} * Alpha::Shape::row_size,
                                     in.row(row), out.row(row), Arch{});
        }
    };
};

/// With one alpha for all it is a function of one value.
template <class AlphaType, class Affine, class RoundingPolicy>
struct PReLU<AlphaType, Affine, RoundingPolicy, true>
    : Lookup<function::PRelu<AlphaType::Quantization::scale_bits,
                             static_cast<int8_t>(AlphaType::values()[0]) -
                                 AlphaType::Quantization::zero_point>,
             Affine, RoundingPolicy> {};

}  // namespace mote
