// Pools: one output row.
#pragma once

#include "../../arch.hpp"
#include "../../detail/array.hpp"

#if MOTE_HAS_ARM_MVE

#include <arm_mve.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

template <class Spec>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::arm_mve) {
    const int8x16_t low = vdupq_n_s8(static_cast<int8_t>(Spec::range.low));
    const int8x16_t high = vdupq_n_s8(static_cast<int8_t>(Spec::range.high));
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int c = 0; c < channels; c += 16) {
            const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(channels - c));
            int8x16_t largest = low;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                const int8_t* in = rows[ky] + (from * channels + c);
                for (int column = from; column < to; ++column, in += channels)
                    largest = vmaxq_s8(largest, vldrbq_z_s8(in, lanes));
            }
            vstrbq_p_s8(out + c, vminq_s8(largest, high), lanes);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
