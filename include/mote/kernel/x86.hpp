// x86-64 with AVX2: eight 32-bit sums a register, one for each of eight output channels.
//
// Every product of maps and weights runs through three steps. Inputs are copied to the stack, in
// the form that the CPU multiplies (a `Dot`), each window as one run of taps; blocks of some points
// by some registers of channels are multiplied; sums are scaled and stored.
#pragma once

#include <stddef.h>

#include "../detail/integer.hpp"
#include "../detail/meta.hpp"
#include "accumulate.hpp"

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

// Scaling

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

// Products

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

template <int Outputs>
struct BlockSlots {
    static constexpr int blocks = block_count(Outputs);
    static constexpr int32_t count = blocks * lanes;
    static constexpr int32_t channel(int32_t slot) {
        return block_start(detail::as_int(slot / lanes), Outputs) + slot % lanes;
    }
};

/// Weights[blocks][steps][lanes][taps of a Dot], zero where one of `Runs` runs of taps ends inside
/// a step.
template <class Dot, int Outputs, int Runs, int32_t Taps>
struct Steps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t run_taps = Taps / Runs;
    static constexpr int32_t run_steps = (run_taps + Dot::taps - 1) / Dot::taps;
    static constexpr int32_t steps = Runs * run_steps;
    static constexpr int32_t row_size = lanes * Dot::taps;
    static constexpr int32_t rows = block_count(Outputs) * steps;

    static constexpr int32_t output_of(int32_t place) { return place / Dot::taps; }
    static constexpr int32_t tap_of(int32_t place) { return place % Dot::taps; }
    static constexpr Row row(int32_t index) {
        const int32_t output = block_start(detail::as_int(index / steps), Outputs);
        const int32_t step = index % steps;
        const int32_t tap = step % run_steps * Dot::taps;
        return {output, step / run_steps * run_taps + tap, Outputs - output, run_taps - tap};
    }
};

template <class DotType, int Outputs, int Runs, int32_t Taps>
struct alignas(32) BlockTable {
    using Dot = DotType;
    using Layout = Steps<Dot, Outputs, Runs, Taps>;
    static constexpr int32_t steps = Layout::steps;
    /// Inputs of a point on the stack.
    static constexpr int32_t run = steps * Dot::taps;
    static constexpr int32_t step_size = Layout::row_size;
    static constexpr int32_t slots = BlockSlots<Outputs>::count;

    ChannelArray<int32_t, slots> bias;
    Scaling<slots> scaling;
    WeightBlocks<Layout> weights;
};

template <class Spec, class Order, class Dot, int Runs = 1>
struct PackedBlocks {
    using Weights = typename Spec::Weights;
    using Slots = BlockSlots<Weights::outputs>;
    using Table = BlockTable<Dot, Weights::outputs, Runs, Weights::count / Weights::outputs>;
    static constexpr Table value = {
        PackedBiases<Spec, Order, Slots, Dot::raised>::value, PackedScaling<Spec, Slots>::value,
        detail::Assembled<Packed<Weights, Order, typename Table::Layout>>::value};
};

/// A block: sums of some points by some registers of channels.
struct BlockSize {
    int points;
    int vectors;

    /// What a row of `width` points costs: a product for each sum, and what loads a step's weights.
    constexpr int cost(int width) const {
        return ceil_divide(width, points) * (points * vectors + 2 * vectors);
    }
};

/// As many points as registers allow, with little waste at a row's end.
constexpr BlockSize block_of(int width, int vectors, int registers) {
    const int most = detail::smaller(detail::smaller(registers / vectors, width), 8);
    BlockSize best{1, vectors};
    for (int points = 2; points <= most; ++points)
        if (BlockSize{points, vectors}.cost(width) <= best.cost(width)) best.points = points;
    return best;
}

/// Registers of channels in a block: two with more points may load less than four.
constexpr int vectors_of(int width, int most, int registers) {
    if (most <= 2) return most;
    return 2 * block_of(width, 2, registers).cost(width) <
                   block_of(width, most, registers).cost(width)
               ? 2
               : most;
}

