// Runs a .tflite file, operator by operator. It shares with the library what reads flatbuffers, and
// nothing that computes.
#pragma once

#include <cstring>

#include "operators.hpp"

namespace oracle {

using Bytes = std::vector<int8_t>;
using File = std::vector<unsigned char>;

inline size_t width_of(Type type) {
    switch (type) {
        case Type::INT64:
            return 8;
        case Type::FLOAT32:
        case Type::INT32:
            return 4;
        case Type::INT16:
            return 2;
        default:
            return 1;
    }
}

class Model {
   public:
    explicit Model(File file)
        : file_(std::move(file)), read_(mote::tflite::open(file_.data(), uint32_t(file_.size()))) {
        const uint32_t count = read_.subgraphs.length;
        graphs_.resize(count);
        for (uint32_t i = count; i-- > 0;) {
            read_.select(i);
            open(graphs_[i]);
        }
        for (size_t i = 0; i < read_.inputs.length; ++i) inputs_.push_back(read_.input(int(i)));
        for (size_t i = 0; i < read_.outputs.length; ++i) outputs_.push_back(read_.output(int(i)));
        memory_.run = [this](int graph) { run(graphs_.at(size_t(graph))); };
    }
    Model(const Model&) = delete;

    /// The first operator that the oracle does not know; -1: it runs them all.
    int unknown() const {
        for (const Graph& graph : graphs_)
            for (size_t i = 0; i < graph.calls.size(); ++i)
                if (operator_of(graph.calls[i].code) == nullptr) return int(i);
        return -1;
    }
    const std::vector<Call>& calls() const { return graphs_[0].calls; }
    const Array& array_at(int tensor) const { return graphs_[0].arrays[size_t(tensor)]; }
    bool remembers() const { return !memory_.variables.empty(); }
    const std::vector<int>& inputs() const { return inputs_; }
    const std::vector<int>& outputs() const { return outputs_; }
    size_t input_bytes() const { return bytes(inputs_); }
    size_t output_bytes() const { return bytes(outputs_); }

    /// From the bytes of all inputs to those of all outputs.
    Bytes run(const int8_t* in) {
        for (const int tensor : inputs_) in = set(graphs_[0].arrays[size_t(tensor)], in);
        run(graphs_[0]);
        Bytes result;
        for (const int tensor : outputs_) append(result, array_at(tensor));
        return result;
    }

   private:
    struct Graph {
        std::vector<Array> arrays;
        std::vector<Call> calls;
    };

    static void run(Graph& graph) {
        for (Call& call : graph.calls) operator_of(call.code)(call);
    }

    size_t bytes(const std::vector<int>& tensors) const {
        size_t sum = 0;
        for (const int tensor : tensors) {
            const Array& array = array_at(tensor);
            sum += size_t(array.size()) * width_of(array.type);
        }
        return sum;
    }

    static const int8_t* set(Array& array, const int8_t* bytes) {
        array.values.clear();
        array.reals.clear();
        for (int64_t i = 0; i < array.size(); ++i, bytes += width_of(array.type)) {
            switch (array.type) {
                case Type::FLOAT32:
                    array.reals.push_back(value<float>(bytes));
                    break;
                case Type::INT64:
                    array.values.push_back(value<int64_t>(bytes));
                    break;
                case Type::INT32:
                    array.values.push_back(value<int32_t>(bytes));
                    break;
                case Type::INT16:
                    array.values.push_back(value<int16_t>(bytes));
                    break;
                case Type::UINT8:
                    array.values.push_back(value<uint8_t>(bytes));
                    break;
                default:
                    array.values.push_back(*bytes);
            }
        }
        return bytes;
    }
    template <class Value>
    static Value value(const int8_t* bytes) {
        Value result;
        std::memcpy(&result, bytes, sizeof result);
        return result;
    }
    static void append(Bytes& bytes, const Array& array) {
        for (size_t i = 0; i < size_t(array.size()); ++i) {
            // The low bytes come first, as in the file.
            uint64_t bits = array.type == Type::FLOAT32 ? 0 : uint64_t(array.values[i]);
            if (array.type == Type::FLOAT32) std::memcpy(&bits, &array.reals[i], sizeof(float));
            for (size_t k = 0; k < width_of(array.type); ++k, bits >>= 8)
                bytes.push_back(static_cast<int8_t>(bits));
        }
    }

    Array array(int tensor) {
        const mote::tflite::TensorInfo info = read_.tensor(tensor);
        Array made{info.type, {}, {}, info.zero_point, info.data.length != 0, {}, {}, {}};
        for (int i = 0; i < info.rank; ++i) made.dims.push_back(info.dim(i));
        for (uint32_t i = 0; i < info.scales.length; ++i) {
            const uint32_t bits = read_.reader.u32(info.scales.at + 4 * i);
            float scale;
            std::memcpy(&scale, &bits, sizeof scale);
            made.scales.push_back(scale);
        }
        if (made.constant) set(made, reinterpret_cast<const int8_t*>(file_.data()) + info.data.at);
        return made;
    }
    /// The subgraph that was selected.
    void open(Graph& graph) {
        for (int i = 0; i < read_.tensor_count(); ++i) graph.arrays.push_back(array(i));
        for (int i = 0; i < read_.operator_count(); ++i) graph.calls.push_back(call(graph, i));
    }
    Call call(Graph& graph, int index) {
        const mote::tflite::OperatorInfo info = read_.operation(index);
        Call made{info.code, {}, {}, {read_.reader, info.options}, &memory_};
        for (uint32_t i = 0; i < info.all_inputs.length; ++i) {
            const int tensor = read_.index_at(info.all_inputs, i);
            made.in.push_back(tensor < 0 ? nullptr : &graph.arrays[size_t(tensor)]);
        }
        for (uint32_t i = 0; i < info.all_outputs.length; ++i)
            made.out.push_back(&graph.arrays[size_t(read_.index_at(info.all_outputs, i))]);
        return made;
    }

    File file_;
    mote::tflite::Model read_;
    std::vector<Graph> graphs_;
    Memory memory_;
    std::vector<int> inputs_;
    std::vector<int> outputs_;
};

}  // namespace oracle
