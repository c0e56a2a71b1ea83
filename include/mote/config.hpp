// The only file, beside arch.hpp, that asks about the compiler. Every macro is 0 or 1, or an
// attribute.
#pragma once

// Without such a compiler mote.hpp includes nothing more, so that the sentence stands alone.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 7
#error "mote needs GCC 7 or later (or clang); this is an older GCC"
#define MOTE_HAS_COMPILER 0
#elif __cplusplus < 201402L
#error "mote needs C++17, or gnu++14 with GCC: add -std=gnu++17 to the compiler's flags"
#define MOTE_HAS_COMPILER 0
#else
#define MOTE_HAS_COMPILER 1
#endif

// Before C++17 GCC accepts every construct used here but remarks on each of them (Arduino's mbed
// core fixes gnu++14), and GCC 7 takes for unused what only one side of an `if constexpr` uses. As
// a system header the library stays silent.
#if defined(__GNUC__) && (__cplusplus < 201703L || (!defined(__clang__) && __GNUC__ < 8))
#define MOTE_SYSTEM_HEADER 1
#else
#define MOTE_SYSTEM_HEADER 0
#endif

// Kernels stay functions of their own: their stack frame is gone before the next one starts.
#if defined(__GNUC__)
#define MOTE_NOINLINE __attribute__((noinline))
#define MOTE_INLINE inline __attribute__((always_inline))
#define MOTE_INLINE_LAMBDA __attribute__((always_inline))
#define MOTE_UNREACHABLE __builtin_unreachable()
#else
#define MOTE_NOINLINE
#define MOTE_INLINE inline
#define MOTE_INLINE_LAMBDA
#define MOTE_UNREACHABLE return 0
#endif

// Unrolls the loop that follows: all of its few iterations, or four at a time.
#if defined(__AVR__)
#define MOTE_UNROLL
#define MOTE_UNROLL_FOUR
#elif defined(__clang__)
#define MOTE_UNROLL _Pragma("clang loop unroll(full)")
#define MOTE_UNROLL_FOUR _Pragma("clang loop unroll_count(4)")
#elif defined(__GNUC__)
#define MOTE_UNROLL _Pragma("GCC unroll 16")
#define MOTE_UNROLL_FOUR _Pragma("GCC unroll 4")
#else
#define MOTE_UNROLL
#define MOTE_UNROLL_FOUR
#endif

// Whether one instruction multiplies 32 bits by 32 bits to 64 bits, or two do. Older compilers for
// Xtensa do not say; the ESP8266 has none, and calls functions in its own way.
#if defined(__thumb__) && !defined(__thumb2__)
#define MOTE_HAS_LONG_MULTIPLY 0
#elif defined(__XCHAL_HAVE_MUL32_HIGH)
#define MOTE_HAS_LONG_MULTIPLY __XCHAL_HAVE_MUL32_HIGH
#elif defined(__XTENSA_CALL0_ABI__)
#define MOTE_HAS_LONG_MULTIPLY 0
#else
#define MOTE_HAS_LONG_MULTIPLY 1
#endif

// Whether adding 64 bits takes a comparison, since there is no carry.
#if (defined(__riscv) && __riscv_xlen == 32) || defined(__XTENSA__)
#define MOTE_HAS_CARRY 0
#else
#define MOTE_HAS_CARRY 1
#endif

// Whether a function can tell whether it is evaluated by the compiler.
#if defined(__clang__) ? __clang_major__ >= 9 : (defined(__GNUC__) && __GNUC__ >= 9)
#define MOTE_HAS_CONSTANT_EVALUATED 1
#else
#define MOTE_HAS_CONSTANT_EVALUATED 0
#endif

