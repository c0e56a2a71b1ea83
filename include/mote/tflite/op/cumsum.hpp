#pragma once

#include "reduce.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Cumsum : AsItIs {
    static constexpr Builtin code = Builtin::CUMSUM;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo out = at.output();
        axes_of(at, 1, 1);
        at.require(in.same_dims(out) && in.rank == out.rank, Fault::output_shape, out.size());
        at.require(CumulativeScale{in.scale_bits, out.scale_bits}.possible(), Fault::cumsum_scale,
                   static_cast<long>(out.scale_bits));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Axes =
            typename AxesIn<Source, On, detail::make_sequence_t<On::template tensor<0>.rank>>::type;
        using Layer =
            mote::CumulativeSum<typename On::Affine, Axes, On::byte(slot::cumsum::exclusive) != 0,
                                On::byte(slot::cumsum::reverse) != 0>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
