// Depthwise convolution: lanes are channels, and the taps of a lane are rows under one column.
#pragma once

#include <stddef.h>

#include "../portable/copy.hpp"
#include "convolution.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

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

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
