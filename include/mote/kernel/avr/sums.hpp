// Sums of products on an 8-bit AVR, whose products have 16 bits. A sum's low 16 bits are added up
// as a signed number; only when they overflow, which is rare, a third byte counts up or down. Four
// outputs share a value, which leaves 9 cycles a product; a value that counts nothing, half of them
// after a ReLU, takes 9 cycles for all four. One function multiplies for all layers of a program,
// so that flash holds it once.
#pragma once

#include "../../table.hpp"
#include "assembly.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// Three bytes hold what this many products add up to: 256 * 255 * 128 < 2^23.
constexpr int taps_at_once = 256;

// Passes over weights.
#define MOTE_AVR_SKIP(count) \
    "adiw r30, " #count "\n" MOTE_AVR_FAR("brcc .+6\nin r0, 0x3b\ninc r0\nout 0x3b, r0\n")

// The product of the next weight and the value, added to a sum; `wrap` and `next` are labels.
#define MOTE_AVR_PRODUCT(multiply, low, high, wrap, next) \
    MOTE_AVR_LPM " %[weight], Z+\n" #multiply             \
                 " %[weight], %[value]\n"                 \
                 "add " #low                              \
                 ", r0\n"                                 \
                 "adc " #high                             \
                 ", r1\n"                                 \
                 "brvs " #wrap "\n" #next ":\n"
// What is left to do when a sum has wrapped around: a negative sum should be 2^16 larger.
#define MOTE_AVR_WRAP(top, wrap, next) \
#wrap                              \
        ":\n"                          \
        "brmi .+4\n"                   \
        "dec " #top                    \
        "\n"                           \
        "rjmp " #next                  \
        "\n"                           \
        "inc " #top                    \
        "\n"                           \
        "rjmp " #next "\n"
// Writes three bytes and their sign to X.
#define MOTE_AVR_STORE(low, high, top) \
    "sbrc " #high                      \
    ", 7\n"                            \
    "dec " #top                        \
    "\n"                               \
    "st X+, " #low                     \
    "\n"                               \
    "st X+, " #high                    \
    "\n"                               \
    "st X+, " #top                     \
    "\n"                               \
    "lsl " #top                        \
    "\n"                               \
    "sbc " #top ", " #top              \
    "\n"                               \
    "st X+, " #top "\n"

// Values become unsigned first, by adding 128; the biases know. Those that are 0 then are passed
// over.

/// Sums of the products of 1 to 256 values and the weights of four outputs; returns the next
/// weights.
MOTE_INLINE table::Pointer<int8_t> sum_four(int32_t* sums, const int8_t* values, int count,
                                            table::Pointer<int8_t> weights) {
    const int8_t* next = table::enter(weights);
    int8_t value;
    int8_t weight;
    // Two taps a round; an odd number of them starts in the middle.
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "movw r4, r2\n"
        "movw r6, r2\n"
        "movw r8, r2\n"
        "movw r10, r2\n"
        "movw r12, r2\n"
        "lsr %B[count]\n"
        "ror %A[count]\n"
        "brcc 2f\n"
        "inc %A[count]\n"
        "rjmp 3f\n"                  //
        MOTE_AVR_WRAP(r4, 11, 21f)   //
        MOTE_AVR_WRAP(r7, 12, 22f)   //
        MOTE_AVR_WRAP(r10, 13, 23f)  //
        MOTE_AVR_WRAP(r13, 14, 24f)  //
        "31:\n"
        MOTE_AVR_SKIP(4)
        "rjmp 3f\n"
        "2:\n"
        "ld %[value], X+\n"
        "subi %[value], 128\n"
        "breq 31b\n"                                //
        MOTE_AVR_PRODUCT(mulsu, r2, r3, 11b, 21)    //
        MOTE_AVR_PRODUCT(mulsu, r5, r6, 12b, 22)    //
        MOTE_AVR_PRODUCT(mulsu, r8, r9, 13b, 23)    //
        MOTE_AVR_PRODUCT(mulsu, r11, r12, 14b, 24)  //
        "3:\n"
        "ld %[value], X+\n"
        "subi %[value], 128\n"
        "breq 32f\n"                                //
        MOTE_AVR_PRODUCT(mulsu, r2, r3, 15f, 25)    //
        MOTE_AVR_PRODUCT(mulsu, r5, r6, 16f, 26)    //
        MOTE_AVR_PRODUCT(mulsu, r8, r9, 17f, 27)    //
        MOTE_AVR_PRODUCT(mulsu, r11, r12, 18f, 28)  //
        "33:\n"
        "dec %A[count]\n"
        "brne 2b\n"
        "rjmp 4f\n"
        "32:\n"
        MOTE_AVR_SKIP(4)
        "rjmp 33b\n"                 //
        MOTE_AVR_WRAP(r4, 15, 25b)   //
        MOTE_AVR_WRAP(r7, 16, 26b)   //
        MOTE_AVR_WRAP(r10, 17, 27b)  //
        MOTE_AVR_WRAP(r13, 18, 28b)  //
        "4:\n"
        "movw r26, %[sums]\n"          //
        MOTE_AVR_STORE(r2, r3, r4)     //
        MOTE_AVR_STORE(r5, r6, r7)     //
        MOTE_AVR_STORE(r8, r9, r10)    //
        MOTE_AVR_STORE(r11, r12, r13)  //
        "clr r1\n"
        : [count] "+&r"(count), [value] "=&a"(value), [weight] "=&a"(weight), "+&x"(values),
          "+&z"(next)
        : [sums] "w"(sums)
        : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "memory");
    return table::leave(next);
}

