// Is this a model that mote runs? In constant expressions for Import, at run time for tools, tests
// and fuzzers. Whatever passes can be imported without reading out of bounds.
#pragma once

#include "op.hpp"

namespace mote {
namespace tflite {

namespace verify {

/// The file as a whole.
constexpr Status file(Model& model) {
    if (!model.identified) return {Fault::identifier, -1, static_cast<long>(model.reader.size)};
    if (model.reader.fault) return {Fault::truncated, -1, static_cast<long>(model.reader.size)};
    if (model.version != 3) return {Fault::schema_version, -1, model.version};
    if (model.subgraphs.length != 1)
        return {Fault::subgraph_count, -1, static_cast<long>(model.subgraphs.length)};
    if (model.inputs.length != 1)
        return {Fault::input_count, -1, static_cast<long>(model.inputs.length)};
    if (model.outputs.length != 1)
        return {Fault::output_count, -1, static_cast<long>(model.outputs.length)};
    if (model.operators.length == 0) return {Fault::no_operators, -1, 0};
    if (!model.has_tensor(model.input())) return {Fault::tensor_index, -1, model.input()};
    if (!model.has_tensor(model.output())) return {Fault::tensor_index, -1, model.output()};
    Inspection at{model, {}, Fault::none, 0};
    const TensorInfo input = model.tensor(model.input());
    at.feature_map(input);
    if (model.reader.fault) return {Fault::truncated, -1, static_cast<long>(model.reader.size)};
    return {at.fault, -1, at.found};
}

/// What all operators have in common.
constexpr void operands(Inspection& at, int index, int maps, int least, int most) {
    const OperatorInfo& operation = at.operation;
    Model& model = at.model;
    at.require(operation.input_count >= least && operation.input_count <= most,
               Fault::operand_count, operation.input_count);
    at.require(operation.output_count == 1, Fault::operand_count, operation.output_count);
    for (int i = 0; i < operation.input_count && i < most; ++i)
        at.require(model.has_tensor(operation.inputs[i]) || (operation.inputs[i] == -1 && i >= 2),
                   Fault::tensor_index, operation.inputs[i]);
    at.require(model.has_tensor(operation.output), Fault::tensor_index, operation.output);
    for (int i = 0; i < maps && at.fault == Fault::none; ++i) {
        const int tensor = operation.inputs[i];
        at.require(model.tensor(tensor).data.length == 0, Fault::constant_input, tensor);
        at.require(tensor == model.input() || model.producer(tensor, index) >= 0,
                   Fault::operator_order, tensor);
        at.feature_map(model.tensor(tensor));
    }
    if (at.fault != Fault::none) return;
    at.feature_map(at.output());
    at.require(operation.output != model.input() && model.producer(operation.output, index) < 0 &&
                   at.output().data.length == 0,
               Fault::operator_order, operation.output);
}

template <class Operator>
constexpr bool inspect(Inspection& at, int index) {
    if (at.operation.code != Operator::code) return false;
    operands(at, index, Operator::maps, Operator::least_inputs, Operator::most_inputs);
    if (at.fault == Fault::none) Operator::check(at);
    return true;
}

template <class... Operators>
constexpr bool inspect_any(Inspection& at, int index, detail::list<Operators...>) {
    return (inspect<Operators>(at, index) || ...);
}

/// One operator.
constexpr Status operation(Model& model, int index) {
    Inspection at{model, model.operation(index), Fault::none, 0};
    if (model.reader.fault) return {Fault::truncated, index, static_cast<long>(model.reader.size)};
    const bool supported = inspect_any(at, index, Operators{});
    if (model.reader.fault) return {Fault::truncated, index, static_cast<long>(model.reader.size)};
    if (!supported)
        return {Fault::unsupported_operator, index, static_cast<long>(at.operation.code)};
    if (at.fault != Fault::none) return {at.fault, index, at.found};
    if (index == model.operator_count() - 1 && at.operation.output != model.output())
        return {Fault::output_position, index, model.output()};
    return {Fault::none, index, 0};
}

}  // namespace verify

/// The first thing that keeps mote from running the model in `data`, or Fault::none.
constexpr Status check(const unsigned char* data, uint32_t size) {
    Model model = open(data, size);
    const Status file = verify::file(model);
    if (!file.ok()) return file;
    for (int index = 0; index < model.operator_count(); ++index) {
        const Status operation = verify::operation(model, index);
        if (!operation.ok()) return operation;
    }
    return {Fault::none, -1, 0};
}

}  // namespace tflite
}  // namespace mote
