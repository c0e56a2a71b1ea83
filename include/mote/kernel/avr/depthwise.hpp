// Depthwise convolution.
#pragma once

#include "convolution.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// A window's taps are counted in a byte.
template <class Spec>
constexpr bool has_depthwise() {
    return Spec::Input::Shape::channels == 1 || Spec::kernel_height * Spec::kernel_width <= 255;
}

}  // namespace avr

template <class Spec, class = detail::enable_if_t<avr::has_depthwise<Spec>()>>
constexpr const auto& pack_depthwise(arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int together = channels == 1 || channels == outputs ? 4 : 1;
    return avr::TableOf<Spec, ByTap, together, (channels == 1)>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<avr::has_depthwise<Spec>()>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int tap_count = Spec::kernel_height * Spec::kernel_width;
    if constexpr (channels == 1) {
        convolve_row<Spec>(table, rows, out, arch::avr{});
    } else {
        avr::Outputs outputs = avr::outputs_of<Spec>(table, out);
        int8_t zeros[channels];
        for (int c = 0; c < channels; ++c)
            zeros[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
        int left = -Spec::left;
        for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
            const int8_t* taps[tap_count];
            const int8_t** tap = taps;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                int column = left;
                for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
                    *tap++ = rows[ky] && column >= 0 && column < Spec::Input::Shape::width
                                 ? rows[ky] + column * channels
                                 : zeros;
            }
            outputs.bias = table::at(table, &table.bias[0]);
            outputs.scale = table::at(table, &table.scale[0]);
            avr::multiply_channels<avr::Finish<Spec>>(outputs, table::at(table, &table.weights[0]),
                                                      taps, tap_count, channels,
                                                      Spec::Weights::outputs / channels);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
