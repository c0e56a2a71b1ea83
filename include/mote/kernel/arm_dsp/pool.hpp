// Pools: one output row.
#pragma once

#include "../../arch.hpp"
#include "../../detail/array.hpp"
#include "../../detail/meta.hpp"
#include "instructions.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// The larger of each two bytes.
MOTE_INLINE int32_t larger_bytes(int32_t left, int32_t right) {
    int32_t larger;
    __asm__("ssub8 %0, %1, %2\n\tsel %0, %1, %2" : "=&r"(larger) : "r"(left), "r"(right) : "cc");
    return larger;
}
MOTE_INLINE int32_t smaller_bytes(int32_t left, int32_t right) {
    int32_t smaller;
    __asm__("ssub8 %0, %1, %2\n\tsel %0, %2, %1" : "=&r"(smaller) : "r"(left), "r"(right) : "cc");
    return smaller;
}

constexpr int32_t four_times(int value) {
    return static_cast<int32_t>(static_cast<uint32_t>(value & 0xff) * 0x01010101U);
}

/// Four channels; `columns`: of the window, from `column` on.
template <class Spec>
MOTE_INLINE int32_t largest_of(const int8_t* const* rows, int column, int columns, int channel) {
    constexpr int channels = Spec::Input::Shape::channels;
    int32_t largest = four_times(Spec::range.low);
    MOTE_UNROLL
    for (int ky = 0; ky < Spec::kernel_height; ++ky) {
        if (!rows[ky]) continue;
        const int8_t* in = rows[ky] + (column * channels + channel);
        MOTE_UNROLL_FOUR
        for (int i = 0; i < columns; ++i, in += channels)
            largest = larger_bytes(largest, load_word(in));
    }
    return Spec::range.high == 127 ? largest : smaller_bytes(largest, four_times(Spec::range.high));
}

}  // namespace dsp

/// Four channels at a time; the last four may be some of those before them.
template <class Spec, class = detail::enable_if_t<(Spec::Input::Shape::channels >= 4)>>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::arm_dsp) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int first = 0; first < channels; first += 4) {
            const int c = detail::smaller(first, channels - 4);
            const int32_t largest = to - from == Spec::kernel_width
                                        ? dsp::largest_of<Spec>(rows, from, Spec::kernel_width, c)
                                        : dsp::largest_of<Spec>(rows, from, to - from, c);
            __builtin_memcpy(out + c, &largest, 4);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
