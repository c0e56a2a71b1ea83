// Sums of products on an 8-bit AVR, whose products have 16 bits. A sum's low 16 bits are added up
// as a signed number; only when they overflow, which is rare, a third byte counts up or down. One
// function multiplies for all layers of a program, so that flash holds it once.
#pragma once

#include "accumulate.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
namespace avr {

/// A third byte holds what this many products add up to: 255 * 2^14 < 2^23.
constexpr uint8_t taps_at_once = 255;

// The product of the value and the next weight, added to a sum; `wrap` and `next` are labels.
#define MOTE_AVR_PRODUCT(low, high, wrap, next) \
    "lpm %[weight], Z+\n"                       \
    "muls %[value], %[weight]\n"                \
    "add " #low                                 \
    ", r0\n"                                    \
    "adc " #high                                \
    ", r1\n"                                    \
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
// Adds three bytes to the four at X.
#define MOTE_AVR_STORE(low, high, top) \
    "sbrc " #high                      \
    ", 7\n"                            \
    "dec " #top                        \
    "\n"                               \
    "clr r0\n"                         \
    "sbrc " #top                       \
    ", 7\n"                            \
    "com r0\n"                         \
    "ld r1, X\n"                       \
    "add r1, " #low                    \
    "\n"                               \
    "st X+, r1\n"                      \
    "ld r1, X\n"                       \
    "adc r1, " #high                   \
    "\n"                               \
    "st X+, r1\n"                      \
    "ld r1, X\n"                       \
    "adc r1, " #top                    \
    "\n"                               \
    "st X+, r1\n"                      \
    "ld r1, X\n"                       \
    "adc r1, r0\n"                     \
    "st X+, r1\n"

/// Adds the products of 1 to 255 values and the weights of four outputs; returns the next weights.
MOTE_INLINE const int8_t* add_to_four(int32_t* sums, const int8_t* values, uint8_t count,
                                      const int8_t* weights) {
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
        "lsr %[count]\n"
        "brcc 2f\n"
        "inc %[count]\n"
        "rjmp 3f\n"                          //
        MOTE_AVR_WRAP(r4, 11, 21f)           //
        MOTE_AVR_WRAP(r7, 12, 22f)           //
        MOTE_AVR_WRAP(r10, 13, 23f)          //
        MOTE_AVR_WRAP(r13, 14, 24f)          //
        "2:\n"                               //
        "ld %[value], X+\n"                  //
        MOTE_AVR_PRODUCT(r2, r3, 11b, 21)    //
        MOTE_AVR_PRODUCT(r5, r6, 12b, 22)    //
        MOTE_AVR_PRODUCT(r8, r9, 13b, 23)    //
        MOTE_AVR_PRODUCT(r11, r12, 14b, 24)  //
        "3:\n"                               //
        "ld %[value], X+\n"                  //
        MOTE_AVR_PRODUCT(r2, r3, 15f, 25)    //
        MOTE_AVR_PRODUCT(r5, r6, 16f, 26)    //
        MOTE_AVR_PRODUCT(r8, r9, 17f, 27)    //
        MOTE_AVR_PRODUCT(r11, r12, 18f, 28)  //
        "dec %[count]\n"
        "brne 2b\n"
        "rjmp 4f\n"                  //
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
        : [count] "+r"(count), [value] "=&d"(value), [weight] "=&d"(weight), "+x"(values),
          "+z"(weights)
        : [sums] "r"(sums)
        : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "memory");
    return weights;
}

/// The same for one output.
MOTE_INLINE const int8_t* add_to_one(int32_t* sums, const int8_t* values, uint8_t count,
                                     const int8_t* weights) {
    int8_t value;
    int8_t weight;
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "clr r4\n"
        "lsr %[count]\n"
        "brcc 2f\n"
        "inc %[count]\n"
        "rjmp 3f\n"                        //
        MOTE_AVR_WRAP(r4, 11, 21f)         //
        "2:\n"                             //
        "ld %[value], X+\n"                //
        MOTE_AVR_PRODUCT(r2, r3, 11b, 21)  //
        "3:\n"                             //
        "ld %[value], X+\n"                //
        MOTE_AVR_PRODUCT(r2, r3, 12f, 22)  //
        "dec %[count]\n"
        "brne 2b\n"
        "rjmp 4f\n"                 //
        MOTE_AVR_WRAP(r4, 12, 22b)  //
        "4:\n"
        "movw r26, %[sums]\n"       //
        MOTE_AVR_STORE(r2, r3, r4)  //
        "clr r1\n"
        : [count] "+r"(count), [value] "=&d"(value), [weight] "=&d"(weight), "+x"(values),
          "+z"(weights)
        : [sums] "r"(sums)
        : "r2", "r3", "r4", "memory");
    return weights;
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

