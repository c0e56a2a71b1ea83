// Writes .tflite files.
#pragma once

#include <initializer_list>

#include "model.hpp"

namespace oracle {

/// A flatbuffer, front to back: tables before what they point to.
class Flatbuffer {
   public:
    struct Field {
        int slot;
        size_t bytes;
        uint64_t value;
    };
    /// Where a table's fields stand, for offsets to be put in.
    struct Table {
        uint32_t at;
        std::vector<uint32_t> fields;
    };

    Table table(const std::vector<Field>& fields) {
        int slots = 0;
        for (const Field& field : fields) slots = std::max(slots, field.slot + 1);
        align(4);
        const size_t vtable = bytes_.size();
        bytes_.resize(vtable + 4 + 2 * size_t(slots));
        align(8);
        Table made{uint32_t(bytes_.size()), {}};
        append(made.at - vtable, 4);
        for (const Field& field : fields) {
            align(field.bytes);
            made.fields.push_back(uint32_t(bytes_.size()));
            put(vtable + 4 + 2 * size_t(field.slot), bytes_.size() - made.at, 2);
            append(field.value, field.bytes);
        }
        put(vtable, 4 + 2 * uint64_t(slots), 2);
        put(vtable + 2, bytes_.size() - made.at, 2);
        return made;
    }
    /// Begins a vector; its elements follow.
    uint32_t vector(size_t length, size_t alignment) {
        align(alignment, 4);
        const uint32_t at = uint32_t(bytes_.size());
        append(length, 4);
        return at;
    }
    /// A vector of offsets, for tables to be put in.
    Table offsets(size_t length) {
        Table made{vector(length, 4), {}};
        for (size_t i = 0; i < length; ++i) {
            made.fields.push_back(uint32_t(bytes_.size()));
            append(0, 4);
        }
        return made;
    }
    template <class Values>
    uint32_t numbers(const Values& values, size_t bytes) {
        const uint32_t at = vector(values.size(), bytes);
        for (const auto value : values) append(uint64_t(value), bytes);
        return at;
    }
    void append(uint64_t value, size_t bytes) {
        bytes_.resize(bytes_.size() + bytes);
        put(bytes_.size() - bytes, value, bytes);
    }
    void put(size_t at, uint64_t value, size_t bytes) {
        for (size_t i = 0; i < bytes; ++i, value >>= 8)
            bytes_[at + i] = static_cast<unsigned char>(value);
    }
    void point(uint32_t field, uint32_t to) { put(field, to - field, 4); }
    /// So that what follows `before` further bytes is aligned.
    void align(size_t alignment, size_t before = 0) {
        while ((bytes_.size() + before) % alignment != 0) bytes_.push_back(0);
    }
    const File& bytes() const { return bytes_; }

   private:
    File bytes_;
};

/// A model in the making.
struct Draft {
    using Field = Flatbuffer::Field;

    struct Tensor {
        Type type;
        Dims dims;
        std::vector<float> scales;
        std::vector<int> zeros;
        int axis;
        Bytes data;
    };
    struct Operator {
        Builtin code;
        std::vector<int> inputs;
        std::vector<int> outputs;
        /// The schema's number of the kind of options, and what is in them.
        int kind;
        std::vector<Field> options;
    };

    std::vector<Tensor> tensors;
    std::vector<Operator> operators;
    std::vector<int> inputs;
    std::vector<int> outputs;

    File file() const {
        Flatbuffer to;
        to.append(0, 4);
        for (const char letter : {'T', 'F', 'L', '3'}) to.append(uint64_t(letter), 1);
        using namespace slot;
        const auto root = to.table({{model::version, 4, 3},
                                    {model::operator_codes, 4, 0},
                                    {model::subgraphs, 4, 0},
                                    {model::buffers, 4, 0}});
        to.point(0, root.at);
        write_codes(to, root.fields[1]);
        write_subgraph(to, root.fields[2]);
        write_buffers(to, root.fields[3]);
        return to.bytes();
    }

   private:
    static uint64_t bits(float value) {
        uint32_t result;
        std::memcpy(&result, &value, sizeof result);
        return result;
    }

