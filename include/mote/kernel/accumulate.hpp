// Layers whose output needs the whole map, fed with one row at a time: 32-bit sums do not care
// about the order. `state` holds what was added up so far.
#pragma once

#include <stddef.h>

#include "portable.hpp"

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

// Dense, fed by rows: the table is that of the plain kernels, outputs by four.

template <class Spec>
constexpr const auto& pack_products(arch::portable) {
    return TableByFour<Spec, ByOutput>::value;
}

template <int Outputs, bool Fits, class Table>
MOTE_INLINE void add_products_of(const Table& table, const int8_t* weight, const int8_t* in,
                                 int32_t count, int32_t* state) {
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = state[o];
    for (int32_t i = 0; i < count; ++i) {
        const int16_t value = in[i];
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o)
            sums[o] = plus<Fits>(sums[o], value * table::read(table, &weight[o]));
        weight += Outputs;
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) state[o] = sums[o];
}

/// Adds the products of inputs `first` to first + count - 1 to the sums of all outputs.
template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::portable) {
    constexpr int32_t inputs = Spec::Weights::depth;
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % outputs_at_once;
    int o = 0;
    for (; o < outputs - rest; o += outputs_at_once)
        add_products_of<outputs_at_once, Spec::sums_fit>(
            table, table.weights + o * inputs + first * outputs_at_once, in, count, state + o);
    if (rest > 0)
        add_products_of<(rest > 0 ? rest : 1), Spec::sums_fit>(
            table, table.weights + o * inputs + first * rest, in, count, state + o);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
