#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

// A ReLU that stands alone rescales too; in the reference a ReLU6 does not.

struct Relu : LikeOutput {
    static constexpr Builtin code = Builtin::RELU;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) { at.same_size(); }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Quantize<typename Operands<Source, Index>::Affine, mote::Relu>;
    };
};

struct Relu6 : LikeOutput {
    static constexpr Builtin code = Builtin::RELU6;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo out = at.output();
        at.same_size();
        at.require(in.scale_bits == out.scale_bits && in.zero_point == out.zero_point,
                   Fault::relu6_scale, out.zero_point);
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Quantize<typename Operands<Source, Index>::Affine, mote::Relu6>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
