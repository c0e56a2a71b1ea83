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
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr bool single = Spec::Output::size == outputs;
    static constexpr int group = single && (outputs + 1) % 4 < 2 ? 4 : 2;
    static constexpr bool bytes = single && inputs % 4 == 0 && (outputs < 32 || inputs > 1024);
};

template <int Inputs, bool Single, class Parts>
MOTE_NOINLINE void multiply_points(const Parts& table, const int8_t* in, int8_t* out,
                                   int32_t points) {
    multiply_all<round_up(Inputs, 4), Single>(
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
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_dsp) {
    using Matrix = dsp::Matrix<Spec>;
    if constexpr (Matrix::bytes) {
        dsp::multiply<dsp::Bytes, 1>(table, in, out);
    } else {
        dsp::multiply_points<Matrix::inputs, Matrix::single>(dsp::parts_of(table), in, out, points);
    }
}

// Dense, fed by rows: four outputs at a time, by four taps.

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
    using Weights =
        Packed<typename Spec::Weights, ByOutput, FourTaps<4, outputs, Spec::Weights::depth, false>>;
    static constexpr ProductsTable<outputs, uniform_scales<typename Spec::Weights>(),
                                   (largest_shift<Spec>() < 0), detail::BlocksOf<Weights>>
        value = {detail::Assembled<FoldedBiases<Spec, ByOutput>>::value,
                 detail::Assembled<Weights>::value,
                 {detail::Assembled<MultiplierValues<Spec>>::value,
                  detail::Assembled<MultiplierShifts<Spec>>::value}};
};

/// The products of `count` values, less than four, that begin at tap `tap` of four.
MOTE_INLINE void add_some(const int8_t* in, int32_t count, const int8_t* weights, int32_t tap,
                          int32_t (&sums)[4][1]) {
    for (; count > 0; --count, ++in, ++tap) {
        MOTE_UNROLL
        for (int o = 0; o < 4; ++o) sums[o][0] += *in * weights[o * 4 + tap];
    }
}

/// Adds the products of `count` values from tap `first` on to `outputs` sums, which may wrap.
/// `taps`: of an output, with those that pad the table.
MOTE_NOINLINE inline void add_products(const int8_t* weights, int32_t taps, const int8_t* in,
                                       int32_t first, int32_t count, int32_t outputs,
                                       int32_t* state) {
    const int32_t head = detail::smaller(-first & 3, count);
    const int32_t fours = (count - head) >> 2;
    weights += first / 4 * 16;
    for (; outputs > 0; outputs -= 4, state += 4, weights += 4 * taps) {
        int32_t sums[4][1] = {{0}, {0}, {0}, {0}};
        const int8_t* value = in + head;
        const int8_t* weight = weights;
        if (head > 0) {
            add_some(in, head, weight, first & 3, sums);
            weight += 16;
        }
        for (int32_t rest = fours & 3; rest > 0; --rest)
            multiply_four<Bytes, 1, 4, false>(value, weight, sums);
        for (int32_t more = fours >> 2; more > 0; --more) {
            multiply_four<Bytes, 1, 4, false>(value, weight, sums);
            multiply_four<Bytes, 1, 4, false>(value, weight, sums);
            multiply_four<Bytes, 1, 4, false>(value, weight, sums);
            multiply_four<Bytes, 1, 4, false>(value, weight, sums);
        }
        add_some(value, (count - head) & 3, weight, 0, sums);
        MOTE_UNROLL
        for (int o = 0; o < 4; ++o)
            if (o < outputs) state[o] = plus<false>(state[o], sums[o][0]);
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
    dsp::add_products(table.weights, dsp::round_up(Spec::Weights::depth, 4), in, first, count,
                      Spec::Weights::outputs, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