/// The same for one output.
MOTE_INLINE table::Pointer<int8_t> sum_one(int32_t* sums, const int8_t* values, int count,
                                           table::Pointer<int8_t> weights) {
    const int8_t* next = table::enter(weights);
    int8_t value;
    int8_t weight;
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "clr r4\n"
        "lsr %B[count]\n"
        "ror %A[count]\n"
        "brcc 2f\n"
        "inc %A[count]\n"
        "rjmp 3f\n"                 //
        MOTE_AVR_WRAP(r4, 11, 21f)  //
        "31:\n"
        MOTE_AVR_SKIP(1)
        "rjmp 3f\n"
        "2:\n"
        "ld %[value], X+\n"
        "subi %[value], 128\n"
        "breq 31b\n"                              //
        MOTE_AVR_PRODUCT(mulsu, r2, r3, 11b, 21)  //
        "3:\n"
        "ld %[value], X+\n"
        "subi %[value], 128\n"
        "breq 32f\n"                              //
        MOTE_AVR_PRODUCT(mulsu, r2, r3, 12f, 22)  //
        "33:\n"
        "dec %A[count]\n"
        "brne 2b\n"
        "rjmp 4f\n"
        "32:\n"
        MOTE_AVR_SKIP(1)
        "rjmp 33b\n"                //
        MOTE_AVR_WRAP(r4, 12, 22b)  //
        "4:\n"
        "movw r26, %[sums]\n"       //
        MOTE_AVR_STORE(r2, r3, r4)  //
        "clr r1\n"
        : [count] "+&r"(count), [value] "=&a"(value), [weight] "=&a"(weight), "+&x"(values),
          "+&z"(next)
        : [sums] "w"(sums)
        : "r2", "r3", "r4", "memory");
    return table::leave(next);
}

// X: where a tap has the value of the channel.
#define MOTE_AVR_FIND_TAP    \
    "movw r26, %[taps]\n"    \
    "ld r14, X+\n"           \
    "ld r15, X+\n"           \
    "movw %[taps], r26\n"    \
    "movw r26, r14\n"        \
    "add r26, %A[channel]\n" \
    "adc r27, %B[channel]\n"

/// `taps`: where the values of each tap begin; sums of four channels from `channel`.
MOTE_INLINE table::Pointer<int8_t> sum_channels(int32_t* sums, const int8_t* const* taps,
                                                uint8_t count, int channel,
                                                table::Pointer<int8_t> weights) {
    const int8_t* next = table::enter(weights);
    int8_t value;
    int8_t weight;
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "movw r4, r2\n"
        "movw r6, r2\n"
        "movw r8, r2\n"
        "movw r10, r2\n"
        "movw r12, r2\n"
        "rjmp 2f\n"                                   //
        MOTE_AVR_WRAP(r4, 11, 21f)                    //
        MOTE_AVR_WRAP(r7, 12, 22f)                    //
        MOTE_AVR_WRAP(r10, 13, 23f)                   //
        MOTE_AVR_WRAP(r13, 14, 24f)                   //
        "2:\n" MOTE_AVR_FIND_TAP "ld %[value], X+\n"  //
        MOTE_AVR_PRODUCT(muls, r2, r3, 11b, 21)       //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(muls, r5, r6, 12b, 22)       //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(muls, r8, r9, 13b, 23)       //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(muls, r11, r12, 14b, 24)     //
        "dec %[count]\n"
        "brne 2b\n"
        "mov r26, %A[sums]\n"
        "mov r27, %B[sums]\n"          //
        MOTE_AVR_STORE(r2, r3, r4)     //
        MOTE_AVR_STORE(r5, r6, r7)     //
        MOTE_AVR_STORE(r8, r9, r10)    //
        MOTE_AVR_STORE(r11, r12, r13)  //
        "clr r1\n"
        : [count] "+&r"(count), [value] "=&d"(value), [weight] "=&d"(weight), [taps] "+&w"(taps),
          "+&z"(next)
        : [sums] "r"(sums), [channel] "r"(channel)
        : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
          "r26", "r27", "memory");
    return table::leave(next);
}

/// The same for one channel.
MOTE_INLINE table::Pointer<int8_t> sum_channel(int32_t* sums, const int8_t* const* taps,
                                               uint8_t count, int channel,
                                               table::Pointer<int8_t> weights) {
    const int8_t* next = table::enter(weights);
    int8_t value;
    int8_t weight;
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "clr r4\n"
        "rjmp 2f\n" MOTE_AVR_WRAP(r4, 11, 21f) "2:\n" MOTE_AVR_FIND_TAP
        "ld %[value], X\n" MOTE_AVR_PRODUCT(muls, r2, r3, 11b, 21)
        "dec %[count]\n"
        "brne 2b\n"
        "mov r26, %A[sums]\n"
"mov r27, %B[sums]\n" MOTE_AVR_STORE(r2, r3, r4)
        "clr r1\n"
        : [count] "+&r"(count), [value] "=&d"(value), [weight] "=&d"(weight), [taps] "+&w"(taps),
          "+&z"(next)
        : [sums] "r"(sums), [channel] "r"(channel)
        : "r2", "r3", "r4", "r14", "r15", "r26", "r27", "memory");
    return table::leave(next);
}

#undef MOTE_AVR_FIND_TAP
#undef MOTE_AVR_STORE
#undef MOTE_AVR_WRAP
#undef MOTE_AVR_PRODUCT
#undef MOTE_AVR_SKIP

}  // namespace avr

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
