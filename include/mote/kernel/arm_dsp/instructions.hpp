// Arm's DSP extension: SMLAD does two multiply-accumulates of 16 bits.
#pragma once

#include "../requantize.hpp"

#if MOTE_HAS_ARM_DSP

#include <arm_acle.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// Two pairs of 16-bit numbers.
struct Pairs {
    int32_t even;
    int32_t odd;
};

MOTE_INLINE int32_t load_word(const int8_t* address) {
    int32_t word;
    __builtin_memcpy(&word, address, 4);
    return word;
}

/// The next two words are `Step` bytes further.
template <int Step = 8, class Element>
MOTE_INLINE Pairs load_two_words(const Element*& address) {
    int32_t first;
    int32_t second;
    __asm__ volatile("ldrd %0, %1, [%2], %3"
                     : "=&r"(first), "=&r"(second), "+r"(address)
                     : "I"(Step)
                     : "memory");
    return {first, second};
}

// GCC's __ssat is a macro that takes the sign from its result and gives it back.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
MOTE_INLINE int8_t saturate(int32_t value) { return static_cast<int8_t>(__ssat(value, 8)); }
#pragma GCC diagnostic pop

MOTE_INLINE int32_t sign_extend_even(int32_t bytes) { return __sxtb16(bytes); }
MOTE_INLINE int32_t sign_extend_odd(int32_t bytes) {
    int32_t pair;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(bytes));
    return pair;
}

constexpr int32_t pair_of(int value) {
    return static_cast<int32_t>((static_cast<uint32_t>(value) & 0xffffU) |
                                static_cast<uint32_t>(value) << 16);
}

/// (left * right + 2^31) / 2^32
MOTE_INLINE int32_t high_product(int32_t left, int32_t right) {
    int32_t result;
    __asm__("smmulr %0, %1, %2" : "=r"(result) : "r"(left), "r"(right));
    return result;
}

}  // namespace dsp

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
