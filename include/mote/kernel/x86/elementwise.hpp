// Element by element.
#pragma once

#include "../portable/elementwise.hpp"
#include "scale.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// The scale of all lanes.
template <class Rounding>
MOTE_INLINE Scale uniform_scale(Multiplier multiplier) {
    const __m256i value = _mm256_set1_epi32(multiplier.value);
    const __m256i half = _mm256_set1_epi64x(nudge(multiplier, true, Rounding{}));
    return {value,
            value,
            half,
            half,
            _mm256_set1_epi32(multiplier.shift > 0 ? multiplier.shift : 0),
            _mm256_set1_epi32(right_shift(multiplier, Rounding{}))};
}
constexpr ScalingFacts facts_of(Multiplier multiplier) {
    return {multiplier.shift > 0, multiplier.shift >= 0, true, false};
}

/// Calls `compute(i)` for every 32 of `count` elements, whose results are kept in `out`, and `rest`
/// for fewer.
template <class Spec, class Compute, class Rest>
MOTE_INLINE void elements(int8_t* out, int32_t count, Compute compute, Rest rest) {
    int32_t i = 0;
    for (; i + 32 <= count; i += 32)
        store(out + i, narrow<Spec>(compute(i), compute(i + 8), compute(i + 16), compute(i + 24)));
    if (i < count) rest(i, count - i);
}

/// scale(value << headroom) of eight differences of bytes: the product has 40 bits, of which the
/// headroom cuts off none but the lowest 31 - headroom.
template <class Spec>
MOTE_INLINE __m256i scaled_up(__m256i value, Multiplier multiplier, rounding::Double) {
    constexpr int cut_off = 31 - Spec::headroom;
    const int low = multiplier.value & ((1 << cut_off) - 1);
    __m256i high = _mm256_mullo_epi32(value, _mm256_set1_epi32(multiplier.value >> cut_off));
    if (low != 0)
        high = _mm256_add_epi32(
            high,
            _mm256_srai_epi32(_mm256_add_epi32(_mm256_mullo_epi32(value, _mm256_set1_epi32(low)),
                                               _mm256_set1_epi32(1 << (cut_off - 1))),
                              cut_off));
    if (multiplier.shift == 0) return high;
    const int half = 1 << (-multiplier.shift - 1);
    high = _mm256_add_epi32(high, _mm256_srai_epi32(value, 31));
    return _mm256_srai_epi32(_mm256_add_epi32(high, _mm256_set1_epi32(half)), -multiplier.shift);
}
template <class Spec>
MOTE_INLINE __m256i scaled_up(__m256i value, Multiplier multiplier, rounding::Single single) {
    return scaled(_mm256_slli_epi32(value, Spec::headroom),
                  uniform_scale<rounding::Single>(multiplier), facts_of(multiplier), single);
}

}  // namespace x86

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::x86_avx2) {
    using Rounding = typename Spec::Rounding;
    const x86::Scale sum_scale = x86::uniform_scale<Rounding>(Spec::sum_multiplier);
    constexpr x86::ScalingFacts facts{false, Spec::sum_multiplier.shift >= 0, true,
                                      Spec::range.low >= Spec::Output::Quantization::zero_point};
    const __m256i left_zero = _mm256_set1_epi32(Spec::left_zero);
    const __m256i right_zero = _mm256_set1_epi32(Spec::right_zero);
    x86::elements<Spec>(
        out, count,
        [&](int32_t i) MOTE_INLINE_LAMBDA {
            const __m256i first = x86::scaled_up<Spec>(
                _mm256_sub_epi32(x86::widen(x86::load_eight(left + i)), left_zero),
                Spec::left_multiplier, Rounding{});
            const __m256i second = x86::scaled_up<Spec>(
                _mm256_sub_epi32(x86::widen(x86::load_eight(right + i)), right_zero),
                Spec::right_multiplier, Rounding{});
            return x86::scaled(_mm256_add_epi32(first, second), sum_scale, facts, Rounding{});
        },
        [&](int32_t i, int32_t rest) MOTE_INLINE_LAMBDA {
            add<Spec>(left + i, right + i, out + i, rest, arch::portable{});
        });
    x86::keep_stores(out);
}

template <class Spec>
MOTE_NOINLINE void rescale(const int8_t* in, int8_t* out, int32_t count, arch::x86_avx2) {
    using Rounding = typename Spec::Rounding;
    const x86::Scale scale = x86::uniform_scale<Rounding>(Spec::multiplier);
    const __m256i zero = _mm256_set1_epi32(Spec::Input::Quantization::zero_point);
    x86::elements<Spec>(
        out, count,
        [&](int32_t i) MOTE_INLINE_LAMBDA {
            return x86::scaled(_mm256_sub_epi32(x86::widen(x86::load_eight(in + i)), zero), scale,
                               x86::facts_of(Spec::multiplier), Rounding{});
        },
        [&](int32_t i, int32_t rest)
            MOTE_INLINE_LAMBDA { rescale<Spec>(in + i, out + i, rest, arch::portable{}); });
    x86::keep_stores(out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
