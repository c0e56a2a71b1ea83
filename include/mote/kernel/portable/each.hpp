// One value at a time, from one element to another.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"
#include "../../config.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Function, class From, class To>
MOTE_NOINLINE void each(const From* in, To* out, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) out[i] = Function::template of<To>(in[i]);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
