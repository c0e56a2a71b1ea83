// Transposed convolution.
#pragma once

#include "../phases.hpp"
#include "convolution.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace phases {

struct ArmMve {
    template <class Spec>
    static constexpr const auto& pack() {
        return pack_convolution<Spec>(arch::arm_mve{});
    }
    template <class Spec, class Table>
    static MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
        convolve_row<Spec>(table, rows, out, arch::arm_mve{});
    }
};

}  // namespace phases

template <class Spec, class = detail::enable_if_t<phases::serve<Spec>()>>
constexpr const auto& pack_transposed(arch::arm_mve) {
    return phases::pack<Spec, phases::ArmMve>();
}

template <class Spec, class Table, class = detail::enable_if_t<phases::serve<Spec>()>>
MOTE_NOINLINE void convolve_transposed(const Table& table, const int8_t* in, int row, int8_t* out,
                                       arch::arm_mve) {
    phases::convolve_transposed(table, in, row, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
