// Where along an axis the largest or smallest value stands.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"
#include "../../config.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Outputs `first` to first + count - 1 of a map that begins at `in`: of `extent` values, `inner`
/// apart, the index of the first that none exceeds (or that exceeds none).
template <bool Largest, class Element>
MOTE_NOINLINE void extreme_index(const Element* in, int32_t* out, int32_t first, int32_t count,
                                 int32_t extent, int32_t inner, arch::portable) {
    for (; count > 0; --count, ++first, ++out) {
        const Element* value = in + first / inner * extent * inner + first % inner;
        Element best = *value;
        *out = 0;
        for (int32_t index = 1; index < extent; ++index) {
            value += inner;
            if (Largest ? *value > best : *value < best) {
                best = *value;
                *out = index;
            }
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
