// Products of bytes on CPUs without dot products (a `Dot`).
#pragma once

#include <stddef.h>

#include "scale.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// Bytes are multiplied to words, which are added up by twos. `Pairs`: four by four.
template <bool Pairs>
struct Words {
    /// Registers for the sums of a block of points and outputs, and for the points' inputs.
    static constexpr int registers = 20;
    /// Rows under a depthwise window that are interleaved.
    static constexpr int interleaved = 1;

    /// Quarters of instructions that a step of all points and outputs of a block takes.
    static constexpr int cost(int points, int vectors) {
        return points * vectors * (Pairs ? 12 : 16) + points * 5 + vectors * 2;
    }

    /// What stands at a place of a step.
    static constexpr int output_of(int place) { return place % 8 / 2; }
    static constexpr int tap_of(int place) { return place / 8 * 2 + place % 2; }

    static MOTE_INLINE int32x4_t add(int32x4_t sums, int8x16_t left, int8x16_t right) {
        const int16x8_t first = vmull_s8(vget_low_s8(left), vget_low_s8(right));
        if (Pairs) return vpadalq_s16(sums, vmlal_high_s8(first, left, right));
        return vpadalq_s16(vpadalq_s16(sums, first), vmull_high_s8(left, right));
    }

    /// add() for two. GCC's scheduler would keep more products waiting than there are registers.
    static MOTE_INLINE void add_two(int32x4_t& first, int32x4_t& second, int8x16_t inputs,
                                    int8x16_t left, int8x16_t right) {
        if (Pairs) {
            int16x8_t product, other;
            __asm__ volatile(
                "smull %2.8h, %4.8b, %5.8b\n\t"
                "smull %3.8h, %4.8b, %6.8b\n\t"
                "smlal2 %2.8h, %4.16b, %5.16b\n\t"
                "smlal2 %3.8h, %4.16b, %6.16b\n\t"
                "sadalp %0.4s, %2.8h\n\t"
                "sadalp %1.4s, %3.8h"
                : "+w"(first), "+w"(second), "=&w"(product), "=&w"(other)
                : "w"(inputs), "w"(left), "w"(right));
        } else {
            first = add(first, inputs, left);
            second = add(second, inputs, right);
        }
    }

    /// Four of 16 inputs, as add() needs them: the first two for each output, then the others.
    template <int Four>
    static MOTE_INLINE int8x16_t spread(int8x16_t inputs) {
        constexpr uint8_t at = Four * 4;
        constexpr uint8_t next = at + 2;
        const uint8x16_t order = {at,   at + 1,   at,   at + 1,   at,   at + 1,   at,   at + 1,
                                  next, next + 1, next, next + 1, next, next + 1, next, next + 1};
        return vqtbl1q_s8(inputs, order);
    }
    template <int Four, int Vectors>
    static MOTE_INLINE void add_step(int32x4_t* sums, int8x16_t inputs, const int8x16_t* weights) {
        const int8x16_t four = spread<Four>(inputs);
        MOTE_UNROLL
        for (int v = 0; v + 2 <= Vectors; v += 2)
            add_two(sums[v], sums[v + 1], four, weights[v], weights[v + 1]);
        if (Vectors % 2 == 1)
            sums[Vectors - 1] = add(sums[Vectors - 1], four, weights[Vectors - 1]);
    }

    /// Eight channels of each row under one column of a window.
    template <int Rows>
    struct Column {
        int8x8_t values[static_cast<size_t>(Rows)];

        MOTE_INLINE explicit Column(int8x8_t value) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) values[r] = value;
        }
        MOTE_INLINE Column(const int8_t* const* rows, int32_t offset) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) values[r] = vld1_s8(rows[r] + offset);
        }
    };

    /// The sums of eight channels; with `Pairs` every second product waits for its partner.
    struct Sums {
        int32x4_t low, high;
        int16x8_t waiting;

        /// `Column` of `Last` + 1.
        template <int Index, int Last, int Rows>
        MOTE_INLINE void add(const Column<Rows>& column, const int8_t* factors) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) {
                const int tap = Index * Rows + r;
                const int8x8_t factor = vld1_s8(factors + r * 8);
                const bool second = Pairs && tap % 2 == 1;
                waiting = second ? vmlal_s8(waiting, column.values[r], factor)
                                 : vmull_s8(column.values[r], factor);
                if (Pairs && !second && !(Index == Last && r == Rows - 1)) continue;
                low = vaddw_s16(low, vget_low_s16(waiting));
                high = vaddw_high_s16(high, waiting);
            }
        }
    };
};

template <class Spec>
using WordsOf = Words<pairs_fit<typename Spec::Weights>()>;

}  // namespace neon

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
