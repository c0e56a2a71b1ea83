#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Conv2D : Turning<Conv2D> {
    static constexpr Builtin code = Builtin::CONV_2D;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 3;
    static constexpr bool slides = true;

    static constexpr bool turned(Inspection& at) {
        return Turning::turned(at) && at.slides_along();
    }

    static constexpr void check(Inspection& at) {
        namespace field = slot::conv_2d;
        if (!at.has_options()) return;
        const TensorInfo in = at.input(0);
        const TensorInfo weights = at.input(1);
        at.weights(weights, 0, weights.of_four(0));
        at.slides_over(in);
        at.require(weights.rank == 4 && check::channel_groups(in.of_four(3), weights.of_four(3),
                                                              weights.of_four(0)) > 0,
                   Fault::weights_shape, weights.of_four(3));
        at.bias(2, weights.of_four(0));
        at.activation(field::activation);
        const int padding = at.padding(field::padding);
        const int32_t stride_h = at.step(field::stride_h, 0);
        const int32_t stride_w = at.step(field::stride_w, 0);
        const int32_t dilation_h = at.step(field::dilation_h, 1);
        const int32_t dilation_w = at.step(field::dilation_w, 1);
        at.output_is(at.extent(padding, in.of_four(1), weights.of_four(1), stride_h, dilation_h),
                     at.extent(padding, in.of_four(2), weights.of_four(2), stride_w, dilation_w),
                     weights.of_four(0));
        at.multiplies(weights.of_four(1), weights.of_four(2), weights.of_four(3));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Way = WayOf<Conv2D, Source, Index>;
        static constexpr TensorInfo w = On::template tensor<1>;
        using Weights =
            typename Way::template Weights<On::info.inputs[1], On::info.inputs[2], w.of_four(0),
                                           w.of_four(1), w.of_four(2), w.of_four(3)>;
        using Layer = mote::Conv2D<
            Weights, typename On::Affine,
            typename Way::template Turned<Strides, On::number(slot::conv_2d::stride_h, 1),
                                          On::number(slot::conv_2d::stride_w, 1)>,
            typename On::template PaddingAt<slot::conv_2d::padding>,
            typename On::template ActivationAt<slot::conv_2d::activation>,
            typename Way::template Turned<Dilation, On::number(slot::conv_2d::dilation_h, 1),
                                          On::number(slot::conv_2d::dilation_w, 1)>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