/// Where the inputs of points are: each point `point` inputs behind the one before it, in `runs`
/// runs of `steps` steps that are `pitch` inputs apart.
template <int32_t Point, int Runs, int32_t Steps, int32_t Pitch>
struct Layout {
    static constexpr int32_t point = Point;
    static constexpr int runs = Runs;
    static constexpr int32_t steps = Steps;
    static constexpr int32_t pitch = Pitch;
};

/// All taps of a point in one run, points one after the other.
template <class Table>
using Gathered = Layout<Table::run, 1, Table::steps, 0>;

/// Multiplies the runs of `Points` points at `in` by `Vectors` blocks of channels.
template <class Spec, class Layout, int Points, int Vectors, class Table>
MOTE_INLINE void multiply_block(const Table& table, int block, const typename Table::Dot::Input* in,
                                int8_t* out) {
    using Dot = typename Table::Dot;
    constexpr int outputs = Spec::Weights::outputs;
    // Sums that wait for themselves keep the multipliers idle.
    constexpr int most = 8 / (Points * Vectors);
    constexpr int chains = most < 1 ? 1 : (most > Layout::steps ? int{Layout::steps} : most);
    const int8_t* weights = table.weights + block * Table::steps * Table::step_size;
    Sums sums[static_cast<size_t>(chains)][static_cast<size_t>(Points)]
             [static_cast<size_t>(Vectors)];
    MOTE_UNROLL
    for (int c = 0; c < chains; ++c) {
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) {
            MOTE_UNROLL
            for (int v = 0; v < Vectors; ++v)
                sums[c][p][v] = c ? Sums{} : sums_of(load(table.bias + (block + v) * lanes));
        }
    }
    const auto step = [&](int c, int32_t s) MOTE_INLINE_LAMBDA {
        __m256i factors[static_cast<size_t>(Vectors)];
        MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            factors[v] = Dot::weights(weights + (v * Table::steps + s) * Table::step_size);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) {
            const __m256i inputs = broadcast(in + p * Layout::point + s * Dot::taps);
            MOTE_UNROLL
            for (int v = 0; v < Vectors; ++v)
                sums[c][p][v] = Dot::add(sums[c][p][v], inputs, factors[v]);
        }
    };
    constexpr int32_t even = Layout::steps / chains * chains;
    for (int run = 0; run < Layout::runs; ++run) {
        for (int32_t s = 0; s < even; s += chains) {
            MOTE_UNROLL
            for (int c = 0; c < chains; ++c) step(c, s + c);
        }
        MOTE_UNROLL
        for (int c = 0; c < Layout::steps - even; ++c) step(c, even + c);
        in += Layout::pitch;
        weights += Layout::steps * Table::step_size;
    }
    __m256i results[static_cast<size_t>(Points)][static_cast<size_t>(Vectors)];
    MOTE_UNROLL
    for (int v = 0; v < Vectors; ++v) {
        const Scale scale = load_scale(table.scaling, block + v);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) {
            MOTE_UNROLL
            for (int c = 1; c < chains; ++c) sums[0][p][v] += sums[c][p][v];
            results[p][v] = scaled(integers(sums[0][p][v]), scale, Multiplied<Spec>::facts,
                                   typename Spec::Rounding{});
        }
    }
    MOTE_UNROLL
    for (int p = 0; p < Points; ++p) {
        int8_t* const to = out + (p * outputs + block_start(block, outputs));
        if constexpr (Vectors == 4)
            store(to, narrow<Spec>(results[p][0], results[p][1], results[p][2], results[p][3]));
        else if constexpr (Vectors == 2)
            store_half(to, narrow<Spec>(results[p][0], results[p][1]));
        else
            store_block<outputs>(to, narrow<Spec>(results[p][0], results[p][0]));
    }
}

