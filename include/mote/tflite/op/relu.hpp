#pragma once

#include "lookup.hpp"

namespace mote {
namespace tflite {
namespace op {

// A ReLU that stands alone rescales too, a ReLU6 copies bytes whatever the output's scale is: so
// the reference has it. Between equal quantizations both only clamp.

template <Builtin Code, class Function, class Activation>
struct Clamp : Lookup<Code, Function> {
    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TensorInfo in = On::template tensor<0>;
        static constexpr bool same =
            in.scale_bits == On::Affine::scale_bits && in.zero_point == On::Affine::zero_point;
        using Layer = detail::conditional_t<same, mote::Quantize<typename On::Affine, Activation>,
                                            mote::Lookup<Function, typename On::Affine>>;
    };
};

using Relu = Clamp<Builtin::RELU, function::Relu, mote::Relu>;
using Relu6 = Clamp<Builtin::RELU6, function::Relu6, mote::Relu6>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
