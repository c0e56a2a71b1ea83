// Depthwise convolution.
#pragma once

#include "../x86/depthwise.hpp"
#include "products.hpp"

#if MOTE_HAS_X86_VNNI

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec, class = detail::enable_if_t<x86::has_depthwise<Spec>()>>
constexpr const auto& pack_depthwise(arch::x86_vnni) {
    return x86::pack_any_depthwise<Spec, x86::Quads>();
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
