// Is this a model that mote runs? In constant expressions for Import, at run time for tools, tests
// and fuzzers. Whatever passes can be imported without reading out of bounds.
#pragma once

#include "borders.hpp"
#include "folded.hpp"
#include "op.hpp"
#include "variables.hpp"

namespace mote {
namespace tflite {

namespace verify {

constexpr Status status_of(Fault fault, long found) {
    Status status{};
    status.fault = fault;
    status.operation = -1;
    status.found = found;
    return status;
}

/// What keeps mote from reading the file at all.
constexpr Status file(Model& model) {
    const long size = static_cast<long>(model.reader.size);
    if (model.reader.size == 0) return status_of(Fault::unreadable, 0);
    if (!model.identified) return status_of(Fault::identifier, size);
    if (model.reader.fault) return status_of(Fault::truncated, size);
    if (model.version != 3) return status_of(Fault::schema_version, model.version);
    if (model.subgraphs.length == 0) return status_of(Fault::subgraph_count, 0);
    if (model.operators.length == 0) return status_of(Fault::no_operators, 0);
    if (model.tensor_count() > most_tensors)
        return status_of(Fault::too_many_tensors, model.tensor_count());
    return status_of(Fault::none, 0);
}

/// Subgraphs that set variables.
constexpr long subgraphs_called(Model& model) {
    long called = 0;
    if (variables::has_any(model))
        for (int index = 0; index < model.operator_count(); ++index)
            if (model.code(index) == Builtin::CALL_ONCE) ++called;
    return called;
}

/// What is wrong with the network as a whole, beside its operators. There are so many rules:
constexpr int rules = 5;

constexpr Status rule(Model& model, int number, const TensorSet& needed, const Borders& borders,
                      const Variables& variables) {
    const long inputs = static_cast<long>(model.inputs.length);
    const long outputs = static_cast<long>(model.outputs.length);
    if (number == 0) {
        const long subgraphs = static_cast<long>(model.subgraphs.length);
        const bool known = subgraphs <= 1 + subgraphs_called(model);
        return status_of(known ? Fault::none : Fault::subgraph_count, subgraphs);
    }
    const bool countable = inputs >= 1 && inputs <= most_borders;
    if (number == 1 && !countable) return status_of(Fault::input_count, inputs);
    const bool out_countable = outputs >= 1 && outputs <= most_borders;
    if (number == 2 && !out_countable) return status_of(Fault::output_count, outputs);
    if (number < 3 || !countable || !out_countable) return status_of(Fault::none, 0);
    if (number == 4) {
        int layers = 0;
        for (int index = 0; index < model.operator_count(); ++index)
            if (model.computes(index, needed) && !borders.has(index) &&
                !is_of_variables(model.code(index)))
                ++layers;
        return status_of(layers == 0 ? Fault::no_operators : Fault::none, 0);
    }
    Inspection at{model, {}, Fault::none, 0, 0};
    for (int i = 0; i < inputs; ++i) {
        const int tensor = model.input(i);
        if (!at.require(model.has_tensor(tensor), Fault::tensor_index, tensor)) break;
        at.require(model.input_number(tensor) == i, Fault::tensor_index, tensor);
        // Those that are read are looked at with their readers.
        if (tensor < most_tensors && !needed.has(tensor))
            at.feature_map(model.tensor(tensor), map_elements);
    }
    for (int i = 0; i < outputs && at.fault == Fault::none; ++i) {
        const int tensor = model.output(i);
        if (!at.require(model.has_tensor(tensor), Fault::tensor_index, tensor)) break;
        at.require(model.producer(tensor, model.operator_count()) >= 0, Fault::no_output, tensor);
        const int variable = variables.count == 0 ? -1 : unchanged(model, variables, tensor);
        at.require(variable < 0 || variables.all[variable].assigns == 0, Fault::variable_copy,
                   tensor);
    }
    if (model.reader.fault)
        return status_of(Fault::truncated, static_cast<long>(model.reader.size));
    return status_of(at.fault, at.found);
}

/// How many of an operator's inputs are feature maps; all that it may have if it is not imported.
template <class... Operators>
constexpr int maps_of(Builtin code, detail::list<Operators...>) {
    int maps = 0x7fff;
    ((Operators::code == code ? static_cast<void>(maps = Operators::maps) : static_cast<void>(0)),
     ...);
    return maps;
}

/// The first of them.
template <class... Operators>
constexpr int first_map_of(Builtin code, detail::list<Operators...>) {
    int first = 0;
    ((Operators::code == code ? static_cast<void>(first = Operators::first_map)
                              : static_cast<void>(0)),
     ...);
    return first;
}

/// The tensors that lead to the model's outputs. What computes no other one is left out.
constexpr TensorSet needed(Model& model) {
    TensorSet set{};
    const bool keeps = variables::has_any(model);
    for (uint32_t i = 0; i < model.outputs.length; ++i) {
        const int tensor = model.index_at(model.outputs, i);
        if (model.has_tensor(tensor)) set.add(tensor);
    }
    for (int index = model.operator_count() - 1; index >= 0; --index) {
        const bool assigns = keeps && model.code(index) == Builtin::ASSIGN_VARIABLE;
        if (assigns || model.computes(index, set)) {
            const flatbuffer::Vector in = model.operands(index, slot::operation::inputs);
            const Builtin code = model.operation(index).code;
            const uint32_t maps = static_cast<uint32_t>(maps_of(code, Operators{}));
            for (uint32_t i = static_cast<uint32_t>(first_map_of(code, Operators{}));
                 i < in.length && i < maps; ++i) {
                const int tensor = model.index_at(in, i);
                if (model.has_tensor(tensor) && !model.is_computed(tensor)) set.add(tensor);
            }
        }
    }
    set.damaged = model.reader.fault;
    return set;
}

/// What is read as a map: computed before, or the model's input, or a constant where that may be.
constexpr void map(Inspection& at, int index, int tensor, bool takes_constants,
                   Elements takes = elements(Type::INT8)) {
    Model& model = at.model;
    if (!at.require(model.has_tensor(tensor), Fault::tensor_index, tensor)) return;
    const TensorInfo info = model.tensor(tensor);
    if (info.data.length != 0) {
        at.require(takes_constants, Fault::constant_input, tensor);
        at.require(static_cast<int64_t>(info.data.length) == info.bytes(), Fault::buffer_size,
                   static_cast<long>(info.data.length));
    } else {
        at.require(!info.cut_off, Fault::cut_off, tensor);
        at.require(model.is_input(tensor) || model.producer(tensor, index) >= 0,
                   Fault::operator_order, tensor);
    }
    at.feature_map(info, takes);
}

/// What all operators have in common.
template <class Operator>
constexpr void operands(Inspection& at, int index) {
    const OperatorInfo& operation = at.operation;
    Model& model = at.model;
    constexpr int most = Operator::most_inputs;
    at.require(operation.input_count >= Operator::least_inputs && operation.input_count <= most,
               Fault::operand_count, operation.input_count);
    at.require(operation.output_count >= 1 && operation.output_count <= Operator::most_outputs,
               Fault::operand_count, operation.output_count);
    for (int i = 0; i < operation.input_count && i < most; ++i) {
        const int tensor = model.operand(operation, i);
        at.require(model.has_tensor(tensor) || (tensor == -1 && i >= 2), Fault::tensor_index,
                   tensor);
    }
    for (int i = 0; i < operation.output_count && i < Operator::most_outputs; ++i) {
        const int tensor = model.index_at(operation.all_outputs, static_cast<uint32_t>(i));
        at.require(model.has_tensor(tensor), Fault::tensor_index, tensor);
        at.require(model.result_number(operation, tensor) == i, Fault::operator_order, tensor);
    }
    bool constant = true;
    for (int i = Operator::first_map; i < operation.input_count && i < Operator::maps; ++i) {
        const int tensor = model.operand(operation, i);
        if (at.fault == Fault::none)
            map(at, index, tensor, Operator::takes_constants, Operator::takes(i));
        constant = at.fault == Fault::none && constant && model.tensor(tensor).data.length != 0;
    }
    at.require(!constant, Fault::constant_input, operation.inputs[0]);
    for (int i = 0; i < operation.output_count && at.fault == Fault::none; ++i) {
        const int tensor = model.index_at(operation.all_outputs, static_cast<uint32_t>(i));
        at.feature_map(model.tensor(tensor), Operator::gives);
        at.require(!model.is_input(tensor) && model.producer(tensor, index) < 0 &&
                       model.tensor(tensor).data.length == 0,
                   Fault::operator_order, tensor);
    }
}

template <class Operator>
constexpr bool inspect(Inspection& at, int index) {
    if (at.operation.code != Operator::code) return false;
    operands<Operator>(at, index);
    if (at.fault == Fault::none) Operator::check(at);
    return true;
}

template <class... Operators>
constexpr bool inspect_any(Inspection& at, int index, detail::list<Operators...>) {
    return (inspect<Operators>(at, index) || ...);
}

/// What a caller may give or get in place of int8.
constexpr void outer_map(Inspection& at, const TensorInfo& map) {
    at.require(map.type == Type::FLOAT32 || map.type == Type::UINT8 || map.type == Type::INT16,
               Fault::element_type, static_cast<long>(map.type));
    at.require(!map.dynamic && map.rank <= most_rank, Fault::dynamic_shape, 0);
    at.require(map.data.length == 0, Fault::constant_input, 0);
    if (map.type == Type::FLOAT32) return;
    at.require(map.scales.length == 1 && map.zero_points.length == 1 &&
                   Inspection::positive(map.scale_bits),
               Fault::no_quantization, static_cast<long>(map.scale_bits));
    const bool byte = map.type == Type::UINT8;
    at.require(map.zero_point >= (byte ? 0 : -32768) && map.zero_point <= (byte ? 255 : 32767),
               Fault::zero_point, map.zero_point);
}

/// An operator that turns the caller's values into int8, or int8 into his.
constexpr void border(Inspection& at, int index, bool into) {
    Model& model = at.model;
    const TensorInfo from = at.input(0);
    const TensorInfo to = at.output();
    outer_map(at, into ? from : to);
    if (into)
        at.feature_map(to);
    else
        map(at, index, at.operation.inputs[0], false);
    at.require(from.same_dims(to), Fault::output_shape, static_cast<long>(to.dims[most_rank - 1]));
    at.require(!model.is_input(at.operation.output) &&
                   model.producer(at.operation.output, index) < 0 && to.data.length == 0,
               Fault::operator_order, at.operation.output);
}

/// An operator that names what a variable holds.
constexpr void variable(Inspection& at, int index, const Variables& variables) {
    Model& model = at.model;
    const OperatorInfo& operation = at.operation;
    const bool reads = operation.code == Builtin::READ_VARIABLE;
    const bool assigns = operation.code == Builtin::ASSIGN_VARIABLE;
    const bool names = operation.code == Builtin::VAR_HANDLE;
    Variables copy = variables;
    at.require(!variables.too_many, Fault::variable_count, most_variables);
    at.require(operation.input_count == (reads     ? 1
                                         : assigns ? 2
                                                   : 0) &&
                   operation.output_count == (reads || names ? 1 : 0),
               Fault::operand_count, operation.input_count);
    if (names &&
        at.require(model.has_tensor(operation.output), Fault::tensor_index, operation.output))
        at.require(at.output().type == Type::RESOURCE, Fault::variable_handle, operation.output);
    if (operation.code == Builtin::CALL_ONCE)
        at.require(variables::initialize(model, operation, copy), Fault::variable_start, 0);
    if (at.fault != Fault::none || !(reads || assigns)) return;
    const int number = variables::behind(model, operation.inputs[0], copy);
    if (!at.require(number >= 0 && number < variables.count, Fault::variable_handle,
                    operation.inputs[0]))
        return;
    const Variable& variable = variables.all[number];
    const int tensor = reads ? operation.output : operation.inputs[1];
    if (!at.require(model.has_tensor(tensor), Fault::tensor_index, tensor)) return;
    const TensorInfo value = model.tensor(tensor);
    if (reads) {
        at.feature_map(value);
        at.require(
            !model.is_input(tensor) && model.producer(tensor, index) < 0 && value.data.length == 0,
            Fault::operator_order, tensor);
        at.require(variable.initial.length == 0 ||
                       static_cast<int64_t>(variable.initial.length) == value.size(),
                   Fault::variable_change, static_cast<long>(variable.initial.length));
    } else {
        map(at, index, tensor, false);
        const int from = at.fault == Fault::none ? unchanged(model, variables, tensor) : -1;
        at.require(from < 0 || from == number, Fault::variable_copy, tensor);
    }
    if (at.fault != Fault::none || !model.has_tensor(variable.read)) return;
    const TensorInfo first = model.tensor(variable.read);
    at.require(reads ? value.same_dims(first) : value.size() == first.size(),
               Fault::variable_change, tensor);
    at.require(value.scale_bits == first.scale_bits && value.zero_point == first.zero_point,
               Fault::variable_change, tensor);
}

/// One operator that is needed.
constexpr Status operation(Model& model, int index, const Borders& borders,
                           const Variables& variables) {
    Inspection at{model, model.operation(index), Fault::none, 0, 0};
    const long size = static_cast<long>(model.reader.size);
    const long code = static_cast<long>(at.operation.code);
    Status status = status_of(Fault::none, 0);
    status.operation = index;
    status.code = at.operation.code;
    if (!model.reader.fault && is_of_variables(at.operation.code)) {
        variable(at, index, variables);
    } else if (!model.reader.fault && borders.has(index)) {
        border(at, index, borders.input_of(index) >= 0);
    } else if (!model.reader.fault && !inspect_any(at, index, Operators{})) {
        const Type result = model.has_tensor(at.operation.output) ? at.output().type : Type::INT8;
        at.require(false, unsupported(at.operation.code, result), code);
        status.custom_name = at.operation.custom_name;
    } else if (at.fault == Fault::element_type &&
               unsupported(at.operation.code, static_cast<Type>(at.found)) ==
                   Fault::shape_operator) {
        at.fault = Fault::shape_operator;
        at.found = code;
    }
    if (model.reader.fault) {
        at.fault = Fault::truncated;
        at.found = size;
    }
    status.fault = at.fault;
    status.found = at.found;
    status.macs = at.macs;
    const bool computes = !is_of_variables(at.operation.code);
    for (int i = 0; status.ok() && computes && i < at.operation.output_count; ++i)
        status.bytes += at.output(i).bytes();
    return status;
}

/// Together, from what each operator adds.
constexpr Status costs(int64_t macs, int64_t bytes) {
    const bool too_large = macs > Inspection::most_macs || bytes >= int64_t{1} << 30;
    return status_of(too_large ? Fault::too_large : Fault::none, 0);
}

}  // namespace verify

/// Calls visit(Status) for each thing that keeps mote from running the model in `data`.
template <class Visit>
constexpr void for_each_fault(const unsigned char* data, uint32_t size, Visit&& visit) {
    Model model = open(data, size);
    const Status file = verify::file(model);
    if (!file.ok()) return visit(file);
    Folded folded{};
    folded.find(model);
    const TensorSet needed = verify::needed(model);
    const Borders borders = find_borders(model);
    const Variables variables = find_variables(model);
    for (int number = 0; number < verify::rules; ++number) {
        const Status broken = verify::rule(model, number, needed, borders, variables);
        if (!broken.ok()) visit(broken);
    }
    if (needed.damaged) return visit(verify::status_of(Fault::truncated, static_cast<long>(size)));
    int64_t macs = 0;
    int64_t bytes = 0;
    for (int index = 0; index < model.operator_count(); ++index) {
        if (is_of_variables(model.code(index)) || model.computes(index, needed)) {
            const Status operation = verify::operation(model, index, borders, variables);
            if (!operation.ok()) visit(operation);
            macs += operation.macs;
            bytes += operation.bytes;
        }
    }
    const Status costs = verify::costs(macs, bytes);
    if (!costs.ok()) visit(costs);
}

namespace verify {
struct First {
    Status& status;
    constexpr void operator()(const Status& fault) const {
        if (status.ok()) status = fault;
    }
};
}  // namespace verify

/// The first of them, or Fault::none.
constexpr Status check(const unsigned char* data, uint32_t size) {
    Status status = verify::status_of(Fault::none, 0);
    for_each_fault(data, size, verify::First{status});
    return status;
}

}  // namespace tflite
}  // namespace mote
