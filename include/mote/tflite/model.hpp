// A .tflite file with the positions of its parts, and what it says of them. Usable in constant
// expressions and at run time; nothing is read out of bounds.
#pragma once

#include "../detail/integer.hpp"
#include "faults.hpp"
#include "info.hpp"

namespace mote {
namespace tflite {

/// The file with the positions of its parts.
struct Model {
    flatbuffer::Reader reader;
    flatbuffer::Vector codes;
    flatbuffer::Vector buffers;
    flatbuffer::Vector subgraphs;
    flatbuffer::Vector tensors;
    flatbuffer::Vector operators;
    flatbuffer::Vector inputs;
    flatbuffer::Vector outputs;
    int32_t version;
    bool identified;
    /// For each tensor the first operator that computes it, plus 1, once that is known. (With a
    /// sanitizer, g++ takes no comparison with null for a constant.)
    const int16_t* first_producers;
    bool knows_producers;
    /// The last of the constants that operators compute; so many are behind each other.
    const Computed* computed;
    int computed_count;
    /// Some batch is not what the file says: see open_batch().
    bool has_open_batches;

    constexpr int operator_count() const { return static_cast<int>(operators.length); }
    constexpr int tensor_count() const { return static_cast<int>(tensors.length); }

    /// Takes tensors and operators from a subgraph.
    constexpr void select(uint32_t index) {
        const uint32_t subgraph = reader.table_at(subgraphs, index);
        tensors = reader.vector_field(subgraph, slot::subgraph::tensors, 4);
        operators = reader.vector_field(subgraph, slot::subgraph::operators, 4);
        inputs = reader.vector_field(subgraph, slot::subgraph::inputs, 4);
        outputs = reader.vector_field(subgraph, slot::subgraph::outputs, 4);
    }

    constexpr int index_at(flatbuffer::Vector indices, uint32_t position) {
        if (position >= indices.length) return -1;
        const int32_t index = reader.i32(indices.at + 4 * position);
        // What int cannot hold is no tensor's.
        return detail::as_int(index) == index ? detail::as_int(index) : tensor_count();
    }
    constexpr int input(int number = 0) { return index_at(inputs, static_cast<uint32_t>(number)); }
    constexpr int output(int number = 0) {
        return index_at(outputs, static_cast<uint32_t>(number));
    }

    /// Which of the model's inputs a tensor is; -1: none.
    constexpr int input_number(int tensor) {
        for (uint32_t i = 0; i < inputs.length; ++i)
            if (index_at(inputs, i) == tensor) return static_cast<int>(i);
        return -1;
    }
    constexpr bool is_input(int tensor) { return input_number(tensor) >= 0; }

    /// An integer of a constant; of FLOAT32 its bits.
    constexpr int64_t whole_number(const TensorInfo& constant, uint32_t index) {
        flatbuffer::Reader values{constant.values, constant.held, false};
        const uint32_t width = static_cast<uint32_t>(bytes_of(constant.type));
        const uint32_t at = width * index;
        reader.fault =
            reader.fault || at > constant.data.length || width > constant.data.length - at;
        switch (constant.type) {
            case Type::FLOAT32:
                return values.u32(at);
            case Type::INT32:
                return values.i32(at);
            case Type::INT64:
                return static_cast<int64_t>(values.u32(at) |
                                            static_cast<uint64_t>(values.u32(at + 4)) << 32);
            case Type::INT16:
                return static_cast<int16_t>(values.u16(at));
            case Type::INT8:
                return static_cast<int8_t>(values.u8(at));
            default:
                return static_cast<int64_t>(values.u8(at));
        }
    }
    /// The same; those past 32 bits end there.
    constexpr int32_t number(const TensorInfo& constant, uint32_t index) {
        const int64_t whole = whole_number(constant, index);
        constexpr int64_t most = 0x7fffffff;
        return static_cast<int32_t>(whole < -most - 1 ? -most - 1 : whole > most ? most : whole);
    }

    constexpr int operand(const OperatorInfo& operation, int position) {
        return index_at(operation.all_inputs, static_cast<uint32_t>(position));
    }
    /// Which output of an operator a tensor is; -1: none.
    constexpr int result_number(const OperatorInfo& operation, int tensor) {
        for (uint32_t i = 0; i < operation.all_outputs.length; ++i)
            if (index_at(operation.all_outputs, i) == tensor) return static_cast<int>(i);
        return -1;
    }

    constexpr bool has_tensor(int index) const { return index >= 0 && index < tensor_count(); }

