// Constants in flash, and how they are read there.
#pragma once

#include <stdint.h>

#include "config.hpp"

namespace mote {
namespace table {

#if MOTE_HAS_PROGRAM_MEMORY

MOTE_INLINE int8_t read(const int8_t* address) {
    int8_t value;
    __asm__("lpm %0, Z" : "=r"(value) : "z"(address));
    return value;
}

MOTE_INLINE int32_t read(const int32_t* address) {
    uint16_t low;
    uint16_t high;
    __asm__("lpm %A0, Z+\n\tlpm %B0, Z+\n\tlpm %A1, Z+\n\tlpm %B1, Z+"
            : "=&r"(low), "=&r"(high), "+z"(address));
    return static_cast<int32_t>(low | static_cast<uint32_t>(high) << 16);
}

#else

template <class Element>
MOTE_INLINE Element read(const Element* address) {
    return *address;
}

#endif

}  // namespace table
}  // namespace mote
