// Element by element.
#pragma once

#include "../../arch.hpp"
#include "../../detail/meta.hpp"
#include "instructions.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// scale() for a multiplier that shifts to the right by 1 to 23 and values below 2^29.
template <int32_t Multiplier, int Shift>
MOTE_INLINE int32_t scaled_twice(int32_t twice, int32_t offset) {
    const int32_t value = high_product(twice, Multiplier);
    return (value + (value >> 31) + offset) >> Shift;
}

template <class Spec>
constexpr bool adds_simply() {
    return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
           Spec::headroom == 20 && Spec::left_multiplier.shift < 0 &&
           Spec::right_multiplier.shift < 0 && Spec::sum_multiplier.shift < 0 &&
           Spec::left_multiplier.shift >= -23 && Spec::right_multiplier.shift >= -23 &&
           Spec::sum_multiplier.shift >= -22;
}

}  // namespace dsp

template <class Spec, class = detail::enable_if_t<dsp::adds_simply<Spec>()>>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_dsp) {
    constexpr int up = Spec::headroom + 1;
    constexpr int left_shift = -Spec::left_multiplier.shift;
    constexpr int right_shift = -Spec::right_multiplier.shift;
    constexpr int shift = -Spec::sum_multiplier.shift;
    const int8_t* const end = left + count;
    while (left != end) {
        const int32_t first = (*left++ - Spec::left_zero) * (int32_t{1} << up);
        const int32_t second = (*right++ - Spec::right_zero) * (int32_t{1} << up);
        const int32_t sum = dsp::scaled_twice<Spec::left_multiplier.value, left_shift>(
                                first, int32_t{1} << (left_shift - 1)) +
                            dsp::scaled_twice<Spec::right_multiplier.value, right_shift>(
                                second, int32_t{1} << (right_shift - 1));
        *out++ = clamp(dsp::scaled_twice<Spec::sum_multiplier.value, shift>(
                           sum * 2, (2 * Spec::Output::Quantization::zero_point + 1) *
                                        (int32_t{1} << (shift - 1))),
                       Spec::range.low, Spec::range.high);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
