// Where a file turns what the caller gives into int8, and int8 into what he gets.
#pragma once

#include "model.hpp"

namespace mote {
namespace tflite {

/// A model has at most so many inputs, and as many outputs.
constexpr int most_borders = 32;

/// The operators that only turn what the caller gives into int8, and int8 into what he gets: of
/// each input and output, or -1. They are no layers.
struct Borders {
    int in[most_borders];
    int out[most_borders];

    constexpr bool has(int operation) const {
        for (int i = 0; i < most_borders; ++i)
            if (in[i] == operation || out[i] == operation) return true;
        return false;
    }
    /// The input that `operation` turns into int8; -1: none.
    constexpr int input_of(int operation) const {
        for (int i = 0; i < most_borders; ++i)
            if (in[i] == operation) return i;
        return -1;
    }
};

constexpr bool quantizes(Model& model, int operation, Type from, Type to) {
    const OperatorInfo info = model.operation(operation);
    if (info.input_count != 1 || info.output_count != 1) return false;
    if (!model.has_tensor(info.inputs[0]) || !model.has_tensor(info.output)) return false;
    if (info.code != Builtin::QUANTIZE && info.code != Builtin::DEQUANTIZE) return false;
    return model.tensor(info.inputs[0]).type == from && model.tensor(info.output).type == to;
}

/// The only operator that reads a tensor; -1: there is none, or several.
constexpr int only_reader(Model& model, int tensor) {
    int reader = -1;
    for (int index = 0; index < model.operator_count(); ++index) {
        const flatbuffer::Vector in = model.operands(index, slot::operation::inputs);
        for (uint32_t i = 0; i < in.length; ++i) {
            if (model.index_at(in, i) != tensor) continue;
            if (reader >= 0) return -1;
            reader = index;
        }
    }
    return reader;
}

constexpr Borders find_borders(Model& model) {
    Borders borders{};
    for (int i = 0; i < most_borders; ++i) {
        borders.in[i] = -1;
        borders.out[i] = -1;
    }
    for (uint32_t i = 0; i < model.inputs.length && i < most_borders; ++i) {
        const int tensor = model.input(static_cast<int>(i));
        const Type type = model.has_tensor(tensor) ? model.tensor(tensor).type : Type::INT8;
        if (type != Type::INT8) {
            const int reader = only_reader(model, tensor);
            if (reader >= 0 && quantizes(model, reader, type, Type::INT8)) borders.in[i] = reader;
        }
    }
    for (uint32_t i = 0; i < model.outputs.length && i < most_borders; ++i) {
        const int tensor = model.output(static_cast<int>(i));
        const Type type = model.has_tensor(tensor) ? model.tensor(tensor).type : Type::INT8;
        if (type != Type::INT8) {
            const int producer = model.producer(tensor, model.operator_count());
            if (producer >= 0 && quantizes(model, producer, Type::INT8, type))
                borders.out[i] = producer;
        }
    }
    return borders;
}

}  // namespace tflite
}  // namespace mote
