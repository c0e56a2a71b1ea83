#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct AveragePool2D : Turning<AveragePool2D> {
    static constexpr Builtin code = Builtin::AVERAGE_POOL_2D;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;
    static constexpr bool slides = true;

    static constexpr void check(Inspection& at) {
        namespace field = slot::pool_2d;
        if (!at.has_options()) return;
        const TensorInfo in = at.input(0);
        at.slides_over(in);
        at.activation(field::activation);
        at.same_quantization();
        const int padding = at.padding(field::padding);
        const int32_t stride_h = at.step(field::stride_h, 0);
        const int32_t stride_w = at.step(field::stride_w, 0);
        const int32_t height = at.step(field::height, 0);
        const int32_t width = at.step(field::width, 0);
        at.output_is(at.extent(padding, in.of_four(1), height, stride_h, 1),
                     at.extent(padding, in.of_four(2), width, stride_w, 1), in.channels());
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Way = WayOf<AveragePool2D, Source, Index>;
        using Layer = mote::AveragePool2D<
            typename Way::template Turned<Pool, On::number(slot::pool_2d::height, 1),
                                          On::number(slot::pool_2d::width, 1)>,
            typename Way::template Turned<Strides, On::number(slot::pool_2d::stride_h, 1),
                                          On::number(slot::pool_2d::stride_w, 1)>,
            typename On::template PaddingAt<slot::pool_2d::padding>,
            typename On::template ActivationAt<slot::pool_2d::activation>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
