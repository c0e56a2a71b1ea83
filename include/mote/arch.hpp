// CPUs as tags. A better CPU derives from a lesser one; a kernel is an overload on its tag, and
// what a CPU does not do better falls to its base.
//
// Tags and kernels stand in a namespace that is named after what the compiler may use. So two
// sources that are compiled with other flags share no code, whatever CPU their networks name: the
// linker would keep one copy for both, and a plain source would run vector instructions.
#pragma once

#include "config.hpp"

namespace mote {
namespace arch {
inline namespace MOTE_TARGET {

/// Plain C++: every CPU, and the oracle that the others are tested against.
struct portable {
    static constexpr const char* name() { return "portable"; }
};

/// Arm's first Thumb instruction set: Cortex-M0, M0+.
struct arm_thumb1 : portable {
    using Base = portable;
    static constexpr const char* name() { return "arm_thumb1"; }
};

/// Arm's DSP extension: Cortex-M4, M7, M33.
struct arm_dsp : portable {
    using Base = portable;
    static constexpr const char* name() { return "arm_dsp"; }
};

/// Arm's vector extension for microcontrollers (Helium): Cortex-M55, M85.
struct arm_mve : arm_dsp {
    using Base = arm_dsp;
    static constexpr const char* name() { return "arm_mve"; }
};

/// AArch64: Cortex-A53, A72 and every other with vectors (NEON).
struct arm_neon : portable {
    using Base = portable;
    static constexpr const char* name() { return "arm_neon"; }
};

/// The same with the dot-product extension: Cortex-A55, A76 and later.
struct arm_neon_dot : arm_neon {
    using Base = arm_neon;
    static constexpr const char* name() { return "arm_neon_dot"; }
};

/// Xtensa: ESP8266, ESP32.
struct xtensa : portable {
    using Base = portable;
    static constexpr const char* name() { return "xtensa"; }
};

/// 8-bit AVR with a multiplier: ATmega.
struct avr : portable {
    using Base = portable;
    static constexpr const char* name() { return "avr"; }
};

/// x86-64 with AVX2.
struct x86_avx2 : portable {
    using Base = portable;
    static constexpr const char* name() { return "x86_avx2"; }
};

/// The same with AVX-512's VNNI, on registers of 256 bits.
struct x86_vnni : x86_avx2 {
    using Base = x86_avx2;
    static constexpr const char* name() { return "x86_vnni"; }
};

#if MOTE_HAS_ARM_MVE
using best = arm_mve;
#elif MOTE_HAS_ARM_DSP
using best = arm_dsp;
#elif MOTE_HAS_ARM_NEON_DOT
using best = arm_neon_dot;
#elif MOTE_HAS_ARM_NEON
using best = arm_neon;
#elif MOTE_HAS_X86_VNNI
using best = x86_vnni;
#elif MOTE_HAS_X86_AVX2
using best = x86_avx2;
#elif MOTE_HAS_ARM_THUMB1
using best = arm_thumb1;
#elif MOTE_HAS_XTENSA
using best = xtensa;
#elif MOTE_HAS_AVR
using best = avr;
#else
using best = portable;
#endif

}  // namespace MOTE_TARGET
}  // namespace arch
}  // namespace mote