template <class Spec, class Layout, int Vectors, class Table>
MOTE_INLINE void multiply_blocks(const Table& table, int block,
                                 const typename Table::Dot::Input* in, int32_t count, int8_t* out) {
    constexpr int points =
        block_of(Spec::Output::Shape::width, Vectors, Table::Dot::registers).points;
    for (int32_t from = 0; from < count; from += points) {
        const int32_t at = detail::smaller<int32_t>(from, count - points);
        multiply_block<Spec, Layout, points, Vectors>(table, block, in + at * Layout::point,
                                                      out + at * Spec::Weights::outputs);
    }
}

/// All outputs of `count` points, at least a row of them, whose runs are at `in`.
template <class Spec, class Layout, class Table>
MOTE_INLINE void multiply_points(const Table& table, const typename Table::Dot::Input* in,
                                 int32_t count, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int full = outputs / lanes;
    constexpr int vectors =
        vectors_of(Spec::Output::Shape::width, Table::Dot::vectors, Table::Dot::registers);
    for (int block = 0; block + vectors <= full; block += vectors)
        multiply_blocks<Spec, Layout, vectors>(table, block, in, count, out);
    if constexpr (vectors > 2 && full % vectors >= 2)
        multiply_blocks<Spec, Layout, 2>(table, full / vectors * vectors, in, count, out);
    if constexpr (full % 2 == 1) multiply_blocks<Spec, Layout, 1>(table, full - 1, in, count, out);
    if constexpr (outputs % lanes != 0)
        multiply_blocks<Spec, Layout, 1>(table, full, in, count, out);
}

/// Points whose runs are on the stack at a time: some rows, or as much as fits the first cache.
template <class Table>
constexpr int32_t points_at_once(int32_t width) {
    constexpr int32_t bytes = Table::run * static_cast<int32_t>(sizeof(typename Table::Dot::Input));
    const int32_t fit = detail::larger<int32_t>(12288 / bytes, 8);
    return fit >= width ? fit / width * width : ceil_divide(width, ceil_divide(width, fit));
}

/// The window over output column `x`, one row after the other.
template <class Spec, class Dot>
MOTE_INLINE void gather(const int8_t* const* rows, int x, typename Dot::Input* to) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    constexpr int zero = Spec::Input::Quantization::zero_point;
    const int left = x * Spec::stride_width - Spec::left;
    const bool inside =
        Spec::dilation_width == 1 && left >= 0 && left + Spec::kernel_width <= width;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) {
        if (inside && rows[ky]) {
            convert<Dot, Spec::kernel_width * channels>(rows[ky] + left * channels, to,
                                                        Spec::kernel_width * channels);
            to += Spec::kernel_width * channels;
            continue;
        }
        for (int kx = 0; kx < Spec::kernel_width; ++kx, to += channels) {
            const int column = left + kx * Spec::dilation_width;
            if (rows[ky] && column >= 0 && column < width)
                convert<Dot, channels>(rows[ky] + column * channels, to, channels);
            else
                fill_inputs<Dot, channels>(to, zero);
        }
    }
}

/// The rows under an output row with their padding, copied once for all windows that share them.
template <class Spec, class Dot>
struct PaddedRows {
    using Input = typename Dot::Input;
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int height = Spec::kernel_height;
    static constexpr int32_t run = Spec::kernel_width * channels;
    /// Columns that windows see, and those of them that are in the map.
    static constexpr int columns =
        (Spec::Output::Shape::width - 1) * Spec::stride_width + Spec::kernel_width;
    static constexpr int inside = detail::smaller(Spec::Input::Shape::width, columns - Spec::left);
    static constexpr int32_t pitch = columns * channels;
    /// Runs of the table: rows of a window, where windows overlap; else all taps are one.
    static constexpr bool serve =
        Spec::dilation_width == 1 && Spec::kernel_width > Spec::stride_width;
    static constexpr int runs = serve ? height : 1;
    using Places =
        Layout<Spec::stride_width * channels, height, ceil_divide(run, Dot::taps), pitch>;

    /// A step may read a little beyond the last run; weights are 0 there.
    alignas(32) Input inputs[height * pitch + Dot::taps];

