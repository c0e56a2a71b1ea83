// The values under a window.
#pragma once

#include <stddef.h>

#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Copies the values under a window whose first column is `left`; the zero point where it leaves
/// the map.
template <class Spec>
MOTE_NOINLINE void copy_window(const int8_t* const* rows, int left, int8_t* window) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int8_t zero = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    for (int ky = 0; ky < Spec::kernel_height; ++ky) {
        int column = left;
        for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
            if (rows[ky] && column >= 0 && column < Spec::Input::Shape::width) {
                const int8_t* values = rows[ky] + column * channels;
                MOTE_UNROLL_FOUR
                for (int c = 0; c < channels; ++c) window[c] = values[c];
            } else {
                MOTE_UNROLL_FOUR
                for (int c = 0; c < channels; ++c) window[c] = zero;
            }
            window += channels;
        }
    }
}

/// The values under each row of a window: where they are, or copied if it leaves the map.
template <class Spec>
MOTE_INLINE void find_window(const int8_t* const* rows, int left, int8_t* window,
                             const int8_t** runs) {
    constexpr int channels = Spec::Input::Shape::channels;
    bool inside = Spec::dilation_width == 1 && left >= 0 &&
                  left + Spec::kernel_width <= Spec::Input::Shape::width;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) inside = inside && rows[ky];
    if (!inside) copy_window<Spec>(rows, left, window);
    for (int ky = 0; ky < Spec::kernel_height; ++ky)
        runs[ky] =
            inside ? rows[ky] + left * channels : window + ky * Spec::kernel_width * channels;
}

/// Copies a number of bytes that is known when compiling.
template <int Count>
MOTE_INLINE void copy_bytes(const int8_t* from, int8_t* to) {
    if (Count <= 32) {
        __builtin_memcpy(to, from, static_cast<size_t>(Count));
    } else {
        for (int i = 0; i < Count; ++i) to[i] = from[i];
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
