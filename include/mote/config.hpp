// The only file, beside arch.hpp, that asks about the compiler. Every macro is 0 or 1, or an
// attribute.
#pragma once

#if __cplusplus < 201402L
#error "mote needs C++17, or gnu++14 with GCC: add -std=gnu++17 to the compiler's flags"
#endif

// Before C++17 GCC accepts every construct used here but remarks on each of them; as a system
// header the library stays silent (Arduino's mbed core fixes gnu++14).
#if __cplusplus < 201703L && defined(__GNUC__)
#define MOTE_BEFORE_CPP17 1
#else
#define MOTE_BEFORE_CPP17 0
#endif

// Kernels stay functions of their own: their stack frame is gone before the next one starts.
#if defined(__GNUC__)
#define MOTE_NOINLINE __attribute__((noinline))
#define MOTE_INLINE inline __attribute__((always_inline))
#else
#define MOTE_NOINLINE
#define MOTE_INLINE inline
#endif

// AVR start-up copies .rodata to RAM: tables need the section that stays in program memory.
#if defined(__AVR__)
#define MOTE_HAS_PROGRAM_MEMORY 1
#define MOTE_FLASH __attribute__((section(".progmem.data")))
#else
#define MOTE_HAS_PROGRAM_MEMORY 0
#define MOTE_FLASH
#endif
