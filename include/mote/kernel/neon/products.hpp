// Sums of products take four taps of four outputs at a time (a `Dot`): weights stand so in the
// table, inputs are read as they are, 16 at a time. Blocks of some points by some registers of
// outputs are multiplied; their sums are scaled and stored.
#pragma once

#include <stddef.h>

#include "scale.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// Bytes of a register; four taps of four outputs.
constexpr int step_size = 16;

/// The cost of a row in blocks of `points` points, which may overlap.
template <class Dot>
constexpr int row_cost(int width, int points, int vectors) {
    return ceil_divide(width, points) * Dot::cost(points, vectors);
}
/// How many points a block has that is `vectors` registers of outputs wide.
template <class Dot>
constexpr int points_of(int width, int vectors) {
    int best = 1;
    for (int points = 2; points <= detail::smaller(width, 8); ++points)
        if (points * (vectors + 1) <= Dot::registers &&
            row_cost<Dot>(width, points, vectors) <= row_cost<Dot>(width, best, vectors))
            best = points;
    return best;
}
/// Registers of outputs that are multiplied together: 4, or 2 where that leaves fewer points over.
template <class Dot>
constexpr int vectors_of(int width) {
    return row_cost<Dot>(width, points_of<Dot>(width, 4), 4) <=
                   2 * row_cost<Dot>(width, points_of<Dot>(width, 2), 2)
               ? 4
               : 2;
}

/// Blocks of outputs whose weights stand together: as many as are multiplied together, where there
/// are so many, then two, then one by one.
struct Group {
    int first;
    int size;
};
constexpr Group group_of(int block, int vectors, int outputs) {
    const int full = outputs / lanes;
    const int even = full / vectors * vectors;
    if (block < even) return {block / vectors * vectors, vectors};
    if (full - even >= 2 && block < even + 2) return {even, 2};
    return {block, 1};
}

/// Where a point's inputs are: runs of `Length` values, `Across` runs in each of `Down` rows.
template <int Down, int Across, int32_t Length, int32_t DownStep, int32_t AcrossStep,
          int32_t PointStep>
struct Geometry {
    static constexpr int down = Down;
    static constexpr int across = Across;
    static constexpr int32_t length = Length;
    static constexpr int32_t down_step = DownStep;
    static constexpr int32_t across_step = AcrossStep;
    static constexpr int32_t point_step = PointStep;
    static constexpr int32_t taps = Down * Across * Length;
    /// Steps of four taps in a run.
    static constexpr int32_t run_steps = (Length + 3) / 4;
    static constexpr int32_t steps = Down * Across * run_steps;
};

/// Weights[groups][steps][blocks of a group][4 outputs by 4 taps], zero where there is no tap.
template <class Dot, int Vectors, int Outputs, class Geometry>
struct Steps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = step_size;
    static constexpr int32_t rows = ceil_divide(Outputs, lanes) * Geometry::steps;

    static constexpr int32_t output_of(int32_t place) {
        return Dot::output_of(detail::as_int(place));
    }
    static constexpr int32_t tap_of(int32_t place) { return Dot::tap_of(detail::as_int(place)); }
    static constexpr Row row(int32_t index) {
        const Group group = group_of(static_cast<int>(index / Geometry::steps), Vectors, Outputs);
        const int32_t in_group = index - group.first * Geometry::steps;
        const int32_t step = in_group / group.size;
        const int32_t output =
            block_start(detail::as_int(group.first + in_group % group.size), lanes, Outputs);
        const int32_t tap = step % Geometry::run_steps * 4;
        return {output, step / Geometry::run_steps * Geometry::length + tap, Outputs - output,
                Geometry::length - tap};
    }
};

template <class DotType, int Vectors, int Outputs, class GeometryType>
struct alignas(16) BlockTable {
    using Dot = DotType;
    using Geometry = GeometryType;
    using Layout = Steps<Dot, Vectors, Outputs, Geometry>;
    static constexpr int vectors = Vectors;
    static constexpr int blocks = ceil_divide(Outputs, lanes);
    static constexpr int32_t steps = Geometry::steps;

    ChannelArray<int32_t, blocks * lanes> bias;
    Scaling<blocks * lanes> scaling;
    WeightBlocks<Layout> weights;
};

/// `Count`: points that are multiplied together.
template <class Spec, class Order, class Dot, class Geometry, int Count>
struct PackedBlocks {
    using Weights = typename Spec::Weights;
    using Table = BlockTable<Dot, vectors_of<Dot>(Count), Weights::outputs, Geometry>;
    static constexpr Table value = {
        PackedBiases<Spec, Order, lanes>::value, PackedScaling<Spec, lanes>::value,
        detail::Assembled<Packed<Weights, Order, typename Table::Layout>>::value};
};

/// 4, 8, 12 or 16 inputs.
template <int Count>
MOTE_INLINE int8x16_t load_inputs(const int8_t* from) {
    if constexpr (Count == 16) return vld1q_s8(from);
    if constexpr (Count == 4) {
        int32_t four;
        __builtin_memcpy(&four, from, sizeof four);
        return vreinterpretq_s8_s32(vsetq_lane_s32(four, vdupq_n_s32(0), 0));
    }
    const int8x16_t eight = vcombine_s8(vld1_s8(from), vdup_n_s8(0));
    if constexpr (Count == 8) return eight;
    int32_t four;
    __builtin_memcpy(&four, from + 8, sizeof four);
    return vreinterpretq_s8_s32(vsetq_lane_s32(four, vreinterpretq_s32_s8(eight), 2));
}

