// A file's variables: what they hold, who reads and assigns them, and which are delay lines.
//
// An operator that reads a variable gives what was assigned before it, or what the last inference
// left. So the operators of variables compute nothing: they name tensors.
#pragma once

#include "borders.hpp"
#include "check.hpp"
#include "op/concatenation.hpp"
#include "op/slice.hpp"

namespace mote {
namespace tflite {

constexpr int most_variables = 32;

struct Variable {
    /// Characters of its name.
    flatbuffer::Vector container;
    flatbuffer::Vector name;
    /// The tensor of the first operator that reads it; -1: none does.
    int read;
    /// How many operators read and assign it, and the last ones of them.
    int reads;
    int assigns;
    int reader;
    int assigner;
    /// The constant that it begins with; length 0: the real value 0.
    flatbuffer::Vector initial;
    /// Where it is a delay line (layer/delay.hpp): the CONCATENATION that puts new rows below it,
    /// and the slice that is assigned to it; -1: it is none.
    int join;
    int slice;

    constexpr bool is_delay() const { return join >= 0; }

    constexpr void use(int index, const OperatorInfo& operation, bool to_read) {
        if (to_read && reads == 0) read = operation.output;
        ++(to_read ? reads : assigns);
        (to_read ? reader : assigner) = index;
    }
};

struct Variables {
    Variable all[static_cast<size_t>(most_variables)];
    int count;
    /// There are more than `most_variables`.
    bool too_many;

