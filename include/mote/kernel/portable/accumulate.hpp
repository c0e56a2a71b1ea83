// Layers whose output needs the whole map, fed with one row at a time: 32-bit sums do not care
// about the order. `state` holds what was added up so far.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"
#include "../../detail/array.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

inline void start(int32_t* state, int32_t value, int count, arch::portable) {
    for (int i = 0; i < count; ++i) state[i] = value;
}

/// Adds each channel of `pixels` pixels to its sum.
MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::portable) {
    for (; pixels > 0; --pixels, in += channels)
        for (int c = 0; c < channels; ++c) state[c] += in[c];
}

/// Keeps each channel's largest value.
MOTE_NOINLINE inline void keep_largest(const int8_t* in, int pixels, int channels, int32_t* state,
                                       arch::portable) {
    for (; pixels > 0; --pixels, in += channels)
        for (int c = 0; c < channels; ++c) state[c] = detail::larger<int32_t>(state[c], in[c]);
}

/// Keeps each channel's smallest value.
MOTE_NOINLINE inline void keep_smallest(const int8_t* in, int pixels, int channels, int32_t* state,
                                        arch::portable) {
    for (; pixels > 0; --pixels, in += channels)
        for (int c = 0; c < channels; ++c) state[c] = detail::smaller<int32_t>(state[c], in[c]);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