    MOTE_INLINE explicit PaddedRows(const int8_t* const* rows) {
        constexpr int zero = Spec::Input::Quantization::zero_point;
        Input* to = inputs;
        for (int ky = 0; ky < height; ++ky, to += pitch) {
            if (!rows[ky]) {
                fill_inputs<Dot, pitch>(to, zero);
                continue;
            }
            fill_inputs<Dot, Spec::left * channels>(to, zero);
            convert<Dot, inside * channels>(rows[ky], to + Spec::left * channels,
                                            inside * channels);
            fill_inputs<Dot, (columns - inside - Spec::left) * channels>(
                to + (Spec::left + inside) * channels, zero);
        }
        fill_inputs<Dot, Dot::taps>(to, 0);
    }
};

/// The table of a convolution.
template <class Spec, class Order, class Dot>
using PackedWindows = PackedBlocks<Spec, Order, Dot, PaddedRows<Spec, Dot>::runs>;

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    using Dot = typename Table::Dot;
    constexpr int32_t width = Spec::Output::Shape::width;
    using Padded = PaddedRows<Spec, Dot>;
    if constexpr (Padded::serve) {
        const Padded padded(rows);
        multiply_points<Spec, typename Padded::Places>(table, padded.inputs, width, out);
    } else {
        constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
        constexpr int32_t count = detail::smaller(points_at_once<Table>(width), width);
        alignas(32) typename Dot::Input runs[count * Table::run];
        for (int32_t from = 0; from < width; from += count) {
            const int32_t at = detail::smaller(from, width - count);
            for (int32_t x = 0; x < count; ++x) {
                gather<Spec, Dot>(rows, at + x, runs + x * Table::run);
                fill_inputs<Dot, Table::run - taps>(runs + x * Table::run + taps, 0);
            }
            multiply_points<Spec, Gathered<Table>>(table, runs, count,
                                                   out + at * Spec::Weights::outputs);
        }
    }
}

// Depthwise: lanes are channels, and the taps of a lane are rows under one column.

/// Channels that are interleaved at a time.
constexpr int slice_of(int channels) { return channels < 32 ? channels : 32; }

/// The channel that block `block` begins with: slices, and blocks in a slice, both overlap.
constexpr int depthwise_start(int block, int channels) {
    const int slice = slice_of(channels);
    const int blocks = block_count(slice);
    return detail::smaller(block / blocks * slice, channels - slice) +
           block_start(block % blocks, slice);
}

template <int Channels>
struct DepthwiseSlots {
    static constexpr int blocks =
        ceil_divide(Channels, slice_of(Channels)) * block_count(slice_of(Channels));
    static constexpr int32_t count = blocks * lanes;
    static constexpr int32_t channel(int32_t slot) {
        return depthwise_start(detail::as_int(slot / lanes), Channels) + slot % lanes;
    }
};

/// Factors[blocks][columns][groups of rows][lanes][rows in a group].
template <class Dot, int Channels, int Height, int Width>
struct Columns {
    using Element = typename Dot::Factor;
    static constexpr bool flipped = false;
    static constexpr int groups = ceil_divide(Height, Dot::taps);
    static constexpr int32_t row_size = lanes * Dot::taps;
    static constexpr int32_t rows = DepthwiseSlots<Channels>::blocks * Width * groups;

    static constexpr int32_t output_of(int32_t place) { return place / Dot::taps; }
    static constexpr int32_t tap_of(int32_t place) { return place % Dot::taps * Width; }
    static constexpr Row row(int32_t index) {
        const int32_t channel = depthwise_start(detail::as_int(index / (Width * groups)), Channels);
        const int32_t above = index % groups * Dot::taps;
        return {channel, above * Width + index / groups % Width, Channels - channel,
                (Height - above) * Width};
    }
};

template <class DotType, int Channels, int Height, int Width>
struct alignas(32) DepthwiseTable {
    using Dot = DotType;
    using Layout = Columns<Dot, Channels, Height, Width>;
    static constexpr int blocks = DepthwiseSlots<Channels>::blocks;
    static constexpr int groups = Layout::groups;
    static constexpr int step_size = Layout::row_size;

