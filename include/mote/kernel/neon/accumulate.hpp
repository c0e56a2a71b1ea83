// Sums over the map, fed by rows.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"
#include "../../detail/array.hpp"

#if MOTE_HAS_ARM_NEON

#include <arm_neon.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_neon) {
    int c = 0;
    for (; c + 8 <= channels; c += 8) {
        int32x4_t low = vld1q_s32(state + c);
        int32x4_t high = vld1q_s32(state + c + 4);
        const int8_t* from = in + c;
        for (int first = 0; first < pixels; first += 256) {
            // Words hold the sum of 256 bytes.
            int16x8_t sums = vdupq_n_s16(0);
            for (int p = detail::smaller(pixels - first, 256); p > 0; --p, from += channels)
                sums = vaddw_s8(sums, vld1_s8(from));
            low = vaddw_s16(low, vget_low_s16(sums));
            high = vaddw_high_s16(high, sums);
        }
        vst1q_s32(state + c, low);
        vst1q_s32(state + c + 4, high);
    }
    for (; c < channels; ++c)
        for (int p = 0; p < pixels; ++p) state[c] += in[p * channels + c];
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
