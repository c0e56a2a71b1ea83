// Reads at run time all that Import reads of a model in constant expressions.
#pragma once

#include "mote/tflite/verify.hpp"

namespace walk {

using mote::tflite::Builtin;
using mote::tflite::Model;
using mote::tflite::OperatorInfo;
using mote::tflite::TensorInfo;

/// `length` fields of the options, the first at `slot`.
inline uint64_t options(Model& model, const OperatorInfo& info, int slot, int length) {
    uint64_t sum = 0;
    for (int i = slot; i < slot + length && info.options != 0; ++i) {
        const uint32_t at = model.reader.field(info.options, i);
        if (at != 0) sum += model.reader.u8(at);
    }
    return sum;
}

/// As mote::tflite::FileWeights reads them: so many bytes from the first one on.
inline uint64_t weights(Model& model, const OperatorInfo& info) {
    const TensorInfo values = model.tensor(info.inputs[1]);
    const int outputs = info.code == Builtin::CONV_2D             ? values.dims[0]
                        : info.code == Builtin::DEPTHWISE_CONV_2D ? values.dims[3]
                                                                  : values.dims[2];
    uint64_t sum = 0;
    for (int64_t i = 0; i < values.size(); ++i) sum += model.reader.data[values.data.at + i];
    for (int channel = 0; channel < outputs; ++channel) {
        const uint32_t at = 4 * static_cast<uint32_t>(channel);
        sum += model.reader.u32(values.scales.at + (values.scales.length == 1 ? 0 : at));
        if (info.inputs[2] >= 0) sum += model.reader.u32(model.tensor(info.inputs[2]).data.at + at);
    }
    return sum;
}

/// The constants and options of one operator.
inline uint64_t operation(Model& model, const OperatorInfo& info) {
    namespace op = mote::tflite::op;
    switch (info.code) {
        case Builtin::CONV_2D:
            return weights(model, info) + options(model, info, 0, 6);
        case Builtin::DEPTHWISE_CONV_2D:
            return weights(model, info) + options(model, info, 0, 3) + options(model, info, 4, 3);
        case Builtin::FULLY_CONNECTED:
            return weights(model, info) + options(model, info, 0, 2);
        case Builtin::AVERAGE_POOL_2D:
        case Builtin::MAX_POOL_2D:
            return options(model, info, 0, 6);
        case Builtin::ADD:
        case Builtin::SOFTMAX:
            return options(model, info, 0, 1);
        case Builtin::PAD:
        case Builtin::PADV2: {
            const TensorInfo borders = model.tensor(info.inputs[1]);
            int64_t sum = 0;
            for (int i = 0; i < 8; ++i)
                sum += op::Pad::border(model.reader, borders, model.tensor(info.inputs[0]).rank,
                                       i / 2, i % 2);
            if (info.code == Builtin::PADV2)
                sum += model.reader.data[model.tensor(info.inputs[2]).data.at];
            return static_cast<uint64_t>(sum);
        }
        default:
            return 0;
    }
}

/// Takes the sum of everything that was read, so that no read is optimized away.
inline volatile uint64_t sink;

/// Whether all that Import reads of a model that has passed check() lies inside and makes sense.
inline bool all(const unsigned char* data, uint32_t size) {
    Model model = mote::tflite::open(data, size);
    uint64_t sum = 0;
    for (int index = 0; index < model.operator_count(); ++index) {
        const OperatorInfo info = model.operation(index);
        const TensorInfo output = model.tensor(info.output);
        // What mote::Shape and mote::Quantization ask for.
        if (output.height() < 1 || output.width() < 1 || output.channels() < 1) return false;
        if (output.size() > mote::tflite::most_elements) return false;
        if (output.zero_point < -128 || output.zero_point > 127) return false;
        // Every map comes from the input or from an operator before.
        if (info.inputs[0] != model.input() && model.producer(info.inputs[0], index) < 0)
            return false;
        sum += operation(model, info);
    }
    sink = sum;
    return !model.reader.fault;
}

}  // namespace walk