    ChannelArray<int32_t, blocks * lanes> bias;
    Scaling<blocks * lanes> scaling;
    WeightBlocks<Layout> factors;
};

template <class Spec, class Dot>
struct PackedChannels {
    using Weights = typename Spec::Weights;
    using Slots = DepthwiseSlots<Weights::outputs>;
    using Table = DepthwiseTable<Dot, Weights::outputs, Spec::kernel_height, Spec::kernel_width>;
    static constexpr Table value = {
        PackedBiases<Spec, ByTap, Slots, Dot::raised>::value, PackedScaling<Spec, Slots>::value,
        detail::Assembled<Packed<Weights, ByTap, typename Table::Layout>>::value};
};

/// Interleaves `Count` bytes of each of `Rows` rows; `steps`: 0 for rows that are padding.
template <class Dot, int Rows, int Count>
MOTE_INLINE void interleave(const int8_t* const* rows, const int32_t* steps,
                            typename Dot::Input* to) {
    const int8_t* places[static_cast<size_t>(Rows)];
    if constexpr (Count >= 32) {
        for (int32_t i = 0; i < Count; i += 32) {
            const int32_t at = detail::smaller<int32_t>(i, Count - 32);
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) places[r] = rows[r] + (at & steps[r]);
            Dot::template interleave<Rows>(places, to + at * Dot::taps);
        }
    } else {
        alignas(32) int8_t copies[static_cast<size_t>(Rows)][32];
        for (int r = 0; r < Rows; ++r) {
            __builtin_memcpy(copies[r], rows[r], Count);
            __builtin_memset(copies[r] + Count, 0, 32 - Count);
            places[r] = copies[r];
        }
        alignas(32) typename Dot::Input inputs[32 * Dot::taps];
        Dot::template interleave<Rows>(places, inputs);
        __builtin_memcpy(to, inputs, sizeof(typename Dot::Input) * Count * Dot::taps);
    }
}

/// A slice of channels of one output row.
template <class Spec, class Table>
struct DepthwiseSlice {
    using Dot = typename Table::Dot;
    using Input = typename Dot::Input;
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int slice = slice_of(channels);
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr int left = Spec::left;
    /// Columns that the windows of a row see, padding included.
    static constexpr int columns =
        (width - 1) * Spec::stride_width + (Spec::kernel_width - 1) * Spec::dilation_width + 1;
    static constexpr int inside = detail::smaller(Spec::Input::Shape::width, columns - left);
    static constexpr int groups = Table::groups;
    /// Inputs of a group of rows, and room for a block that begins at the last channel.
    static constexpr int32_t plane = (columns * slice + lanes) * Dot::taps;

    alignas(32) Input inputs[static_cast<size_t>(groups * plane)];
    alignas(32) int8_t padding[32];

    /// Lanes of padding around the columns of the map.
    MOTE_INLINE void surround() {
        constexpr int zero = Spec::Input::Quantization::zero_point;
        fill(padding, static_cast<int8_t>(zero), 32, arch::portable{});
        constexpr int right = left + inside;
        for (int g = 0; g < groups; ++g) {
            Input* to = inputs + g * plane;
            fill_inputs<Dot, left * slice * Dot::taps>(to, zero);
            fill_inputs<Dot, ((columns - right) * slice + lanes) * Dot::taps>(
                to + right * slice * Dot::taps, zero);
        }
    }

    template <int Group>
    MOTE_INLINE void interleave_group(const int8_t* const* rows, int channel) {
        constexpr int first = Group * Dot::taps;
        constexpr int count = detail::smaller(Spec::kernel_height - first, Dot::taps);
        const int8_t* places[static_cast<size_t>(count)];
        int32_t steps[static_cast<size_t>(count)];
        for (int r = 0; r < count; ++r) {
            const int8_t* row = rows[first + r];
            places[r] = row ? row + channel : padding;
            steps[r] = row ? -1 : 0;
        }
        Input* to = inputs + Group * plane + left * slice * Dot::taps;
        if constexpr (slice == channels) {
            interleave<Dot, count, inside * slice>(places, steps, to);
        } else {
            for (int x = 0; x < inside; ++x, to += slice * Dot::taps) {
                interleave<Dot, count, slice>(places, steps, to);
                for (int r = 0; r < count; ++r) places[r] += channels & steps[r];
            }
        }
    }
    template <int... Groups>
    MOTE_INLINE void interleave_rows(const int8_t* const* rows, int channel,
                                     detail::sequence<Groups...>) {
        (interleave_group<Groups>(rows, channel), ...);
    }

