// Sums of products on an 8-bit AVR, whose products have 16 bits. A sum's low 16 bits are added up
// as a signed number; only when they overflow, which is rare, a third byte counts up or down. Four
// outputs share a value, which leaves 9 cycles a product; a value that counts nothing, half of them
// after a ReLU, takes 9 cycles for all four. One function multiplies for all layers of a program,
// so that flash holds it once.
#pragma once

#include <stddef.h>

#include "../detail/meta.hpp"
#include "accumulate.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// Three bytes hold what this many products add up to: 256 * 255 * 128 < 2^23.
constexpr int taps_at_once = 256;

// Flash past 64 KB takes another instruction, and the bank, which counts on with Z, at I/O address
// 0x3b.
#if MOTE_HAS_FAR_PROGRAM_MEMORY
#define MOTE_AVR_LPM "elpm"
#define MOTE_AVR_FAR(assembly) assembly
#define MOTE_AVR_FAR_CLOBBERS "r19", "r22",
#else
#define MOTE_AVR_LPM "lpm"
#define MOTE_AVR_FAR(assembly)
#define MOTE_AVR_FAR_CLOBBERS
#endif
// Passes over weights.
#define MOTE_AVR_SKIP(count) \
    "adiw r30, " #count "\n" MOTE_AVR_FAR("brcc .+6\nin r0, 0x3b\ninc r0\nout 0x3b, r0\n")

// Operands that MOVW moves are of the class "w": elsewhere clang takes odd pairs too.

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

// From sums to outputs.

/// Multiplier and shift of a channel; the multiplier is doubled, the shift goes to the right.
struct Scale {
    uint32_t multiplier;
    uint8_t right;
};

/// The table of these kernels.
template <int Channels, bool Uniform, class WeightsInOrder>
struct Table {
    ChannelArray<int32_t, Channels> bias;
    ChannelArray<Scale, Uniform ? 1 : Channels> scale;
    WeightsInOrder weights;
};

/// What makes outputs of sums: the next channel's constants, and where its output goes.
struct Outputs {
    table::Pointer<int32_t> bias;
    table::Pointer<Scale> scale;
    int8_t* out;
    int8_t step;     // from one scale to the next
    bool rectified;  // no output is less than the zero point
    int16_t zero;
    int16_t low;
    int16_t high;
};

// The product of a byte of the multiplier and the sum in r2 to r5, added to q0 ... q3; q4 is new.
#define MOTE_AVR_ROW(q0, q1, q2, q3, q4) \
    MOTE_AVR_LPM                         \
    " r11, Z+\n"                         \
    "mul r2, r11\n"                      \
    "movw r12, r0\n"                     \
    "mul r4, r11\n"                      \
    "add " #q0                           \
    ", r12\n"                            \
    "adc " #q1                           \
    ", r13\n"                            \
    "adc " #q2                           \
    ", r0\n"                             \
    "adc " #q3                           \
    ", r1\n"                             \
    "clr " #q4                           \
    "\n"                                 \
    "rol " #q4                           \
    "\n"                                 \
    "mul r3, r11\n"                      \
    "movw r12, r0\n"                     \
    "mul r5, r11\n"                      \
    "add " #q1                           \
    ", r12\n"                            \
    "adc " #q2                           \
    ", r13\n"                            \
    "adc " #q3                           \
    ", r0\n"                             \
    "adc " #q4 ", r1\n"
// The same for a sum in r2 to r4, when r5 is 0.
#define MOTE_AVR_SHORT_ROW(q0, q1, q2, q3) \
    MOTE_AVR_LPM                           \
    " r11, Z+\n"                           \
    "mul r2, r11\n"                        \
    "movw r12, r0\n"                       \
    "mul r4, r11\n"                        \
    "clr " #q3                             \
    "\n"                                   \
    "add " #q0                             \
    ", r12\n"                              \
    "adc " #q1                             \
    ", r13\n"                              \
    "adc " #q2                             \
    ", r0\n"                               \
    "adc " #q3                             \
    ", r1\n"                               \
    "mul r3, r11\n"                        \
    "add " #q1                             \
    ", r0\n"                               \
    "adc " #q2                             \
    ", r1\n"                               \
    "adc " #q3 ", r5\n"
