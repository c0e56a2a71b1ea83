// Depthwise convolution.
#pragma once

#include "../neon/depthwise.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_NEON_DOT

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec, class = detail::enable_if_t<neon::Depthwise<Spec>::here>>
constexpr const auto& pack_depthwise(arch::arm_neon_dot) {
    return neon::pack_any_depthwise<Spec, neon::Fours>();
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
