#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct FullyConnected {
    static constexpr Builtin code = Builtin::FULLY_CONNECTED;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 3;

    static constexpr void check(Inspection& at) {
        namespace field = slot::fully_connected;
        const TensorInfo in = at.input(0);
        const TensorInfo weights = at.input(1);
        const int32_t outputs = weights.dims[2];
        const int32_t depth = weights.dims[3];
        at.weights(weights, 0, outputs);
        at.require(weights.rank == 2, Fault::weights_shape, weights.rank);
        at.bias(2, outputs);
        at.activation(field::activation);
        const int format = at.option(field::weights_format);
        at.require(format == 0, Fault::weights_format, format);
        // All values together, or the channels of each pixel.
        const bool whole = in.size() == depth;
        at.require(whole || in.channels() == depth, Fault::weights_shape, depth);
        if (whole && at.output().size() == outputs)
            at.output_is(1, 1, outputs);
        else
            at.output_is(in.height(), in.width(), outputs);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TensorInfo w = On::template tensor<1>;
        using Weights =
            FileWeights<Source, On::info.inputs[1], On::info.inputs[2], w.dims[2], 1, 1, w.dims[3]>;
        using Layer =
            mote::Dense<Weights, typename On::Affine,
                        typename On::template ActivationAt<slot::fully_connected::activation>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
