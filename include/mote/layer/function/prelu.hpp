// x for x >= 0, alpha * x below, with an alpha that is quantized itself.
//
// Formula  tensorflow/lite/kernels/internal/reference/prelu.h, micro/kernels/prelu_common.cc
#pragma once

#include "scales.hpp"

namespace mote {

/// The fixed-point factors of both halves.
template <class Rounding>
struct PReLUScales {
    uint32_t input_bits;
    uint32_t alpha_bits;
    uint32_t output_bits;

    constexpr Multiplier above() const {
        return nearest_multiplier(
            detail::divide(detail::real_of(input_bits), detail::real_of(output_bits)), Rounding{});
    }
    constexpr Multiplier below() const {
        return nearest_multiplier(detail::divide(detail::multiply(detail::real_of(input_bits),
                                                                  detail::real_of(alpha_bits)),
                                                 detail::real_of(output_bits)),
                                  Rounding{});
    }
    /// What is scaled, 8 and 16 bits with their signs, stays within 32 bits.
    constexpr bool possible() const { return above().shift <= 22 && below().shift <= 14; }
};

namespace function {

/// One alpha for all: `Alpha`, less its zero point, times the scale that has the bits `AlphaBits`.
template <uint32_t AlphaBits, int Alpha>
struct PRelu {
    static MOTE_INLINE constexpr const char* name() { return "PReLU"; }

    template <class Rounding>
    struct Of {
        Multiplier above;
        Multiplier below;
        int32_t out_zero;

        constexpr explicit Of(Scales scales)
            : above(factors(scales).above()),
              below(factors(scales).below()),
              out_zero(scales.out_zero) {}
        static constexpr bool possible(Scales scales) { return factors(scales).possible(); }
        constexpr int32_t operator()(int32_t value) const {
            return out_zero +
                   (value >= 0
                        ? kernel::scale(value, above.value, above.shift, Rounding{})
                        : kernel::scale(value * Alpha, below.value, below.shift, Rounding{}));
        }

       private:
        static constexpr PReLUScales<Rounding> factors(Scales scales) {
            return {scales.in_bits, AlphaBits, scales.out_bits};
        }
    };
};

}  // namespace function
}  // namespace mote
