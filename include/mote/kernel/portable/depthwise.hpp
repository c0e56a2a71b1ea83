// Depthwise convolution: weights[height][width][inputs * multiplier].
#pragma once

#include <stddef.h>

#include "convolution.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// The taps of an output one after the other; of one input channel as for a convolution.
template <class Spec>
constexpr const auto& pack_depthwise(arch::portable) {
    if constexpr (Spec::Input::Shape::channels == 1)
        return TableByFour<Spec, ByTap>::value;
    else
        return PortableTable<Spec, ByTap, InGroups<typename Spec::Weights, ByTap, 1, 1>>::value;
}

/// The sums of all outputs of one pixel; value(ky, kx) is where the channels under a tap begin.
template <class Spec, class Table, class Value>
MOTE_INLINE void depthwise_pixel(const Table& table, int8_t* out, Value value) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Output::Shape::channels;
    const int8_t* weight = table.weights;
    int o = 0;
    for (int c = 0; c < channels; ++c) {
        for (int m = 0; m < outputs / channels; ++m, ++o) {
            int32_t sum = table::read(table, &table.bias[o]);
            MOTE_UNROLL_FOUR
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                MOTE_UNROLL
                for (int kx = 0; kx < Spec::kernel_width; ++kx)
                    sum = plus<Spec::sums_fit>(sum, static_cast<int16_t>(value(ky, kx)[c]) *
                                                        table::read(table, weight + kx));
                weight += Spec::kernel_width;
            }
            *out++ = requantized<Spec>(table, sum, o);
        }
    }
}

/// A pixel whose window leaves the map: taps outside read a pixel of zero points.
template <class Spec, class Table>
MOTE_NOINLINE void depthwise_border(const Table& table, const int8_t* const* rows, int left,
                                    int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    int8_t zeros[static_cast<size_t>(channels)];
    for (int c = 0; c < channels; ++c)
        zeros[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    const int8_t* taps[Spec::kernel_height][Spec::kernel_width];
    for (int ky = 0; ky < Spec::kernel_height; ++ky) {
        int column = left;
        for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
            taps[ky][kx] = rows[ky] && column >= 0 && column < Spec::Input::Shape::width
                               ? rows[ky] + column * channels
                               : zeros;
    }
    depthwise_pixel<Spec>(table, out, [&taps](int ky, int kx) { return taps[ky][kx]; });
}

/// One output row; `rows` as in convolve_row.
template <class Spec, class Table>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::portable) {
    if constexpr (Spec::Input::Shape::channels == 1)
        return convolve_row<Spec>(table, rows, out, arch::portable{});
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int reach = (Spec::kernel_width - 1) * Spec::dilation_width;
    bool whole = true;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) whole = whole && rows[ky];
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        if (whole && left >= 0 && left + reach < Spec::Input::Shape::width) {
            const int8_t* runs[Spec::kernel_height];
            for (int ky = 0; ky < Spec::kernel_height; ++ky) runs[ky] = rows[ky] + left * channels;
            depthwise_pixel<Spec>(table, out, [&runs](int ky, int kx) {
                return runs[ky] + kx * Spec::dilation_width * channels;
            });
        } else {
            depthwise_border<Spec>(table, rows, left, out);
        }
        out += Spec::Output::Shape::channels;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
