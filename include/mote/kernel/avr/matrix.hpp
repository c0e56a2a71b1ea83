// Matrix times vector, for each of `points` vectors.
#pragma once

#include "../portable/products.hpp"
#include "products.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_matrix(arch::avr) {
    return avr::TableOf<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::avr) {
    avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
    for (int left = static_cast<int>(points); left > 0; --left) {
        avr::multiply_vector<Spec>(table, outputs, in);
        in += Spec::Weights::count / Spec::Weights::outputs;
    }
}

// Dense, fed by rows: the table is that of the plain kernels, whose outputs stand one by one, but
// for the biases.

template <class Spec>
constexpr const auto& pack_products(arch::avr) {
    static_assert(outputs_at_once == 1, "");
    return TableByFour<Spec, ByOutput, 128>::value;
}

namespace avr {

/// Adds the products of `count` values and the weights of an output to its sum, for each output;
/// `inputs`: weights of an output.
MOTE_NOINLINE inline void add_products(table::Pointer<int8_t> weights, const int8_t* in, int count,
                                       int inputs, int outputs, int32_t* sums) {
    for (; outputs > 0; --outputs, weights += inputs, ++sums) {
        for (int tap = 0; tap < count; tap += taps_at_once) {
            int32_t sum;
            sum_one(&sum, in + tap, detail::smaller(count - tap, taps_at_once), weights + tap);
            *sums += sum;
        }
    }
}

}  // namespace avr

template <class Spec, class Table>
MOTE_INLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                              int32_t* state, arch::avr) {
    avr::add_products(table::at(table, &table.weights[first]), in, static_cast<int>(count),
                      Spec::Weights::depth, Spec::Weights::outputs, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
