// x86-64 with AVX-512's VNNI on 256-bit registers: four products of bytes a lane. One of the
// factors has no sign, so inputs are raised by 128 and biases take that back.
#pragma once

#include <stdint.h>

#include "../x86/registers.hpp"

#if MOTE_HAS_X86_VNNI

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// Four taps a lane: bytes.
struct Quads {
    using Input = uint8_t;
    using Factor = int8_t;
    static constexpr int taps = 4;
    static constexpr int raised = 128;
    static constexpr int registers = 24;
    static constexpr int vectors = 4;

    static MOTE_INLINE uint8_t input(int value) { return static_cast<uint8_t>(value + 128); }
    static MOTE_INLINE __m256i weights(const int8_t* from) { return load(from); }
    static MOTE_INLINE Sums add(Sums sums, __m256i inputs, __m256i weights) {
        return sums_of(_mm256_dpbusd_epi32(integers(sums), inputs, weights));
    }

    static MOTE_INLINE __m256i raise(__m256i values) {
        return _mm256_xor_si256(values, _mm256_set1_epi8(-128));
    }
    static MOTE_INLINE void convert32(const int8_t* from, uint8_t* to) {
        store(to, raise(load(from)));
    }
    static MOTE_INLINE void convert16(const int8_t* from, uint8_t* to) {
        store_half(to, _mm_xor_si128(load_half(from), _mm_set1_epi8(-128)));
    }
    template <class Word>
    static MOTE_INLINE void convert_word(const int8_t* from, uint8_t* to, Word signs) {
        Word word;
        __builtin_memcpy(&word, from, sizeof word);
        word ^= signs;
        __builtin_memcpy(to, &word, sizeof word);
    }
    static MOTE_INLINE void convert8(const int8_t* from, uint8_t* to) {
        convert_word(from, to, uint64_t{0x8080808080808080});
    }
    static MOTE_INLINE void convert4(const int8_t* from, uint8_t* to) {
        convert_word(from, to, uint32_t{0x80808080});
    }

    template <int Rows, int Row>
    static MOTE_INLINE __m256i part(const int8_t* const* rows) {
        if constexpr (Row < Rows) {
            // Dwords in the order in which unpacking spreads them.
            const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
            return raise(_mm256_permutevar8x32_epi32(load(rows[Row]), order));
        } else {
            return _mm256_setzero_si256();
        }
    }
    template <int Rows>
    static MOTE_INLINE void interleave(const int8_t* const* rows, uint8_t* to) {
        const __m256i first = part<Rows, 0>(rows);
        const __m256i second = part<Rows, 1>(rows);
        const __m256i third = part<Rows, 2>(rows);
        const __m256i fourth = part<Rows, 3>(rows);
        const __m256i low_top = _mm256_unpacklo_epi8(first, second);
        const __m256i high_top = _mm256_unpackhi_epi8(first, second);
        const __m256i low_bottom = _mm256_unpacklo_epi8(third, fourth);
        const __m256i high_bottom = _mm256_unpackhi_epi8(third, fourth);
        store(to, _mm256_unpacklo_epi16(low_top, low_bottom));
        store(to + 32, _mm256_unpackhi_epi16(low_top, low_bottom));
        store(to + 64, _mm256_unpacklo_epi16(high_top, high_bottom));
        store(to + 96, _mm256_unpackhi_epi16(high_top, high_bottom));
    }
};

}  // namespace x86

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
