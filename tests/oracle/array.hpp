// A tensor as the oracle has it: all values in one place, whatever their type.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "mote/tflite/model.hpp"

namespace oracle {

namespace slot = mote::tflite::slot;

using mote::tflite::Builtin;
using mote::tflite::Type;
using Dims = std::vector<int>;

inline int64_t size_of(const Dims& dims) {
    int64_t size = 1;
    for (const int dim : dims) size *= dim;
    return size;
}

struct Array {
    Type type;
    Dims dims;
    std::vector<float> scales;
    int zero;
    bool constant;
    std::vector<int64_t> values;
    /// Of a handle: the variable.
    std::string variable;
    /// In the place of `values` where the type is FLOAT32.
    std::vector<float> reals;

    float scale() const { return scales.empty() ? 0 : scales.front(); }
    float scale(int channel) const {
        return scales.size() == 1 ? scales.front() : scales.at(size_t(channel));
    }
    int rank() const { return int(dims.size()); }
    int64_t size() const { return size_of(dims); }
    /// Dimension `axis` counted from the end if negative; what is not there is 1.
    int dim(int axis) const {
        if (axis < 0) axis += rank();
        return axis < 0 || axis >= rank() ? 1 : dims[size_t(axis)];
    }
    int axis(int64_t number) const { return int(number < 0 ? number + rank() : number); }

    int64_t place(const Dims& at) const {
        int64_t index = 0;
        for (size_t i = 0; i < dims.size(); ++i) {
            if (at[i] < 0 || at[i] >= dims[i]) throw std::out_of_range("an index of an array");
            index = index * dims[i] + at[i];
        }
        return index;
    }
    int64_t at(const Dims& index) const { return values[size_t(place(index))]; }
    /// For an index of an array whose last dimensions are these, or where these are 1.
    int64_t spread(const Dims& index) const {
        Dims own(dims.size());
        for (size_t i = 0; i < own.size(); ++i)
            own[i] = dims[i] == 1 ? 0 : index[index.size() - own.size() + i];
        return at(own);
    }
    std::vector<int> numbers() const { return {values.begin(), values.end()}; }
};

/// Calls `each` with all indices in their order.
template <class Each>
void for_each_index(const Dims& dims, Each each) {
    Dims at(dims.size(), 0);
    for (int64_t count = size_of(dims); count > 0; --count) {
        each(at);
        for (size_t axis = dims.size(); axis-- > 0 && ++at[axis] == dims[axis];) at[axis] = 0;
    }
}

/// An operator's options, read where they stand in the file.
struct Options {
    mote::flatbuffer::Reader reader;
    uint32_t table;

    int byte(int slot) { return table == 0 ? 0 : int(reader.u8_field(table, slot, 0)); }
    int number(int slot, int otherwise = 0) {
        return table == 0 ? otherwise : int(reader.i32_field(table, slot, otherwise));
    }
    std::string text(int slot) {
        std::string letters;
        if (table == 0) return letters;
        const mote::flatbuffer::Vector at = reader.vector_field(table, slot, 1);
        for (uint32_t i = 0; i < at.length; ++i) letters += static_cast<char>(reader.u8(at.at + i));
        return letters;
    }
    float real(int slot) {
        const uint32_t bits = table == 0 ? 0 : reader.u32_field(table, slot, 0);
        float value;
        static_assert(sizeof value == sizeof bits, "");
        __builtin_memcpy(&value, &bits, sizeof value);
        return value;
    }
};

/// What a model keeps from one inference to the next: variables by their names.
struct Memory {
    std::map<std::string, std::vector<int64_t>> variables;
    /// Runs another subgraph.
    std::function<void(int)> run;
    bool begun = false;
};

/// An operator at work: what it reads, null where it leaves an operand out, and what it computes.
struct Call {
    Builtin code;
    std::vector<const Array*> in;
    std::vector<Array*> out;
    Options options;
    Memory* memory;

    bool has(size_t operand) const { return operand < in.size() && in[operand] != nullptr; }
    const Array& x() const { return *in[0]; }
    Array& y() const { return *out[0]; }
    void fill(const std::function<int64_t(const Dims&)>& value) const {
        size_t next = 0;
        y().values.resize(size_t(y().size()));
        for_each_index(y().dims, [&](const Dims& at) { y().values[next++] = value(at); });
    }
};

}  // namespace oracle
