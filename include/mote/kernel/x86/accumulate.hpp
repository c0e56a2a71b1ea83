// Sums over the map, fed by rows.
#pragma once

#include "../../arch.hpp"
#include "registers.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::x86_avx2) {
    int c = 0;
    for (; c + x86::lanes <= channels; c += x86::lanes) {
        x86::Sums sums = x86::sums_of(x86::load(state + c));
        for (int p = 0; p < pixels; ++p)
            sums += x86::sums_of(x86::widen(x86::load_eight(in + p * channels + c)));
        x86::store(state + c, x86::integers(sums));
    }
    for (; c < channels; ++c)
        for (int p = 0; p < pixels; ++p) state[c] += in[p * channels + c];
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
