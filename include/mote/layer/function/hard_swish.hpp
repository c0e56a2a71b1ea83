// x * min(max(0, x + 3), 6) / 6, in fixed point of 16 bits.
//
// Formula  tensorflow/lite/kernels/internal/reference/hard_swish.h
#pragma once

#include "scales.hpp"

namespace mote {
namespace function {

/// A multiplier of 16 bits: value * 2^(shift - 15).
struct ShortMultiplier {
    int16_t value;
    int shift;

    constexpr explicit ShortMultiplier(detail::real ratio)
        : value(rounded(nearest_multiplier(ratio, rounding::Double{}).value)),
          shift(nearest_multiplier(ratio, rounding::Double{}).shift) {}

   private:
    static constexpr int16_t rounded(int32_t value) {
        return static_cast<int16_t>(value >= 0x7fff7fff ? 0x7fff : (value + int32_t{0x8000}) >> 16);
    }
};

struct HardSwish {
    static MOTE_INLINE constexpr const char* name() { return "HardSwish"; }

    template <class Rounding>
    struct Of {
        ShortMultiplier out;
        ShortMultiplier third;
        int32_t out_zero;

        constexpr explicit Of(Scales scales)
            : out(to_output(scales)), third(to_thirds(scales)), out_zero(scales.out_zero) {}
        /// The output's scale must not be 1/128 of the input's or less.
        static constexpr bool possible(Scales scales) {
            return scales.usual() && ShortMultiplier(to_output(scales)).shift <= 0 &&
                   ShortMultiplier(to_thirds(scales)).shift < 31;
        }
        constexpr int32_t operator()(int32_t value) const {
            const int16_t high = static_cast<int16_t>(value * 128);
            // x / 3 in Q0.15, saturated.
            int16_t part = high;
            if (third.shift > 0) part = shifted_left(part, third.shift - 1);
            part = product(part, third.value);
            if (third.shift > 0) part = shifted_left(part, 1);
            if (third.shift < 0) part = shifted_right(part, -third.shift);
            // (x / 3 + 1) / 2, times x, toward zero.
            const int32_t factor = (part + int32_t{0x8000}) >> 1;
            const int16_t result =
                static_cast<int16_t>(factor * product(high, out.value) / int32_t{0x8000});
            return static_cast<int16_t>(shifted_right(result, -out.shift) + out_zero);
        }

       private:
        static constexpr detail::real of_128th(uint32_t scale_bits) {
            return {detail::real_of(scale_bits).mantissa, detail::real_of(scale_bits).exponent - 7};
        }
        static constexpr detail::real to_output(Scales scales) {
            return detail::divide(of_128th(scales.in_bits), detail::real_of(scales.out_bits));
        }
        static constexpr detail::real to_thirds(Scales scales) {
            return detail::divide(of_128th(scales.in_bits), {3, -15});
        }
        static constexpr int16_t product(int16_t left, int16_t right) {
            return static_cast<int16_t>((static_cast<int32_t>(left) * right + 0x4000) >> 15);
        }
        static constexpr int16_t shifted_left(int16_t value, int by) {
            const int64_t wide = static_cast<int64_t>(value) * (int64_t{1} << by);
            return static_cast<int16_t>(wide > 0x7fff        ? int64_t{0x7fff}
                                        : wide < -0x7fff - 1 ? int64_t{-0x7fff - 1}
                                                             : wide);
        }
        /// Half away from zero; from 16 bits on as the reference's masks, of 16 bits, come out.
        static constexpr int16_t shifted_right(int16_t value, int by) {
            const int16_t mask = static_cast<int16_t>((int64_t{1} << by) - 1);
            const int16_t half = static_cast<int16_t>((mask >> 1) + (value < 0 ? 1 : 0));
            return static_cast<int16_t>((int32_t{value} >> by) + ((value & mask) > half ? 1 : 0));
        }
    };
};

}  // namespace function
}  // namespace mote
