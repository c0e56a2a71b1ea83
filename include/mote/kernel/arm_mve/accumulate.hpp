// Sums over the map, fed by rows.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"

#if MOTE_HAS_ARM_MVE

#include <arm_mve.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_mve) {
    for (int rest = channels; rest > 0; rest -= 4, in += 4, state += 4) {
        const mve_pred16_t lanes = vctp32q(static_cast<uint32_t>(rest));
        int32x4_t sums = vldrwq_z_s32(state, lanes);
        const int8_t* values = in;
        for (int pixel = 0; pixel < pixels; ++pixel, values += channels)
            sums = vaddq_s32(sums, vldrbq_z_s32(values, lanes));
        vstrwq_p_s32(state, sums, lanes);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
