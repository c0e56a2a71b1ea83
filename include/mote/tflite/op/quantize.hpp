#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Quantize : LikeOutput {
    static constexpr Builtin code = Builtin::QUANTIZE;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) { at.same_size(); }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Quantize<typename Operands<Source, Index>::Affine>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
