#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct FullyConnected : OneResult {
    static constexpr Builtin code = Builtin::FULLY_CONNECTED;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 3;

    /// All values together, or the last dimension of each vector that leads to one of the output.
    static constexpr Extents sees(Inspection& at, int) {
        const Extents out = at.output().extents();
        return out.height * out.width == 1 ? at.input(0).extents()
                                           : Extents{out.height, out.width, at.input(1).of_four(3)};
    }

    static constexpr void check(Inspection& at) {
        namespace field = slot::fully_connected;
        const TensorInfo in = at.input(0);
        const TensorInfo weights = at.input(1);
        const TensorInfo out = at.output();
        const int64_t outputs = out.channels();
        const int64_t depth = weights.of_four(3);
        at.weights(weights, 0, outputs);
        at.require(weights.rank >= 1 && depth > 0 && weights.size() == outputs * depth &&
                       in.size() % depth == 0,
                   Fault::weights_shape, static_cast<long>(depth));
        at.bias(2, outputs);
        at.activation(field::activation);
        const int format = at.option(field::weights_format);
        at.require(format == 0, Fault::weights_format, format);
        if (!at.require(true, Fault::none, 0)) return;
        at.require(in.size() / depth == out.size() / outputs, Fault::output_shape, out.size());
        at.multiplies(1, 1, depth);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TensorInfo w = On::template tensor<1>;
        using Weights = FileWeights<Source, On::info.inputs[1], On::info.inputs[2],
                                    On::Output::Shape::channels, 1, 1, w.of_four(3)>;
        using Layer =
            mote::Dense<Weights, typename On::Affine,
                        typename On::template ActivationAt<slot::fully_connected::activation>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
