// 1 / (1 + exp(-x)) and tanh(x), in fixed point: Q4.27 in, Q0.31 out. The output's quantization is
// part of the definition: 1/256 and -128, 1/128 and 0.
//
// Formula  tensorflow/lite/kernels/internal/reference/integer_ops/{logistic,tanh}.h
#pragma once

#include "scales.hpp"

namespace mote {
namespace function {

/// A value in Q4.27; what lies outside is saturated by definition, at less than 15 already.
template <class Rounding>
struct InQ4 {
    Multiplier multiplier;
    int32_t radius;

    constexpr explicit InQ4(Scales scales)
        : multiplier(nearest_multiplier(in_q4(scales.in_bits), rounding::Double{})),
          radius(static_cast<int32_t>((uint64_t{15} << 27) >> multiplier.shift)) {}

    /// From 2^-28 on, where the shift is to the left, to 2^30. (From 8 on the radius is 0.)
    static constexpr bool possible(Scales scales) {
        return scales.in_bits >= 0x31800000U && scales.in_bits < 0x4e800000U;
    }
    constexpr bool below(int32_t value) const { return value <= -radius; }
    constexpr bool above(int32_t value) const { return value >= radius; }
    constexpr int32_t operator()(int32_t value) const {
        return kernel::scale(value, multiplier.value, multiplier.shift, Rounding{});
    }

   private:
    static constexpr detail::real in_q4(uint32_t scale_bits) {
        return {detail::real_of(scale_bits).mantissa, detail::real_of(scale_bits).exponent + 27};
    }
};

struct Sigmoid {
    static MOTE_INLINE constexpr const char* name() { return "Sigmoid"; }

    template <class Rounding>
    struct Of {
        InQ4<Rounding> in_q4;

        constexpr explicit Of(Scales scales) : in_q4(scales) {}
        static constexpr bool possible(Scales scales) {
            return InQ4<Rounding>::possible(scales) && scales.out_zero == -128;
        }
        constexpr int32_t operator()(int32_t value) const {
            return in_q4.below(value) ? -128
                   : in_q4.above(value)
                       ? 127
                       : kernel::rounding_shift(kernel::fixed::logistic(in_q4(value)), 23) - 128;
        }
    };
};

struct Tanh {
    static MOTE_INLINE constexpr const char* name() { return "Tanh"; }

    template <class Rounding>
    struct Of {
        InQ4<Rounding> in_q4;

        constexpr explicit Of(Scales scales) : in_q4(scales) {}
        static constexpr bool possible(Scales scales) { return InQ4<Rounding>::possible(scales); }
        constexpr int32_t operator()(int32_t value) const {
            return in_q4.below(value) ? -128
                   : in_q4.above(value)
                       ? 127
                       : kernel::rounding_shift(kernel::fixed::tanh(in_q4(value)), 24);
        }
    };
};

}  // namespace function
}  // namespace mote
