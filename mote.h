// The Arduino front door: a sketch includes <mote.h> and needs no include path.
#pragma once

#if __cplusplus < 201402L
#error \
    "mote needs C++17 (or C++14 with GCC); this board's core asks for less. \
Arduino: put compiler.cpp.extra_flags=-std=gnu++17 into platform.local.txt beside its platform.txt. \
PlatformIO: set build_unflags = -std=gnu++11 and build_flags = -std=gnu++17."
#else
#include "include/mote.hpp"
#endif
