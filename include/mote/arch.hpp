// CPUs as tags. A better CPU derives from a lesser one; a kernel is an overload on its tag, and
// what a CPU does not do better falls to its base.
#pragma once

#include "config.hpp"

namespace mote {
namespace arch {

/// Plain C++: every CPU, and the oracle that the others are tested against.
struct portable {
    static constexpr const char* name() { return "portable"; }
};

/// Arm's DSP extension: Cortex-M4, M7, M33.
struct arm_dsp : portable {
    static constexpr const char* name() { return "arm_dsp"; }
};

#if MOTE_HAS_ARM_DSP
using best = arm_dsp;
#else
using best = portable;
#endif

}  // namespace arch
}  // namespace mote