    constexpr TensorInfo tensor(int index) {
        TensorInfo info{};
        const uint32_t table = reader.table_at(tensors, static_cast<uint32_t>(index));
        const flatbuffer::Vector shape = reader.vector_field(table, slot::tensor::shape, 4);
        const flatbuffer::Vector signature =
            reader.vector_field(table, slot::tensor::shape_signature, 4);
        info.type = static_cast<Type>(reader.u8_field(table, slot::tensor::type, 0));
        info.rank = static_cast<int>(shape.length > 100 ? 100 : shape.length);
        for (int i = 0; i < most_rank; ++i) info.dims[i] = 1;
        for (int i = 0; i < info.rank && info.rank <= most_rank; ++i) {
            const int32_t dim = reader.i32(shape.at + 4 * static_cast<uint32_t>(i));
            info.dynamic = info.dynamic || dim <= 0 || dim > most_dimension;
            info.dims[most_rank - info.rank + i] = dim;
        }
        // A batch of -1 in the signature is how converters say "any": the shape's 1 decides, also
        // where it went on to another axis. Any other size that an input leaves open is missing.
        if (is_input(index))
            for (uint32_t i = 1; i < signature.length && i < most_rank; ++i)
                info.dynamic = info.dynamic || reader.i32(signature.at + 4 * i) < 0;
        if (has_open_batches && info.rank > 0 && info.rank <= most_rank && info.dim(0) == 1 &&
            signature.length > 0 && reader.i32(signature.at) < 0)
            info.dims[most_rank - info.rank] = open_batch(index);
        info.sparse = reader.field(table, slot::tensor::sparsity) != 0;
        const uint32_t affine = reader.table_field(table, slot::tensor::quantization);
        if (affine != 0) {
            info.scales = reader.vector_field(affine, slot::quantization::scale, 4);
            info.zero_points = reader.vector_field(affine, slot::quantization::zero_point, 8);
            info.quantized_dimension = reader.i32_field(affine, slot::quantization::dimension, 0);
            if (info.scales.length > 0) info.scale_bits = reader.u32(info.scales.at);
            if (info.zero_points.length > 0) info.zero_point = zero_point(info, 0);
        }
        read_constant(info, table);
        if (info.data.length != 0) {
            info.values = reader.data + info.data.at;
            info.held = info.data.length;
        }
        const Computed* entry = computed;
        for (int i = 0; i < computed_count; ++i, entry = entry->before) {
            if (entry->tensor == index) {
                info.data.length = entry->length;
                info.values = entry->bytes;
                info.held = entry->held;
            }
        }
        return info;
    }

    /// The bytes of a tensor that is constant.
    constexpr void read_constant(TensorInfo& info, uint32_t table) {
        const uint32_t buffer = reader.u32_field(table, slot::tensor::buffer, 0);
        if (buffer < buffers.length)
            read_buffer(info, reader.table_at(buffers, buffer));
        else if (buffer != 0)
            reader.fault = true;
    }

    /// What SPACE_TO_BATCH_ND makes of a batch of 1, in whose place the file says "any".
    constexpr int32_t open_batch(int index) {
        for (int at = producer(index, operator_count()); at >= 0;) {
            const OperatorInfo from = operation(at);
            if (from.code == Builtin::SPACE_TO_BATCH_ND) return blocks(from.inputs[1]);
            if (from.code == Builtin::BATCH_TO_SPACE_ND) return 1;
            int next = -1;
            for (int i = 0; i < 4 && next < 0; ++i)
                if (has_tensor(from.inputs[i])) next = producer(from.inputs[i], at);
            at = next < at ? next : -1;
        }
        return 1;
    }
    constexpr int32_t blocks(int index) {
        TensorInfo sizes{};
        if (has_tensor(index))
            read_constant(sizes, reader.table_at(tensors, static_cast<uint32_t>(index)));
        int64_t product = 1;
        for (uint32_t at = 0; at + 4 <= sizes.data.length && at < 8; at += 4) {
            const int32_t size = reader.i32(sizes.data.at + at);
            if (size >= 1 && size <= most_dimension) product *= size;
        }
        return static_cast<int32_t>(product <= most_dimension ? product : 1);
    }
    /// Whether operators compute a tensor from constants.
    constexpr bool is_computed(int index) const {
        bool found = false;
        const Computed* entry = computed;
        for (int i = 0; i < computed_count; ++i, entry = entry->before)
            found = found || entry->tensor == index;
        return found;
    }

    /// The bytes of a buffer: in the flatbuffer, or behind it at an offset from the file's begin.
    constexpr void read_buffer(TensorInfo& info, uint32_t buffer) {
        info.data = reader.vector_field(buffer, slot::buffer::data, 1);
        if (info.data.length != 0) return;
        const uint64_t offset = reader.u64_field(buffer, slot::buffer::offset);
        const uint64_t length = reader.u64_field(buffer, slot::buffer::size);
        if (offset <= 1 || length == 0) return;
        info.cut_off = offset > reader.size || length > reader.size - offset;
        if (!info.cut_off)
            info.data = {static_cast<uint32_t>(offset), static_cast<uint32_t>(length)};
    }

