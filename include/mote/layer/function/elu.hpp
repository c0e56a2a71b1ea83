// x for x >= 0, exp(x) - 1 below, in single precision.
//
// The reference calls expf. Here exp is computed to 2^-44 and rounded to a single: the two may
// differ in the last bit where expf is off by more than half of one (about one value in 500 with
// glibc's), and a table in one entry where such a value is also a tie between two outputs within
// 2^-24 of its size: about once in 10 million tables.
//
// Formula  tensorflow/lite/micro/kernels/elu.cc
#pragma once

#include "scales.hpp"

namespace mote {
namespace function {

struct Elu {
    static MOTE_INLINE constexpr const char* name() { return "ELU"; }

    template <class Rounding>
    struct Of {
        detail::real in_scale;
        detail::real inverse;
        int32_t out_zero;

        constexpr explicit Of(Scales scales)
            : in_scale(detail::real_of(scales.in_bits)),
              inverse(detail::single_quotient({1, 0}, detail::real_of(scales.out_bits))),
              out_zero(scales.out_zero) {}
        /// No output leaves 32 bits.
        static constexpr bool possible(Scales scales) {
            return scales.usual() && scales.out_bits >= 0x31000000U &&
                   Scaled<Rounding>::possible(scales.ratio());
        }
        constexpr int32_t operator()(int32_t value) const {
            const detail::real x = detail::single_product(
                {static_cast<uint64_t>(value < 0 ? -value : value), 0}, in_scale);
            return value < 0 ? out_zero - rounded(detail::single_product(below(x), inverse))
                             : out_zero + rounded(detail::single_product(x, inverse));
        }

       private:
        /// 1 - exp(-x), the exponential rounded to a single before.
        static constexpr detail::real below(detail::real x) {
            if (x.exponent + detail::bit_length(x.mantissa) > 5) return {1, 0};
            const detail::real power = detail::shorten(detail::exp_negative(x), 24);
            if (power.exponent < -60) return {1, 0};
            return detail::shorten(
                {(uint64_t{1} << -power.exponent) - power.mantissa, power.exponent}, 24);
        }
        /// The nearest integer, half away from zero, for a value below 2^31.
        static constexpr int32_t rounded(detail::real value) {
            return static_cast<int32_t>(
                value.exponent >= 0 ? value.mantissa << value.exponent
                : value.exponent > -40
                    ? (value.mantissa + (uint64_t{1} << (-value.exponent - 1))) >> -value.exponent
                    : 0);
        }
    };
};

}  // namespace function
}  // namespace mote
