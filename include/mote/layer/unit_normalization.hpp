// out[c] = saturate(128 * (in[c] - in_zero) / sqrt(sum over c of (in[c] - in_zero)^2)), for each
//          pixel
//
// Shape    any; out the same shape, scale 1/128, zero point 0.
// Formula  tensorflow/lite/kernels/internal/reference/integer_ops/l2normalization.h
#pragma once

#include "../kernel/kernel.hpp"
#include "window.hpp"

namespace mote {

struct UnitNormalization {
    static MOTE_INLINE constexpr const char* name() { return "UnitNormalization"; }

    /// Sums of more squares might leave 32 bits.
    static constexpr int32_t most_channels = 32768;

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Rounding = rounding::Double;
        using Output = Tensor<int8_t, typename Input::Shape, Quantization<0x3c000000U, 0>>;
        static_assert(Input::Shape::channels <= most_channels,
                      "UnitNormalization: more than 32,768 channels; normalize fewer");

        static constexpr RowWindow window = same_row();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::normalize_lengths<On>(nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::normalize_lengths<On>(in.row(row), out.row(row), Input::Shape::width,
                                              Arch{});
        }
    };
};

}  // namespace mote
