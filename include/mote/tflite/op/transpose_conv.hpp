#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// The first operand is the output's shape, which the output has anyway.
struct TransposeConv : Turning<TransposeConv> {
    static constexpr Builtin code = Builtin::TRANSPOSE_CONV;
    static constexpr int first_map = 2, maps = 3, least_inputs = 3, most_inputs = 4;
    static constexpr bool slides = true;

    static constexpr bool turned(Inspection& at) {
        return Turning::turned(at) && at.slides_along();
    }

    static constexpr void check(Inspection& at) {
        namespace field = slot::transpose_conv;
        if (!at.has_options()) return;
        const TensorInfo in = at.input(2);
        const TensorInfo out = at.output();
        const TensorInfo weights = at.input(1);
        const int64_t outputs = weights.of_four(0);
        at.weights(weights, 0, outputs);
        at.slides_over(in);
        at.slides_over(out);
        at.require(weights.rank == 4 && weights.of_four(3) == in.channels(), Fault::weights_shape,
                   weights.of_four(3));
        at.bias(3, outputs);
        at.activation(field::activation);
        at.padding(field::padding);
        at.step(field::stride_h, 0);
        at.step(field::stride_w, 0);
        at.require(out.channels() == outputs && out.batch() == in.batch(), Fault::output_shape,
                   out.channels());
        if (at.fault != Fault::none) return;
        const int64_t products =
            static_cast<int64_t>(weights.of_four(1)) * weights.of_four(2) * outputs;
        at.require(products <= Inspection::most_macs / in.size(), Fault::too_large, in.size());
        if (at.fault == Fault::none) at.macs = in.size() * products;
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Way = WayOf<TransposeConv, Source, Index>;
        static constexpr TensorInfo w = On::template tensor<1>;
        static constexpr TensorInfo out = Source::template Tensor<On::info.output>::info;
        using Weights =
            typename Way::template Weights<On::info.inputs[1], On::info.inputs[3], w.of_four(0),
                                           w.of_four(1), w.of_four(2), w.of_four(3)>;
        using Layer = mote::Conv2DTranspose<
            Weights, typename On::Affine,
            typename Way::template Turned<Strides, On::number(slot::transpose_conv::stride_h, 1),
                                          On::number(slot::transpose_conv::stride_w, 1)>,
            typename On::template PaddingAt<slot::transpose_conv::padding>,
            typename On::template ActivationAt<slot::transpose_conv::activation>,
            OutputSize<Way::Shape::height / out.of_four(0), Way::Shape::width>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
