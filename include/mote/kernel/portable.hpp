// Every kernel in plain C++: complete, short, and the oracle that the other files are tested
// against. See kernel.hpp for what a `Spec` is.
#pragma once

#include <stddef.h>

#include "../arch.hpp"
#include "pack.hpp"

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

// Sums of products of four outputs at a time, the last ones by what is left. Weights stand in this
// order: outputs by four, taps, outputs of the four.

constexpr int outputs_at_once = sizeof(int) < 4 ? 1 : 4;  // as far as registers go

template <class Spec, class Order, int Raised = 0, bool Flipped = false>
using TableByFour =
    PortableTable<Spec, Order,
                  InGroups<typename Spec::Weights, Order, outputs_at_once,
                           detail::larger(1, Spec::Weights::outputs % outputs_at_once), Flipped>,
                  Raised>;

/// `Runs` runs of `Length` values each times the weights of `Outputs` outputs.
template <class Spec, int Outputs, int Runs, int32_t Length, class Table>
MOTE_INLINE const int8_t* multiply_runs(const Table& table, const int8_t* const* runs,
                                        const int8_t* weight, int first, int8_t* out) {
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = table::read(table, &table.bias[first + o]);
    for (int run = 0; run < Runs; ++run) {
        const int8_t* value = runs[run];
        MOTE_UNROLL_FOUR
        for (int32_t tap = 0; tap < Length; ++tap) {
            const int16_t factor = *value++;
            MOTE_UNROLL
            for (int o = 0; o < Outputs; ++o)
                sums[o] = plus<Spec::sums_fit>(sums[o], factor * table::read(table, &weight[o]));
            weight += Outputs;
        }
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) out[o] = requantized<Spec>(table, sums[o], first + o);
    return weight;
}

template <class Spec, int Runs, int32_t Length, class Table>
MOTE_NOINLINE void multiply_all_runs(const Table& table, const int8_t* const* runs, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % outputs_at_once;
    const int8_t* weight = table.weights;
    int o = 0;
    if constexpr (outputs >= outputs_at_once)
        for (; o < outputs - rest; o += outputs_at_once)
            weight =
                multiply_runs<Spec, outputs_at_once, Runs, Length>(table, runs, weight, o, out + o);
    if constexpr (rest != 0)
        multiply_runs<Spec, rest, Runs, Length>(table, runs, weight, o, out + o);
}

// Convolution.

template <class Spec>
constexpr const auto& pack_convolution(arch::portable) {
    return TableByFour<Spec, ByOutput>::value;
}

/// One output row. `rows`: the input row under each kernel row, null where there is padding.
template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::portable) {
    constexpr int run = Spec::kernel_width * Spec::Input::Shape::channels;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * run];
        const int8_t* runs[Spec::kernel_height];
        find_window<Spec>(rows, left, window, runs);
        multiply_all_runs<Spec, Spec::kernel_height, run>(table, runs, out);
        out += Spec::Output::Shape::channels;
    }
}

// Convolution in groups: each output sees the channels of its group alone.

template <class Spec>
constexpr const auto& pack_groups(arch::portable) {
    return TableInOrder<Spec>::value;
}

/// One output row; `rows` as in convolve_row.
template <class Spec, class Table>
MOTE_NOINLINE void convolve_groups(const Table& table, const int8_t* const* rows, int8_t* out,
                                   arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Output::Shape::channels;
    constexpr int depth = static_cast<int>(Spec::Weights::depth);
    constexpr int together = outputs / (channels / depth);
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        int8_t window[Spec::kernel_height * Spec::kernel_width * channels];
        copy_window<Spec>(rows, left, window);
        const int8_t* weight = table.weights;
        for (int o = 0; o < outputs; ++o) {
            const int8_t* tap = window + o / together * depth;
            int32_t sum = table::read(table, &table.bias[o]);
            for (int k = 0; k < Spec::kernel_height * Spec::kernel_width; ++k, tap += channels)
                for (int i = 0; i < depth; ++i)
                    sum = plus<Spec::sums_fit>(
                        sum, static_cast<int16_t>(tap[i]) * table::read(table, weight++));
            *out++ = requantized<Spec>(table, sum, o);
        }
    }
}

// Depthwise convolution: weights[height][width][inputs * multiplier].

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

// Matrix times vector, for each of `points` vectors.

template <class Spec>
constexpr const auto& pack_matrix(arch::portable) {
    return TableByFour<Spec, ByOutput>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::portable) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    for (; points > 0; --points, in += inputs, out += outputs)
        multiply_all_runs<Spec, 1, inputs>(table, &in, out);
}

// Pools: one output row; `rows` as in convolve_row, columns outside the map do not count.

/// sum / count, half away from zero.
constexpr int32_t rounded_quotient(int32_t sum, int32_t count) {
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}

template <class Spec>
MOTE_NOINLINE void average_row(const int8_t* const* rows, int8_t* out, arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int c = 0; c < channels; ++c) {
            int32_t sum = 0;
            int32_t count = 0;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    sum += rows[ky][column * channels + c];
                count += to - from;
            }
            *out++ = clamp(rounded_quotient(sum, count), Spec::range.low, Spec::range.high);
        }
    }
}

template <class Spec>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int c = 0; c < channels; ++c) {
            int8_t largest = -128;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    largest = detail::larger(largest, rows[ky][column * channels + c]);
            }
            *out++ = clamp(largest, Spec::range.low, Spec::range.high);
        }
    }
}

// Element by element; `out` may be one of the inputs.

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::portable) {
    using Rounding = typename Spec::Rounding;
    for (int32_t i = 0; i < count; ++i) {
        const int32_t first =
            (left[i] - static_cast<int32_t>(Spec::left_zero)) * (int32_t{1} << Spec::headroom);
        const int32_t second =
            (right[i] - static_cast<int32_t>(Spec::right_zero)) * (int32_t{1} << Spec::headroom);
        const int32_t sum =
            scale(first, Spec::left_multiplier.value, Spec::left_multiplier.shift, Rounding{}) +
            scale(second, Spec::right_multiplier.value, Spec::right_multiplier.shift, Rounding{});
        out[i] =
            clamp(scale(sum, Spec::sum_multiplier.value, Spec::sum_multiplier.shift, Rounding{}) +
                      Spec::Output::Quantization::zero_point,
                  Spec::range.low, Spec::range.high);
    }
}

template <class Spec>
MOTE_NOINLINE void rescale(const int8_t* in, int8_t* out, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) {
        const int32_t value = in[i] - static_cast<int32_t>(Spec::Input::Quantization::zero_point);
        out[i] = clamp(scale(value, Spec::multiplier.value, Spec::multiplier.shift,
                             typename Spec::Rounding{}) +
                           Spec::Output::Quantization::zero_point,
                       Spec::range.low, Spec::range.high);
    }
}

inline void copy(const int8_t* in, int8_t* out, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) out[i] = in[i];
}

inline void fill(int8_t* out, int8_t value, int32_t count, arch::portable) {
    for (int32_t i = 0; i < count; ++i) out[i] = value;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
