// From sums to outputs.
#pragma once

#include <stddef.h>

#include "../../detail/meta.hpp"
#include "../pack.hpp"
#include "assembly.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

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

}  // namespace avr

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