    /// `Points` columns of one block.
    template <int Points>
    MOTE_INLINE void multiply(const Table& table, int block, int offset, int x, int8_t* out) const {
        constexpr int steps = Spec::kernel_width * groups;
        const auto* factors = table.factors + block * steps * Table::step_size;
        const Input* in = inputs + (x * Spec::stride_width * slice + offset) * Dot::taps;
        Sums sums[static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) sums[p] = sums_of(load(table.bias + block * lanes));
        for (int kx = 0; kx < Spec::kernel_width; ++kx) {
            MOTE_UNROLL
            for (int g = 0; g < groups; ++g) {
                const __m256i factor = load(factors + (kx * groups + g) * Table::step_size);
                MOTE_UNROLL
                for (int p = 0; p < Points; ++p)
                    sums[p] = Dot::add(sums[p],
                                       load(in + g * plane +
                                            (kx * Spec::dilation_width + p * Spec::stride_width) *
                                                slice * Dot::taps),
                                       factor);
            }
        }
        const Scale scale = load_scale(table.scaling, block);
        __m256i results[static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p)
            results[p] = scaled(integers(sums[p]), scale, Multiplied<Spec>::facts,
                                typename Spec::Rounding{});
        store_apart<Spec, Points, channels>(results, [&](int p) { return out + p * channels; });
    }

    MOTE_INLINE void compute(const Table& table, const int8_t* const* rows, int8_t* out) {
        constexpr int blocks = block_count(slice);
        constexpr int points = block_of(width, 1, 4).points;
        surround();
        for (int s = 0; s < ceil_divide(channels, slice); ++s) {
            const int channel = detail::smaller(s * slice, channels - slice);
            interleave_rows(rows, channel, detail::make_sequence_t<groups>{});
            for (int b = 0; b < blocks; ++b) {
                const int offset = block_start(b, slice);
                for (int from = 0; from < width; from += points) {
                    const int x = detail::smaller(from, width - points);
                    multiply<points>(table, s * blocks + b, offset, x,
                                     out + x * channels + channel + offset);
                }
            }
        }
    }
};

}  // namespace x86

// The kernels

template <class Spec>
constexpr const auto& pack_convolution(arch::x86_avx2) {
    return x86::PackedWindows<Spec, ByOutput, x86::Pairs>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::x86_avx2) {
    x86::convolve<Spec>(table, rows, out);
    x86::keep_stores(out);
}

namespace x86 {

/// One input channel makes a convolution; some outputs of each of many are left to plain C++.
template <class Spec>
constexpr bool has_depthwise() {
    return Spec::Input::Shape::channels == 1 ||
           Spec::Input::Shape::channels == Spec::Weights::outputs;
}

template <class Spec, class Dot>
constexpr const auto& pack_any_depthwise() {
    if constexpr (Spec::Input::Shape::channels == 1)
        return PackedWindows<Spec, ByTap, Dot>::value;
    else
        return PackedChannels<Spec, Dot>::value;
}

}  // namespace x86

template <class Spec, class = detail::enable_if_t<x86::has_depthwise<Spec>()>>
constexpr const auto& pack_depthwise(arch::x86_avx2) {
    return x86::pack_any_depthwise<Spec, x86::Pairs>();
}

template <class Spec, class Table, class = detail::enable_if_t<x86::has_depthwise<Spec>()>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::x86_avx2) {
    if constexpr (Spec::Input::Shape::channels == 1) {
        x86::convolve<Spec>(table, rows, out);
    } else {
        x86::DepthwiseSlice<Spec, Table> slice;
        slice.compute(table, rows, out);
    }
    x86::keep_stores(out);
}