// Instruction sets that kernels are written for. Several values are loaded as one word, so the
// order of its bytes matters.
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define MOTE_LITTLE_ENDIAN 1
#else
#define MOTE_LITTLE_ENDIAN 0
#endif
#if defined(__thumb__) && !defined(__thumb2__) && defined(__GNUC__) && MOTE_LITTLE_ENDIAN
#define MOTE_HAS_ARM_THUMB1 1
#else
#define MOTE_HAS_ARM_THUMB1 0
#endif
#if defined(__ARM_FEATURE_DSP) && defined(__thumb__) && defined(__GNUC__) && MOTE_LITTLE_ENDIAN
#define MOTE_HAS_ARM_DSP 1
#else
#define MOTE_HAS_ARM_DSP 0
#endif
#if MOTE_HAS_ARM_DSP && defined(__ARM_FEATURE_MVE)
#define MOTE_HAS_ARM_MVE 1
#else
#define MOTE_HAS_ARM_MVE 0
#endif
#if defined(__AARCH64EL__) && defined(__ARM_NEON) && defined(__GNUC__)
#define MOTE_HAS_ARM_NEON 1
#else
#define MOTE_HAS_ARM_NEON 0
#endif
#if MOTE_HAS_ARM_NEON && defined(__ARM_FEATURE_DOTPROD)
#define MOTE_HAS_ARM_NEON_DOT 1
#else
#define MOTE_HAS_ARM_NEON_DOT 0
#endif
#if defined(__XTENSA__) && defined(__GNUC__) && MOTE_LITTLE_ENDIAN
#define MOTE_HAS_XTENSA 1
#else
#define MOTE_HAS_XTENSA 0
#endif
#if defined(__AVR__) && defined(__AVR_HAVE_MUL__) && defined(__AVR_HAVE_LPMX__) && defined(__GNUC__)
#define MOTE_HAS_AVR 1
#else
#define MOTE_HAS_AVR 0
#endif
#if defined(__AVX2__) && defined(__x86_64__) && defined(__GNUC__)
#define MOTE_HAS_X86_AVX2 1
#else
#define MOTE_HAS_X86_AVX2 0
#endif
#if MOTE_HAS_X86_AVX2 && defined(__AVX512VNNI__) && defined(__AVX512VL__)
#define MOTE_HAS_X86_VNNI 1
#else
#define MOTE_HAS_X86_VNNI 0
#endif

// The generation of CPU whose instructions the compiler may use unasked, as the name of a
// namespace: see arch.hpp.
#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
#define MOTE_TARGET target_vnni
#elif defined(__AVX512F__)
#define MOTE_TARGET target_avx512
#elif defined(__AVX2__)
#define MOTE_TARGET target_avx2
#elif defined(__AVX__)
#define MOTE_TARGET target_avx
#elif defined(__SSE4_1__)
#define MOTE_TARGET target_sse4
#elif defined(__ARM_FEATURE_SVE)
#define MOTE_TARGET target_sve
#elif defined(__ARM_FEATURE_DOTPROD)
#define MOTE_TARGET target_dotprod
#elif defined(__ARM_FEATURE_MVE)
#define MOTE_TARGET target_mve
#elif defined(__ARM_FEATURE_DSP)
#define MOTE_TARGET target_dsp
#elif defined(__riscv_vector)
#define MOTE_TARGET target_vector
#else
#define MOTE_TARGET target_base
#endif

// Makes a variable of a constant. GCC 12 gets a constant predicate of MVE wrong where it vectorizes
// a choice: {1, 1, 0, 0} becomes {1, 1, 1, 1}; with AVX-512, at -O3, it writes zeros where it
// vectorizes a loop over short copies.
#if (MOTE_HAS_ARM_MVE || defined(__AVX512BW__)) && !defined(__clang__)
#define MOTE_VARIABLE(value) __asm__("" : "+r"(value))
#else
#define MOTE_VARIABLE(value)
#endif

// AVR start-up copies .rodata to RAM: tables need the section that stays in program memory. GCC
// before 14 ignores a section on a member of a template.
#if defined(__AVR__)
#define MOTE_HAS_PROGRAM_MEMORY 1
#if defined(__clang__)
#define MOTE_FLASH __attribute__((section(".progmem.data")))
#else
#define MOTE_FLASH __attribute__((progmem))
#endif
#else
#define MOTE_HAS_PROGRAM_MEMORY 0
#define MOTE_FLASH
#endif

// More than 64 KB of it takes addresses of 24 bits.
#if defined(__AVR__) && defined(__AVR_HAVE_ELPMX__)
#define MOTE_HAS_FAR_PROGRAM_MEMORY 1
#else
#define MOTE_HAS_FAR_PROGRAM_MEMORY 0
#endif
