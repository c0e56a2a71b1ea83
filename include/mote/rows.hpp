#pragma once

#include "tensor.hpp"

namespace mote {

/// Rows of a tensor in memory: the whole map, or a ring of `Capacity` rows in which row r takes the
/// place of row r - Capacity. One row begins `Step` values behind the other.
template <class TensorType, int Capacity = TensorType::Shape::height,
          int32_t Step = TensorType::Shape::row_size>
class Rows {
    static constexpr bool ring = Capacity < TensorType::Shape::height;

   public:
    using Tensor = TensorType;
    using Element = typename TensorType::Element;
    static constexpr int capacity = Capacity;
    /// All of the map, one row after the other.
    static constexpr bool whole = !ring && Step == TensorType::Shape::row_size;

    MOTE_INLINE constexpr explicit Rows(Element* base) : base_(base) {}

    MOTE_INLINE constexpr Element* row(int index) const {
        return base_ + int32_t{ring ? index % Capacity : index} * Step;
    }

   private:
    Element* base_;
};

/// Elements as what layers move that only move.
template <class Element>
MOTE_INLINE int8_t* bytes_at(Element* elements) {
    return reinterpret_cast<int8_t*>(elements);
}
template <class Element>
MOTE_INLINE const int8_t* bytes_at(const Element* elements) {
    return reinterpret_cast<const int8_t*>(elements);
}

/// Where rows are in memory: how many values from the beginning the first one is, and how many
/// apart they are.
struct RowPlace {
    int32_t begin;
    int32_t step;
};

/// Which input rows an output row needs: `height` of them, `dilation` apart, the first one at
/// row * stride - before. Rows outside the map are padding. Stride 0: each output row needs all.
struct RowWindow {
    int height;
    int stride;
    int dilation;
    int before;
};

/// The window of a layer that computes output row r from input row r.
constexpr RowWindow same_row() { return {1, 1, 1, 0}; }

/// The window of a layer each of whose output rows needs all of the input.
constexpr RowWindow all_rows(int height) { return {height, 0, 1, 0}; }

/// What holds for most layers.
struct Rowwise {
    /// Row r of the output may be written over row r of an input.
    static constexpr bool in_place = false;
    /// Input and output have one shape, and value i of the output is value(the inputs' values i).
    static constexpr bool elementwise = false;
    /// The output's values may be the input's in another order: see `plan` in layer/move.hpp.
    static constexpr bool reorders = false;
    /// The output is kept from one inference to the next; `begin(out)` writes what the first one
    /// finds.
    static constexpr bool lasting = false;
    /// Input rows may be added up as they arrive, in `state_bytes` of RAM.
    static constexpr bool accumulates = false;
    static constexpr int32_t state_bytes = 0;
    /// The output is the input's memory under another shape; there is nothing to compute.
    static constexpr bool view = false;
    /// Such an output may be a part of each of some of the input's rows: see layer/standing.hpp.
    static constexpr bool standing = false;
    /// Row r of the output is part of one row of the input, and these follow each other in equal
    /// steps: it could be read where it stands.
    static constexpr bool may_stand = false;
    /// The same layer on a map of one column, laid down as one row; void: it has more columns. What
    /// a row holds is computed in any order, so the output must lie apart.
    using Along = void;
};

/// How many of `count` rows stand one after the other in memory, in each of the views.
template <class... Views>
MOTE_INLINE constexpr int adjacent(int count) {
    return (Views::whole && ...) ? count : 1;
}

}  // namespace mote
