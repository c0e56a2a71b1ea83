// Matrix times vector, for each of `points` vectors.
#pragma once

#include <stddef.h>

#include "products.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_matrix(arch::portable) {
    return TableByFour<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::portable) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    for (; points > 0; --points, in += inputs, out += outputs)
        multiply_all_runs<Spec, 1, inputs>(table, &in, out);
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
