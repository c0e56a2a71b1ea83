// Element by element.
#pragma once

#include "../../detail/meta.hpp"
#include "../portable/elementwise.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace thumb1 {

/// scale() of value * 2^20 for a value of 9 bits, rounded twice: two short products do.
template <int32_t Multiplier, int Shift>
MOTE_INLINE int32_t scaled_up(int32_t value) {
    const int32_t high = value * (Multiplier >> 16);
    const int32_t low = value * (Multiplier & 0xffff);
    return rounding_shift(high * 32 + ((low + 1024) >> 11), -Shift);
}

}  // namespace thumb1

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_thumb1) {
    constexpr Multiplier first = Spec::left_multiplier;
    constexpr Multiplier second = Spec::right_multiplier;
    constexpr Multiplier both = Spec::sum_multiplier;
    if constexpr (!detail::is_same<typename Spec::Rounding, rounding::Double>::value ||
                  first.shift > 0 || second.shift > 0) {
        add<Spec>(left, right, out, count, arch::portable{});
    } else {
        static_assert(Spec::headroom == 20, "scaled_up() is made for 20 bits");
        for (int32_t i = 0; i < count; ++i) {
            const int32_t sum =
                thumb1::scaled_up<first.value, first.shift>(left[i] - Spec::left_zero) +
                thumb1::scaled_up<second.value, second.shift>(right[i] - Spec::right_zero);
            out[i] = clamp(scale(sum, both.value, both.shift, rounding::Double{}) +
                               Spec::Output::Quantization::zero_point,
                           Spec::range.low, Spec::range.high);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
