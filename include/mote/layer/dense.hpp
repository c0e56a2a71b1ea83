// out[o] = saturate(zero + scale[o] * (bias[o] + sum over i of (in[i] - in_zero) * weight[o][i]))
//
// WeightsType  weights[outputs][depth], bias[outputs], scales; layer/weights.hpp.
// Affine       the output's scale and zero point.
// Shape        in any shape of `depth` values (or rows of them: Shape<H, W, depth> gives
//              Shape<H, W, outputs>); out Shape<1, 1, outputs>.
// Formula      tensorflow/lite/kernels/internal/reference/integer_ops/fully_connected.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "window.hpp"

namespace mote {

template <class WeightsType, class Affine, class Activation = Linear,
          class RoundingPolicy = rounding::Double>
struct Dense {
    static MOTE_INLINE constexpr const char* name() { return "Dense"; }

    template <int Low, int High>
    using Clamped = Dense<WeightsType, Affine, Within<Activation, Low, High>, RoundingPolicy>;

    template <class ArchType, class InputType>
    struct On
        : Rowwise,
          check::input_length<InputType::size == WeightsType::depth ? WeightsType::depth
                                                                    : InputType::Shape::channels,
                              WeightsType::depth> {
        using Input = InputType;
        using Rounding = RoundingPolicy;

        /// Whether all values make one vector, or the channels of each pixel do.
        static constexpr bool whole = Input::size == WeightsType::depth;
        static constexpr int32_t points = whole ? 1 : Input::size / WeightsType::depth;

        using Output = Tensor<int8_t,
                              Shape<whole ? 1 : Input::Shape::height,
                                    whole ? 1 : Input::Shape::width, WeightsType::outputs>,
                              typename Quantized<Affine>::type>;
        using Weights = kernel::UsedWeights<WeightsType, Input, Output, Rounding>;
        /// Sums that leave 32 bits are for the plain kernels alone.
        static constexpr bool sums_fit =
            kernel::sums_fit<Weights, kernel::ByOutput, Input::Quantization::zero_point>();
        using Arch = detail::conditional_t<sums_fit, ArchType, arch::portable>;

        static constexpr RowWindow window = whole ? all_rows(Input::Shape::height) : same_row();
        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = Weights::count * points;

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_matrix<On>(Arch{});
        };

        static constexpr bool accumulates = whole;
        static constexpr int32_t state_bytes = Weights::outputs * int32_t{4};

        /// The table in the order that rows of the input arrive in.
        template <class Unused = void>
        struct Accumulator {
            static inline constexpr auto table MOTE_FLASH = kernel::pack_products<On>(Arch{});
        };

        static void begin(int32_t* state) {
            for (int o = 0; o < Weights::outputs; ++o)
                state[o] = table::read(table::of<Accumulator<>>(), &Accumulator<>::table.bias[o]);
        }
        static void accumulate(const int8_t* values, int32_t first, int32_t count, int32_t* state) {
            kernel::add_products<On>(table::of<Accumulator<>>(), values, first, count, state,
                                     Arch{});
        }
        static void finish(const int32_t* state, int8_t* out) {
            for (int o = 0; o < Weights::outputs; ++o)
                out[o] = kernel::requantized<On>(table::of<Accumulator<>>(), state[o], o);
        }

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::pack_matrix<On>(tag));
        template <class Tag>
        static auto pick_accumulator(Tag tag) -> decltype(kernel::pack_products<On>(tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }
        static constexpr int32_t accumulator_bytes() { return sizeof(Accumulator<>::table); }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            const int run = adjacent<Out, In>(last - first);
            for (int row = first; row < last; row += run)
                kernel::multiply_matrix<On>(table::of<Kernel<>>(), in.row(row), out.row(row),
                                            static_cast<int32_t>(run) * Output::Shape::width,
                                            Arch{});
        }
    };
};

}  // namespace mote