    /// A 64-bit zero point; values past 32 bits come out as one that no check accepts.
    constexpr int32_t zero_point(const TensorInfo& info, uint32_t channel) {
        const uint32_t at = info.zero_points.at + 8 * channel;
        const int32_t low = reader.i32(at);
        const int32_t high = reader.i32(at + 4);
        return high == (low < 0 ? -1 : 0) ? low : 0x7fffffff;
    }

    constexpr uint32_t operator_table(int index) {
        return reader.table_at(operators, static_cast<uint32_t>(index));
    }

    /// Position of an operator's code.
    constexpr uint32_t code_table(uint32_t operation) {
        return reader.table_at(codes, reader.u32_field(operation, slot::operation::code_index, 0));
    }
    constexpr Builtin code_in(uint32_t code) {
        // Files older than the 128th operator have the code in a byte, newer ones in both.
        const int32_t short_code =
            static_cast<int32_t>(reader.u8_field(code, slot::operator_code::short_builtin_code, 0));
        const int32_t long_code = reader.i32_field(code, slot::operator_code::builtin_code, 0);
        return static_cast<Builtin>(long_code > short_code ? long_code : short_code);
    }
    /// What an operator is, be it one that is left out and damaged.
    constexpr Builtin code(int index) const {
        Model copy = *this;
        return copy.code_in(copy.code_table(copy.operator_table(index)));
    }

    constexpr OperatorInfo operation(int index) {
        OperatorInfo info{};
        const uint32_t table = operator_table(index);
        const uint32_t code = code_table(table);
        info.code = code_in(code);
        const flatbuffer::Vector in = reader.vector_field(table, slot::operation::inputs, 4);
        const flatbuffer::Vector out = reader.vector_field(table, slot::operation::outputs, 4);
        info.input_count = static_cast<int>(in.length > 100 ? 100 : in.length);
        for (uint32_t i = 0; i < 4; ++i) info.inputs[i] = index_at(in, i);
        info.output_count = static_cast<int>(out.length > 100 ? 100 : out.length);
        info.custom_name = reader.vector_field(code, slot::operator_code::custom_code, 1);
        info.output = index_at(out, 0);
        info.all_inputs = in;
        info.all_outputs = out;
        info.options = reader.table_field(table, slot::operation::options);
        return info;
    }

    /// An operator before `end` that computes tensor `index`; -1 for none.
    constexpr int producer(int index, int end) {
        if (knows_producers && has_tensor(index))
            return first_producers[index] <= end ? first_producers[index] - 1 : -1;
        for (int i = end - 1; i >= 0; --i) {
            const flatbuffer::Vector out =
                reader.vector_field(operator_table(i), slot::operation::outputs, 4);
            for (uint32_t k = 0; k < out.length; ++k)
                if (index_at(out, k) == index) return i;
        }
        return -1;
    }

    constexpr flatbuffer::Vector operands(int index, int slot) {
        return reader.vector_field(operator_table(index), slot, 4);
    }
    /// Whether operator `index` computes one of `some`.
    constexpr bool computes(int index, const TensorSet& some) {
        const flatbuffer::Vector out = operands(index, slot::operation::outputs);
        for (uint32_t k = 0; k < out.length; ++k) {
            const int tensor = index_at(out, k);
            if (has_tensor(tensor) && tensor < most_tensors && some.has(tensor)) return true;
        }
        return false;
    }
};

/// Finds the parts of a file. Anything out of range sets reader.fault.
constexpr Model open(const unsigned char* data, uint32_t size) {
    Model model{};
    model.reader = {data, size, false};
    flatbuffer::Reader& reader = model.reader;
    model.identified =
        size >= 8 && data[4] == 'T' && data[5] == 'F' && data[6] == 'L' && data[7] == '3';
    if (!model.identified) return model;
    const uint32_t root = reader.root();
    model.version = reader.i32_field(root, slot::model::version, 0);
    model.codes = reader.vector_field(root, slot::model::operator_codes, 4);
    model.buffers = reader.vector_field(root, slot::model::buffers, 4);
    model.subgraphs = reader.vector_field(root, slot::model::subgraphs, 4);
    if (model.subgraphs.length > 0) model.select(0);
    for (uint32_t i = 0; i < model.codes.length; ++i)
        model.has_open_batches =
            model.has_open_batches ||
            model.code_in(reader.table_at(model.codes, i)) == Builtin::SPACE_TO_BATCH_ND;
    return model;
}

}  // namespace tflite
}  // namespace mote
