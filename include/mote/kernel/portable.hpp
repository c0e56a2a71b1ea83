// Every kernel in plain C++: complete, short, and the oracle that the other files are tested
// against. See kernel.hpp for what a `Spec` is.
#pragma once

#include "../arch.hpp"
#include "pack.hpp"

namespace mote {
namespace kernel {

// Convolution: weights[outputs][height][width][inputs].

template <class Spec>
constexpr auto pack_convolution(arch::portable) {
    return pack_weights<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

/// One output row. `rows`: the input row under each kernel row, null where there is padding.
template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int zero = Spec::Input::Quantization::zero_point;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        const int left = x * Spec::stride_width - Spec::left;
        const int8_t* weight = table.weights;
        for (int o = 0; o < Spec::Output::Shape::channels; ++o) {
            int32_t sum = table::read(&table.bias[o]);
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                for (int kx = 0; kx < Spec::kernel_width; ++kx, weight += channels) {
                    const int column = left + kx * Spec::dilation_width;
                    if (rows[ky] && column >= 0 && column < Spec::Input::Shape::width) {
                        const int8_t* values = rows[ky] + column * channels;
                        for (int c = 0; c < channels; ++c)
                            sum += static_cast<int16_t>(values[c]) * table::read(&weight[c]);
                    } else if (zero != 0) {
                        for (int c = 0; c < channels; ++c) sum += zero * table::read(&weight[c]);
                    }
                }
            }
            *out++ = requantized<Spec>(table, sum, o);
        }
    }
}

// Depthwise convolution: weights[height][width][inputs * multiplier].

template <class Spec>
constexpr auto pack_depthwise(arch::portable) {
    return pack_weights<Spec>(1, Spec::Weights::outputs);
}

/// One output row; `rows` as in convolve_row.
template <class Spec, class Table>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int outputs = Spec::Output::Shape::channels;
    constexpr int zero = Spec::Input::Quantization::zero_point;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        const int left = x * Spec::stride_width - Spec::left;
        int o = 0;
        for (int c = 0; c < channels; ++c) {
            for (int m = 0; m < outputs / channels; ++m, ++o) {
                int32_t sum = table::read(&table.bias[o]);
                const int8_t* weight = &table.weights[o];
                for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                    for (int kx = 0; kx < Spec::kernel_width; ++kx, weight += outputs) {
                        const int column = left + kx * Spec::dilation_width;
                        const bool inside =
                            rows[ky] && column >= 0 && column < Spec::Input::Shape::width;
                        const int16_t value = inside ? rows[ky][column * channels + c] : zero;
                        sum += value * table::read(weight);
                    }
                }
                *out++ = requantized<Spec>(table, sum, o);
            }
        }
    }
}

// Matrix times vector, for each of `points` vectors: weights[outputs][inputs].

template <class Spec>
constexpr auto pack_matrix(arch::portable) {
    return pack_weights<Spec>(Spec::Weights::count / Spec::Weights::outputs, 1);
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::portable) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    for (; points > 0; --points, in += inputs) {
        const int8_t* weight = table.weights;
        for (int o = 0; o < outputs; ++o, weight += inputs) {
            int32_t sum = table::read(&table.bias[o]);
            for (int32_t i = 0; i < inputs; ++i)
                sum += static_cast<int16_t>(in[i]) * table::read(&weight[i]);
            *out++ = requantized<Spec>(table, sum, o);
        }
    }
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
        const int32_t first = (left[i] - static_cast<int32_t>(Spec::left_zero)) << Spec::headroom;
        const int32_t second = (right[i] - static_cast<int32_t>(Spec::right_zero))
                               << Spec::headroom;
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

}  // namespace kernel
}  // namespace mote
