// Convolution: windows are widened on the stack.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "../portable/window.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// Widens the window of output column `x`. `whole`: no row is padding.
template <class Spec, bool Halves>
MOTE_NOINLINE void widen_window(const int8_t* const* rows, bool whole, int x, int32_t* to,
                                int step) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int run = Spec::kernel_width * channels;
    constexpr int padded = round_up(Spec::kernel_height * run, 4);
    const int left = x * Spec::stride_width - Spec::left;
    const bool inside = whole && Spec::dilation_width == 1 && left >= 0 &&
                        left <= Spec::Input::Shape::width - Spec::kernel_width;
    if (run % 4 == 0 && inside) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky)
            to = widen<Halves>(rows[ky] + left * channels, run / 4, to, step);
        return;
    }
    if (channels % 4 == 0) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && column >= 0 && column < Spec::Input::Shape::width;
                to = there ? widen<Halves>(rows[ky] + column * channels, channels / 4, to, step)
                           : fill<Halves>(Spec::Input::Quantization::zero_point, channels / 4, to,
                                          step);
            }
        }
        return;
    }
    alignas(4) int8_t window[static_cast<size_t>(padded)];
    if (inside) {
        for (int ky = 0; ky < Spec::kernel_height; ++ky)
            copy_bytes<run>(rows[ky] + left * channels, window + ky * run);
    } else {
        copy_window<Spec>(rows, left, window);
    }
    for (int tap = Spec::kernel_height * run; tap < padded; ++tap) window[tap] = 0;
    widen<Halves>(window, padded / 4, to, step);
}

/// Two outputs of several points at a time, or four of one.
template <class Spec>
constexpr int outputs_together = Spec::Output::Shape::width == 1 &&
                                         (Spec::Weights::outputs + 1) % 4 < 2
                                     ? 4
                                     : 2;

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int32_t taps =
        round_up(Spec::kernel_height * Spec::kernel_width * Spec::Input::Shape::channels, 4);
    bool whole = true;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) whole = whole && rows[ky];
    constexpr int width = Spec::Output::Shape::width;
    multiply_all<taps, largest_points(width, most_points(taps))>(
        table, out, width, [&](int32_t x, int32_t* to, int step) {
            widen_window<Spec, Table::Policy::halves>(rows, whole, x, to, step);
        });
}

}  // namespace dsp

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_dsp) {
    return dsp::TableByFourTaps<Spec, ByOutput, dsp::outputs_together<Spec>>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_dsp) {
    dsp::convolve<Spec>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