// r6 to r9, signed, plus or minus the carry.
#define MOTE_AVR_CARRY(instruction)                                                         \
#instruction " r6, r1\n" #instruction " r7, r1\n" #instruction " r8, r1\n" #instruction \
                 " r9, r1\n"
// Rounds the product as the policy says. Half away from zero is half up of what is one less, if
// negative.
#define MOTE_AVR_ROUND_DOUBLE \
    "lsl r10\n" MOTE_AVR_CARRY(adc) \
    "tst r18\n"                     \
    "breq 7f\n"                     \
    "mov r10, r9\n"                 \
    "lsl r10\n" MOTE_AVR_CARRY(sbc)
#define MOTE_AVR_ROUND_SINGLE \
    "tst r18\n"               \
    "brne 3f\n"               \
    "lsl r10\n" MOTE_AVR_CARRY(adc) "rjmp 7f\n"
// The sum of the next channel, with its bias, in r2 to r5. A negative one may be done already.
#define MOTE_AVR_SUM \
    "movw r30, %[outputs]\n" \
    "ldd r14, Z+%[bias]\n"            \
    "ldd r15, Z+%[bias]+1\n"         \
    MOTE_AVR_FAR("ldd r22, Z+%[bias]+2\n") \
    "ldd r16, Z+%[scale]\n"         \
    "ldd r17, Z+%[scale]+1\n"         \
    MOTE_AVR_FAR("ldd r19, Z+%[scale]+2\n") \
    "ldd r20, Z+%[out]\n"         \
    "ldd r21, Z+%[out]+1\n"         \
    "1:\n"                   \
    "movw r30, r14\n"        \
    MOTE_AVR_FAR("out 0x3b, r22\n") \
    MOTE_AVR_LPM " r2, Z+\n"           \
    MOTE_AVR_LPM " r3, Z+\n"           \
    MOTE_AVR_LPM " r4, Z+\n"           \
    MOTE_AVR_LPM " r5, Z+\n"           \
    "movw r14, r30\n"        \
    MOTE_AVR_FAR("in r22, 0x3b\n") \
    "ld r0, X+\n"            \
    "add r2, r0\n"           \
    "ld r0, X+\n"            \
    "adc r3, r0\n"           \
    "ld r0, X+\n"            \
    "adc r4, r0\n"           \
    "ld r0, X+\n"            \
    "adc r5, r0\n"           \
    "brpl 2f\n"              \
    "movw r30, %[outputs]\n" \
    "ldd r6, Z+%[low]\n"         \
    "ldd r0, Z+%[rectified]\n"          \
    "sbrc r0, 0\n"           \
    "rjmp 10f\n"