/// `taps`: where the values of each tap begin; adds the products of four channels from `channel`.
MOTE_INLINE const int8_t* add_channels(int32_t* sums, const int8_t* const* taps, uint8_t count,
                                       int channel, const int8_t* weights) {
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
        MOTE_AVR_PRODUCT(r2, r3, 11b, 21)             //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(r5, r6, 12b, 22)             //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(r8, r9, 13b, 23)             //
        "ld %[value], X+\n"                           //
        MOTE_AVR_PRODUCT(r11, r12, 14b, 24)           //
        "dec %[count]\n"
        "brne 2b\n"
        "movw r26, %[sums]\n"          //
        MOTE_AVR_STORE(r2, r3, r4)     //
        MOTE_AVR_STORE(r5, r6, r7)     //
        MOTE_AVR_STORE(r8, r9, r10)    //
        MOTE_AVR_STORE(r11, r12, r13)  //
        "clr r1\n"
        : [count] "+r"(count), [value] "=&d"(value), [weight] "=&d"(weight), [taps] "+r"(taps),
          "+z"(weights)
        : [sums] "r"(sums), [channel] "r"(channel)
        : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
          "r26", "r27", "memory");
    return weights;
}

/// The same for one channel.
MOTE_INLINE const int8_t* add_channel(int32_t* sums, const int8_t* const* taps, uint8_t count,
                                      int channel, const int8_t* weights) {
    int8_t value;
    int8_t weight;
    __asm__ volatile(
        "clr r2\n"
        "clr r3\n"
        "clr r4\n"
        "rjmp 2f\n" MOTE_AVR_WRAP(r4, 11, 21f) "2:\n" MOTE_AVR_FIND_TAP
        "ld %[value], X\n" MOTE_AVR_PRODUCT(r2, r3, 11b, 21)
        "dec %[count]\n"
        "brne 2b\n"
        "movw r26, %[sums]\n" MOTE_AVR_STORE(r2, r3, r4)
        "clr r1\n"
        : [count] "+r"(count), [value] "=&d"(value), [weight] "=&d"(weight), [taps] "+r"(taps),
          "+z"(weights)
        : [sums] "r"(sums), [channel] "r"(channel)
        : "r2", "r3", "r4", "r14", "r15", "r26", "r27", "memory");
    return weights;
}

#undef MOTE_AVR_FIND_TAP
#undef MOTE_AVR_STORE
#undef MOTE_AVR_WRAP
#undef MOTE_AVR_PRODUCT

// From sums to outputs.

// The products of one byte of the multiplier, added to q0 ... q3; q4 is new.
#define MOTE_AVR_ROW(q0, q1, q2, q3, q4) \
    "lpm %[factor], Z+\n"                \
    "mul %A[sum_low], %[factor]\n"       \
    "movw %[even], r0\n"                 \
    "mul %A[sum_high], %[factor]\n"      \
    "add %" #q0                          \
    ", %A[even]\n"                       \
    "adc %" #q1                          \
    ", %B[even]\n"                       \
    "adc %" #q2                          \
    ", r0\n"                             \
    "adc %" #q3                          \
    ", r1\n"                             \
    "clr %" #q4                          \
    "\n"                                 \
    "rol %" #q4                          \
    "\n"                                 \
    "mul %B[sum_low], %[factor]\n"       \
    "movw %[even], r0\n"                 \
    "mul %B[sum_high], %[factor]\n"      \
    "add %" #q1                          \
    ", %A[even]\n"                       \
    "adc %" #q2                          \
    ", %B[even]\n"                       \
    "adc %" #q3                          \
    ", r0\n"                             \
    "adc %" #q4 ", r1\n"
