// Pools: tap by tap, all channels at once.
#pragma once

#include "../../arch.hpp"
#include "../../detail/array.hpp"
#include "copy.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// Keeps the larger of each two of `count` values.
MOTE_NOINLINE inline void keep_larger(const int8_t* in, int8_t* out, int count) {
    int8_t value;
    int8_t largest;
    __asm__ volatile(
        "1:\n"
        "ld %[value], X+\n"
        "ld %[largest], Z\n"
        "cp %[largest], %[value]\n"
        "brge 2f\n"
        "mov %[largest], %[value]\n"
        "2:\n"
        "st Z+, %[largest]\n"
        "sbiw %[count], 1\n"
        "brne 1b\n"
        : [count] "+w"(count), [value] "=&r"(value), [largest] "=&r"(largest), "+x"(in), "+z"(out)
        :
        : "memory");
}

}  // namespace avr

template <class Spec>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::avr) {
    constexpr int channels = Spec::Input::Shape::channels;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        avr::fill(out, static_cast<int8_t>(Spec::range.low), channels);
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            if (!rows[ky]) continue;
            const int8_t* in = rows[ky] + from * channels;
            for (int column = from; column < to; ++column, in += channels)
                avr::keep_larger(in, out, channels);
        }
        if (Spec::range.high < 127)
            for (int c = 0; c < channels; ++c)
                out[c] = detail::smaller<int8_t>(out[c], Spec::range.high);
        out += channels;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
