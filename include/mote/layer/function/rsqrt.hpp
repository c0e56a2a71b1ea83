// 1 / sqrt(x) for x > 0, in fixed point; 127 at 0 and below, where the reference stops with an
// error (it gives 127 at 0).
//
// Formula  tensorflow/lite/micro/kernels/elementwise.cc, GetInvSqrtQuantizedMultiplierExp
#pragma once

#include "scales.hpp"

namespace mote {
namespace function {

struct Rsqrt {
    static MOTE_INLINE constexpr const char* name() { return "Rsqrt"; }

    template <class Rounding>
    struct Of {
        Multiplier multiplier;
        int32_t out_zero;

        constexpr explicit Of(Scales scales)
            : multiplier(nearest_multiplier(ratio(scales), Rounding{})),
              out_zero(scales.out_zero) {}
        /// Shifts stay within 32 bits.
        static constexpr bool possible(Scales scales) {
            return scales.usual() &&
                   nearest_multiplier(ratio(scales), rounding::Double{}).shift > -12 &&
                   nearest_multiplier(ratio(scales), rounding::Double{}).shift < 30;
        }
        constexpr int32_t operator()(int32_t value) const {
            if (value <= 0) return 127;
            const Multiplier root = inverse_root(value);
            const int32_t wide = kernel::scale(1, root.value, root.shift + 20, Rounding{});
            return out_zero +
                   kernel::scale(wide, multiplier.value, multiplier.shift - 20, Rounding{});
        }

       private:
        static constexpr detail::real ratio(Scales scales) {
            return detail::divide(
                {1, 0},
                detail::single_product(detail::single_square_root(detail::real_of(scales.in_bits)),
                                       detail::real_of(scales.out_bits)));
        }
        /// 1 / sqrt(value) for 1 <= value < 2^29: five Newton-Raphson steps in Q3.28.
        static constexpr Multiplier inverse_root(int32_t value) {
            if (value == 1) return {0x7fffffff, 0};
            const int pairs = (32 - detail::bit_length(static_cast<uint64_t>(value)) - 1) / 2 - 1;
            const int32_t half = kernel::rounding_shift((value << (2 * pairs)) >> 1, 1);
            int32_t x = int32_t{1} << 28;
            for (int step = 0; step < 5; ++step) {
                const int32_t cube = kernel::fixed::saturating_shift_left(
                    kernel::fixed::product(kernel::fixed::product(x, x), x), 6);
                x = kernel::fixed::saturating_shift_left(
                    kernel::fixed::product(402653184, x) - kernel::fixed::product(half, cube), 3);
            }
            x = kernel::fixed::product(x, 1518500250);
            const int shift = 11 - pairs;
            return {shift < 0 ? x << -shift : x, static_cast<int8_t>(shift < 0 ? 0 : -shift)};
        }
    };
};

}  // namespace function
}  // namespace mote
