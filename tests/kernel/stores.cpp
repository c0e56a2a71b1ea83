// The fault of GCC 12 for which kernels of x86-64 call keep_stores(). Where a loop forms an address
// as a multiple of its counter less a constant, here as GCC itself does for two arrays of one table
// whose elements differ in size, the analysis that looks for functions without effects takes that
// for an access to address 0 and reads no further: `copy` counts as pure and its call goes, at -O2
// at least. GCC 11 and clang keep it.
#include <doctest/doctest.h>

#include "mote.hpp"

#if MOTE_HAS_X86_AVX2

namespace {

struct Table {
    int32_t narrow[64];
    int64_t wide[64];
};
Table table;

template <bool Kept>
MOTE_NOINLINE void copy(int8_t* out) {
    const uintptr_t begin = reinterpret_cast<uintptr_t>(&table);
    int8_t* to = out;
    for (uintptr_t at = begin; at != begin + sizeof table.narrow; at += sizeof(int32_t)) {
        const int32_t narrow = *reinterpret_cast<const int32_t*>(at);
        const int64_t wide =
            *reinterpret_cast<const int64_t*>(2 * at - begin + sizeof table.narrow);
        *to++ = static_cast<int8_t>(narrow + wide);
    }
    if (Kept) mote::kernel::x86::keep_stores(out);
}

template <bool Kept>
int written() {
    static int8_t out[64];
    for (int i = 0; i < 64; ++i) {
        out[i] = 99;
        table.narrow[i] = 1;
        table.wide[i] = i % 50;
    }
    copy<Kept>(out);
    int right = 0;
    for (int i = 0; i < 64; ++i) right += out[i] == 1 + i % 50;
    return right;
}

}  // namespace

TEST_CASE("keep_stores keeps the stores of a function") {
    MESSAGE("without it ", written<false>(), " of 64 are kept");
    CHECK(written<true>() == 64);
}

#endif
