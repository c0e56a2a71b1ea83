#pragma once

#include "reduce.hpp"

namespace mote {
namespace tflite {
namespace op {

template <Builtin Code, bool Largest>
struct ExtremeIndex : Turning<ExtremeIndex<Code, Largest>> {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;
    static constexpr Elements gives = elements(Type::INT32);

    static constexpr bool turned(Inspection& at) { return at.input(0).one_row(); }

    static constexpr void check(Inspection& at) {
        const AxisSet axes = axes_of(at, 1, 1);
        if (!at.require(at.integer_count(1) == 1, Fault::axis, at.integer_count(1))) return;
        if (!at.require(true, Fault::none, 0)) return;
        const TensorInfo out = at.output();
        at.require(kept_dims(at.input(0), axes.bits) == kept_dims(out, 0), Fault::output_shape,
                   out.size());
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Axes =
            typename AxesIn<Source, On, detail::make_sequence_t<On::template tensor<0>.rank>>::type;
        using Layer =
            mote::ExtremeIndex<Largest, Axes, typename WayOf<ExtremeIndex, Source, Index>::Shape>;
    };
};

using ArgMax = ExtremeIndex<Builtin::ARG_MAX, true>;
using ArgMin = ExtremeIndex<Builtin::ARG_MIN, false>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
