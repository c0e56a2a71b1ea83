// Transposed convolution: each input pixel, times the weights, lands in a window of the output.
// What an output gets stands at every stride-th tap, under input pixels that go backwards.
#pragma once

#include "products.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// `Spec::Unfolded`: biases as they are, since outputs see taps of different number.
template <class Spec>
constexpr const auto& pack_transposed(arch::portable) {
    return TableByFour<typename Spec::Unfolded, ByOutput>::value;
}

/// The first tap that an output sees along one axis, and the input row or column beneath it.
struct TransposedTap {
    int tap;
    int from;
};

/// `Outputs` channels of one pixel.
template <class Spec, int Outputs, class Table>
MOTE_INLINE void multiply_transposed(const Table& table, const int8_t* weights, const int8_t* in,
                                     TransposedTap y, TransposedTap x, int first, int8_t* out) {
    using From = typename Spec::Input::Shape;
    constexpr int16_t zero = Spec::Input::Quantization::zero_point;
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = table::read(table, &table.bias[first + o]);
    for (TransposedTap row = y; row.tap < Spec::kernel_height && row.from >= 0;
         row.tap += Spec::stride_height, --row.from) {
        if (row.from >= From::height) continue;
        for (TransposedTap column = x; column.tap < Spec::kernel_width && column.from >= 0;
             column.tap += Spec::stride_width, --column.from) {
            if (column.from >= From::width) continue;
            const int8_t* values =
                in + int32_t{row.from} * From::row_size + column.from * From::channels;
            const int8_t* weight = weights + int32_t{row.tap * Spec::kernel_width + column.tap} *
                                                 From::channels * Outputs;
            for (int i = 0; i < From::channels; ++i, weight += Outputs) {
                const int16_t factor = static_cast<int16_t>(values[i] - zero);
                MOTE_UNROLL
                for (int o = 0; o < Outputs; ++o)
                    sums[o] =
                        plus<Spec::sums_fit>(sums[o], factor * table::read(table, &weight[o]));
            }
        }
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) out[o] = requantized<Spec>(table, sums[o], first + o);
}

/// Row `row` of the output; `in`: the whole map.
template <class Spec, class Table>
MOTE_NOINLINE void convolve_transposed(const Table& table, const int8_t* in, int row, int8_t* out,
                                       arch::portable) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int rest = outputs % outputs_at_once;
    constexpr int32_t inputs = Spec::Weights::count / outputs;
    const TransposedTap y = {(row + Spec::top) % Spec::stride_height,
                             (row + Spec::top) / Spec::stride_height};
    for (int column = 0; column < Spec::Output::Shape::width; ++column, out += outputs) {
        const TransposedTap x = {(column + Spec::left) % Spec::stride_width,
                                 (column + Spec::left) / Spec::stride_width};
        int o = 0;
        for (; o < outputs - rest; o += outputs_at_once)
            multiply_transposed<Spec, outputs_at_once>(table, table.weights + o * inputs, in, y, x,
                                                       o, out + o);
        if (rest > 0)
            multiply_transposed<Spec, (rest > 0 ? rest : 1)>(table, table.weights + o * inputs, in,
                                                             y, x, o, out + o);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
