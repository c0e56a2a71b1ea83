// Matrix times vector, for each of `points` vectors.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_mve) {
    return mve::TableOf<Spec, ByOutput, 1>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_mve) {
    mve::multiply(table, in, points, out);
}

// Dense, fed by rows. Sums of products run along the inputs, so weights stay in the file's order.

namespace mve {

/// Adds the products of `count` values to the sums of `Outputs` outputs, whose weights are `taps`
/// apart.
template <int Outputs>
MOTE_INLINE void add_products(const int8_t* weights, int32_t taps, const int8_t* in, int32_t count,
                              int32_t* state) {
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = state[o];
    for (; count > 0; count -= 16, in += 16, weights += 16) {
        const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(count));
        const int8x16_t values = vldrbq_z_s8(in, lanes);
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o)
            sums[o] = vmladavaq_s8(sums[o], values, vldrbq_z_s8(weights + o * taps, lanes));
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) state[o] = sums[o];
}

MOTE_NOINLINE inline void add_products(const int8_t* weights, int32_t taps, const int8_t* in,
                                       int32_t count, int32_t outputs, int32_t* state) {
    for (; outputs >= 4; outputs -= 4, state += 4, weights += 4 * taps)
        add_products<4>(weights, taps, in, count, state);
    for (; outputs > 0; --outputs, ++state, weights += taps)
        add_products<1>(weights, taps, in, count, state);
}

}  // namespace mve

template <class Spec>
constexpr const auto& pack_products(arch::arm_mve) {
    return TableInOrder<Spec>::value;
}

template <class Spec, class Table>
MOTE_INLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                              int32_t* state, arch::arm_mve) {
    mve::add_products(table.weights + first, Spec::Weights::depth, in, count,
                      Spec::Weights::outputs, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
