// Values side by side.
#pragma once

#include <stdint.h>

#include "../../config.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// Copies, or fills; returns what is next in `to`.
MOTE_INLINE int8_t* copy(const int8_t* from, int8_t* to, int count) {
    if (count == 0) return to;
    int8_t value;
    __asm__ volatile(
        "1:\n"
        "ld %[value], X+\n"
        "st Z+, %[value]\n"
        "sbiw %[count], 1\n"
        "brne 1b\n"
        : [count] "+w"(count), [value] "=&r"(value), "+x"(from), "+z"(to)
        :
        : "memory");
    return to;
}
MOTE_INLINE int8_t* fill(int8_t* to, int8_t value, int count) {
    for (; count > 0; --count) *to++ = value;
    return to;
}

}  // namespace avr

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
