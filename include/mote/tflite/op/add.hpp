#pragma once

#include "../../detail/integer.hpp"
#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Add : LikeOutput {
    static constexpr Builtin code = Builtin::ADD;
    static constexpr int maps = 2, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) {
        const TensorInfo left = at.input(0);
        const TensorInfo right = at.input(1);
        const TensorInfo out = at.output();
        at.require(left.same_dims(right), Fault::broadcast, detail::as_long(right.size()));
        at.require(left.same_dims(out), Fault::output_shape, detail::as_long(out.size()));
        at.activation(slot::add::activation);
        if (!at.require(true, Fault::none, 0)) return;
        at.require(AddScales<rounding::Double>{left.scale_bits, right.scale_bits, out.scale_bits}
                       .possible(),
                   Fault::add_scale, static_cast<long>(out.scale_bits));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Layer = mote::Add<typename On::Affine,
                                typename On::template ActivationAt<slot::add::activation>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
