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

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
