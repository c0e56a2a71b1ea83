// 32 by 32 bits on an 8-bit AVR, without the 64-bit product and shift of the compiler, which take
// twice the cycles.
#pragma once

#include <stdint.h>

#include "../../config.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

// The product of r2 to r5 and a byte of the other factor, added to q0 ... q3; q4 is new.
#define MOTE_AVR_BYTE(byte, q0, q1, q2, q3, q4)                                        \
    "mul r2, " byte "\nmovw r12, r0\nmul r4, " byte "\nadd " #q0 ", r12\nadc " #q1     \
    ", r13\nadc " #q2 ", r0\nadc " #q3 ", r1\nclr " #q4 "\nrol " #q4 "\nmul r3, " byte \
    "\nmovw r12, r0\nmul r5, " byte "\nadd " #q1 ", r12\nadc " #q2 ", r13\nadc " #q3   \
    ", r0\nadc " #q4 ", r1\n"

/// floor((left * right + 2^30) / 2^31)
MOTE_NOINLINE inline int32_t high_multiply(int32_t left, int32_t right) {
    uint16_t low = static_cast<uint16_t>(left);
    uint16_t high = static_cast<uint16_t>(left >> 16);
    const uint16_t right_low = static_cast<uint16_t>(right);
    const uint16_t right_high = static_cast<uint16_t>(right >> 16);
    // Without signs first; r6 to r9 end as the high half, r10 as the byte below.
    __asm__("movw r2, %[low]\n"
            "movw r4, %[high]\n"
            "clr r6\n"
            "clr r7\n"
            "movw r8, r6\n"
            "clr r10\n"  //
            MOTE_AVR_BYTE("%A[right_low]", r7, r8, r9, r10, r6)
            MOTE_AVR_BYTE("%B[right_low]", r8, r9, r10, r6, r7)
            MOTE_AVR_BYTE("%A[right_high]", r9, r10, r6, r7, r8)
            MOTE_AVR_BYTE("%B[right_high]", r10, r6, r7, r8, r9)
            "clr r1\n"
            "sbrs r5, 7\n"
            "rjmp 1f\n"
            "sub r6, %A[right_low]\n"
            "sbc r7, %B[right_low]\n"
            "sbc r8, %A[right_high]\n"
            "sbc r9, %B[right_high]\n"
            "1:\n"
            "sbrs %B[right_high], 7\n"
            "rjmp 2f\n"
            "sub r6, r2\n"
            "sbc r7, r3\n"
            "sbc r8, r4\n"
            "sbc r9, r5\n"
            "2:\n"
            "lsl r10\n"
            "rol r6\n"
            "rol r7\n"
            "rol r8\n"
            "rol r9\n"
            "lsl r10\n"
            "adc r6, r1\n"
            "adc r7, r1\n"
            "adc r8, r1\n"
            "adc r9, r1\n"
            "movw %[low], r6\n"
            "movw %[high], r8\n"
            : [low] "+r"(low), [high] "+r"(high)
            : [right_low] "r"(right_low), [right_high] "r"(right_high)
            : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r12", "r13");
    return static_cast<int32_t>(low | static_cast<uint32_t>(high) << 16);
}

#undef MOTE_AVR_BYTE

}  // namespace avr
}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
