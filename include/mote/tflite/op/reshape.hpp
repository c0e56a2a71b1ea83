#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

// The same bytes under another shape. The shape that counts is the output's: one that is computed
// on the way is left out.

template <Builtin Code, int MostInputs>
struct View : AnyElement<AsItIs> {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = MostInputs;

    static constexpr void check(Inspection& at) {
        at.same_size();
        at.same_quantization();
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Reshape<typename Operands<Source, Index>::Output::Shape>;
    };
};

using Reshape = View<Builtin::RESHAPE, 2>;
using ExpandDims = View<Builtin::EXPAND_DIMS, 2>;
using Squeeze = View<Builtin::SQUEEZE, 1>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
