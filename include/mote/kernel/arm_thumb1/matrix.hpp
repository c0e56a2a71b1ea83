// Matrix times vector, for each of `points` vectors.
#pragma once

#include "products.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_thumb1) {
    return raised::pack<Spec, ByOutput>();
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_thumb1) {
    raised::multiply_matrix<Spec, thumb1::Thumb1>(table, in, out, points);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
