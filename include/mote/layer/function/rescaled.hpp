// Functions of which each half is a straight line.
//
// Formula  tensorflow/lite/micro/kernels/activations.h, elementwise.cc,
//          tensorflow/lite/kernels/internal/reference/leaky_relu.h
#pragma once

#include "scales.hpp"

namespace mote {
namespace function {

/// max(0, x)
struct Relu {
    static MOTE_INLINE constexpr const char* name() { return "ReLU"; }

    template <class Rounding>
    struct Of {
        Scaled<Rounding> scaled;
        int32_t out_zero;

        constexpr explicit Of(Scales scales) : scaled(scales.ratio()), out_zero(scales.out_zero) {}
        static constexpr bool possible(Scales scales) {
            return scales.usual() && Scaled<Rounding>::possible(scales.ratio());
        }
        constexpr int32_t operator()(int32_t value) const {
            return out_zero + (value < 0 ? 0 : scaled(value));
        }
    };
};

/// min(max(0, x), 6), but the bytes are those of the input's quantization, whatever the output's:
/// so the reference has it.
struct Relu6 {
    static MOTE_INLINE constexpr const char* name() { return "ReLU6"; }

    template <class Rounding>
    struct Of {
        int32_t zero;
        int32_t six;

        constexpr explicit Of(Scales scales)
            : zero(scales.in_zero), six(detail::rounded_ratio(6, scales.in_bits)) {}
        /// 6 fits 32 bits.
        static constexpr bool possible(Scales scales) {
            return scales.usual() && scales.in_bits >= 0x31800000U;
        }
        constexpr int32_t operator()(int32_t value) const {
            const int32_t most = six > 127 - zero ? 127 - zero : six;
            return zero + (value > most ? most : value < 0 ? 0 : value);
        }
    };
};

/// x for x >= 0, alpha * x below; alpha as the bits of an IEEE single, of either sign.
template <class Rounding>
struct Leaky {
    Scaled<Rounding> scaled;
    Scaled<Rounding> scaled_below;
    bool turned;
    int32_t out_zero;

    constexpr Leaky(Scales scales, uint32_t alpha_bits)
        : scaled(scales.ratio()),
          scaled_below(ratio_below(scales, alpha_bits)),
          turned((alpha_bits >> 31) != 0),
          out_zero(scales.out_zero) {}
    static constexpr bool possible(Scales scales, uint32_t alpha_bits) {
        const uint32_t magnitude = alpha_bits & 0x7fffffffU;
        return scales.usual() && (magnitude == 0 || Scales::usual(magnitude)) &&
               Scaled<Rounding>::possible(scales.ratio()) &&
               Scaled<Rounding>::possible(ratio_below(scales, alpha_bits));
    }
    constexpr int32_t operator()(int32_t value) const {
        return value >= 0 ? out_zero + scaled(value)
               : turned   ? out_zero - scaled_below(value)
                          : out_zero + scaled_below(value);
    }

   private:
    static constexpr detail::real ratio_below(Scales scales, uint32_t alpha_bits) {
        return detail::divide(
            detail::multiply(detail::real_of(scales.in_bits), detail::real_of(alpha_bits)),
            detail::real_of(scales.out_bits));
    }
};

template <uint32_t AlphaBits>
struct LeakyRelu {
    static MOTE_INLINE constexpr const char* name() { return "LeakyReLU"; }

    template <class Rounding>
    struct Of : Leaky<Rounding> {
        constexpr explicit Of(Scales scales) : Leaky<Rounding>(scales, AlphaBits) {}
        static constexpr bool possible(Scales scales) {
            return Leaky<Rounding>::possible(scales, AlphaBits);
        }
    };
};

/// |x|
struct Abs {
    static MOTE_INLINE constexpr const char* name() { return "Abs"; }

    template <class Rounding>
    struct Of {
        Scaled<Rounding> scaled;
        int32_t out_zero;
        bool same_scale;

        constexpr explicit Of(Scales scales)
            : scaled(scales.ratio()),
              out_zero(scales.out_zero),
              same_scale(scales.in_bits == scales.out_bits) {}
        static constexpr bool possible(Scales scales) {
            return Relu::Of<Rounding>::possible(scales);
        }
        constexpr int32_t operator()(int32_t value) const {
            const int32_t magnitude = value < 0 ? -value : value;
            return out_zero + (same_scale ? magnitude : scaled(magnitude));
        }
    };
};

}  // namespace function
}  // namespace mote
