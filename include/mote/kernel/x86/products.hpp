// Sums of products. Every window is one run of taps; blocks of some points by some registers of
// channels are multiplied; sums are scaled and stored.
#pragma once

#include <stddef.h>

#include "scale.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace x86 {

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

}  // namespace x86

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
