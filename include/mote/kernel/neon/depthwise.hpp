// Depthwise convolution, eight channels at a time.
#pragma once

#include <stddef.h>

#include "convolution.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

constexpr int slice = 8;

/// Factors[blocks][columns][groups of rows][channels][rows of a group].
template <class Dot, int Channels, int Height, int Width>
struct Columns {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int groups = ceil_divide(Height, Dot::interleaved);
    static constexpr int32_t row_size = slice * Dot::interleaved;
    static constexpr int32_t rows = ceil_divide(Channels, slice) * Width * groups;

    static constexpr int32_t output_of(int32_t place) { return place / Dot::interleaved; }
    static constexpr int32_t tap_of(int32_t place) { return place % Dot::interleaved * Width; }
    static constexpr Row row(int32_t index) {
        const int32_t channel =
            block_start(detail::as_int(index / (Width * groups)), slice, Channels);
        const int32_t above = index % groups * Dot::interleaved;
        return {channel, above * Width + index / groups % Width, Channels - channel,
                (Height - above) * Width};
    }
};

template <class DotType, int Channels, int Height, int Width>
struct alignas(16) DepthwiseTable {
    using Dot = DotType;
    using Layout = Columns<Dot, Channels, Height, Width>;
    static constexpr int blocks = ceil_divide(Channels, slice);
    static constexpr int groups = Layout::groups;
    static constexpr int steps = Width * groups;
    /// Bytes of a step.
    static constexpr int size = Layout::row_size;

    ChannelArray<int32_t, blocks * slice> bias;
    Scaling<blocks * slice> scaling;
    WeightBlocks<Layout> factors;
};

template <class Spec, class Dot>
struct PackedChannels {
    using Weights = typename Spec::Weights;
    using Table = DepthwiseTable<Dot, Weights::outputs, Spec::kernel_height, Spec::kernel_width>;
    static constexpr Table value = {
        PackedBiases<Spec, ByTap, slice>::value, PackedScaling<Spec, slice>::value,
        detail::Assembled<Packed<Weights, ByTap, typename Table::Layout>>::value};
};

/// As many points as their sums leave registers for.
constexpr int depthwise_points(int width) {
    int best = 1;
    for (int points = 2; points <= detail::smaller(width, 5); ++points)
        if (ceil_divide(width, points) * (points + 1) < ceil_divide(width, best) * (best + 1))
            best = points;
    return best;
}

/// Eight channels of an output row, some points at a time: each column that their windows see is
/// loaded once.
template <class Spec, class Table>
struct DepthwiseSlice {
    using Dot = typename Table::Dot;
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int in_width = Spec::Input::Shape::width;
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr int height = Spec::kernel_height;
    static constexpr int zero = Spec::Input::Quantization::zero_point;
    static constexpr int points = depthwise_points(width);
    /// Columns that the windows of some points see, and of a row beyond the map's right end.
    static constexpr int reach = (Spec::kernel_width - 1) * Spec::dilation_width;
    static constexpr int columns = (points - 1) * Spec::stride_width + reach + 1;
    static constexpr int right =
        (width - 1) * Spec::stride_width + reach - Spec::left - in_width + 1;
    using Column = typename Dot::template Column<height>;

    typename Dot::Sums sums[static_cast<size_t>(points)];

    template <int Index, int Tap>
    MOTE_INLINE void add_tap(const Column& column, const int8_t* factors) {
        constexpr int from = Index - Tap * Spec::dilation_width;
        constexpr int point = from / Spec::stride_width;
        if constexpr (from >= 0 && from % Spec::stride_width == 0 && point < points)
            sums[point].template add<Tap, Spec::kernel_width - 1>(
                column, factors + Tap * Table::groups * Table::size);
    }
    template <int Index, int... Taps>
    MOTE_INLINE void add_column(const int8_t* const* rows, int left, const int8_t* factors,
                                detail::sequence<Taps...>) {
        // The other columns are inside for every point.
        const bool outside = (Index < Spec::left && left + Index < 0) ||
                             (Index >= columns - right && left + Index >= in_width);
        const Column column =
            outside ? Column(vdup_n_s8(zero)) : Column(rows, (left + Index) * channels);
        (add_tap<Index, Taps>(column, factors), ...);
    }
    template <int... Indices>
    MOTE_INLINE void add_columns(const int8_t* const* rows, int left, const int8_t* factors,
                                 detail::sequence<Indices...>) {
        (add_column<Indices>(rows, left, factors, detail::make_sequence_t<Spec::kernel_width>{}),
         ...);
    }

    MOTE_INLINE void compute(const Table& table, const int8_t* const* rows, int8_t* out) {
        // Stands in for rows outside the map.
        alignas(16) int8_t padding[static_cast<size_t>((in_width - 1) * channels + slice)];
        bool whole = true;
        for (int r = 0; r < height; ++r) whole = whole && rows[r];
        if (!whole) fill<sizeof(padding)>(padding, zero);
        for (int block = 0; block < Table::blocks; ++block) {
            const int slot = block * slice;
            const int channel = block_start(block, slice, channels);
            const int8_t* under[static_cast<size_t>(height)];
            MOTE_UNROLL
            for (int r = 0; r < height; ++r) under[r] = rows[r] ? rows[r] + channel : padding;
            for (int from = 0; from < width; from += points) {
                const int x = detail::smaller(from, width - points);
                MOTE_UNROLL
                for (int p = 0; p < points; ++p) {
                    sums[p].low = vld1q_s32(table.bias + slot);
                    sums[p].high = vld1q_s32(table.bias + slot + lanes);
                }
                add_columns(under, x * Spec::stride_width - Spec::left,
                            table.factors + block * Table::steps * Table::size,
                            detail::make_sequence_t<columns>{});
                const Scale low = load_scale(table.scaling, slot);
                const Scale high = load_scale(table.scaling, slot + lanes);
                MOTE_UNROLL
                for (int p = 0; p < points; ++p)
                    vst1_s8(out + (x + p) * channels + channel,
                            narrow<Spec>(scaled<PolicyOf<Spec>>(sums[p].low, low),
                                         scaled<PolicyOf<Spec>>(sums[p].high, high)));
            }
        }
    }
};

/// One input channel makes a convolution; few channels, or some outputs of each of many, are left
/// to plain C++.
template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr bool is_convolution = channels == 1;
    static constexpr bool is_sliced = channels == Spec::Weights::outputs && channels >= slice;
    static constexpr bool here = is_convolution || is_sliced;
};

template <class Spec, class Dot>
constexpr const auto& pack_any_depthwise() {
    if constexpr (Depthwise<Spec>::is_sliced)
        return PackedChannels<Spec, Dot>::value;
    else
        return PackedWindows<Spec, ByTap, Dot>::value;
}

}  // namespace neon

template <class Spec, class = detail::enable_if_t<neon::Depthwise<Spec>::here>>
constexpr const auto& pack_depthwise(arch::arm_neon) {
    return neon::pack_any_depthwise<Spec, neon::WordsOf<Spec>>();
}

template <class Spec, class Table, class = detail::enable_if_t<neon::Depthwise<Spec>::here>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_neon) {
    if constexpr (neon::Depthwise<Spec>::is_sliced) {
        neon::DepthwiseSlice<Spec, Table> slice;
        slice.compute(table, rows, out);
    } else {
        neon::convolve<Spec>(table, rows, out);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