// Its product with the multiplier, rounded down: bytes 4 to 7 in r6 to r9, byte 3 in r10. Most sums
// are positive and have three bytes.
#define MOTE_AVR_SCALE \
    "2:\n"                              \
    "movw r30, r16\n"                   \
    MOTE_AVR_FAR("out 0x3b, r19\n") \
    MOTE_AVR_LPM " r11, Z+\n"                     \
    "tst r5\n"                          \
    "brne 21f\n"                        \
    "mul r2, r11\n"                     \
    "mov r8, r1\n"                      \
    "mul r4, r11\n"                     \
    "mov r9, r0\n"                      \
    "mov r10, r1\n"                     \
    "mul r3, r11\n"                     \
    "add r8, r0\n"                      \
    "adc r9, r1\n"                      \
    "adc r10, r5\n"                     \
    MOTE_AVR_SHORT_ROW(r8, r9, r10, r6) \
    MOTE_AVR_SHORT_ROW(r9, r10, r6, r7) \
    MOTE_AVR_SHORT_ROW(r10, r6, r7, r8) \
    "clr r9\n"                          \
    "clr r1\n"                          \
    MOTE_AVR_LPM " r18, Z\n"                      \
    "rjmp 3f\n"                         \
    "21:\n"                             \
    "mul r2, r11\n"                     \
    "mov r8, r1\n"                      \
    "mul r4, r11\n"                     \
    "mov r9, r0\n"                      \
    "mov r10, r1\n"                     \
    "mul r3, r11\n"                     \
    "movw r12, r0\n"                    \
    "mul r5, r11\n"                     \
    "clr r6\n"                          \
    "add r8, r12\n"                     \
    "adc r9, r13\n"                     \
    "adc r10, r0\n"                     \
    "adc r6, r1\n"                      \
    MOTE_AVR_ROW(r8, r9, r10, r6, r7)   \
    MOTE_AVR_ROW(r9, r10, r6, r7, r8)   \
    MOTE_AVR_ROW(r10, r6, r7, r8, r9)   \
    "clr r1\n"                          \
    MOTE_AVR_LPM " r18, Z\n"                      \
    "sbrs r5, 7\n"                      \
    "rjmp 3f\n"                         \
    "sbiw r30, 4\n"                     \
    MOTE_AVR_FAR("brcc .+6\nin r0, 0x3b\ndec r0\nout 0x3b, r0\n") \
    MOTE_AVR_LPM " r11, Z+\n"                     \
    "sub r6, r11\n"                     \
    MOTE_AVR_LPM " r11, Z+\n"                     \
    "sbc r7, r11\n"                     \
    MOTE_AVR_LPM " r11, Z+\n"                     \
    "sbc r8, r11\n"                     \
    MOTE_AVR_LPM " r11, Z+\n"                     \
    "sbc r9, r11\n"
// r6 to r9 shifted to the right by r18, half up. To the left by the rest and down by a byte where
// that is shorter.
#define MOTE_AVR_SHIFT \
    "cpi r18, 9\n"      \
    "brlo 4f\n"         \
    "subi r18, 8\n"     \
    "mov r6, r7\n"      \
    "mov r7, r8\n"      \
    "mov r8, r9\n"      \
    "lsl r9\n"          \
    "sbc r9, r9\n"      \
    "rjmp 3b\n"         \
    "4:\n"              \
    "cpi r18, 5\n"      \
    "brlo 6f\n"         \
    "mov r0, r8\n"      \
    "lsl r0\n"          \
    "sbc r0, r0\n"      \
    "cp r0, r9\n"       \
    "brne 7f\n"         \
    "subi r18, 8\n"     \
    "breq 51f\n"        \
    "5:\n"              \
    "lsl r6\n"          \
    "rol r7\n"          \
    "rol r8\n"          \
    "rol r9\n"          \
    "inc r18\n"         \
    "brne 5b\n"         \
    "51:\n"             \
    "lsl r6\n"          \
    "mov r6, r7\n"      \
    "mov r7, r8\n"      \
    "mov r8, r9\n"      \
    MOTE_AVR_CARRY(adc) \
    "rjmp 7f\n"         \
    "6:\n"              \
    "asr r9\n"          \
    "ror r8\n"          \
    "ror r7\n"          \
    "ror r6\n"          \
    "dec r18\n"         \
    "brne 6b\n"         \
    MOTE_AVR_CARRY(adc)
// The output in r6: first as 9 bits, then with the zero point, in range.
#define MOTE_AVR_CLAMP       \
    "7:\n"                   \
    "mov r10, r9\n"          \
    "lsl r10\n"              \
    "sbc r10, r10\n"         \
    "cp r9, r10\n"           \
    "cpc r8, r10\n"          \
    "cpc r7, r10\n"          \
    "breq 8f\n"              \
    "mov r7, r10\n"          \
    "mov r6, r10\n"          \
    "com r6\n"               \
    "8:\n"                   \
    "movw r30, %[outputs]\n" \
    "ldd r0, Z+%[zero]\n"    \
    "add r6, r0\n"           \
    "ldd r0, Z+%[zero]+1\n"  \
    "adc r7, r0\n"           \
    "ldd r0, Z+%[low]\n"     \
    "ldd r18, Z+%[low]+1\n"  \
    "cp r6, r0\n"            \
    "cpc r7, r18\n"          \
    "brge 9f\n"              \
    "mov r6, r0\n"           \
    "mov r7, r18\n"          \
    "9:\n"                   \
    "ldd r0, Z+%[high]\n"    \
    "ldd r18, Z+%[high]+1\n" \
    "cp r0, r6\n"            \
    "cpc r18, r7\n"          \
    "brge 10f\n"             \
    "mov r6, r0\n"
