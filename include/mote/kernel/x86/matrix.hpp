// Matrix times vector, for each of `points` vectors.
#pragma once

#include "../../arch.hpp"
#include "pairs.hpp"
#include "products.hpp"

#if MOTE_HAS_X86_AVX2

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

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

// Dense, fed by rows.

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
