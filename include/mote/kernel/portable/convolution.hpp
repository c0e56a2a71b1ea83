// Convolution.
#pragma once

#include "products.hpp"
#include "window.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

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

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