// Stores it, and goes on with the next channel.
#define MOTE_AVR_NEXT \
    "10:\n"                  \
    "ldd r0, Z+%[step]\n"          \
    "add r16, r0\n"          \
    "adc r17, r1\n"          \
    MOTE_AVR_FAR("adc r19, r1\n") \
    "movw r30, r20\n"        \
    "st Z+, r6\n"            \
    "movw r20, r30\n"        \
    "dec %[count]\n"         \
    "breq 11f\n"             \
    "rjmp 1b\n"              \
    "11:\n"                  \
    "movw r30, %[outputs]\n" \
    "std Z+%[bias], r14\n"            \
    "std Z+%[bias]+1, r15\n"         \
    MOTE_AVR_FAR("std Z+%[bias]+2, r22\n") \
    "std Z+%[scale], r16\n"         \
    "std Z+%[scale]+1, r17\n"         \
    MOTE_AVR_FAR("std Z+%[scale]+2, r19\n") \
    "std Z+%[out], r20\n"         \
    "std Z+%[out]+1, r21\n"
#define MOTE_AVR_FINISH(round) \
    MOTE_AVR_SUM MOTE_AVR_SCALE "3:\n" round "3:\n" MOTE_AVR_SHIFT MOTE_AVR_CLAMP MOTE_AVR_NEXT
#define MOTE_AVR_OPERANDS                                                                                 \
    : [count] "+&r"(count), "+&x"(sums)                                                         \
    : [outputs] "w"(outputs), [bias] "n"(offsetof(Outputs, bias)), [scale] "n"(offsetof(Outputs, scale)), \
      [out] "n"(offsetof(Outputs, out)), [step] "n"(offsetof(Outputs, step)), \
      [rectified] "n"(offsetof(Outputs, rectified)), [zero] "n"(offsetof(Outputs, zero)), \
      [low] "n"(offsetof(Outputs, low)), [high] "n"(offsetof(Outputs, high)) \
    : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", \
      "r16", "r17", "r18", MOTE_AVR_FAR_CLOBBERS "r20", "r21", "r30", "r31", "memory"

/// Makes the next `count` outputs of their sums without bias.
MOTE_INLINE void finish(Outputs* outputs, const int32_t* sums, uint8_t count, rounding::Double) {
    __asm__ volatile(MOTE_AVR_FINISH(MOTE_AVR_ROUND_DOUBLE) MOTE_AVR_OPERANDS);
}
MOTE_INLINE void finish(Outputs* outputs, const int32_t* sums, uint8_t count, rounding::Single) {
    __asm__ volatile(MOTE_AVR_FINISH(MOTE_AVR_ROUND_SINGLE) MOTE_AVR_OPERANDS);
}

#undef MOTE_AVR_OPERANDS
#undef MOTE_AVR_FINISH
#undef MOTE_AVR_NEXT
#undef MOTE_AVR_CLAMP
#undef MOTE_AVR_SHIFT
#undef MOTE_AVR_SCALE
#undef MOTE_AVR_SUM
#undef MOTE_AVR_ROUND_SINGLE
#undef MOTE_AVR_ROUND_DOUBLE
#undef MOTE_AVR_CARRY
#undef MOTE_AVR_SHORT_ROW
#undef MOTE_AVR_ROW
#undef MOTE_AVR_SKIP
#undef MOTE_AVR_FAR_CLOBBERS
#undef MOTE_AVR_FAR
#undef MOTE_AVR_LPM

