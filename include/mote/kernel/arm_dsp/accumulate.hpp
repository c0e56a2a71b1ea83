// Means over the map, fed by rows: 16-bit sums of a row hold 255 pixels.
#pragma once

#include "../portable/accumulate.hpp"
#include "instructions.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_dsp) {
    if (channels % 4 != 0 || pixels > 255)
        return add_pixels(in, pixels, channels, state, arch::portable{});
    for (int c = 0; c < channels; c += 4, in += 4, state += 4) {
        int32_t even = 0;
        int32_t odd = 0;
        const int8_t* values = in;
        for (int pixel = 0; pixel < pixels; ++pixel, values += channels) {
            const int32_t word = dsp::load_word(values);
            even = __sxtab16(even, word);
            __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(odd) : "r"(odd), "r"(word));
        }
        state[0] += static_cast<int16_t>(even);
        state[1] += static_cast<int16_t>(odd);
        state[2] += even >> 16;
        state[3] += odd >> 16;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
