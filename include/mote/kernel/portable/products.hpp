// Sums of products of four outputs at a time, the last ones by what is left. Weights stand in this
// order: outputs by four, taps, outputs of the four.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "../pack.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

constexpr int outputs_at_once = sizeof(int) < 4 ? 1 : 4;  // as far as registers go

template <class Spec, class Order, int Raised = 0, bool Flipped = false>
using TableByFour =
    PortableTable<Spec, Order,
                  InGroups<typename Spec::Weights, Order, outputs_at_once,
                           detail::larger(1, Spec::Weights::outputs % outputs_at_once), Flipped>,
                  Raised>;

/// `Runs` runs of `Length` values each times the weights of `Outputs` outputs.
template <class Spec, int Outputs, int Runs, int32_t Length, class Table>
MOTE_INLINE const int8_t* multiply_runs(const Table& table, const int8_t* const* runs,
                                        const int8_t* weight, int first, int8_t* out) {
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = table::read(table, &table.bias[first + o]);
    for (int run = 0; run < Runs; ++run) {
        const int8_t* value = runs[run];
        MOTE_UNROLL_FOUR
        for (int32_t tap = 0; tap < Length; ++tap) {
            const int16_t factor = *value++;
            MOTE_UNROLL
            for (int o = 0; o < Outputs; ++o)
                sums[o] = plus<Spec::sums_fit>(sums[o], factor * table::read(table, &weight[o]));
            weight += Outputs;
        }
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) out[o] = requantized<Spec>(table, sums[o], first + o);
    return weight;
}

template <class Spec, int Runs, int32_t Length, class Table>
MOTE_NOINLINE void multiply_all_runs(const Table& table, const int8_t* const* runs, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % outputs_at_once;
    const int8_t* weight = table.weights;
    int o = 0;
    if constexpr (outputs >= outputs_at_once)
        for (; o < outputs - rest; o += outputs_at_once)
            weight =
                multiply_runs<Spec, outputs_at_once, Runs, Length>(table, runs, weight, o, out + o);
    if constexpr (rest != 0)
        multiply_runs<Spec, rest, Runs, Length>(table, runs, weight, o, out + o);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