    /// One for each operator.
    void write_codes(Flatbuffer& to, uint32_t field) const {
        const auto all = to.offsets(operators.size());
        to.point(field, all.at);
        for (size_t i = 0; i < operators.size(); ++i) {
            const int code = int(operators[i].code);
            const auto made = to.table(
                {{slot::operator_code::builtin_code, 4, uint64_t(code)},
                 {2, 4, 1},
                 {slot::operator_code::short_builtin_code, 1, uint64_t(std::min(code, 127))}});
            to.point(all.fields[i], made.at);
        }
    }
    void write_subgraph(Flatbuffer& to, uint32_t field) const {
        using namespace slot;
        const auto all = to.offsets(1);
        to.point(field, all.at);
        const auto graph = to.table({{subgraph::tensors, 4, 0},
                                     {subgraph::inputs, 4, 0},
                                     {subgraph::outputs, 4, 0},
                                     {subgraph::operators, 4, 0}});
        to.point(all.fields[0], graph.at);
        const auto maps = to.offsets(tensors.size());
        to.point(graph.fields[0], maps.at);
        for (size_t i = 0; i < tensors.size(); ++i) write_tensor(to, maps.fields[i], i);
        to.point(graph.fields[1], to.numbers(inputs, 4));
        to.point(graph.fields[2], to.numbers(outputs, 4));
        const auto steps = to.offsets(operators.size());
        to.point(graph.fields[3], steps.at);
        for (size_t i = 0; i < operators.size(); ++i) write_operator(to, steps.fields[i], i);
    }
    /// Buffer 0 is nobody's, buffer i + 1 tensor i's.
    void write_tensor(Flatbuffer& to, uint32_t field, size_t index) const {
        using namespace slot;
        const Tensor& tensor = tensors[index];
        const auto made = to.table({{tensor::shape, 4, 0},
                                    {tensor::buffer, 4, tensor.data.empty() ? 0 : index + 1},
                                    {tensor::quantization, 4, 0},
                                    {tensor::type, 1, uint64_t(tensor.type)}});
        to.point(field, made.at);
        to.point(made.fields[0], to.numbers(tensor.dims, 4));
        const auto affine = to.table({{quantization::scale, 4, 0},
                                      {quantization::zero_point, 4, 0},
                                      {quantization::dimension, 4, uint64_t(tensor.axis)}});
        to.point(made.fields[2], affine.at);
        std::vector<uint64_t> scales;
        for (const float scale : tensor.scales) scales.push_back(bits(scale));
        to.point(affine.fields[0], to.numbers(scales, 4));
        to.point(affine.fields[1], to.numbers(tensor.zeros, 8));
    }
    void write_operator(Flatbuffer& to, uint32_t field, size_t index) const {
        using namespace slot;
        const Operator& made = operators[index];
        const auto table = to.table({{operation::code_index, 4, index},
                                     {operation::inputs, 4, 0},
                                     {operation::outputs, 4, 0},
                                     {operation::options, 4, 0},
                                     {3, 1, uint64_t(made.kind)}});
        to.point(field, table.at);
        to.point(table.fields[1], to.numbers(made.inputs, 4));
        to.point(table.fields[2], to.numbers(made.outputs, 4));
        to.point(table.fields[3], to.table(made.options).at);
    }
    void write_buffers(Flatbuffer& to, uint32_t field) const {
        const auto all = to.offsets(tensors.size() + 1);
        to.point(field, all.at);
        to.point(all.fields[0], to.table({}).at);
        for (size_t i = 0; i < tensors.size(); ++i) {
            const Bytes& data = tensors[i].data;
            const auto made = data.empty() ? to.table({}) : to.table({{slot::buffer::data, 4, 0}});
            to.point(all.fields[i + 1], made.at);
            if (data.empty()) continue;
            const uint32_t at = to.vector(data.size(), 16);
            for (const int8_t byte : data) to.append(uint64_t(byte), 1);
            to.point(made.fields[0], at);
        }
    }
};

}  // namespace oracle