/// A layer some of whose sums are shifted to the left.
template <class Rounding>
struct LeftShifts {
    friend MOTE_INLINE void finish(Outputs* outputs, const int32_t* sums, uint8_t count,
                                   LeftShifts) {
        for (; count > 0; --count) {
            const int32_t sum = table::read(outputs->bias) + *sums++;
            const int32_t multiplier = table::read(table::cast<int32_t>(outputs->scale));
            const int8_t shift =
                table::read(table::cast<int8_t>(outputs->scale) + int{offsetof(Scale, right)});
            outputs->bias += 1;
            *outputs->out++ = clamp(scale(sum, multiplier, -shift, Rounding{}) + outputs->zero,
                                    outputs->low, outputs->high);
            if (outputs->step > 0) outputs->scale += 1;
        }
    }
};

/// How the sums of `Spec` become outputs.
template <class Spec>
using Finish = detail::conditional_t<(largest_shift<Spec>() > 0),
                                     LeftShifts<typename Spec::Rounding>, typename Spec::Rounding>;

/// All outputs of the values that lie side by side in groups of at most 256.
template <class Finish>
MOTE_NOINLINE void multiply(Outputs& outputs, table::Pointer<int8_t> weights, const int8_t* values,
                            int taps, int count) {
    while (count > 0) {
        int32_t sums[4];
        const uint8_t together = count < 4 ? 1 : 4;
        weights = together == 4 ? sum_four(sums, values, taps, weights)
                                : sum_one(sums, values, taps, weights);
        finish(&outputs, sums, together, Finish{});
        count -= together;
    }
}

/// The same for more taps.
template <class Finish>
MOTE_NOINLINE void multiply_long(Outputs& outputs, table::Pointer<int8_t> weights,
                                 const int8_t* values, int taps, int count) {
    while (count > 0) {
        int32_t sums[4] = {0, 0, 0, 0};
        const uint8_t together = count < 4 ? 1 : 4;
        for (int tap = 0; tap < taps; tap += taps_at_once) {
            int32_t some[4];
            const int now = detail::smaller(taps - tap, taps_at_once);
            weights = together == 4 ? sum_four(some, values + tap, now, weights)
                                    : sum_one(some, values + tap, now, weights);
            for (uint8_t i = 0; i < together; ++i) sums[i] += some[i];
        }
        finish(&outputs, sums, together, Finish{});
        count -= together;
    }
}

/// One vector times all weights of `Spec`.
template <class Spec, class Table>
MOTE_INLINE void multiply_vector(const Table& table, Outputs& outputs, const int8_t* values) {
    constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
    outputs.bias = table::at(table, &table.bias[0]);
    outputs.scale = table::at(table, &table.scale[0]);
    const auto weights = table::at(table, &table.weights[0]);
    if constexpr (taps > taps_at_once)
        multiply_long<Finish<Spec>>(outputs, weights, values, taps, Spec::Weights::outputs);
    else
        multiply<Finish<Spec>>(outputs, weights, values, taps, Spec::Weights::outputs);
}

/// The same for a depthwise convolution; `taps`: where the channels under each tap begin.
template <class Finish>
MOTE_NOINLINE void multiply_channels(Outputs& outputs, table::Pointer<int8_t> weights,
                                     const int8_t* const* taps, uint8_t tap_count, int channels,
                                     int multiplier) {
    for (int channel = 0, copy = 0; channel < channels;) {
        const uint8_t together = multiplier > 1 || channels - channel < 4 ? 1 : 4;
        int32_t sums[4];
        weights = together == 4 ? sum_channels(sums, taps, tap_count, channel, weights)
                                : sum_channel(sums, taps, tap_count, channel, weights);
        finish(&outputs, sums, together, Finish{});
        if (++copy == multiplier) {
            copy = 0;
            channel += together;
        }
    }
}

template <class Spec, class Table>
MOTE_INLINE Outputs outputs_of(const Table& table, int8_t* out) {
    constexpr int8_t step = uniform_scales<typename Spec::Weights>() ? 0 : sizeof(Scale);
    constexpr int zero = Spec::Output::Quantization::zero_point;
    return {table::at(table, &table.bias[0]),
            table::at(table, &table.scale[0]),
            out,
            step,
            Spec::range.low >= zero,
            zero,
            Spec::range.low,
            Spec::range.high};
}

