// The tags whose kernels are tested, those that the compiler's flags allow: a line for each CPU.
// kernel/emulated.cmake has the boards, kernel/x86.cmake the flags for this machine.
#pragma once

#include "mote.hpp"

namespace kernels {

template <class... Tags>
struct Archs {};

#if MOTE_HAS_ARM_MVE
using archs = Archs<mote::arch::arm_dsp, mote::arch::arm_mve>;
#elif MOTE_HAS_ARM_DSP
using archs = Archs<mote::arch::arm_dsp>;
#elif MOTE_HAS_ARM_THUMB1
using archs = Archs<mote::arch::arm_thumb1>;
#elif MOTE_HAS_XTENSA
using archs = Archs<mote::arch::xtensa>;
#elif MOTE_HAS_ARM_NEON_DOT
using archs = Archs<mote::arch::arm_neon, mote::arch::arm_neon_dot>;
#elif MOTE_HAS_ARM_NEON
using archs = Archs<mote::arch::arm_neon>;
#elif MOTE_HAS_X86_VNNI
using archs = Archs<mote::arch::x86_avx2, mote::arch::x86_vnni>;
#elif MOTE_HAS_X86_AVX2
using archs = Archs<mote::arch::x86_avx2>;
#else
using archs = Archs<mote::arch::portable>;
#endif

/// A layer on its inputs as networks have it; the kernels of lesser CPUs take that too.
template <class Layer, class... Inputs>
using On = typename Layer::template On<mote::arch::best, Inputs...>;

/// test(tag) for each of them.
template <class Test, class... Tags>
void for_each(Archs<Tags...>, Test test) {
    (test(Tags{}), ...);
}
template <class Test>
void for_each_arch(Test test) {
    for_each(archs{}, test);
}

}  // namespace kernels
