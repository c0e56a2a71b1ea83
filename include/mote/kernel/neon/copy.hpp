// Values side by side, of a number that is known when compiling.
#pragma once

#include <stdint.h>

#include "../../config.hpp"

#if MOTE_HAS_ARM_NEON

#include <arm_neon.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

template <int32_t Count>
MOTE_INLINE void copy(const int8_t* from, int8_t* to) {
    if constexpr (Count <= 16) {
        __builtin_memcpy(to, from, Count);
    } else {
        for (int32_t i = 0; i + 16 <= Count; i += 16) vst1q_s8(to + i, vld1q_s8(from + i));
        if (Count % 16 != 0) vst1q_s8(to + (Count - 16), vld1q_s8(from + (Count - 16)));
    }
}

template <int32_t Count>
MOTE_INLINE void fill(int8_t* to, int value) {
    const int8x16_t values = vdupq_n_s8(static_cast<int8_t>(value));
    if constexpr (Count <= 16) {
        __builtin_memcpy(to, &values, Count);
    } else {
        for (int32_t i = 0; i + 16 <= Count; i += 16) vst1q_s8(to + i, values);
        if (Count % 16 != 0) vst1q_s8(to + (Count - 16), values);
    }
}

}  // namespace neon

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
