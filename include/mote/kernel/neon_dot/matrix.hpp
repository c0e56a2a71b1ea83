// Matrix times vector.
#pragma once

#include "../neon/matrix.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_NEON_DOT

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_neon_dot) {
    return neon::Points<Spec>::template Packed<neon::Fours>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::arm_neon_dot) {
    neon::add_products<Spec, neon::Fours>(table.weights + first, in, count, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
