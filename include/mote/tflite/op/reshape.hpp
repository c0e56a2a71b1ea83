#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Reshape {
    static constexpr Builtin code = Builtin::RESHAPE;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 2;

    static constexpr void check(Inspection& at) {
        at.require(at.input(0).size() == at.output().size(), Fault::output_shape,
                   static_cast<long>(at.output().size()));
        at.same_quantization();
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Reshape<typename Operands<Source, Index>::Output::Shape>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
