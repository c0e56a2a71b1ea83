// x86-64 with AVX2: eight 32-bit values a register.
#pragma once

#include <stdint.h>

#include "../../detail/array.hpp"

#if MOTE_HAS_X86_AVX2

#include <immintrin.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

constexpr int lanes = 8;

constexpr int ceil_divide(int value, int divisor) { return (value + divisor - 1) / divisor; }

/// Channels are cut into blocks of eight lanes; where they do not divide evenly the last block
/// begins earlier and overlaps the one before it.
constexpr int block_count(int channels) { return ceil_divide(channels, lanes); }
constexpr int block_start(int block, int channels) {
    return channels < lanes ? 0 : detail::smaller(block * lanes, channels - lanes);
}

/// Sums, as GCC likes them: a loop that carries __m256i carries each register twice.
using Sums = int32_t __attribute__((vector_size(32)));

MOTE_INLINE __m256i integers(Sums sums) { return reinterpret_cast<__m256i>(sums); }
MOTE_INLINE Sums sums_of(__m256i integers) { return reinterpret_cast<Sums>(integers); }

MOTE_INLINE __m256i load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}
MOTE_INLINE __m128i load_half(const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
}
MOTE_INLINE void store(void* to, __m256i value) {
    _mm256_storeu_si256(static_cast<__m256i*>(to), value);
}
MOTE_INLINE void store_half(void* to, __m128i value) {
    _mm_storeu_si128(static_cast<__m128i*>(to), value);
}

/// All four bytes of a 32-bit lane, in every lane.
MOTE_INLINE __m256i broadcast(const void* from) {
    int32_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return _mm256_set1_epi32(value);
}

/// GCC 12 takes some addresses that it makes of a loop's counter for the address 0, reads no
/// further, finds the kernel to be a function without effects, and drops calls of it. This keeps
/// them. tests/kernel/stores.cpp has the reduced case.
MOTE_INLINE void keep_stores(int8_t* out) { __asm__ volatile("" : : "r"(out) : "memory"); }

MOTE_INLINE __m256i widen(__m128i bytes) { return _mm256_cvtepi8_epi32(bytes); }

MOTE_INLINE __m128i load_eight(const int8_t* from) {
    int64_t eight;
    __builtin_memcpy(&eight, from, sizeof eight);
    return _mm_cvtsi64_si128(eight);
}

}  // namespace x86

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
