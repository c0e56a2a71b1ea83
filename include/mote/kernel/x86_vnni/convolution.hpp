// Convolution.
#pragma once

#include "../x86/convolution.hpp"
#include "products.hpp"

#if MOTE_HAS_X86_VNNI

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_convolution(arch::x86_vnni) {
    return x86::PackedWindows<Spec, ByOutput, x86::Quads>::value;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