// high = sum * multiplier / 2^32, rounded down, and the byte below it; the multiplier has no sign.
#define MOTE_AVR_MULTIPLY \
    "lpm %[factor], Z+\n"                                           \
    "mul %A[sum_low], %[factor]\n"                                      \
    "mov %A[top], r1\n"                                            \
    "mul %A[sum_high], %[factor]\n"                                      \
    "mov %B[top], r0\n"                                            \
    "mov %[below], r1\n"                                            \
    "mul %B[sum_low], %[factor]\n"                                      \
    "movw %[even], r0\n"                                            \
    "mul %B[sum_high], %[factor]\n"                                      \
    "clr %A[high]\n"                                                \
    "add %A[top], %A[even]\n"                                      \
    "adc %B[top], %B[even]\n"                                      \
    "adc %[below], r0\n"                                            \
    "adc %A[high], r1\n"                                            \
    MOTE_AVR_ROW(A[top], B[top], [below], A[high], B[high])       \
    MOTE_AVR_ROW(B[top], [below], A[high], B[high], A[top])       \
    MOTE_AVR_ROW([below], A[high], B[high], A[top], B[top])       \
    "clr r1\n"                                                      \
    "sbrs %B[sum_high], 7\n"                                             \
    "rjmp 1f\n"                                                     \
    "sbiw r30, 4\n"                                                 \
    "lpm %[factor], Z+\n"                                           \
    "sub %A[high], %[factor]\n"                                     \
    "lpm %[factor], Z+\n"                                           \
    "sbc %B[high], %[factor]\n"                                     \
    "lpm %[factor], Z+\n"                                           \
    "sbc %A[top], %[factor]\n"                                     \
    "lpm %[factor], Z+\n"                                           \
    "sbc %B[top], %[factor]\n"                                     \
    "1:\n"
#define MOTE_AVR_ROUND_BELOW \
    "lsl %[below]\n"         \
    "adc %A[high], r1\n"     \
    "adc %B[high], r1\n"     \
    "adc %A[top], r1\n"      \
    "adc %B[top], r1\n"
// high / 2^right, half up, for right > 0; then saturated to -256 ... 255.
#define MOTE_AVR_SHIFT         \
    "2:\n"                     \
    "cpi %[right], 9\n"        \
    "brlo 3f\n"                \
    "subi %[right], 8\n"       \
    "mov %A[high], %B[high]\n" \
    "mov %B[high], %A[top]\n"  \
    "mov %A[top], %B[top]\n"   \
    "lsl %B[top]\n"            \
    "sbc %B[top], %B[top]\n"   \
    "rjmp 2b\n"                \
    "3:\n"                     \
    "asr %B[top]\n"            \
    "ror %A[top]\n"            \
    "ror %B[high]\n"           \
    "ror %A[high]\n"           \
    "dec %[right]\n"           \
    "brne 3b\n"                \
    "adc %A[high], r1\n"       \
    "adc %B[high], r1\n"       \
    "adc %A[top], r1\n"        \
    "adc %B[top], r1\n"        \
    "4:\n"                     \
    "mov %[below], %B[top]\n"  \
    "lsl %[below]\n"           \
    "sbc %[below], %[below]\n" \
    "cp %B[top], %[below]\n"   \
    "cpc %A[top], %[below]\n"  \
    "cpc %B[high], %[below]\n" \
    "breq 5f\n"                \
    "mov %B[high], %[below]\n" \
    "mov %A[high], %[below]\n" \
    "com %A[high]\n"           \
    "5:\n"
#define MOTE_AVR_OPERANDS                                                                                     \
    : [high] "=&r"(high), [top] "=&r"(top), [below] "=&r"(below), [even] "=&r"(even), [factor] "=&r"(factor),        \
      [right] "+d"(right), "+z"(multiplier)                                                        \
    : [sum_low] "r"(sum_low), [sum_high] "r"(sum_high)

/// sum * multiplier / 2^(32 + right), saturated to -256 ... 255: no output tells the difference.
MOTE_INLINE int16_t scaled(int32_t sum, const int32_t* multiplier, uint8_t right,
                           rounding::Double) {
    uint16_t high;
    uint16_t top;
    const uint16_t sum_low = static_cast<uint16_t>(sum);
    const uint16_t sum_high = static_cast<uint16_t>(sum >> 16);
    uint8_t below;
    uint16_t even;
    uint8_t factor;
    // Half away from zero is half up of what is one less, if negative.
    __asm__(MOTE_AVR_MULTIPLY MOTE_AVR_ROUND_BELOW
            "tst %[right]\n"
            "breq 4f\n"
            "mov %[below], %B[top]\n"
            "lsl %[below]\n"
            "sbc %A[high], r1\n"
            "sbc %B[high], r1\n"
            "sbc %A[top], r1\n"
            "sbc %B[top], r1\n" MOTE_AVR_SHIFT MOTE_AVR_OPERANDS);
    return static_cast<int16_t>(high);
}
MOTE_INLINE int16_t scaled(int32_t sum, const int32_t* multiplier, uint8_t right,
                           rounding::Single) {
    uint16_t high;
    uint16_t top;
    const uint16_t sum_low = static_cast<uint16_t>(sum);
    const uint16_t sum_high = static_cast<uint16_t>(sum >> 16);
    uint8_t below;
    uint16_t even;
    uint8_t factor;
    __asm__(MOTE_AVR_MULTIPLY
            "tst %[right]\n"
            "brne 2f\n" MOTE_AVR_ROUND_BELOW "rjmp 4f\n" MOTE_AVR_SHIFT MOTE_AVR_OPERANDS);
    return static_cast<int16_t>(high);
}

