// Products of matrices that are both computed when the network runs.
#pragma once

#include "products.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// How one operand is read: values from one batch, row or column and step of the sum to the next.
struct MatrixSteps {
    int32_t batches[3];
    int32_t line;
    int32_t term;
};

/// `Outputs` neighbours in a row of the result.
template <class Spec, int Outputs>
MOTE_INLINE void multiply_vectors(const int8_t* left, const int8_t* right, int8_t* out) {
    constexpr int32_t left_zero = Spec::left_zero;
    constexpr int32_t right_zero = Spec::right_zero;
    constexpr int32_t left_term = Spec::left_steps.term;
    constexpr int32_t right_term = Spec::right_steps.term;
    constexpr int32_t right_line = Spec::right_steps.line;
    int32_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int i = 0; i < Outputs; ++i) sums[i] = 0;
    for (int32_t k = 0; k < Spec::depth; ++k, left += left_term, right += right_term) {
        const int32_t factor = *left - left_zero;
        MOTE_UNROLL
        for (int i = 0; i < Outputs; ++i)
            sums[i] = plus<Spec::sums_fit>(sums[i], factor * (right[i * right_line] - right_zero));
    }
    MOTE_UNROLL
    for (int i = 0; i < Outputs; ++i)
        out[i] = clamp(scale(sums[i], Spec::multiplier.value, Spec::multiplier.shift,
                             typename Spec::Rounding{}) +
                           Spec::Output::Quantization::zero_point,
                       -128, 127);
}

/// Lines `first` to first + count - 1 of the result; `out` takes the first of them.
template <class Spec>
MOTE_NOINLINE void multiply_matrices(const int8_t* left, const int8_t* right, int8_t* out,
                                     int32_t first, int32_t count, arch::portable) {
    constexpr MatrixSteps left_steps = Spec::left_steps;
    constexpr MatrixSteps right_steps = Spec::right_steps;
    for (int32_t line = first; line < first + count; ++line, out += Spec::columns) {
        int32_t batch = line / Spec::lines;
        const int8_t* a = left + line % Spec::lines * left_steps.line;
        const int8_t* b = right;
        for (int axis = 2; axis >= 0; --axis) {
            const int32_t at = batch % Spec::batches(axis);
            batch /= Spec::batches(axis);
            a += at * left_steps.batches[axis];
            b += at * right_steps.batches[axis];
        }
        int32_t column = 0;
        for (; column + outputs_at_once <= Spec::columns; column += outputs_at_once)
            multiply_vectors<Spec, outputs_at_once>(a, b + column * right_steps.line, out + column);
        for (; column < Spec::columns; ++column)
            multiply_vectors<Spec, 1>(a, b + column * right_steps.line, out + column);
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
