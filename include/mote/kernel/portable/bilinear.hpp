// Values between pixels.
#pragma once

#include <stdint.h>

#include "../../arch.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Between which inputs an output lies, and how far from the first one, in 1024ths.
struct Between {
    int32_t lower;
    int32_t upper;
    int32_t part;
};

/// How outputs lie along an axis of `size` inputs: `step` 1024ths apart, the first one at `first`.
struct Spacing {
    int32_t size;
    int32_t step;
    int32_t first;

    constexpr Between at(int32_t index) const {
        const int32_t place = index * step + first;
        const int32_t lower = place < 0 ? 0 : place / 1024;
        const int32_t next = place + 1023 < 0 ? 0 : (place + 1023) / 1024;
        return {lower, next < size - 1 ? next : size - 1, place - lower * 1024};
    }
};

/// One output row between the input rows `above` and `below`, `part` 1024ths below the first.
template <class Spec>
MOTE_NOINLINE void bilinear_row(const int8_t* above, const int8_t* below, int32_t part, int8_t* out,
                                arch::portable) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x) {
        const Between between = Spec::across.at(x);
        const int32_t left = between.lower * channels, right = between.upper * channels;
        for (int c = 0; c < channels; ++c) {
            const int32_t upper =
                above[left + c] * (1024 - between.part) + above[right + c] * between.part;
            const int32_t lower =
                below[left + c] * (1024 - between.part) + below[right + c] * between.part;
            // A mean of bytes in 2^20ths: it fits 32 bits, and so do its parts.
            const int32_t sum = upper * (1024 - part) + lower * part;
            constexpr int32_t half = int32_t{1} << 19;
            *out++ = static_cast<int8_t>((sum > 0 ? sum + half : sum - half) / (int32_t{1} << 20));
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
