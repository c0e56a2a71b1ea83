// out[c] = saturate(127 + 16 * (in[c] - log(sum over c of exp(in[c])))), for each pixel
//
// Shape    any; out the same shape, scale 1/16, zero point 127.
// Formula  tensorflow/lite/kernels/internal/reference/log_softmax.h, gemmlowp's fixedpoint.h
#pragma once

#include "../kernel/kernel.hpp"
#include "softmax.hpp"

namespace mote {

/// The scale of the exponents, in Q5.26, and its inverse.
struct LogSoftmaxScale {
    uint32_t input_bits;

    constexpr SoftmaxScale<rounding::Double> forward() const { return {0x3f800000U, input_bits}; }
    constexpr Multiplier multiplier() const { return forward().multiplier(); }
    /// 2^(31 - shift) / value, as an IEEE double first.
    constexpr Multiplier inverse() const {
        const Multiplier by = multiplier();
        const uint64_t value = static_cast<uint64_t>(by.value);
        const uint64_t high = (uint64_t{1} << 62) / value;
        const uint64_t rest = (uint64_t{1} << 62) % value << 22;
        return nearest_multiplier(detail::shorten({high << 22 | rest / value, -31 - by.shift - 22},
                                                  53, rest % value != 0),
                                  rounding::Double{});
    }
    constexpr bool possible() const {
        return forward().possible() &&
               (multiplier().shift > 1 || multiplier().value > int32_t{1} << 30);
    }
    /// Differences past this one have no exponential.
    constexpr int32_t radius() const {
        return static_cast<int32_t>((int64_t{31} << 26) >> multiplier().shift);
    }
};

struct LogSoftmax {
    static MOTE_INLINE constexpr const char* name() { return "LogSoftmax"; }

    /// Sums of more exponentials might leave 32 bits.
    static constexpr int32_t most_channels = 4095;

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, typename Input::Shape, Quantization<0x3d800000U, 127>>;
        static_assert(Input::Shape::channels <= most_channels,
                      "LogSoftmax: more than 4,095 channels; leave it out, the order stays");

        static constexpr RowWindow window = same_row();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = true;

        static constexpr LogSoftmaxScale exponents{Input::Quantization::scale_bits};
        static_assert(exponents.possible(),
                      "LogSoftmax: the scale of the input is not above 2^-26, so that all outputs "
                      "are equal; retrain, or remove the layer");
        static constexpr Multiplier multiplier = exponents.multiplier();
        static constexpr Multiplier inverse = exponents.inverse();
        static constexpr int32_t radius = exponents.radius();

        template <class Unused = void>
        struct Kernel {
            static inline constexpr auto table MOTE_FLASH =
                kernel::pack_exponentials<(radius > 255 ? 256 : static_cast<int>(radius) + 1)>(
                    multiplier);
        };

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::log_softmax<On>(Kernel<>::table, nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return sizeof(Kernel<>::table); }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::log_softmax<On>(table::of<Kernel<>>(), in.row(row), out.row(row),
                                        Input::Shape::width, Arch{});
        }
    };
};

}  // namespace mote
