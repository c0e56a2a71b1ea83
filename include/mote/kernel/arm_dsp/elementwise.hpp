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

/// As an output has it.
template <class Spec>
MOTE_INLINE int8_t bounded(int32_t value) {
    if (Spec::range.low == -128 && Spec::range.high == 127) return saturate(value);
    return clamp(value, Spec::range.low, Spec::range.high);
}

/// An input of a sum as a part of twice the larger scale: half of it, or less.
template <int32_t Multiplier, int Shift, int Headroom>
MOTE_INLINE int32_t part_of(int32_t value) {
    if constexpr (Shift == 0)
        return value * (int32_t{1} << (Headroom - 1));
    else
        return scaled_twice<Multiplier, Shift>(value * (int32_t{1} << (Headroom + 1)),
                                               int32_t{1} << (Shift - 1));
}

constexpr bool is_part(Multiplier multiplier) {
    return multiplier.shift == 0 ? multiplier.value == int32_t{1} << 30
                                 : multiplier.shift < 0 && multiplier.shift >= -23;
}

template <class Spec>
constexpr bool adds_simply() {
    return detail::is_same<typename Spec::Rounding, rounding::Double>::value &&
           Spec::headroom == 20 && is_part(Spec::left_multiplier) &&
           is_part(Spec::right_multiplier) && Spec::sum_multiplier.shift < 0 &&
           Spec::sum_multiplier.shift >= -22;
}

}  // namespace dsp

template <class Spec, class = detail::enable_if_t<dsp::adds_simply<Spec>()>>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_dsp) {
    constexpr int shift = -Spec::sum_multiplier.shift;
    const int8_t* const end = left + count;
    MOTE_UNROLL_FOUR
    while (left != end) {
        const int32_t sum =
            dsp::part_of<Spec::left_multiplier.value, -Spec::left_multiplier.shift, Spec::headroom>(
                *left++ - Spec::left_zero) +
            dsp::part_of<Spec::right_multiplier.value, -Spec::right_multiplier.shift,
                         Spec::headroom>(*right++ - Spec::right_zero);
        *out++ = dsp::bounded<Spec>(dsp::scaled_twice<Spec::sum_multiplier.value, shift>(
            sum * 2,
            (2 * Spec::Output::Quantization::zero_point + 1) * (int32_t{1} << (shift - 1))));
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
