// Sums of products on CPUs that load a byte without its sign in one instruction, and with it in
// several or from fewer places: Cortex-M0, Xtensa. Weights are stored with 128 added, values are
// copied with 128 added, so that both load unsigned. What that adds to a sum is known for the
// values (it is part of the bias), and 128 times the sum of all values for the weights: it is taken
// off again, once for all outputs.
//
// `Cpu::add_products(sums, values, count, weights)` adds to four sums the products of `count`
// values and the weights of four outputs, and returns the next weights.
#pragma once

#include <stddef.h>

#include "../detail/meta.hpp"
#include "portable/products.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace raised {

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

/// Of groups of four outputs; the weights of the last outputs, less than four, have their sign.
template <class Spec, class Order>
constexpr const auto& pack() {
    return TableByFour<Spec, Order, 128, true>::value;
}

/// The last outputs, less than four.
template <class Spec, int Outputs, int32_t Taps, class Table>
MOTE_INLINE void multiply_rest(const Table& table, const uint8_t* values, const int8_t* weight,
                               int8_t* out) {
    constexpr int first = Spec::Weights::outputs - Outputs;
    int32_t sums[static_cast<size_t>(Outputs)];
    for (int o = 0; o < Outputs; ++o) sums[o] = table.bias[first + o];
    for (int32_t tap = 0; tap < Taps; ++tap, weight += Outputs)
        for (int o = 0; o < Outputs; ++o) sums[o] += values[tap] * weight[o];
    for (int o = 0; o < Outputs; ++o) out[o] = requantized<Spec>(table, sums[o], first + o);
}

/// All outputs of `Taps` values; `total` is their sum.
template <class Spec, class Cpu, int32_t Taps, class Table>
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
        weight = Cpu::add_products(sums, values, Taps, weight);
        for (int i = 0; i < 4; ++i)
            *out++ = requantized<Spec>(table, static_cast<int32_t>(sums[i]), o + i);
    }
    if constexpr (rest != 0) multiply_rest<Spec, rest, Taps>(table, values, weight, out);
}

/// One output row; `rows` as for the plain kernels.
template <class Spec, class Cpu, class Table>
MOTE_INLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    constexpr uint8_t zero = static_cast<uint8_t>(Spec::Input::Quantization::zero_point + 128);
    alignas(uint32_t) uint8_t window[Spec::kernel_height * run];
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const bool inside = Spec::dilation_width == 1 && left >= 0 &&
                            left + Spec::kernel_width <= Spec::Input::Shape::width;
        uint32_t total = 0;
        uint8_t* to = window;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            if (inside && rows[ky]) {
                total += copy_unsigned<run, channels>(rows[ky] + left * channels, to);
                to += run;
                continue;
            }
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                if (rows[ky] && column >= 0 && column < Spec::Input::Shape::width) {
                    total += copy_unsigned<channels, channels>(rows[ky] + column * channels, to);
                } else {
                    for (int c = 0; c < channels; ++c) to[c] = zero;
                    total += uint32_t{zero} * channels;
                }
                to += channels;
            }
        }
        multiply<Spec, Cpu, Spec::kernel_height * run>(table, window, total, out);
        out += Spec::Output::Shape::channels;
    }
}

template <class Spec, class Cpu, class Table>
MOTE_INLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                 int32_t points) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    alignas(uint32_t) uint8_t values[static_cast<size_t>(inputs)];
    for (; points > 0; --points, in += inputs, out += outputs) {
        const uint32_t total = copy_unsigned<inputs, inputs>(in, values);
        multiply<Spec, Cpu, inputs>(table, values, total, out);
    }
}

}  // namespace raised
}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