    /// The variable whose rows stand first in what operator `index` joins; -1: it is no delay line.
    constexpr int delay(int index) const {
        for (int i = 0; i < count; ++i)
            if (all[i].join == index) return i;
        return -1;
    }
    /// The slice of a delay line is never computed.
    constexpr bool is_slice(int index) const {
        for (int i = 0; i < count; ++i)
            if (all[i].is_delay() && all[i].slice == index) return true;
        return false;
    }
    /// Which of the graph's variables it is: those that are read and no delay lines.
    constexpr int position(int variable) const {
        int before = 0;
        for (int i = 0; i < variable; ++i)
            if (is_kept(i)) ++before;
        return before;
    }
    constexpr bool is_kept(int variable) const {
        return all[variable].read >= 0 && !all[variable].is_delay();
    }
    constexpr int kept() const { return position(count); }
    /// The variable at a position among these.
    constexpr int at(int position) const {
        int variable = 0;
        for (int left = position; left > 0 || !is_kept(variable); ++variable)
            if (is_kept(variable)) --left;
        return variable;
    }
};

/// Operators that only name what a variable holds.
constexpr bool is_of_variables(Builtin code) {
    return code == Builtin::CALL_ONCE || code == Builtin::VAR_HANDLE ||
           code == Builtin::READ_VARIABLE || code == Builtin::ASSIGN_VARIABLE;
}

namespace variables {

/// Whether the file knows operators of variables. Of codes that none uses, damage does not matter.
constexpr bool has_any(const Model& model) {
    Model copy = model;
    bool found = false;
    for (uint32_t i = 0; i < copy.codes.length; ++i)
        found = found || is_of_variables(copy.code_in(copy.reader.table_at(copy.codes, i)));
    return found;
}

constexpr bool same(const flatbuffer::Reader& reader, flatbuffer::Vector one,
                    flatbuffer::Vector other) {
    if (one.length != other.length) return false;
    flatbuffer::Reader copy = reader;
    for (uint32_t i = 0; i < one.length; ++i)
        if (copy.u8(one.at + i) != copy.u8(other.at + i)) return false;
    return true;
}

/// The variable behind a handle; a new one if need be; -1: the handle is none.
constexpr int behind(Model& model, int handle, Variables& list) {
    const int producer = model.producer(handle, model.operator_count());
    if (producer < 0) return -1;
    const OperatorInfo operation = model.operation(producer);
    if (operation.code != Builtin::VAR_HANDLE || operation.options == 0) return -1;
    flatbuffer::Reader& reader = model.reader;
    const flatbuffer::Vector container =
        reader.vector_field(operation.options, slot::var_handle::container, 1);
    const flatbuffer::Vector name =
        reader.vector_field(operation.options, slot::var_handle::shared_name, 1);
    if (reader.fault) return -1;
    for (int i = 0; i < list.count; ++i)
        if (same(reader, list.all[i].name, name) && same(reader, list.all[i].container, container))
            return i;
    list.too_many = list.too_many || list.count == most_variables;
    if (list.too_many) return -1;
    list.all[list.count] = {container, name, -1, 0, 0, -1, -1, {}, -1, -1};
    return list.count++;
}

/// The subgraph that a CALL_ONCE runs; without operators if there is none.
constexpr Model called(Model& model, const OperatorInfo& operation) {
    Model result = model;
    const int32_t index =
        operation.options == 0
            ? 0
            : model.reader.i32_field(operation.options, slot::call_once::init_subgraph, 0);
    result.operators = {};
    result.tensors = {};
    result.knows_producers = false;
    const bool there = index > 0 && static_cast<uint32_t>(index) < model.subgraphs.length;
    if (there) result.select(static_cast<uint32_t>(index));
    model.reader.fault = model.reader.fault || result.reader.fault;
    return result;
}

/// Takes the constants that a CALL_ONCE assigns. False: it does something else as well.
constexpr bool initialize(Model& model, const OperatorInfo& operation, Variables& list) {
    Model start = called(model, operation);
    for (int index = 0; index < start.operator_count(); ++index) {
        const OperatorInfo each = start.operation(index);
        const bool assigns = each.code == Builtin::ASSIGN_VARIABLE && each.input_count == 2 &&
                             start.has_tensor(each.inputs[1]);
        const int variable = assigns ? behind(start, each.inputs[0], list) : -1;
        const TensorInfo value = assigns ? start.tensor(each.inputs[1]) : TensorInfo{};
        if (each.code != Builtin::VAR_HANDLE && (variable < 0 || value.data.length == 0))
            return false;
        if (assigns) list.all[variable].initial = value.data;
    }
    model.reader.fault = model.reader.fault || start.reader.fault;
    return start.operator_count() > 0;
}

constexpr bool is_output(Model& model, int tensor) {
    for (uint32_t i = 0; i < model.outputs.length; ++i)
        if (model.index_at(model.outputs, i) == tensor) return true;
    return false;
}

/// How a slice cuts its input, if operator `index` is one.
constexpr op::SliceForm slice_form(Inspection& at) {
    if (at.operation.code == Builtin::STRIDED_SLICE) return op::StridedSlice::form(at);
    if (at.operation.code == Builtin::SLICE) return op::Slice::form(at);
    at.fault = Fault::unsupported_operator;
    return {};
}

/// A delay line: new rows are put below a variable, and the last ones of all are assigned to it.
constexpr void find_delay(Model& model, Variable& variable) {
    if (variable.reads != 1 || variable.assigns != 1 || is_output(model, variable.read)) return;
    const int join = only_reader(model, variable.read);
    const int value = model.operand(model.operation(variable.assigner), 1);
    const int slice = model.producer(value, variable.assigner);
    if (join < 0 || slice < 0 || variable.assigner < variable.reader) return;
    if (only_reader(model, value) != variable.assigner || is_output(model, value)) return;

    Inspection joined{model, model.operation(join), Fault::none, 0, 0};
    const OperatorInfo& rows = joined.operation;
    if (rows.code != Builtin::CONCATENATION || rows.input_count != 2 || rows.output_count != 1)
        return;
    if (rows.inputs[0] != variable.read || !model.has_tensor(rows.inputs[1]) ||
        !model.has_tensor(rows.output))
        return;
    const TensorInfo old = model.tensor(variable.read);
    const TensorInfo fresh = model.tensor(rows.inputs[1]);
    const TensorInfo all = model.tensor(rows.output);
    if (fresh.data.length != 0 || old.rank != all.rank) return;
    if (all.rank > most_rank || all.dynamic || old.dynamic || all.size() > most_elements) return;
    const op::JoinForm form = op::Concatenation::form(joined);
    if (joined.fault != Fault::none || !form.rows || form.outer != 1) return;

    Inspection sliced{model, model.operation(slice), Fault::none, 0, 0};
    const OperatorInfo& cut = sliced.operation;
    if (cut.input_count < 3 || cut.output_count != 1 || cut.inputs[0] != rows.output) return;
    if (cut.code == Builtin::STRIDED_SLICE && cut.input_count != 4) return;
    for (int i = 1; i < cut.input_count; ++i)
        if (!model.has_tensor(model.operand(cut, i))) return;
    const op::SliceForm last = slice_form(sliced);
    if (sliced.fault != Fault::none || last.left_out != 0) return;
    for (int axis = 0; axis < all.rank; ++axis) {
        const int32_t count = old.dim(axis);
        const int32_t begin = axis == form.axis ? all.dim(axis) - count : 0;
        if (last.counts[axis] != count || last.starts[axis] != begin || last.steps[axis] != 1)
            return;
    }
    variable.join = join;
    variable.slice = slice;
}

}  // namespace variables

/// The operator before `end` that assigned to a variable last; -1: none.
constexpr int assigner(Model& model, Variables list, int variable, int end) {
    for (int index = end - 1; index >= 0 && list.all[variable].assigns > 0; --index) {
        if (model.code(index) == Builtin::ASSIGN_VARIABLE &&
            variables::behind(model, model.operation(index).inputs[0], list) == variable)
            return index;
    }
    return -1;
}

/// The variable whose bytes a tensor has, as they were before all operators; -1: none.
constexpr int unchanged(Model& model, Variables list, int tensor) {
    int end = model.operator_count();
    for (;;) {
        end = model.has_tensor(tensor) ? model.producer(tensor, end) : -1;
        if (end < 0) return -1;
        const OperatorInfo operation = model.operation(end);
        if (operation.code == Builtin::READ_VARIABLE) {
            const int variable = variables::behind(model, operation.inputs[0], list);
            if (variable < 0) return -1;
            const int before = assigner(model, list, variable, end);
            if (before < 0) return variable;
            tensor = model.operand(model.operation(before), 1);
            end = before;
        } else if (operation.code == Builtin::RESHAPE || operation.code == Builtin::SQUEEZE ||
                   operation.code == Builtin::EXPAND_DIMS || operation.code == Builtin::QUANTIZE ||
                   operation.code == Builtin::DEQUANTIZE) {
            tensor = operation.inputs[0];
        } else {
            return -1;
        }
    }
}

constexpr Variables find_variables(Model& model) {
    Variables list{};
    if (!variables::has_any(model)) return list;
    for (int index = 0; index < model.operator_count(); ++index) {
        const Builtin code = model.code(index);
        const bool reads = code == Builtin::READ_VARIABLE;
        const bool assigns = code == Builtin::ASSIGN_VARIABLE;
        const bool names = reads || assigns || code == Builtin::CALL_ONCE;
        const OperatorInfo operation = names ? model.operation(index) : OperatorInfo{};
        if (operation.code == Builtin::CALL_ONCE)
            static_cast<void>(variables::initialize(model, operation, list));
        const int number =
            reads || assigns ? variables::behind(model, operation.inputs[0], list) : -1;
        if (number >= 0) list.all[number].use(index, operation, reads);
    }
    // What is no delay line may look like a fault of the file.
    Model copy = model;
    for (int i = 0; i < list.count && !model.reader.fault; ++i)
        if (model.has_tensor(list.all[i].read)) variables::find_delay(copy, list.all[i]);
    return list;
}

}  // namespace tflite
}  // namespace mote
