// Convolution.
#pragma once

#include "products.hpp"

#if MOTE_HAS_XTENSA

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_convolution(arch::xtensa) {
    return raised::pack<Spec, ByOutput>();
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::xtensa) {
    raised::convolve_row<Spec, xtensa::Xtensa>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
