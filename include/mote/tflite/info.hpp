// What a .tflite file says of a tensor and of an operator, as plain values.
#pragma once

#include "elements.hpp"
#include "flatbuffer.hpp"

namespace mote {
namespace tflite {

constexpr int32_t most_dimension = int32_t{1} << 20;
constexpr int64_t most_elements = int64_t{1} << 27;
constexpr int most_tensors = 4096;
constexpr int most_rank = 6;

/// Height, width and channels, as a layer sees a tensor.
struct Extents {
    int64_t height;
    int64_t width;
    int64_t channels;

    constexpr bool operator==(const Extents& other) const {
        return height == other.height && width == other.width && channels == other.channels;
    }
};

struct TensorInfo {
    Type type;
    int rank;
    /// Dimensions, the last one at the end; 1 where the rank has none.
    int32_t dims[most_rank];
    bool dynamic;
    bool sparse;
    flatbuffer::Vector scales;
    flatbuffer::Vector zero_points;
    int32_t quantized_dimension;
    uint32_t scale_bits;
    int32_t zero_point;
    /// Constant bytes; length 0: computed at run time.
    flatbuffer::Vector data;
    /// Where they are, in the file or computed, and how many of them are there to be read.
    const unsigned char* values;
    uint32_t held;
    /// The constant lies behind the end of the bytes.
    bool cut_off;

    /// The file's dimension `axis`, from 0 to rank - 1.
    constexpr int32_t dim(int axis) const { return dims[most_rank - rank + axis]; }
    /// Dimension `axis` of four, [batch, height, width, channels].
    constexpr int32_t of_four(int axis) const { return dims[most_rank - 4 + axis]; }

    /// Dimension `axis` of six, the last ones the file's.
    constexpr int32_t of_six(int axis) const { return dims[axis]; }
    /// How many of six dimensions are rows, and how many of the file's.
    constexpr int row_axes() const { return most_rank - (rank < 4 || one_row() ? 1 : 2); }
    constexpr int row_dims() const { return row_axes() - (most_rank - rank); }

    // The last dimension are the channels; from rank 4 on the one before it is the width. All
    // others together are the height: batches stand below each other. A map of one row is turned on
    // its side, the same bytes with a row for each column, so that it streams.
    constexpr bool one_row() const { return product(0, most_rank - 2) == 1; }
    constexpr int64_t height() const { return product(0, row_axes()); }
    constexpr int64_t width() const { return row_axes() < most_rank - 1 ? dims[most_rank - 2] : 1; }
    constexpr int64_t channels() const { return dims[most_rank - 1]; }
    constexpr int32_t batch() const { return rank < 3 ? 1 : dim(0); }
    constexpr Extents extents() const { return {height(), width(), channels()}; }
    /// Without the turn.
    constexpr Extents upright() const {
        return rank < 4 ? extents()
                        : Extents{product(0, most_rank - 2), dims[most_rank - 2], channels()};
    }
    /// Elements; some number past `most_elements` when there are more.
    constexpr int64_t size() const { return product(0, most_rank); }
    /// Bytes of all elements.
    constexpr int64_t bytes() const { return size() * bytes_of(type); }
    /// Whether values stand for others, by a scale and a zero point.
    constexpr bool scaled() const {
        const bool may_be = type == Type::INT8 || type == Type::UINT8 || type == Type::INT16;
        return may_be && scale_bits != 0;
    }
    constexpr bool same_dims(const TensorInfo& other) const {
        for (int i = 0; i < most_rank; ++i)
            if (dims[i] != other.dims[i]) return false;
        return true;
    }

   private:
    constexpr int64_t product(int from, int to) const {
        int64_t result = 1;
        for (int i = from; i < to; ++i)
            if (result >= -most_elements && result <= most_elements) result *= dims[i];
        return result;
    }
};

struct OperatorInfo {
    Builtin code;
    int input_count;
    /// The first inputs; Model::operand() has all.
    int inputs[4];
    int output_count;
    int output;
    flatbuffer::Vector all_inputs;
    flatbuffer::Vector all_outputs;
    /// Position of the options table; 0 when all have their defaults.
    uint32_t options;
    /// Characters of a custom operator's name.
    flatbuffer::Vector custom_name;
};

/// Some of a file's tensors.
struct TensorSet {
    uint32_t words[most_tensors / 32];
    /// The file was found damaged when the set was made.
    bool damaged;

    constexpr bool has(int tensor) const { return (words[tensor / 32] >> tensor % 32 & 1) != 0; }
    constexpr void add(int tensor) { words[tensor / 32] |= uint32_t{1} << tensor % 32; }
};

/// A constant that the compiler computes (folded.hpp), and those before it.
struct Computed {
    int tensor;
    const unsigned char* bytes;
    uint32_t length;
    uint32_t held;
    const Computed* before;
};

}  // namespace tflite
}  // namespace mote
