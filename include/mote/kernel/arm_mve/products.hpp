// Sums of products: VMLADAV adds 16 products to a sum.
#pragma once

#include <stddef.h>

#include "table.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

/// Sixteen values; the next ones are `Step` further.
template <int Step = 16>
MOTE_INLINE int8x16_t load_16(const int8_t*& address) {
    int8x16_t vector;
    __asm__ volatile("vldrb.8 %q0, [%1], %2" : "=w"(vector), "+r"(address) : "i"(Step) : "memory");
    return vector;
}

MOTE_INLINE int32x4_t four_sums(int32_t sum0, int32_t sum1, int32_t sum2, int32_t sum3) {
    int32x4_t sums;
    __asm__("vmov %q0[2], %q0[0], %1, %2\n\tvmov %q0[3], %q0[1], %3, %4"
            : "=&w"(sums)
            : "r"(sum0), "r"(sum2), "r"(sum1), "r"(sum3));
    return sums;
}

/// Stores the lowest byte of each lane, and no further than `last`.
template <bool Padded>
MOTE_INLINE void store(int32x4_t values, const int8_t* last, int8_t*& out) {
    if (Padded && last - out < 4) {
        vstrbq_p_s32(out, values, vctp32q(static_cast<uint32_t>(last - out)));
        out += last - out;
    } else {
        vstrbq_s32(out, values);
        out += 4;
    }
}

// Weights of the last taps, less than 16, are loaded with those behind them: the values are 0
// there, and a table goes on behind its weights.

/// All outputs of each of `points` vectors of 16 * `Blocks` taps and `Tail` more, which registers
/// hold.
template <int Blocks, int Tail, bool Padded, class Policy>
MOTE_NOINLINE void multiply_held(const Layer& layer, const int8_t* in, int32_t points, int8_t* out,
                                 const Four<Policy::uniform>* fours, const int8_t* weights) {
    const int32_t outputs = layer.outputs;
    const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(Tail));
    Scale<Policy> scaled(layer);
    for (; points > 0; --points) {
        const int8_t* weight = weights;
        const Four<Policy::uniform>* four = fours;
        int8_t* const last = out + outputs;
        int8x16_t values[static_cast<size_t>(Blocks + 1)];
        MOTE_UNROLL
        for (int block = 0; block < Blocks; ++block) values[block] = load_16(in);
        if (Tail > 0) values[Blocks] = vldrbq_z_s8(in, lanes);
        in += Tail;
        do {
            int32_t sum0 = four->bias[0];
            int32_t sum1 = four->bias[1];
            int32_t sum2 = four->bias[2];
            int32_t sum3 = four->bias[3];
            MOTE_UNROLL
            for (int block = 0; block < Blocks; ++block) {
                sum0 = vmladavaq_s8(sum0, values[block], load_16(weight));
                sum1 = vmladavaq_s8(sum1, values[block], load_16(weight));
                sum2 = vmladavaq_s8(sum2, values[block], load_16(weight));
                sum3 = vmladavaq_s8(sum3, values[block], load_16(weight));
            }
            if constexpr (Tail > 0) {
                sum0 = vmladavaq_s8(sum0, values[Blocks], load_16<Tail>(weight));
                sum1 = vmladavaq_s8(sum1, values[Blocks], load_16<Tail>(weight));
                sum2 = vmladavaq_s8(sum2, values[Blocks], load_16<Tail>(weight));
                sum3 = vmladavaq_s8(sum3, values[Blocks], load_16<Tail>(weight));
            }
            scaled.take(*four);
            store<Padded>(scaled(four_sums(sum0, sum1, sum2, sum3)), last, out);
            ++four;
        } while (out != last);
    }
}

/// All outputs of each of `points` vectors. `Tail`: taps are no multiple of 16. `Padded`: outputs
/// are no multiple of 4.
template <bool Tail, bool Padded, class Policy>
MOTE_NOINLINE void multiply(const Layer& layer, const int8_t* in, int32_t points, int8_t* out,
                            const Four<Policy::uniform>* fours, const int8_t* weights) {
    const int32_t blocks = layer.taps >> 4;
    const int32_t width = layer.taps & 15;
    const int32_t outputs = layer.outputs;
    const int32_t taps = layer.taps;
    const mve_pred16_t tail = vctp8q(static_cast<uint32_t>(width));
    Scale<Policy> scaled(layer);
    for (; points > 0; --points, in += taps) {
        const int8_t* weight = weights;
        const Four<Policy::uniform>* four = fours;
        int8_t* const last = out + outputs;
        do {
            const int8_t* value = in;
            int32_t sum0 = four->bias[0];
            int32_t sum1 = four->bias[1];
            int32_t sum2 = four->bias[2];
            int32_t sum3 = four->bias[3];
            const auto multiply_16 = [&]() MOTE_INLINE_LAMBDA {
                const int8x16_t values = load_16(value);
                sum0 = vmladavaq_s8(sum0, values, load_16(weight));
                sum1 = vmladavaq_s8(sum1, values, load_16(weight));
                sum2 = vmladavaq_s8(sum2, values, load_16(weight));
                sum3 = vmladavaq_s8(sum3, values, load_16(weight));
            };
            if (Tail) {
                for (int32_t block = blocks; block > 0; --block) multiply_16();
            } else {
                int32_t block = blocks;
                do {
                    multiply_16();
                } while (--block > 0);
            }
            if (Tail) {
                const int8x16_t values = vldrbq_z_s8(value, tail);
                sum0 = vmladavaq_s8(sum0, values, vldrbq_s8(weight));
                sum1 = vmladavaq_s8(sum1, values, vldrbq_s8(weight + width));
                sum2 = vmladavaq_s8(sum2, values, vldrbq_s8(weight + 2 * width));
                sum3 = vmladavaq_s8(sum3, values, vldrbq_s8(weight + 3 * width));
                weight += 4 * width;
            }
            scaled.take(*four);
            store<Padded>(scaled(four_sums(sum0, sum1, sum2, sum3)), last, out);
            ++four;
        } while (out != last);
    }
}

template <class Table>
MOTE_INLINE void multiply(const Table& table, const int8_t* in, int32_t points, int8_t* out) {
    using Policy = typename Table::Policy;
    constexpr bool padded = Table::outputs % 4 != 0;
    constexpr int most_held = 64;
    if constexpr (Table::taps <= most_held)
        multiply_held<static_cast<int>(Table::taps / 16), static_cast<int>(Table::taps % 16),
                      padded, Policy>(table.layer, in, points, out, table.fours, table.weights);
    else
        multiply<Table::taps % 16 != 0, padded, Policy>(table.layer, in, points, out, table.fours,
                                                        table.weights);
}

}  // namespace mve

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
