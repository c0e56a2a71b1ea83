// Matrix times vector, for each of `points` vectors.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "copy.hpp"
#include "products.hpp"
#include "words.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// A matrix takes its points row by row, since a row of outputs may take the place of inputs before
/// it. Narrow rows are copied to the stack, some together; others are read where they are, unless
/// the number of inputs is no multiple of four.
template <class Spec>
struct Points {
    static constexpr int outputs = Spec::Weights::outputs;
    static constexpr int32_t inputs = Spec::Weights::count / outputs;
    static constexpr int32_t step = (inputs + 3) / 4 * 4;
    static constexpr int row = Spec::Output::Shape::width;
    static constexpr int height = Spec::Output::Shape::height;
    static constexpr int rows = row > 2 ? 1 : detail::smaller(8 / row, height);
    static constexpr int together = rows * row;

    template <class Dot>
    using Packed = PackedBlocks<Spec, ByOutput, Dot, Geometry<1, 1, inputs, 0, 0, step>, together>;

    template <int Count, class Table>
    static MOTE_INLINE void multiply_copied(const Table& table, const int8_t* in, int8_t* out) {
        alignas(16) int8_t copies[static_cast<size_t>(Count * step)];
        if constexpr (inputs == step) {
            copy<Count * step>(in, copies);
        } else {
            for (int p = 0; p < Count; ++p) {
                copy<inputs>(in + p * inputs, copies + p * step);
                fill<step - inputs>(copies + p * step + inputs, 0);
            }
        }
        multiply_points<Spec, Count>(table, copies, out);
    }

    template <class Table>
    static MOTE_INLINE void multiply(const Table& table, const int8_t* in, int8_t* out,
                                     int32_t points) {
        if constexpr (rows > 1)
            for (; points >= together;
                 points -= together, in += together * inputs, out += together * outputs)
                multiply_copied<together>(table, in, out);
        for (; points > 0; points -= row, in += row * inputs, out += row * outputs) {
            if constexpr (inputs == step)
                multiply_points<Spec, row>(table, in, out);
            else
                multiply_copied<row>(table, in, out);
        }
    }
};

}  // namespace neon

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_neon) {
    return neon::Points<Spec>::template Packed<neon::WordsOf<Spec>>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_neon) {
    neon::Points<Spec>::multiply(table, in, out, points);
}

// Dense, fed by rows.

/// Sums of products run along the inputs, so weights stay in the file's order.
template <class Spec>
constexpr const auto& pack_products(arch::arm_neon) {
    return TableInOrder<Spec>::value;
}

namespace neon {

template <class Dot, int Outputs, int32_t Depth>
MOTE_INLINE void add_products_of(const int8_t* weights, const int8_t* in, int32_t count,
                                 int32_t* state) {
    int32x4_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = vdupq_n_s32(0);
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const int8x16_t inputs = vld1q_s8(in + i);
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o)
            sums[o] = Dot::add(sums[o], inputs, vld1q_s8(weights + o * Depth + i));
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) state[o] += vaddvq_s32(sums[o]);
    for (; i < count; ++i) {
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o) state[o] += in[i] * weights[o * Depth + i];
    }
}

template <class Spec, class Dot>
MOTE_INLINE void add_products(const int8_t* weights, const int8_t* in, int32_t count,
                              int32_t* state) {
    constexpr int32_t depth = Spec::Weights::depth;
    constexpr int rest = Spec::Weights::outputs % 4;
    for (int o = 0; o + 4 <= Spec::Weights::outputs; o += 4, state += 4, weights += 4 * depth)
        add_products_of<Dot, 4, depth>(weights, in, count, state);
    if constexpr (rest != 0) add_products_of<Dot, rest, depth>(weights, in, count, state);
}

}  // namespace neon

template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::arm_neon) {
    neon::add_products<Spec, neon::WordsOf<Spec>>(table.weights + first, in, count, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
