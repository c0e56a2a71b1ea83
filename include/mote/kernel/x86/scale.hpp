// A register has a sum for each of eight output channels. How they become outputs.
#pragma once

#include "../pack.hpp"
#include "registers.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

/// Multipliers in the order of blocks. `nudge`: what rounds the product of a sum, first for the
/// even lanes, then for the odd ones.
template <int Slots>
struct Scaling {
    ChannelArray<int32_t, Slots> multiplier;
    ChannelArray<int64_t, Slots> nudge;
    ChannelArray<int32_t, Slots> left;
    ChannelArray<int32_t, Slots> right;
};

/// What is known about all multipliers of a layer.
struct ScalingFacts {
    /// Some sum is shifted up before it is multiplied.
    bool left;
    /// Some product is not shifted down.
    bool unshifted;
    /// Sums stay so small that the half of a shift can be added to any product.
    bool roomy;
    /// Results below the zero point are cut off, so their rounding does not show.
    bool positive;
};

template <class Spec>
struct Multiplied {
    static constexpr int64_t taps = Spec::Weights::count / Spec::Weights::outputs;
    static constexpr ScalingFacts facts{
        largest_shift<Spec>() > 0, largest_shift<Spec>() >= 0,
        largest_bias<typename Spec::Weights>() + taps * 255 * 128 < int64_t{1} << 30,
        Spec::range.low >= Spec::Output::Quantization::zero_point};
};

constexpr int64_t nudge(Multiplier multiplier, bool roomy, rounding::Double) {
    const bool half = roomy && multiplier.shift < 0;
    return (int64_t{1} << 30) + (half ? int64_t{1} << (30 - multiplier.shift) : 0);
}
constexpr int64_t nudge(Multiplier multiplier, bool, rounding::Single) {
    return int64_t{1} << (30 - multiplier.shift);
}

constexpr int right_shift(Multiplier multiplier, rounding::Double) {
    return multiplier.shift < 0 ? -multiplier.shift : 0;
}
constexpr int right_shift(Multiplier multiplier, rounding::Single) { return 31 - multiplier.shift; }

// What stands in slot `slot` of a table. `Slots`: count, and the channel of each.

template <class Spec, class Order, class Slots, int Raised>
struct SlotBias {
    static constexpr int32_t of(int32_t slot) {
        return folded_bias<Spec, Order, Raised>(Slots::channel(slot));
    }
};
template <class Spec, class Slots>
struct SlotMultiplier {
    static constexpr int32_t of(int32_t slot) {
        return multiplier_of<Spec>(Slots::channel(slot)).value;
    }
};
/// Even lanes first, then odd ones.
template <class Spec, class Slots>
struct SlotNudge {
    static constexpr int64_t of(int32_t slot) {
        return nudge(multiplier_of<Spec>(Slots::channel(slot)), Multiplied<Spec>::facts.roomy,
                     typename Spec::Rounding{});
    }
};
template <class Spec, class Slots>
struct SlotLeft {
    static constexpr int32_t of(int32_t slot) {
        return detail::larger<int32_t>(multiplier_of<Spec>(Slots::channel(slot)).shift, 0);
    }
};
template <class Spec, class Slots>
struct SlotRight {
    static constexpr int32_t of(int32_t slot) {
        return right_shift(multiplier_of<Spec>(Slots::channel(slot)), typename Spec::Rounding{});
    }
};

/// Slots in their order, or by halves of even and odd lanes; 0 beyond the last channel.
template <class What, class Slots, int Outputs, class Element, bool Halves = false>
struct PerSlot : detail::OneByOne<PerSlot<What, Slots, Outputs, Element, Halves>, Element,
                                  Slots::count, channels_at_once> {
    static constexpr Element at(int32_t place) {
        constexpr int8_t lane[lanes] = {0, 2, 4, 6, 1, 3, 5, 7};
        const int32_t slot = Halves ? place / lanes * lanes + lane[place % lanes] : place;
        return Slots::channel(slot) < Outputs ? What::of(slot) : Element{0};
    }
};

template <class Spec, class Slots>
struct PackedScaling {
    template <class What, class Element, bool Halves = false>
    using Of = detail::Assembled<PerSlot<What, Slots, Spec::Weights::outputs, Element, Halves>>;
    static constexpr Scaling<Slots::count> value = {
        Of<SlotMultiplier<Spec, Slots>, int32_t>::value,
        Of<SlotNudge<Spec, Slots>, int64_t, true>::value, Of<SlotLeft<Spec, Slots>, int32_t>::value,
        Of<SlotRight<Spec, Slots>, int32_t>::value};
};

template <class Spec, class Order, class Slots, int Raised>
using PackedBiases = detail::Assembled<
    PerSlot<SlotBias<Spec, Order, Slots, Raised>, Slots, Spec::Weights::outputs, int32_t>>;

/// What scales one block.
struct Scale {
    __m256i even, odd, even_nudge, odd_nudge, left, right;
};

template <int Slots>
MOTE_INLINE Scale load_scale(const Scaling<Slots>& scaling, int block) {
    const int slot = block * lanes;
    const __m256i even = load(scaling.multiplier + slot);
    return {even,
            _mm256_srli_epi64(even, 32),
            load(scaling.nudge + slot),
            load(scaling.nudge + slot + lanes / 2),
            load(scaling.left + slot),
            load(scaling.right + slot)};
}