template <class Spec>
struct Scales
    : detail::OneByOne<Scales<Spec>, Scale, ChannelMultipliers<Spec>::count, channels_at_once> {
    static constexpr Scale at(int32_t channel) {
        constexpr int doubled = largest_shift<Spec>() > 0 ? 0 : 1;
        const Multiplier multiplier = multiplier_of<Spec>(channel);
        return {static_cast<uint32_t>(multiplier.value) << doubled,
                static_cast<uint8_t>(-multiplier.shift)};
    }
};

/// Weights of `Together` outputs at a time and the last ones one by one: taps, then outputs.
template <class Spec, class Order, int Together = 4, bool Unsigned = true>
struct TableOf {
    using Weights = InGroups<typename Spec::Weights, Order, Together, 1>;
    static constexpr Table<Spec::Weights::outputs, uniform_scales<typename Spec::Weights>(),
                           typename Weights::type>
        value = {detail::Assembled<FoldedBiases<Spec, Order, Unsigned ? 128 : 0>>::value,
                 detail::Assembled<Scales<Spec>>::value, Weights::value};
};

/// Copies, or fills; returns what is next in `to`.
MOTE_INLINE int8_t* copy(const int8_t* from, int8_t* to, int count) {
    if (count == 0) return to;
    int8_t value;
    __asm__ volatile(
        "1:\n"
        "ld %[value], X+\n"
        "st Z+, %[value]\n"
        "sbiw %[count], 1\n"
        "brne 1b\n"
        : [count] "+w"(count), [value] "=&r"(value), "+x"(from), "+z"(to)
        :
        : "memory");
    return to;
}
MOTE_INLINE int8_t* fill(int8_t* to, int8_t value, int count) {
    for (; count > 0; --count) *to++ = value;
    return to;
}

/// The values under a window: of each row `inside` from `first`, and zero points around them.
MOTE_NOINLINE inline void copy_rows(const int8_t* const* rows, uint8_t height, int before,
                                    int inside, int after, int first, int8_t zero, int8_t* window) {
    for (; height > 0; --height) {
        const int8_t* row = *rows++;
        if (row) {
            window = fill(window, zero, before);
            window = copy(row + first, window, inside);
            window = fill(window, zero, after);
        } else {
            window = fill(window, zero, before + inside + after);
        }
    }
}

/// The values under a window side by side: where they are, if possible.
template <class Spec>
MOTE_INLINE const int8_t* find_values(const int8_t* const* rows, int left, int8_t* window) {
    if constexpr (Spec::dilation_width != 1 || Spec::kernel_height > 255) {
        copy_window<Spec>(rows, left, window);
    } else {
        constexpr int channels = Spec::Input::Shape::channels;
        constexpr int width = Spec::Input::Shape::width;
        if (Spec::kernel_height == 1 && rows[0] && left >= 0 && left + Spec::kernel_width <= width)
            return rows[0] + left * channels;
        const int from = detail::smaller(detail::larger(left, 0), width);
        const int to = detail::smaller(left + Spec::kernel_width, width);
        const int inside = detail::larger(to - from, 0);
        const int before = detail::smaller(detail::larger(-left, 0), Spec::kernel_width);
        copy_rows(rows, Spec::kernel_height, before * channels, inside * channels,
                  (Spec::kernel_width - before - inside) * channels, from * channels,
                  static_cast<int8_t>(Spec::Input::Quantization::zero_point), window);
    }
    return window;
}

/// Keeps the larger of each two of `count` values.
MOTE_NOINLINE inline void keep_larger(const int8_t* in, int8_t* out, int count) {
    int8_t value;
    int8_t largest;
    __asm__ volatile(
        "1:\n"
        "ld %[value], X+\n"
        "ld %[largest], Z\n"
        "cp %[largest], %[value]\n"
        "brge 2f\n"
        "mov %[largest], %[value]\n"
        "2:\n"
        "st Z+, %[largest]\n"
        "sbiw %[count], 1\n"
        "brne 1b\n"
        : [count] "+w"(count), [value] "=&r"(value), [largest] "=&r"(largest), "+x"(in), "+z"(out)
        :
        : "memory");
}

}  // namespace avr

