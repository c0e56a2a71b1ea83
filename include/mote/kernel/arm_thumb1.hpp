// Sums of products on Cortex-M0, which has eight registers to work with and no load of a signed
// byte from a constant offset. Weights are stored with 128 added, so that they load unsigned; 128
// times the sum of all values is taken off again, once for all outputs.
#pragma once

#include "portable.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
namespace thumb1 {

/// Adds the products of `count` values and the weights of four outputs; returns the next weights.
MOTE_NOINLINE inline const int8_t* add_products(int32_t* sums, const int8_t* values, int32_t count,
                                                const int8_t* weights) {
    register int32_t* r0 __asm__("r0") = sums;
    register const int8_t* r1 __asm__("r1") = values;
    register int32_t r2 __asm__("r2") = count;
    register const int8_t* r3 __asm__("r3") = weights;
#define MOTE_THUMB1_WEIGHT(offset, sum) \
    "ldrb r2, [r3, #" #offset           \
    "]\n"                               \
    "muls r2, r0, r2\n"                 \
    "adds " #sum ", " #sum ", r2\n"
#define MOTE_THUMB1_TAP(tap, offset0, offset1, offset2, offset3)                    \
    "ldrb r0, [r1, #" #tap                                                          \
    "]\n"                                                                           \
    "sxtb r0, r0\n" MOTE_THUMB1_WEIGHT(offset0, r4) MOTE_THUMB1_WEIGHT(offset1, r5) \
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

template <class Spec>
constexpr auto pack(int32_t output_step, int32_t tap_step) {
    using Weights = typename Spec::Weights;
    auto table = pack_by_four<Spec>(output_step, tap_step);
    constexpr int32_t by_four = Weights::outputs / 4 * 4 * (Weights::count / Weights::outputs);
    for (int32_t index = 0; index < by_four; ++index)
        table.weights[index] = static_cast<int8_t>(table.weights[index] ^ -128);
    return table;
}

template <class Spec, int Runs, int32_t Length, class Table>
MOTE_NOINLINE void multiply_all_runs(const Table& table, const int8_t* const* runs, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % 4;
    const int8_t* weight = table.weights;
    int o = 0;
    if constexpr (outputs >= 4) {
        int32_t total = 0;
        for (int run = 0; run < Runs; ++run) {
            MOTE_UNROLL_FOUR
            for (int32_t tap = 0; tap < Length; ++tap) total += runs[run][tap];
        }
        total *= 128;
        for (; o < outputs - rest; o += 4) {
            int32_t sums[4];
            MOTE_UNROLL
            for (int i = 0; i < 4; ++i) sums[i] = table.bias[o + i] - total;
            for (int run = 0; run < Runs; ++run)
                weight = add_products(sums, runs[run], Length, weight);
            for (int i = 0; i < 4; ++i) *out++ = requantized<Spec>(table, sums[i], o + i);
        }
    }
    if constexpr (rest != 0) multiply_runs<Spec, rest, Runs, Length>(table, runs, weight, o, out);
}

}  // namespace thumb1

template <class Spec>
constexpr auto pack_convolution(arch::arm_thumb1) {
    return thumb1::pack<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_thumb1) {
    constexpr int run = Spec::kernel_width * Spec::Input::Shape::channels;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * run];
        const int8_t* runs[Spec::kernel_height];
        find_window<Spec>(rows, left, window, runs);
        if constexpr (run < 32) {
            // Many short runs cost more than their copy.
            if (runs[0] != window)
                for (int ky = 0; ky < Spec::kernel_height; ++ky)
                    for (int i = 0; i < run; ++i) window[ky * run + i] = runs[ky][i];
            runs[0] = window;
            thumb1::multiply_all_runs<Spec, 1, Spec::kernel_height * run>(table, runs, out);
        } else {
            thumb1::multiply_all_runs<Spec, Spec::kernel_height, run>(table, runs, out);
        }
        out += Spec::Output::Shape::channels;
    }
}

template <class Spec>
constexpr auto pack_depthwise(arch::arm_thumb1) {
    if constexpr (Spec::Input::Shape::channels == 1)
        return thumb1::pack<Spec>(1, Spec::Weights::outputs);
    else
        return pack_depthwise<Spec>(arch::portable{});
}

template <class Spec, class Table>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_thumb1) {
    if constexpr (Spec::Input::Shape::channels == 1)
        convolve_row<Spec>(table, rows, out, arch::arm_thumb1{});
    else
        depthwise_row<Spec>(table, rows, out, arch::portable{});
}

template <class Spec>
constexpr auto pack_matrix(arch::arm_thumb1) {
    return thumb1::pack<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_thumb1) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    for (; points > 0; --points, in += inputs, out += outputs)
        thumb1::multiply_all_runs<Spec, 1, inputs>(table, &in, out);
}

}  // namespace kernel
}  // namespace mote

#endif