#undef MOTE_AVR_OPERANDS
#undef MOTE_AVR_SHIFT
#undef MOTE_AVR_ROUND_BELOW
#undef MOTE_AVR_MULTIPLY
#undef MOTE_AVR_ROW

/// What makes outputs of a layer's sums.
struct Outputs {
    const int32_t* bias;
    const int32_t* multiplier;
    const int8_t* shift;
    bool uniform;
    int16_t zero;
    int8_t low;
    int8_t high;
};

/// Whether some sums are shifted to the left; those are left to the portable code.
template <class Spec>
constexpr bool shifts_left() {
    return largest_shift<Spec>() > 0;
}

template <class Spec, class Table>
MOTE_INLINE Outputs outputs_of(const Table& table) {
    constexpr bool uniform = uniform_scales<typename Spec::Weights>();
    return {table.bias,
            table.multipliers.value,
            table.multipliers.shift,
            uniform,
            Spec::Output::Quantization::zero_point,
            static_cast<int8_t>(Spec::range.low),
            static_cast<int8_t>(Spec::range.high)};
}

/// Outputs `first` to first + count - 1.
template <class Rounding, bool ShiftsLeft>
MOTE_NOINLINE void finish(const Outputs& layer, const int32_t* sums, int first, uint8_t count,
                          int8_t* out) {
    int channel = layer.uniform ? 0 : first;
    for (; count > 0; --count, ++sums, ++out) {
        const int32_t sum = *sums;
        if (sum < 0 && layer.low >= layer.zero) {
            *out = layer.low;  // at most the zero point
        } else {
            const int8_t shift = table::read(layer.shift + channel);
            if (ShiftsLeft) {
                *out =
                    clamp(scale(sum, table::read(layer.multiplier + channel), shift, Rounding{}) +
                              layer.zero,
                          layer.low, layer.high);
            } else {
                const int16_t value = scaled(sum, layer.multiplier + channel,
                                             static_cast<uint8_t>(-shift), Rounding{}) +
                                      layer.zero;
                *out = static_cast<int8_t>(
                    value < layer.low ? layer.low : (value > layer.high ? layer.high : value));
            }
        }
        if (!layer.uniform) ++channel;
    }
}

/// All outputs of `taps` values that lie side by side.
template <class Rounding, bool ShiftsLeft>
MOTE_NOINLINE void multiply(const Outputs& layer, const int8_t* weights, const int8_t* values,
                            int taps, int outputs, int8_t* out) {
    for (int first = 0; first < outputs;) {
        const uint8_t together = outputs - first < 4 ? 1 : 4;
        int32_t sums[4];
        for (uint8_t i = 0; i < together; ++i) sums[i] = table::read(layer.bias + first + i);
        const int8_t* from = values;
        for (int left = taps; left > 0;) {
            const uint8_t count = left > taps_at_once ? taps_at_once : static_cast<uint8_t>(left);
            weights = together == 4 ? add_to_four(sums, from, count, weights)
                                    : add_to_one(sums, from, count, weights);
            from += count;
            left -= count;
        }
        finish<Rounding, ShiftsLeft>(layer, sums, first, together, out + first);
        first += together;
    }
}