MOTE_INLINE __m256i scaled(__m256i sum, const Scale& by, const ScalingFacts& facts,
                           rounding::Double) {
    if (facts.left) sum = _mm256_sllv_epi32(sum, by.left);
    const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(sum, by.even), by.even_nudge);
    const __m256i odd =
        _mm256_add_epi64(_mm256_mul_epi32(_mm256_srli_epi64(sum, 32), by.odd), by.odd_nudge);
    __m256i high = _mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), 0xaa);
    if (facts.roomy) {
        // The nudge holds the half of the shift. Halves below 0 round down: one less.
        if (!facts.positive) {
            __m256i negative = _mm256_srai_epi32(sum, 31);
            if (facts.unshifted)
                negative = _mm256_and_si256(negative,
                                            _mm256_cmpgt_epi32(by.right, _mm256_setzero_si256()));
            high = _mm256_add_epi32(high, negative);
        }
        return _mm256_srav_epi32(high, by.right);
    }
    const __m256i one = _mm256_set1_epi32(1);
    const __m256i mask = _mm256_sub_epi32(_mm256_sllv_epi32(one, by.right), one);
    const __m256i threshold =
        _mm256_add_epi32(_mm256_srli_epi32(mask, 1), _mm256_srli_epi32(high, 31));
    return _mm256_sub_epi32(_mm256_srav_epi32(high, by.right),
                            _mm256_cmpgt_epi32(_mm256_and_si256(high, mask), threshold));
}

/// Arithmetic shift of 64-bit lanes.
MOTE_INLINE __m256i shift_right(__m256i value, __m256i count) {
    const __m256i sign = _mm256_set1_epi64x(-0x7fffffffffffffff - 1);
    return _mm256_sub_epi64(_mm256_srlv_epi64(_mm256_xor_si256(value, sign), count),
                            _mm256_srlv_epi64(sign, count));
}

MOTE_INLINE __m256i scaled(__m256i sum, const Scale& by, const ScalingFacts&, rounding::Single) {
    const __m256i low = _mm256_set1_epi64x(0xffffffff);
    const __m256i even =
        shift_right(_mm256_add_epi64(_mm256_mul_epi32(sum, by.even), by.even_nudge),
                    _mm256_and_si256(by.right, low));
    const __m256i odd = shift_right(
        _mm256_add_epi64(_mm256_mul_epi32(_mm256_srli_epi64(sum, 32), by.odd), by.odd_nudge),
        _mm256_srli_epi64(by.right, 32));
    return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
}

/// Adds the zero point to words and cuts them to bytes of the layer's range.
template <class Spec>
MOTE_INLINE __m256i shifted(__m256i words) {
    return _mm256_adds_epi16(
        words, _mm256_set1_epi16(static_cast<int16_t>(Spec::Output::Quantization::zero_point)));
}
template <class Spec>
MOTE_INLINE __m256i cut(__m256i bytes) {
    if (Spec::range.low > -128)
        bytes = _mm256_max_epi8(bytes, _mm256_set1_epi8(static_cast<int8_t>(Spec::range.low)));
    if (Spec::range.high < 127)
        bytes = _mm256_min_epi8(bytes, _mm256_set1_epi8(static_cast<int8_t>(Spec::range.high)));
    return bytes;
}

/// The output bytes of four registers of scaled sums, in order.
template <class Spec>
MOTE_INLINE __m256i narrow(__m256i first, __m256i second, __m256i third, __m256i fourth) {
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    const __m256i bytes = _mm256_packs_epi16(shifted<Spec>(_mm256_packs_epi32(first, second)),
                                             shifted<Spec>(_mm256_packs_epi32(third, fourth)));
    return cut<Spec>(_mm256_permutevar8x32_epi32(bytes, order));
}

/// The same of two registers, in the lower half.
template <class Spec>
MOTE_INLINE __m128i narrow(__m256i first, __m256i second) {
    const __m256i words =
        _mm256_permute4x64_epi64(shifted<Spec>(_mm256_packs_epi32(first, second)), 0xd8);
    const __m256i bytes = _mm256_packs_epi16(words, words);
    return _mm256_castsi256_si128(cut<Spec>(_mm256_permute4x64_epi64(bytes, 0x08)));
}

/// Stores the eight bytes at the bottom, or the first `Count`.
template <int Count>
MOTE_INLINE void store_block(int8_t* to, __m128i bytes) {
    const int64_t block = _mm_cvtsi128_si64(bytes);
    __builtin_memcpy(to, &block, Count < lanes ? Count : lanes);
}

/// Narrows and stores `Count` registers, each to its own place.
template <class Spec, int Count, int Width, class Place>
MOTE_INLINE void store_apart(const __m256i* scaled, Place place) {
    static_assert(Count <= 4, "");
    const __m256i second = scaled[Count > 1 ? 1 : 0];
    if (Count <= 2) {
        const __m128i bytes = narrow<Spec>(scaled[0], second);
        store_block<Width>(place(0), bytes);
        if (Count > 1) store_block<Width>(place(1), _mm_unpackhi_epi64(bytes, bytes));
        return;
    }
    const __m256i bytes =
        narrow<Spec>(scaled[0], second, scaled[Count > 2 ? 2 : 0], scaled[Count > 3 ? 3 : 0]);
    const __m128i low = _mm256_castsi256_si128(bytes);
    const __m128i high = _mm256_extracti128_si256(bytes, 1);
    store_block<Width>(place(0), low);
    store_block<Width>(place(1), _mm_unpackhi_epi64(low, low));
    store_block<Width>(place(2), high);
    if (Count > 3) store_block<Width>(place(3), _mm_unpackhi_epi64(high, high));
}

}  // namespace x86

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
