#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

// A ReLU that stands alone rescales too; in the reference a ReLU6 does not.

struct Relu {
    static constexpr Builtin code = Builtin::RELU;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        at.output_is(in.height(), in.width(), in.channels());
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Quantize<typename Operands<Source, Index>::Affine, mote::Relu>;
    };
};

struct Relu6 {
    static constexpr Builtin code = Builtin::RELU6;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        at.output_is(in.height(), in.width(), in.channels());
        at.same_quantization();
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Quantize<typename Operands<Source, Index>::Affine, mote::Relu6>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
