// Layers whose output needs the whole map, fed with one row at a time: 32-bit sums do not care
// about the order. `state` holds what was added up so far.
#pragma once

#include "portable.hpp"

namespace mote {
namespace kernel {

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

/// Adds the products of inputs `first` to first + count - 1 to the sums of all outputs.
template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::portable) {
    constexpr int32_t inputs = Spec::Weights::depth;
    const int8_t* weight = table.weights + first;
    for (int o = 0; o < Spec::Weights::outputs; ++o, weight += inputs) {
        int32_t sum = state[o];
        for (int32_t i = 0; i < count; ++i)
            sum += static_cast<int16_t>(in[i]) * table::read(&weight[i]);
        state[o] = sum;
    }
}

}  // namespace kernel
}  // namespace mote
