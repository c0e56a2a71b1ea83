// NEON with the dot-product extension: SDOT adds four products of bytes to each of four sums.
#pragma once

#include <stddef.h>

#include "../neon/products.hpp"

#if MOTE_HAS_ARM_NEON_DOT

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// Four taps a lane.
struct Fours {
    static constexpr int registers = 25;
    static constexpr int interleaved = 4;

    static constexpr int cost(int points, int vectors) {
        return points * vectors * 4 + points + vectors * 2;
    }

    static constexpr int output_of(int place) { return place / 4; }
    static constexpr int tap_of(int place) { return place % 4; }

    static MOTE_INLINE int32x4_t add(int32x4_t sums, int8x16_t left, int8x16_t right) {
        return vdotq_s32(sums, left, right);
    }

    template <int Four, int Vectors>
    static MOTE_INLINE void add_step(int32x4_t* sums, int8x16_t inputs, const int8x16_t* weights) {
        if constexpr (Vectors == 4)
            __asm__ volatile(
                "sdot %0.4s, %4.16b, %8.4b[%9]\n\t"
                "sdot %1.4s, %5.16b, %8.4b[%9]\n\t"
                "sdot %2.4s, %6.16b, %8.4b[%9]\n\t"
                "sdot %3.4s, %7.16b, %8.4b[%9]"
                : "+w"(sums[0]), "+w"(sums[1]), "+w"(sums[2]), "+w"(sums[3])
                : "w"(weights[0]), "w"(weights[1]), "w"(weights[2]), "w"(weights[3]), "w"(inputs),
                  "i"(Four));
        else
            MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            sums[v] = vdotq_laneq_s32(sums[v], weights[v], inputs, Four);
    }

    /// Eight channels of the rows under one column of a window, each channel's bytes of four rows
    /// together. Beyond the last row factors are 0.
    template <int Rows>
    struct Column {
        int8x16_t values[static_cast<size_t>((Rows + 3) / 4)][2];

        MOTE_INLINE explicit Column(int8x8_t value) {
            MOTE_UNROLL
            for (int group = 0; group < (Rows + 3) / 4; ++group)
                values[group][0] = values[group][1] = vcombine_s8(value, value);
        }
        MOTE_INLINE Column(const int8_t* const* rows, int32_t offset) {
            MOTE_UNROLL
            for (int group = 0; group < (Rows + 3) / 4; ++group) {
                const auto row = [=](int i) MOTE_INLINE_LAMBDA {
                    const int r = detail::smaller(group * 4 + i, Rows - 1);
                    return vcombine_s8(vld1_s8(rows[r] + offset), vdup_n_s8(0));
                };
                const int16x8_t top = vreinterpretq_s16_s8(vzip1q_s8(row(0), row(1)));
                const int16x8_t bottom = vreinterpretq_s16_s8(vzip1q_s8(row(2), row(3)));
                values[group][0] = vreinterpretq_s8_s16(vzip1q_s16(top, bottom));
                values[group][1] = vreinterpretq_s8_s16(vzip2q_s16(top, bottom));
            }
        }
    };

    /// The sums of eight channels.
    struct Sums {
        int32x4_t low, high;

        template <int, int, int Rows>
        MOTE_INLINE void add(const Column<Rows>& column, const int8_t* factors) {
            MOTE_UNROLL
            for (int group = 0; group < (Rows + 3) / 4; ++group) {
                low = vdotq_s32(low, column.values[group][0], vld1q_s8(factors + group * 32));
                high =
                    vdotq_s32(high, column.values[group][1], vld1q_s8(factors + group * 32 + 16));
            }
        }
    };
};

}  // namespace neon

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
