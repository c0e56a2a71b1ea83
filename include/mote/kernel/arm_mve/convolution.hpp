// Convolution: windows are copied to the stack.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "../portable/window.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

template <int Count>
MOTE_INLINE void copy(const int8_t* from, int8_t* to) {
    if (Count <= 16) return copy_bytes<Count>(from, to);
    for (int rest = Count; rest > 0; rest -= 16, from += 16, to += 16) {
        const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(rest));
        vstrbq_p_s8(to, vldrbq_z_s8(from, lanes), lanes);
    }
}

MOTE_INLINE void fill(int8_t* to, int value, int count) {
    const int8x16_t values = vdupq_n_s8(static_cast<int8_t>(value));
    for (; count > 0; count -= 16, to += 16)
        vstrbq_p_s8(to, values, vctp8q(static_cast<uint32_t>(count)));
}

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    alignas(8) int8_t padding[static_cast<size_t>(channels)];
    fill(padding, Spec::Input::Quantization::zero_point, channels);
    // Weights are 0 beyond the last value, whatever stands there.
    int8_t window[round_up(Spec::kernel_height * run, 16)];
    for (int tap = Spec::kernel_height * run; tap < static_cast<int>(sizeof(window)); ++tap)
        window[tap] = 0;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t* to = window;
        const bool inside = Spec::dilation_width == 1 && left >= 0 &&
                            left + Spec::kernel_width <= Spec::Input::Shape::width;
        for (int ky = 0; ky < Spec::kernel_height; ++ky, to += run) {
            if (inside && rows[ky]) {
                copy<run>(rows[ky] + left * channels, to);
                continue;
            }
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && column >= 0 && column < Spec::Input::Shape::width;
                copy<channels>(there ? rows[ky] + column * channels : padding, to + kx * channels);
            }
        }
        multiply(table, window, 1, out);
        out += Spec::Output::Shape::channels;
    }
}

}  // namespace mve

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_mve) {
    return mve::TableOf<Spec, ByOutput, 16>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_mve) {
    mve::convolve<Spec>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
