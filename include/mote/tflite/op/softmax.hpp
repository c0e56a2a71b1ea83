#pragma once

#include "../../detail/integer.hpp"
#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Softmax : LikeOutput {
    static constexpr Builtin code = Builtin::SOFTMAX;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr uint32_t beta(flatbuffer::Reader reader, uint32_t options) {
        return options == 0 ? 0 : reader.u32_field(options, slot::softmax::beta, 0);
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo out = at.output();
        at.same_pixels();
        at.require(out.scale_bits == 0x3b800000U && out.zero_point == -128, Fault::softmax_output,
                   out.zero_point);
        const uint32_t bits = beta(at.model.reader, at.operation.options);
        at.require(SoftmaxScale<rounding::Double>{bits, in.scale_bits}.possible(),
                   Fault::softmax_scale, static_cast<long>(bits));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Layer = mote::Softmax<beta({Source::data(), Source::size, false}, On::info.options)>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
