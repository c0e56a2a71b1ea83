#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct L2Normalization : LikeOutput {
    static constexpr Builtin code = Builtin::L2_NORMALIZATION;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        const TensorInfo out = at.output();
        at.same_pixels();
        const int activation = at.option(slot::l2_normalization::activation);
        at.require(activation == 0, Fault::activation, activation);
        at.require(out.scale_bits == 0x3c000000U && out.zero_point == 0, Fault::l2_output,
                   out.zero_point);
        at.require(out.channels() <= UnitNormalization::most_channels, Fault::channel_count,
                   out.channels());
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::UnitNormalization;
    };
};

struct LogSoftmax : LikeOutput {
    static constexpr Builtin code = Builtin::LOG_SOFTMAX;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo out = at.output();
        at.same_pixels();
        at.require(out.scale_bits == 0x3d800000U && out.zero_point == 127,
                   Fault::log_softmax_output, out.zero_point);
        at.require(LogSoftmaxScale{in.scale_bits}.possible(), Fault::softmax_scale,
                   static_cast<long>(in.scale_bits));
        at.require(out.channels() <= mote::LogSoftmax::most_channels, Fault::channel_count,
                   out.channels());
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::LogSoftmax;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
