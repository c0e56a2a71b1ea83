// Values side by side.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

inline void copy(const int8_t* in, int8_t* out, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) out[i] = in[i];
}

inline void fill(int8_t* out, int8_t value, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) out[i] = value;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
