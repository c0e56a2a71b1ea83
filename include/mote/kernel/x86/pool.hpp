// Pools: one output row.
#pragma once

#include "../../arch.hpp"
#include "scale.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// Up to here single precision holds every sum, and tells every quotient from a whole number.
template <class Spec>
constexpr bool has_average() {
    return Spec::Input::Shape::channels >= lanes &&
           Spec::kernel_height * Spec::kernel_width <= 4096;
}

}  // namespace x86

template <class Spec, class = detail::enable_if_t<x86::has_average<Spec>()>>
MOTE_NOINLINE void average_row(const int8_t* const* rows, int8_t* out, arch::x86_avx2) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        int count = 0;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) count += rows[ky] ? to - from : 0;
        const __m256i half = _mm256_set1_epi32(count / 2);
        const __m256 divisor = _mm256_set1_ps(static_cast<float>(count));
        for (int block = 0; block < x86::block_count(channels); ++block) {
            const int c = x86::block_start(block, channels);
            x86::Sums sums{};
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    sums +=
                        x86::sums_of(x86::widen(x86::load_eight(rows[ky] + column * channels + c)));
            }
            const __m256i sum = x86::integers(sums);
            const __m256i away = _mm256_add_epi32(sum, _mm256_sign_epi32(half, sum));
            const __m256i mean =
                _mm256_cvttps_epi32(_mm256_div_ps(_mm256_cvtepi32_ps(away), divisor));
            const __m256i low = _mm256_set1_epi32(Spec::range.low);
            const __m256i high = _mm256_set1_epi32(Spec::range.high);
            const __m256i words = _mm256_permute4x64_epi64(
                _mm256_packs_epi32(_mm256_min_epi32(_mm256_max_epi32(mean, low), high), low), 0xd8);
            x86::store_block<x86::lanes>(out + c,
                                         _mm256_castsi256_si128(_mm256_packs_epi16(words, words)));
        }
    }
    x86::keep_stores(out);
}

template <class Spec, class = detail::enable_if_t<(Spec::Input::Shape::channels >= 16)>>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::x86_avx2) {
    constexpr int channels = Spec::Input::Shape::channels;
    const __m128i low = _mm_set1_epi8(static_cast<int8_t>(Spec::range.low));
    const __m128i high = _mm_set1_epi8(static_cast<int8_t>(Spec::range.high));
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int first = 0; first < channels; first += 16) {
            const int c = detail::smaller(first, channels - 16);
            __m128i largest = low;
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    largest =
                        _mm_max_epi8(largest, x86::load_half(rows[ky] + column * channels + c));
            }
            x86::store_half(out + c, _mm_min_epi8(largest, high));
        }
    }
    x86::keep_stores(out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