template <class Spec>
constexpr const auto& pack_matrix(arch::x86_avx2) {
    return x86::PackedBlocks<Spec, ByOutput, x86::Pairs>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::x86_avx2) {
    using Dot = typename Table::Dot;
    constexpr int32_t inputs = Spec::Weights::count / Spec::Weights::outputs;
    constexpr int32_t most =
        detail::smaller<int32_t>(x86::points_at_once<Table>(Spec::Output::Shape::width),
                                 Spec::Output::Shape::width * Spec::Output::Shape::height);
    alignas(32) typename Dot::Input runs[most * Table::run];
    // No row is read twice: outputs may have taken the place of inputs in the rows before them.
    constexpr bool whole_rows = most >= Spec::Output::Shape::width;
    for (int32_t from = 0; from < points; from += most) {
        const int32_t count = whole_rows ? detail::smaller(most, points - from) : most;
        const int32_t at = detail::smaller(from, points - count);
        if (inputs == Table::run) {
            x86::convert<Dot, most * inputs>(in + at * inputs, runs, count * inputs);
        } else {
            for (int32_t p = 0; p < count; ++p) {
                x86::convert<Dot, inputs>(in + (at + p) * inputs, runs + p * Table::run, inputs);
                x86::fill_inputs<Dot, Table::run - inputs>(runs + p * Table::run + inputs, 0);
            }
        }
        x86::multiply_points<Spec, x86::Gathered<Table>>(table, runs, count,
                                                         out + at * Spec::Weights::outputs);
    }
    x86::keep_stores(out);
}

// Element by element, and pools

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

MOTE_INLINE __m256i widen(__m128i bytes) { return _mm256_cvtepi8_epi32(bytes); }

/// Calls `compute(i)` for every 32 of `count` elements, whose results are kept in `out`, and `rest`
/// for fewer.
template <class Spec, class Compute, class Rest>
MOTE_INLINE void elements(int8_t* out, int32_t count, Compute compute, Rest rest) {
    int32_t i = 0;
    for (; i + 32 <= count; i += 32)
        store(out + i, narrow<Spec>(compute(i), compute(i + 8), compute(i + 16), compute(i + 24)));
    if (i < count) rest(i, count - i);
}

MOTE_INLINE __m128i load_eight(const int8_t* from) {
    int64_t eight;
    __builtin_memcpy(&eight, from, sizeof eight);
    return _mm_cvtsi64_si128(eight);
}

}  // namespace x86

namespace x86 {

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

// Layers that are fed row by row

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::x86_avx2) {
    int c = 0;
    for (; c + x86::lanes <= channels; c += x86::lanes) {
        x86::Sums sums = x86::sums_of(x86::load(state + c));
        for (int p = 0; p < pixels; ++p)
            sums += x86::sums_of(x86::widen(x86::load_eight(in + p * channels + c)));
        x86::store(state + c, x86::integers(sums));
    }
    for (; c < channels; ++c)
        for (int p = 0; p < pixels; ++p) state[c] += in[p * channels + c];
}

/// Sums of products run along the inputs, so weights stay in the file's order.
template <class Spec>
constexpr const auto& pack_products(arch::x86_avx2) {
    return TableInOrder<Spec>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::x86_avx2) {
    for (int o = 0; o < Spec::Weights::outputs; ++o) {
        const int8_t* weights = table.weights + o * Spec::Weights::depth + first;
        x86::Sums sums{};
        int32_t i = 0;
        for (; i + 16 <= count; i += 16)
            sums = x86::Pairs::add(sums, x86::Pairs::weights(in + i),
                                   x86::Pairs::weights(weights + i));
        int32_t sum = state[o];
        for (int lane = 0; lane < x86::lanes; ++lane) sum += sums[lane];
        for (; i < count; ++i) sum += in[i] * weights[i];
        state[o] = sum;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
