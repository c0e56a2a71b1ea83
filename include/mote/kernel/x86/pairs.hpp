// Inputs are copied to the stack in the form that the CPU multiplies (a `Dot`).
#pragma once

#include "registers.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// Two taps a lane: words. Exact, since vpmaddwd adds two products of words in 32 bits.
struct Pairs {
    using Input = int16_t;
    /// Weights beside inputs that were interleaved.
    using Factor = int16_t;
    static constexpr int taps = 2;
    /// What inputs are raised by.
    static constexpr int raised = 0;
    /// The registers of sums in a block of points and channels.
    static constexpr int registers = 10;
    static constexpr int vectors = 2;

    static MOTE_INLINE int16_t input(int value) { return static_cast<int16_t>(value); }
    static MOTE_INLINE __m256i weights(const int8_t* from) {
        return _mm256_cvtepi8_epi16(load_half(from));
    }
    static MOTE_INLINE Sums add(Sums sums, __m256i inputs, __m256i weights) {
        return sums + sums_of(_mm256_madd_epi16(inputs, weights));
    }

    static MOTE_INLINE void convert32(const int8_t* from, int16_t* to) {
        convert16(from, to);
        convert16(from + 16, to + 16);
    }
    static MOTE_INLINE void convert16(const int8_t* from, int16_t* to) {
        store(to, _mm256_cvtepi8_epi16(load_half(from)));
    }
    static MOTE_INLINE void convert8(const int8_t* from, int16_t* to) {
        store_half(to, _mm_cvtepi8_epi16(_mm_loadl_epi64(
                           static_cast<const __m128i*>(static_cast<const void*>(from)))));
    }
    static MOTE_INLINE void convert4(const int8_t* from, int16_t* to) {
        int32_t bytes;
        __builtin_memcpy(&bytes, from, sizeof bytes);
        const int64_t words = _mm_cvtsi128_si64(_mm_cvtepi8_epi16(_mm_cvtsi32_si128(bytes)));
        __builtin_memcpy(to, &words, sizeof words);
    }

    /// 32 lanes, each of the bytes that `Rows` rows have in its place.
    template <int Rows>
    static MOTE_INLINE void interleave(const int8_t* const* rows, int16_t* to) {
        for (int half = 0; half < 2; ++half, to += 32) {
            const __m128i first = load_half(rows[0] + 16 * half);
            const __m128i second =
                Rows > 1 ? load_half(rows[Rows > 1 ? 1 : 0] + 16 * half) : _mm_setzero_si128();
            store(to, _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(first, second)));
            store(to + 16, _mm256_cvtepi8_epi16(_mm_unpackhi_epi8(first, second)));
        }
    }
};

/// Copies `count` inputs, at most `Most`, in the form that is multiplied.
template <class Dot, int32_t Most>
MOTE_INLINE void convert(const int8_t* from, typename Dot::Input* to, int32_t count) {
    int32_t i = 0;
    if (Most >= 32)
        for (; i + 32 <= count; i += 32) Dot::convert32(from + i, to + i);
    if (Most >= 16 && i + 16 <= count) {
        Dot::convert16(from + i, to + i);
        i += 16;
    }
    if (Most >= 8 && i + 8 <= count) {
        Dot::convert8(from + i, to + i);
        i += 8;
    }
    if (Most >= 4 && i + 4 <= count) {
        Dot::convert4(from + i, to + i);
        i += 4;
    }
    if (Most >= 1 && i < count) to[i] = Dot::input(from[i]);
    if (Most >= 2 && i + 1 < count) to[i + 1] = Dot::input(from[i + 1]);
    if (Most >= 3 && i + 2 < count) to[i + 2] = Dot::input(from[i + 2]);
}

template <class Dot, int32_t Count>
MOTE_INLINE void fill_inputs(typename Dot::Input* to, int value) {
    if constexpr (Count < 16) {
        MOTE_UNROLL
        for (int32_t i = 0; i < Count; ++i) to[i] = Dot::input(value);
    } else {
        for (int32_t i = 0; i < Count; ++i) to[i] = Dot::input(value);
    }
}

}  // namespace x86

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
