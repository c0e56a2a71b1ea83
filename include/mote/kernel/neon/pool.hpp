// Pools: one output row.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"
#include "../../detail/array.hpp"
#include "../../detail/meta.hpp"

#if MOTE_HAS_ARM_NEON

#include <arm_neon.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

// Windows up to here: words hold every sum, and single precision tells every quotient from a whole
// number.
template <class Spec,
          class = detail::enable_if_t<(Spec::Input::Shape::channels >= 8 &&
                                       Spec::kernel_height * Spec::kernel_width <= 256)>>
MOTE_NOINLINE void average_row(const int8_t* const* rows, int8_t* out, arch::arm_neon) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        int count = 0;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) count += rows[ky] ? to - from : 0;
        const float32x4_t divisor = vdupq_n_f32(static_cast<float>(count));
        const int32x4_t half = vdupq_n_s32(count / 2);
        const auto mean = [&](int32x4_t sum) MOTE_INLINE_LAMBDA {
            const int32x4_t sign = vshrq_n_s32(sum, 31);
            const int32x4_t away = vaddq_s32(sum, vsubq_s32(veorq_s32(half, sign), sign));
            return vcvtq_s32_f32(vdivq_f32(vcvtq_f32_s32(away), divisor));
        };
        for (int first = 0; first < channels; first += 8) {
            const int c = detail::smaller(first, channels - 8);
            int16x8_t sums = vdupq_n_s16(0);
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    sums = vaddw_s8(sums, vld1_s8(rows[ky] + column * channels + c));
            }
            const int16x8_t means = vqmovn_high_s32(vqmovn_s32(mean(vmovl_s16(vget_low_s16(sums)))),
                                                    mean(vmovl_high_s16(sums)));
            vst1_s8(out + c, vmin_s8(vmax_s8(vqmovn_s16(means), vdup_n_s8(Spec::range.low)),
                                     vdup_n_s8(Spec::range.high)));
        }
    }
}

template <class Spec, class = detail::enable_if_t<(Spec::Input::Shape::channels >= 16)>>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::arm_neon) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int first = 0; first < channels; first += 16) {
            const int c = detail::smaller(first, channels - 16);
            int8x16_t largest = vdupq_n_s8(Spec::range.low);
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    largest = vmaxq_s8(largest, vld1q_s8(rows[ky] + column * channels + c));
            }
            vst1q_s8(out + c, vminq_s8(largest, vdupq_n_s8(Spec::range.high)));
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
