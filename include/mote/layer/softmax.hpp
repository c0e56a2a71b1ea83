// out[c] = saturate(256 * exp(beta * in[c]) / (sum over c of exp(beta * in[c])) - 128), for each
//          pixel
//
// BetaBits  beta as the bits of an IEEE single; 1 unless given.
// Shape     any; out the same shape, scale 1/256, zero point -128.
// Formula   tensorflow/lite/kernels/internal/reference/softmax.h, gemmlowp's fixedpoint.h
#pragma once

#include "../kernel/kernel.hpp"
#include "window.hpp"

namespace mote {

/// beta * scale in Q5.26, at most one step below the largest shift.
template <class Rounding>
struct SoftmaxScale {
    uint32_t beta_bits;
    uint32_t input_bits;

    constexpr Multiplier multiplier() const {
        constexpr int limit = Rounding::max_shift;
        detail::real product =
            detail::multiply(detail::real_of(beta_bits), detail::real_of(input_bits));
        product.exponent += 26;
        return product.exponent + detail::bit_length(product.mantissa) > limit
                   ? nearest_multiplier({(uint64_t{1} << limit) - 1, 0}, Rounding{})
                   : nearest_multiplier(product, Rounding{});
    }
    constexpr bool possible() const { return beta_bits < 0x7f800000U && multiplier().shift > 0; }
};

template <uint32_t BetaBits = 0x3f800000U, class RoundingPolicy = rounding::Double>
struct Softmax {
    static MOTE_INLINE constexpr const char* name() { return "Softmax"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, typename Input::Shape, Quantization<0x3b800000U, -128>>;

        static constexpr RowWindow window = same_row();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

       private:
        using Sum = kernel::ExponentialSum<Input::Shape::channels>;

        static constexpr SoftmaxScale<RoundingPolicy> scale{BetaBits,
                                                            Input::Quantization::scale_bits};
        static constexpr Multiplier multiplier = scale.multiplier();
        static_assert(scale.possible(),
                      "Softmax: beta * scale of the input is below 2^-26, so that all outputs are "
                      "equal; retrain, or remove the layer");

        // Differences past 31 * 2^26 / 2^shift are 0 by definition, later ones once exp is.
        static constexpr int entries() {
            const int64_t radius = (int64_t{31} << 26) >> multiplier.shift;
            int count = radius > 255 ? 256 : static_cast<int>(radius) + 1;
            while (count > 1 &&
                   kernel::fixed::exp_negative(kernel::high_multiply(
                       static_cast<int32_t>((1 - count) * (int64_t{1} << multiplier.shift)),
                       multiplier.value)) == 0)
                --count;
            return count;
        }

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH =
                kernel::pack_exponentials<entries()>(multiplier);
        };

       public:
        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::softmax<Sum>(Kernel<>::table, nullptr, nullptr, 0, 0, tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            const int run = adjacent<Out, In>(last - first);
            for (int row = first; row < last; row += run)
                kernel::softmax<Sum>(table::of<Kernel<>>(), in.row(row), out.row(row),
                                     run * Input::Shape::width, Input::Shape::channels, Arch{});
        }
    };
};

}  // namespace mote
