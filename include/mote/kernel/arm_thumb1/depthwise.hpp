// Depthwise convolution. With one input channel it is a convolution.
#pragma once

#include "convolution.hpp"

#if MOTE_HAS_ARM_THUMB1

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec, class = detail::enable_if_t<Spec::Input::Shape::channels == 1>>
constexpr const auto& pack_depthwise(arch::arm_thumb1) {
    return raised::pack<Spec, ByTap>();
}

template <class Spec, class Table, class = detail::enable_if_t<Spec::Input::Shape::channels == 1>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_thumb1) {
    convolve_row<Spec>(table, rows, out, arch::arm_thumb1{});
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