// Convolution.

template <class Spec>
constexpr const auto& pack_convolution(arch::avr) {
    return avr::TableOf<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::avr) {
    constexpr int run = Spec::kernel_width * Spec::Input::Shape::channels;
    avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * run];
        avr::multiply_vector<Spec>(table, outputs, avr::find_values<Spec>(rows, left, window));
    }
}

// Matrix times vector, for each of `points` vectors.

template <class Spec>
constexpr const auto& pack_matrix(arch::avr) {
    return avr::TableOf<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::avr) {
    avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
    for (int left = static_cast<int>(points); left > 0; --left) {
        avr::multiply_vector<Spec>(table, outputs, in);
        in += Spec::Weights::count / Spec::Weights::outputs;
    }
}

// Depthwise convolution.

namespace avr {

/// A window's taps are counted in a byte.
template <class Spec>
constexpr bool has_depthwise() {
    return Spec::Input::Shape::channels == 1 || Spec::kernel_height * Spec::kernel_width <= 255;
}

}  // namespace avr

template <class Spec, class = detail::enable_if_t<avr::has_depthwise<Spec>()>>
constexpr const auto& pack_depthwise(arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int together = channels == 1 || channels == outputs ? 4 : 1;
    return avr::TableOf<Spec, ByTap, together, (channels == 1)>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<avr::has_depthwise<Spec>()>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int tap_count = Spec::kernel_height * Spec::kernel_width;
    if constexpr (channels == 1) {
        convolve_row<Spec>(table, rows, out, arch::avr{});
    } else {
        avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
        int8_t zeros[channels];
        for (int c = 0; c < channels; ++c)
            zeros[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
        int left = -Spec::left;
        for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
            const int8_t* taps[tap_count];
            const int8_t** tap = taps;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                int column = left;
                for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
                    *tap++ = rows[ky] && column >= 0 && column < Spec::Input::Shape::width
                                 ? rows[ky] + column * channels
                                 : zeros;
            }
            outputs.bias = table::at(table, &table.bias[0]);
            outputs.scale = table::at(table, &table.scale[0]);
            avr::multiply_channels<avr::Finish<Spec>>(outputs, table::at(table, &table.weights[0]),
                                                      taps, tap_count, channels,
                                                      Spec::Weights::outputs / channels);
        }
    }
}

// Dense, fed by rows: the table is that of the plain kernels, whose outputs stand one by one, but
// for the biases.

template <class Spec>
constexpr const auto& pack_products(arch::avr) {
    static_assert(outputs_at_once == 1, "");
    return TableByFour<Spec, ByOutput, 128>::value;
}

namespace avr {

/// Adds the products of `count` values and the weights of an output to its sum, for each output;
/// `inputs`: weights of an output.
MOTE_NOINLINE inline void add_products(table::Pointer<int8_t> weights, const int8_t* in, int count,
                                       int inputs, int outputs, int32_t* sums) {
    for (; outputs > 0; --outputs, weights += inputs, ++sums) {
        for (int tap = 0; tap < count; tap += taps_at_once) {
            int32_t sum;
            sum_one(&sum, in + tap, detail::smaller(count - tap, taps_at_once), weights + tap);
            *sums += sum;
        }
    }
}

}  // namespace avr

template <class Spec, class Table>
MOTE_INLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                              int32_t* state, arch::avr) {
    avr::add_products(table::at(table, &table.weights[first]), in, static_cast<int>(count),
                      Spec::Weights::depth, Spec::Weights::outputs, state);
}

// Pools: tap by tap, all channels at once.

template <class Spec>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        avr::fill(out, static_cast<int8_t>(Spec::range.low), channels);
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            if (!rows[ky]) continue;
            const int8_t* in = rows[ky] + from * channels;
            for (int column = from; column < to; ++column, in += channels)
                avr::keep_larger(in, out, channels);
        }
        if (Spec::range.high < 127)
            for (int c = 0; c < channels; ++c)
                out[c] = detail::smaller<int8_t>(out[c], Spec::range.high);
        out += channels;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
