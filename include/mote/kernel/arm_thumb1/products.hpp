// Sums of products on Cortex-M0, which has eight registers to work with, no load of a signed byte
// from a constant offset, and no product of more than 32 bits.
#pragma once

#include "../raised.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace thumb1 {

struct Thumb1 {
    /// Adds the products of `count` values and the weights of four outputs; returns the next
    /// weights.
    MOTE_NOINLINE static const int8_t* add_products(uint32_t* sums, const uint8_t* values,
                                                    int32_t count, const int8_t* weights) {
        register uint32_t* r0 __asm__("r0") = sums;
        register const uint8_t* r1 __asm__("r1") = values;
        register int32_t r2 __asm__("r2") = count;
        register const int8_t* r3 __asm__("r3") = weights;
#define MOTE_THUMB1_WEIGHT(offset, sum) \
    "ldrb r2, [r3, #" #offset           \
    "]\n"                               \
    "muls r2, r0, r2\n"                 \
    "adds " #sum ", " #sum ", r2\n"
#define MOTE_THUMB1_TAP(tap, offset0, offset1, offset2, offset3)                                 \
    "ldrb r0, [r1, #" #tap "]\n" MOTE_THUMB1_WEIGHT(offset0, r4) MOTE_THUMB1_WEIGHT(offset1, r5) \
        MOTE_THUMB1_WEIGHT(offset2, r6) MOTE_THUMB1_WEIGHT(offset3, r7)
        // One by one up to a multiple of four, four up to a multiple of eight, then by eight.
        __asm__ volatile(
        ".syntax unified\n"
        "push {r0, r4, r5, r6, r7}\n"
        "ldmia r0!, {r4, r5, r6, r7}\n"
        "mov lr, r2\n"
        "adds r0, r1, r2\n"
        "mov r12, r0\n"
        "1:\n"
        "mov r2, lr\n"
        "lsls r0, r2, #30\n"
        "beq 2f\n"
        "subs r2, #1\n"
        "mov lr, r2\n" MOTE_THUMB1_TAP(0, 0, 1, 2, 3)
        "adds r3, #4\n"
        "adds r1, #1\n"
        "b 1b\n"
        "2:\n"
        "lsls r0, r2, #29\n"
        "beq 3f\n" MOTE_THUMB1_TAP(0, 0, 1, 2, 3) MOTE_THUMB1_TAP(1, 4, 5, 6, 7)
            MOTE_THUMB1_TAP(2, 8, 9, 10, 11) MOTE_THUMB1_TAP(3, 12, 13, 14, 15)
        "adds r3, #16\n"
        "adds r1, #4\n"
        "3:\n"
        "cmp r1, r12\n"
        "beq 5f\n"
        "4:\n" MOTE_THUMB1_TAP(0, 0, 1, 2, 3) MOTE_THUMB1_TAP(1, 4, 5, 6, 7)
            MOTE_THUMB1_TAP(2, 8, 9, 10, 11) MOTE_THUMB1_TAP(3, 12, 13, 14, 15)
                MOTE_THUMB1_TAP(4, 16, 17, 18, 19) MOTE_THUMB1_TAP(5, 20, 21, 22, 23)
                    MOTE_THUMB1_TAP(6, 24, 25, 26, 27) MOTE_THUMB1_TAP(7, 28, 29, 30, 31)
        "adds r3, #32\n"
        "adds r1, #8\n"
        "cmp r1, r12\n"
        "bne 4b\n"
        "5:\n"
        "ldr r0, [sp]\n"
        "stmia r0!, {r4, r5, r6, r7}\n"
        "pop {r0, r4, r5, r6, r7}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
        :
        : "r12", "lr", "cc", "memory");
#undef MOTE_THUMB1_TAP
#undef MOTE_THUMB1_WEIGHT
        return r3;
    }
};

}  // namespace thumb1

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
