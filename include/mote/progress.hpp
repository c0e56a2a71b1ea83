// What a network knows of its own course, beside its arena: nothing, where there is nothing to
// know.
#pragma once

#include <stdint.h>

namespace mote {

/// Counts the rows of an input that comes row by row; empty for inputs that are resident.
template <bool Pushed, class Arch>
struct RowCounter {
    int32_t pushed_rows = 0;
    void reset() { pushed_rows = 0; }
};
template <class Arch>
struct RowCounter<false, Arch> {
    void reset() {}
};

/// Whether what is kept between inferences holds something yet; empty where nothing is kept.
template <bool Lasting, class Arch>
struct Memory {
    int32_t begun = 0;
    void reset() { begun = 0; }
};
template <class Arch>
struct Memory<false, Arch> {
    void reset() {}
};

}  // namespace mote
