// Pools: one output row; `rows` as in convolve_row, columns outside the map do not count.
#pragma once

#include "../../arch.hpp"
#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

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

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
