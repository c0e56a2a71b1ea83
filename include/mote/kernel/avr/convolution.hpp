// Convolution.
#pragma once

#include "../../arch.hpp"
#include "../portable/window.hpp"
#include "copy.hpp"
#include "products.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// The values under a window: of each row `inside` from `first`, and zero points around them.
MOTE_NOINLINE inline void copy_rows(const int8_t* const* rows, uint8_t height, int before,
                                    int inside, int after, int first, int8_t zero, int8_t* window) {
    for (; height > 0; --height) {
        const int8_t* row = *rows++;
        if (row) {
            window = fill(window, zero, before);
            window = copy(row + first, window, inside);
            window = fill(window, zero, after);
        } else {
            window = fill(window, zero, before + inside + after);
        }
    }
}

/// The values under a window side by side: where they are, if possible.
template <class Spec>
MOTE_INLINE const int8_t* find_values(const int8_t* const* rows, int left, int8_t* window) {
    if constexpr (Spec::dilation_width != 1 || Spec::kernel_height > 255) {
        copy_window<Spec>(rows, left, window);
    } else {
        constexpr int channels = Spec::Input::Shape::channels;
        constexpr int width = Spec::Input::Shape::width;
        if (Spec::kernel_height == 1 && rows[0] && left >= 0 && left + Spec::kernel_width <= width)
            return rows[0] + left * channels;
        const int from = detail::smaller(detail::larger(left, 0), width);
        const int to = detail::smaller(left + Spec::kernel_width, width);
        const int inside = detail::larger(to - from, 0);
        const int before = detail::smaller(detail::larger(-left, 0), Spec::kernel_width);
        copy_rows(rows, Spec::kernel_height, before * channels, inside * channels,
                  (Spec::kernel_width - before - inside) * channels, from * channels,
                  static_cast<int8_t>(Spec::Input::Quantization::zero_point), window);
    }
    return window;
}

}  // namespace avr

template <class Spec>
constexpr const auto& pack_convolution(arch::avr) {
    return avr::TableOf<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::avr) {
    constexpr int run = Spec::kernel_width * Spec::Input::Shape::channels;
    avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * run];
        avr::multiply_vector<Spec>(table, outputs, avr::find_values<Spec>(rows, left, window));
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
