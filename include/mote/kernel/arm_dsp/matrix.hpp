// One vector is widened once for four outputs at a time, or not at all if that does not pay.
#pragma once

#include "../../arch.hpp"
#include "products.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

template <class Spec>
struct Matrix {
    static constexpr int outputs = Spec::Weights::outputs;
    static constexpr int32_t inputs = Spec::Weights::count / outputs;
    static constexpr bool single = Spec::Output::size == outputs;
    /// Rows of one point often come one by one.
    static constexpr int group = Spec::Output::Shape::width == 1 && (outputs + 1) % 4 < 2 ? 4 : 2;
    static constexpr bool bytes = single && inputs % 4 == 0 && (outputs < 32 || inputs > 1024);
};

template <int Inputs, bool Single, class Parts>
MOTE_NOINLINE void multiply_points(const Parts& table, const int8_t* in, int8_t* out,
                                   int32_t points) {
    constexpr int32_t taps = round_up(Inputs, 4);
    multiply_all<taps, (Single ? 1 : most_points(taps))>(
        table, out, points, [in](int32_t index, int32_t* to, int step) {
            const int8_t* from = in + index * Inputs;
            to = widen<Parts::Policy::halves>(from, Inputs / 4, to, step);
            if (Inputs % 4 == 0) return;
            alignas(4) int8_t rest[4] = {0, 0, 0, 0};
            for (int i = 0; i < Inputs % 4; ++i) rest[i] = from[Inputs / 4 * 4 + i];
            widen<Parts::Policy::halves>(rest, 1, to, step);
        });
}

}  // namespace dsp

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_dsp) {
    return dsp::TableByFourTaps<Spec, ByOutput, dsp::Matrix<Spec>::group>::value;
}

template <class Spec, class Table>
MOTE_INLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out, int32_t points,
                                 arch::arm_dsp) {
    using Matrix = dsp::Matrix<Spec>;
    if constexpr (Matrix::bytes) {
        dsp::multiply<dsp::Bytes, 1>(table, in, out);
    } else if (Matrix::single || points == 1) {
        dsp::multiply_points<Matrix::inputs, true>(dsp::parts_of(table), in, out, 1);
    } else {
        dsp::multiply_points<Matrix::inputs, false>(dsp::parts_of(table), in, out, points);
    }
}

// Dense, fed by rows: four outputs at a time, the last ones one by one, by four taps.

namespace dsp {

template <int Channels, bool Uniform, bool AllRight, class WeightsInOrder>
struct ProductsTable {
    ChannelArray<int32_t, Channels> bias;
    WeightsInOrder weights;
    Multipliers<Channels, Uniform, AllRight> multipliers;
};

template <class Spec>
struct Products {
    static constexpr int outputs = Spec::Weights::outputs;
    static constexpr int by_four = outputs / 4 * 4;
    template <int Group, int First, int Outputs>
    using Part = Packed<typename Spec::Weights, ByOutput,
                        FourTaps<Group, Outputs, Spec::Weights::depth, false, First>>;
    using Weights = Joined<Part<4, 0, by_four>, Part<1, by_four, outputs - by_four>>;
    static constexpr ProductsTable<outputs, uniform_scales<typename Spec::Weights>(),
                                   (largest_shift<Spec>() < 0), typename Weights::type>
        value = {detail::Assembled<FoldedBiases<Spec, ByOutput>>::value,
                 Weights::value,
                 {detail::Assembled<MultiplierValues<Spec>>::value,
                  detail::Assembled<MultiplierShifts<Spec>>::value}};
};

/// The products of `count` values, less than four, that begin at tap `tap` of four.
template <int Group>
MOTE_INLINE void add_some(const int8_t* in, int32_t count, const int8_t* weights, int32_t tap,
                          int32_t (&sums)[static_cast<size_t>(Group)][1]) {
    for (; count > 0; --count, ++in, ++tap) {
        MOTE_UNROLL
        for (int o = 0; o < Group; ++o) sums[o][0] += *in * weights[o * 4 + tap];
    }
}

/// Adds the products of `count` values from tap `first` on to `outputs` sums, a multiple of
/// `Group`, which may wrap. `taps`: of an output, with those that pad the table.
template <int Group>
MOTE_NOINLINE void add_products(const int8_t* weights, int32_t taps, const int8_t* in,
                                int32_t first, int32_t count, int32_t outputs, int32_t* state) {
    const int32_t head = detail::smaller(-first & 3, count);
    const int32_t fours = (count - head) >> 2;
    constexpr auto next_four = multiply_four<Bytes, 1, Group, false>;
    weights += first / 4 * (4 * Group);
    for (; outputs > 0; outputs -= Group, state += Group, weights += Group * taps) {
        int32_t sums[static_cast<size_t>(Group)][1] = {};
        const int8_t* value = in + head;
        const int8_t* weight = weights;
        if (head > 0) {
            add_some<Group>(in, head, weight, first & 3, sums);
            weight += 4 * Group;
        }
        for (int32_t rest = fours & 3; rest > 0; --rest) next_four(value, weight, sums);
        for (int32_t more = fours >> 2; more > 0; --more) {
            next_four(value, weight, sums);
            next_four(value, weight, sums);
            next_four(value, weight, sums);
            next_four(value, weight, sums);
        }
        add_some<Group>(value, (count - head) & 3, weight, 0, sums);
        MOTE_UNROLL
        for (int o = 0; o < Group; ++o) state[o] = plus<false>(state[o], sums[o][0]);
    }
}

}  // namespace dsp

template <class Spec>
constexpr const auto& pack_products(arch::arm_dsp) {
    return dsp::Products<Spec>::value;
}

template <class Spec, class Table>
MOTE_INLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                              int32_t* state, arch::arm_dsp) {
    constexpr int32_t taps = dsp::round_up(Spec::Weights::depth, 4);
    constexpr int by_four = dsp::Products<Spec>::by_four, rest = Spec::Weights::outputs - by_four;
    const int8_t* const weights = table.weights;
    if constexpr (by_four > 0)
        dsp::add_products<4>(weights, taps, in, first, count, by_four, state);
    if constexpr (rest > 0)
        dsp::add_products<1>(weights + by_four * taps, taps, in, first, count, rest,
                             state + by_four);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
