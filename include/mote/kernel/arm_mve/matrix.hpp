// Matrix times vector, for each of `points` vectors.
#pragma once

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

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
