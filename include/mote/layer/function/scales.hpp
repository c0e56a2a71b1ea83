// What functions of one value have in common. A function is a type with
//
//   name()          for reports
//   Of<Rounding>    the function between two quantizations: made of Scales, called with an input
//                   less its zero point, it gives the output, which is then clamped to int8;
//                   possible(Scales): whether the reference defines it there
#pragma once

#include "../../kernel/fixed_point.hpp"

namespace mote {
namespace function {

/// Quantizations of an input and an output.
struct Scales {
    uint32_t in_bits;
    int32_t in_zero;
    uint32_t out_bits;
    int32_t out_zero;

    /// Scales from 2^-62 on and below 2^62: no product of a few leaves single precision.
    constexpr bool usual() const { return usual(in_bits) && usual(out_bits); }
    static constexpr bool usual(uint32_t bits) { return bits >= 0x20800000U && bits < 0x5e800000U; }

    constexpr detail::real ratio() const {
        return detail::divide(detail::real_of(in_bits), detail::real_of(out_bits));
    }
};

/// value * ratio, as sums are scaled.
template <class Rounding>
struct Scaled {
    Multiplier multiplier;

    constexpr explicit Scaled(detail::real ratio)
        : multiplier(nearest_multiplier(ratio, Rounding{})) {}
    /// Past that the reference leaves 32 bits.
    static constexpr bool possible(detail::real ratio) {
        return ratio.exponent + detail::bit_length(ratio.mantissa) <= 22;
    }
    constexpr int32_t operator()(int32_t value) const {
        return kernel::scale(value, multiplier.value, multiplier.shift, Rounding{});
    }
};

}  // namespace function
}  // namespace mote
