// Convolution.
#pragma once

#include "../neon/convolution.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_NEON_DOT

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_neon_dot) {
    return neon::PackedWindows<Spec, ByOutput, neon::Fours>::value;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