/// Sums of `Points` points by `Vectors` registers of outputs.
template <class Dot, class Geometry, int Points, int Vectors>
struct Block {
    int32x4_t sums[static_cast<size_t>(Points)][static_cast<size_t>(Vectors)];

    template <int Four>
    MOTE_INLINE void add_step(const int8x16_t* inputs, const int8_t* weights) {
        int8x16_t factors[static_cast<size_t>(Vectors)];
        MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            factors[v] = vld1q_s8(weights + (Four * Vectors + v) * step_size);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p)
            Dot::template add_step<Four, Vectors>(sums[p], inputs[p], factors);
    }
    /// `Steps` steps, at most four.
    template <int Steps>
    MOTE_INLINE void add_steps(const int8_t* in, const int8_t*& weights) {
        int8x16_t inputs[static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p)
            inputs[p] = load_inputs<Steps * 4>(in + p * Geometry::point_step);
        add_step<0>(inputs, weights);
        if constexpr (Steps > 1) add_step<1>(inputs, weights);
        if constexpr (Steps > 2) add_step<2>(inputs, weights);
        if constexpr (Steps > 3) add_step<3>(inputs, weights);
        weights += Steps * Vectors * step_size;
    }
    MOTE_INLINE void add_run(const int8_t* in, const int8_t*& weights) {
        constexpr int rest = Geometry::run_steps % 4;
        for (int32_t step = 4; step <= Geometry::run_steps; step += 4, in += 16) {
            // GCC would keep inputs that another point needs later, and run out of registers.
            __asm__("" : "+r"(in));
            add_steps<4>(in, weights);
        }
        if constexpr (rest != 0) add_steps<rest>(in, weights);
    }
    MOTE_INLINE void add_runs(const int8_t* in, const int8_t* weights) {
        if constexpr (Geometry::down == 1 && Geometry::across == 1) return add_run(in, weights);
        // Short runs would spend their time on the loop: they come without one.
        constexpr int together =
            Geometry::across == 1 && Geometry::run_steps < 4 && Geometry::down <= 10
                ? Geometry::down
                : 1;
        for (int y = 0; y < Geometry::down; y += together) {
            for (int x = 0; x < Geometry::across; ++x) {
                MOTE_UNROLL
                for (int i = 0; i < together; ++i)
                    add_run(in + (y + i) * Geometry::down_step + x * Geometry::across_step,
                            weights);
            }
        }
    }
};

/// Multiplies the runs of `Points` points at `in` by the outputs from `block` on.
template <class Spec, int Points, int Vectors, class Table>
MOTE_INLINE void multiply_block(const Table& table, int block, const int8_t* in, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    Block<typename Table::Dot, typename Table::Geometry, Points, Vectors> products;
    MOTE_UNROLL
    for (int p = 0; p < Points; ++p) {
        MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            products.sums[p][v] = vld1q_s32(table.bias + (block + v) * lanes);
    }
    products.add_runs(in, table.weights + block * Table::steps * step_size);
    auto& sums = products.sums;
    MOTE_UNROLL
    for (int v = 0; v < Vectors; ++v) {
        const Scale scale = load_scale(table.scaling, (block + v) * lanes);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) sums[p][v] = scaled<PolicyOf<Spec>>(sums[p][v], scale);
    }
    out += block_start(block, lanes, outputs);
    MOTE_UNROLL
    for (int p = 0; p < Points; ++p) {
        int8_t* const to = out + p * outputs;
        if constexpr (Vectors == 4) {
            vst1q_s8(to, narrow<Spec>(sums[p][0], sums[p][1], sums[p][2], sums[p][3]));
        } else if constexpr (Vectors == 2) {
            vst1_s8(to, narrow<Spec>(sums[p][0], sums[p][1]));
        } else {
            const int8x8_t bytes = narrow<Spec>(sums[p][0], sums[p][0]);
            __builtin_memcpy(to, &bytes, outputs < lanes ? outputs : lanes);
        }
    }
}

template <class Spec, int Count, int Vectors, class Table>
MOTE_INLINE void multiply_group(const Table& table, int block, const int8_t* in, int8_t* out) {
    constexpr int points = points_of<typename Table::Dot>(Count, Vectors);
    for (int from = 0; from < Count; from += points) {
        const int at = detail::smaller(from, Count - points);
        multiply_block<Spec, points, Vectors>(table, block, in + at * Table::Geometry::point_step,
                                              out + at * Spec::Weights::outputs);
    }
}

/// All outputs of `Count` points.
template <class Spec, int Count, class Table>
MOTE_INLINE void multiply_points(const Table& table, const int8_t* in, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int full = outputs / lanes;
    constexpr int vectors = Table::vectors;
    for (int block = 0; block + vectors <= full; block += vectors)
        multiply_group<Spec, Count, vectors>(table, block, in, out);
    if constexpr (full % vectors >= 2)
        multiply_group<Spec, Count, 2>(table, full / vectors * vectors, in, out);
    if constexpr (full % 2 == 1) multiply_group<Spec, Count, 1>(table, full - 1, in, out);
    if constexpr (outputs % lanes != 0) multiply_group<Spec, Count, 1>(table, full, in, out);
}

}  // namespace neon

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
