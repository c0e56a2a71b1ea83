// Values side by side, four words at a time.
#pragma once

#include "../../arch.hpp"
#include "instructions.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

inline void copy(const int8_t* in, int8_t* out, int32_t count, arch::arm_dsp) {
    for (; count >= 16; count -= 16, in += 16, out += 16) {
        const int32_t words[] = {dsp::load_word(in), dsp::load_word(in + 4), dsp::load_word(in + 8),
                                 dsp::load_word(in + 12)};
        MOTE_UNROLL
        for (int i = 0; i < 4; ++i) __builtin_memcpy(out + 4 * i, &words[i], 4);
    }
    for (; count > 0; --count) *out++ = *in++;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
