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

using best = portable;

}  // namespace arch
}  // namespace mote
