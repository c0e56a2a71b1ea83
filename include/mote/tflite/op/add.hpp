#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Add {
    static constexpr Builtin code = Builtin::ADD;
    static constexpr int maps = 2, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) {
        const TensorInfo left = at.input(0);
        const TensorInfo right = at.input(1);
        const TensorInfo out = at.output();
        at.require(left.same_dims(right), Fault::broadcast, static_cast<long>(right.size()));
        at.output_is(left.height(), left.width(), left.channels());
        at.activation(slot::add::activation);
        if (!at.require(true, Fault::none, 0)) return;
        // 2 * the larger scale / (2^20 * the output's scale) has to stay below 1.
        detail::real larger = detail::real_of(detail::larger(left.scale_bits, right.scale_bits));
        larger.exponent -= 19;
        at.require(nearest_multiplier(detail::divide(larger, detail::real_of(out.scale_bits)),
                                      rounding::Double{})
                           .shift <= 0,
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