/// The same for a depthwise convolution; `taps`: where the channels under each tap begin.
template <class Rounding, bool ShiftsLeft>
MOTE_NOINLINE void multiply_channels(const Outputs& layer, const int8_t* weights,
                                     const int8_t* const* taps, int tap_count, int channels,
                                     int multiplier, int8_t* out) {
    int first = 0;
    for (int channel = 0, copy = 0; channel < channels;) {
        const uint8_t together = multiplier > 1 || channels - channel < 4 ? 1 : 4;
        int32_t sums[4];
        for (uint8_t i = 0; i < together; ++i) sums[i] = table::read(layer.bias + first + i);
        const int8_t* const* from = taps;
        for (int left = tap_count; left > 0;) {
            const uint8_t count = left > taps_at_once ? taps_at_once : static_cast<uint8_t>(left);
            weights = together == 4 ? add_channels(sums, from, count, channel, weights)
                                    : add_channel(sums, from, count, channel, weights);
            from += count;
            left -= count;
        }
        finish<Rounding, ShiftsLeft>(layer, sums, first, together, out + first);
        first += together;
        if (++copy == multiplier) {
            copy = 0;
            channel += together;
        }
    }
}

/// Weights of `Together` outputs at a time and the last ones one by one: taps, then outputs.
template <class Spec, int Together = 4>
constexpr auto pack(int32_t output_step, int32_t tap_step) {
    using Weights = typename Spec::Weights;
    constexpr int32_t taps = Weights::count / Weights::outputs;
    WeightTableOf<Spec> table{};
    pack_biases<Spec>(table, output_step, tap_step);
    pack_multipliers<Spec>(table);
    if (!shifts_left<Spec>())
        for (int32_t& value : table.multipliers.value)
            value = static_cast<int32_t>(static_cast<uint32_t>(value) * 2);
    const auto* values = Weights::values();
    for (int output = 0; output < Weights::outputs; ++output) {
        const int first = output / Together * Together;
        const int step = Weights::outputs - first < Together ? 1 : Together;
        int32_t to = step == 1 ? output * taps : first * taps + (output - first);
        int32_t from = output * output_step;
        for (int32_t tap = 0; tap < taps; ++tap, to += step, from += tap_step)
            table.weights[to] = static_cast<int8_t>(values[from]);
    }
    return table;
}

}  // namespace avr

// Convolution.

template <class Spec>
constexpr auto pack_convolution(arch::avr) {
    return avr::pack<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::avr) {
    constexpr int run = Spec::kernel_width * Spec::Input::Shape::channels;
    const avr::Outputs outputs = avr::outputs_of<Spec>(table);
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * run];
        copy_window<Spec>(rows, left, window);
        avr::multiply<typename Spec::Rounding, avr::shifts_left<Spec>()>(
            outputs, table.weights, window, Spec::kernel_height * run, Spec::Weights::outputs, out);
        out += Spec::Output::Shape::channels;
    }
}

template <class Spec>
constexpr auto pack_matrix(arch::avr) {
    return avr::pack<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::avr) {
    constexpr int inputs = Spec::Weights::count / Spec::Weights::outputs;
    const avr::Outputs outputs = avr::outputs_of<Spec>(table);
    for (int left = static_cast<int>(points); left > 0; --left) {
        avr::multiply<typename Spec::Rounding, avr::shifts_left<Spec>()>(
            outputs, table.weights, in, inputs, Spec::Weights::outputs, out);
        in += inputs;
        out += Spec::Weights::outputs;
    }
}

// Depthwise convolution.

template <class Spec>
constexpr auto pack_depthwise(arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Weights::outputs;
    return avr::pack < Spec, channels == 1 || channels == outputs ? 4 : 1 > (1, outputs);
}

template <class Spec, class Table>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    if constexpr (channels == 1) {
        convolve_row<Spec>(table, rows, out, arch::avr{});
    } else {
        const avr::Outputs outputs = avr::outputs_of<Spec>(table);
        int8_t zeros[channels];
        for (int c = 0; c < channels; ++c)
            zeros[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
        int left = -Spec::left;
        for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
            const int8_t* taps[Spec::kernel_height * Spec::kernel_width];
            const int8_t** tap = taps;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                int column = left;
                for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
                    *tap++ = rows[ky] && column >= 0 && column < Spec::Input::Shape::width
                                 ? rows[ky] + column * channels
                                 : zeros;
            }
            avr::multiply_channels<typename Spec::Rounding, avr::shifts_left<Spec>()>(
                outputs, table.weights, taps, Spec::kernel_height * Spec::kernel_width, channels,
                Spec::Weights::outputs / channels, out);
            out += Spec::Output::Shape::channels;
        }
    }
}

}  // namespace kernel
}  // namespace mote

#endif
