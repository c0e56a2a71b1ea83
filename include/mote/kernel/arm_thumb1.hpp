// Sums of products on Cortex-M0, which has eight registers to work with, no load of a signed byte
// from a constant offset, and no product of more than 32 bits. Weights are stored with 128 added,
// values are copied with 128 added, so that both load unsigned. What that adds to a sum is known
// for the values (it is part of the bias), and 128 times the sum of all values for the weights: it
// is taken off again, once for all outputs.
#pragma once

#include "../detail/meta.hpp"
#include "portable.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace thumb1 {

/// Adds the products of `count` values and the weights of four outputs; returns the next weights.
MOTE_NOINLINE inline const int8_t* add_products(uint32_t* sums, const uint8_t* values,
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

/// Copies `Length` values with 128 added and returns their sum. With pixels of `Channels` bytes
/// `in` is at a multiple of 4 where `Channels` is one; and so is `out`.
template <int32_t Length, int32_t Channels>
MOTE_NOINLINE uint32_t copy_unsigned(const int8_t* in, uint8_t* out) {
    uint32_t sum = 0;
    if constexpr (Channels % 4 != 0) {
        MOTE_UNROLL_FOUR
        for (int32_t i = 0; i < Length; ++i) {
            out[i] = static_cast<uint8_t>(static_cast<uint8_t>(in[i]) ^ 0x80U);
            sum += out[i];
        }
    } else {
        // Two sums in one register: their 16 bits hold 257 values each.
        constexpr int32_t longest = 512;
        for (int32_t first = 0; first < Length; first += longest) {
            const int32_t bytes = Length - first < longest ? Length - first : longest;
            uint32_t pair = 0;
            MOTE_UNROLL_FOUR
            for (int32_t i = 0; i < bytes; i += 4, in += 4, out += 4) {
                uint32_t word;
                __builtin_memcpy(&word, __builtin_assume_aligned(in, 4), 4);
                word ^= 0x80808080U;
                __builtin_memcpy(__builtin_assume_aligned(out, 4), &word, 4);
                pair += (word & 0x00ff00ffU) + (word >> 8 & 0x00ff00ffU);
            }
            sum += (pair & 0xffffU) + (pair >> 16);
        }
    }
    return sum;
}

/// Weights of four outputs have no sign: 128 is added to them, as to inputs.
template <class Spec, class Order>
constexpr const auto& pack() {
    return TableByFour<Spec, Order, 128, true>::value;
}

/// The last outputs, less than four.
template <class Spec, int Outputs, int32_t Taps, class Table>
MOTE_INLINE void multiply_rest(const Table& table, const uint8_t* values, const int8_t* weight,
                               int8_t* out) {
    constexpr int first = Spec::Weights::outputs - Outputs;
    int32_t sums[Outputs];
    for (int o = 0; o < Outputs; ++o) sums[o] = table.bias[first + o];
    for (int32_t tap = 0; tap < Taps; ++tap, weight += Outputs)
        for (int o = 0; o < Outputs; ++o) sums[o] += values[tap] * weight[o];
    for (int o = 0; o < Outputs; ++o) out[o] = requantized<Spec>(table, sums[o], first + o);
}

/// All outputs of `Taps` values; `total` is their sum.
template <class Spec, int32_t Taps, class Table>
MOTE_NOINLINE void multiply(const Table& table, const uint8_t* values, uint32_t total,
                            int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % 4;
    const int8_t* weight = table.weights;
    for (int o = 0; o < outputs - rest; o += 4) {
        uint32_t sums[4];
        MOTE_UNROLL
        for (int i = 0; i < 4; ++i)
            sums[i] = static_cast<uint32_t>(table.bias[o + i]) - 128U * total;
        weight = add_products(sums, values, Taps, weight);
        for (int i = 0; i < 4; ++i)
            *out++ = requantized<Spec>(table, static_cast<int32_t>(sums[i]), o + i);
    }
    if constexpr (rest != 0) multiply_rest<Spec, rest, Taps>(table, values, weight, out);
}

}  // namespace thumb1

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_thumb1) {
    return thumb1::pack<Spec, ByOutput>();
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_thumb1) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    constexpr uint8_t zero = static_cast<uint8_t>(Spec::Input::Quantization::zero_point + 128);
    alignas(4) uint8_t window[Spec::kernel_height * run];
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const bool inside = Spec::dilation_width == 1 && left >= 0 &&
                            left + Spec::kernel_width <= Spec::Input::Shape::width;
        uint32_t total = 0;
        uint8_t* to = window;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            if (inside && rows[ky]) {
                total += thumb1::copy_unsigned<run, channels>(rows[ky] + left * channels, to);
                to += run;
                continue;
            }
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                if (rows[ky] && column >= 0 && column < Spec::Input::Shape::width) {
                    total +=
                        thumb1::copy_unsigned<channels, channels>(rows[ky] + column * channels, to);
                } else {
                    for (int c = 0; c < channels; ++c) to[c] = zero;
                    total += uint32_t{zero} * channels;
                }
                to += channels;
            }
        }
        thumb1::multiply<Spec, Spec::kernel_height * run>(table, window, total, out);
        out += Spec::Output::Shape::channels;
    }
}

// With one input channel it is a convolution.

template <class Spec, class = detail::enable_if_t<Spec::Input::Shape::channels == 1>>
constexpr const auto& pack_depthwise(arch::arm_thumb1) {
    return thumb1::pack<Spec, ByTap>();
}

template <class Spec, class Table, class = detail::enable_if_t<Spec::Input::Shape::channels == 1>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_thumb1) {
    convolve_row<Spec>(table, rows, out, arch::arm_thumb1{});
}

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_thumb1) {
    return thumb1::pack<Spec, ByOutput>();
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_thumb1) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    alignas(4) uint8_t values[inputs];
    for (; points > 0; --points, in += inputs, out += outputs) {
        const uint32_t total = thumb1::copy_unsigned<inputs, inputs>(in, values);
        thumb1::multiply<Spec, inputs>(table, values, total, out);
    }
}

// Element by element.

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
