#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct DepthwiseConv2D : Turning<DepthwiseConv2D> {
    static constexpr Builtin code = Builtin::DEPTHWISE_CONV_2D;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 3;
    static constexpr bool slides = true;

    static constexpr bool turned(Inspection& at) {
        return Turning::turned(at) && at.slides_along();
    }

    static constexpr void check(Inspection& at) {
        namespace field = slot::depthwise_conv_2d;
        if (!at.has_options()) return;
        const TensorInfo in = at.input(0);
        const TensorInfo weights = at.input(1);
        at.weights(weights, 3, weights.of_four(3));
        at.slides_over(in);
        at.require(
            weights.rank == 4 && weights.of_four(0) == 1 && weights.of_four(3) % in.channels() == 0,
            Fault::weights_shape, weights.of_four(3));
        at.bias(2, weights.of_four(3));
        at.activation(field::activation);
        const int padding = at.padding(field::padding);
        const int32_t stride_h = at.step(field::stride_h, 0);
        const int32_t stride_w = at.step(field::stride_w, 0);
        const int32_t dilation_h = at.step(field::dilation_h, 1);
        const int32_t dilation_w = at.step(field::dilation_w, 1);
        at.output_is(at.extent(padding, in.of_four(1), weights.of_four(1), stride_h, dilation_h),
                     at.extent(padding, in.of_four(2), weights.of_four(2), stride_w, dilation_w),
                     weights.of_four(3));
        at.multiplies(weights.of_four(1), weights.of_four(2), 1);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Way = WayOf<DepthwiseConv2D, Source, Index>;
        static constexpr TensorInfo w = On::template tensor<1>;
        using Weights = typename Way::template Weights<On::info.inputs[1], On::info.inputs[2],
                                                       w.of_four(3), w.of_four(1), w.of_four(2), 1>;
        using Layer = mote::DepthwiseConv2D<
            Weights, typename On::Affine,
            typename Way::template Turned<Strides, On::number(slot::depthwise_conv_2d::stride_h, 1),
                                          On::number(slot::depthwise_conv_2d::stride_w, 1)>,
            typename On::template PaddingAt<slot::depthwise_conv_2d::padding>,
            typename On::template ActivationAt<slot::depthwise_conv_2d::activation>,
            typename Way::template Turned<Dilation,
                                          On::number(slot::depthwise_conv_2d::dilation_h, 1),
                                          On::number(slot::depthwise_conv_2d::dilation_w, 1)>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
