// Convolution.
#pragma once

#include "products.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_thumb1) {
    return raised::pack<Spec, ByOutput>();
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_thumb1) {
    raised::convolve_row<Spec, thumb1::Thumb1>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
