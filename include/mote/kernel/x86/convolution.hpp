// Convolution.
#pragma once

#include "../../arch.hpp"
#include "pairs.hpp"
#include "products.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// The window over output column `x`, one row after the other.
template <class Spec, class Dot>
MOTE_INLINE void gather(const int8_t* const* rows, int x, typename Dot::Input* to) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    constexpr int zero = Spec::Input::Quantization::zero_point;
    const int left = x * Spec::stride_width - Spec::left;
    const bool inside =
        Spec::dilation_width == 1 && left >= 0 && left + Spec::kernel_width <= width;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) {
        if (inside && rows[ky]) {
            convert<Dot, Spec::kernel_width * channels>(rows[ky] + left * channels, to,
                                                        Spec::kernel_width * channels);
            to += Spec::kernel_width * channels;
            continue;
        }
        for (int kx = 0; kx < Spec::kernel_width; ++kx, to += channels) {
            const int column = left + kx * Spec::dilation_width;
            if (rows[ky] && column >= 0 && column < width)
                convert<Dot, channels>(rows[ky] + column * channels, to, channels);
            else
                fill_inputs<Dot, channels>(to, zero);
        }
    }
}

/// The rows under an output row with their padding, copied once for all windows that share them.
template <class Spec, class Dot>
struct PaddedRows {
    using Input = typename Dot::Input;
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int height = Spec::kernel_height;
    static constexpr int32_t run = Spec::kernel_width * channels;
    /// Columns that windows see, and those of them that are in the map.
    static constexpr int columns =
        (Spec::Output::Shape::width - 1) * Spec::stride_width + Spec::kernel_width;
    static constexpr int inside = detail::smaller(Spec::Input::Shape::width, columns - Spec::left);
    static constexpr int32_t pitch = columns * channels;
    /// Runs of the table: rows of a window, where windows overlap; else all taps are one.
    static constexpr bool serve =
        Spec::dilation_width == 1 && Spec::kernel_width > Spec::stride_width;
    static constexpr int runs = serve ? height : 1;
    using Places =
        Layout<Spec::stride_width * channels, height, ceil_divide(run, Dot::taps), pitch>;

    /// A step may read a little beyond the last run; weights are 0 there.
    alignas(32) Input inputs[height * pitch + Dot::taps];

    MOTE_INLINE explicit PaddedRows(const int8_t* const* rows) {
        constexpr int zero = Spec::Input::Quantization::zero_point;
        Input* to = inputs;
        for (int ky = 0; ky < height; ++ky, to += pitch) {
            if (!rows[ky]) {
                fill_inputs<Dot, pitch>(to, zero);
                continue;
            }
            fill_inputs<Dot, Spec::left * channels>(to, zero);
            convert<Dot, inside * channels>(rows[ky], to + Spec::left * channels,
                                            inside * channels);
            fill_inputs<Dot, (columns - inside - Spec::left) * channels>(
                to + (Spec::left + inside) * channels, zero);
        }
        fill_inputs<Dot, Dot::taps>(to, 0);
    }
};

/// The table of a convolution.
template <class Spec, class Order, class Dot>
using PackedWindows = PackedBlocks<Spec, Order, Dot, PaddedRows<Spec, Dot>::runs>;

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    using Dot = typename Table::Dot;
    constexpr int32_t width = Spec::Output::Shape::width;
    using Padded = PaddedRows<Spec, Dot>;
    if constexpr (Padded::serve) {
        const Padded padded(rows);
        multiply_points<Spec, typename Padded::Places>(table, padded.inputs, width, out);
    } else {
        constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
        constexpr int32_t count = detail::smaller(points_at_once<Table>(width), width);
        alignas(32) typename Dot::Input runs[count * Table::run];
        for (int32_t from = 0; from < width; from += count) {
            const int32_t at = detail::smaller(from, width - count);
            for (int32_t x = 0; x < count; ++x) {
                gather<Spec, Dot>(rows, at + x, runs + x * Table::run);
                fill_inputs<Dot, Table::run - taps>(runs + x * Table::run + taps, 0);
            }
            multiply_points<Spec, Gathered<Table>>(table, runs, count,
                                                   out + at * Spec::Weights::outputs);
        }
    }
}

}  // namespace x86

template <class Spec>
constexpr const auto& pack_convolution(arch::x86_avx2) {
    return x86::PackedWindows<Spec, ByOutput, x86::Pairs>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::x86_avx2) {
    x86::convolve<Spec>(table, rows, out);
    x86::keep_stores(out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
