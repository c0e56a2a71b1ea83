#pragma once

#include "tensor.hpp"

namespace mote {

/// Rows of a tensor in memory: the whole map, or a ring of `Capacity` rows in which row r takes the
/// place of row r - Capacity.
template <class TensorType, int Capacity = TensorType::Shape::height>
class Rows {
   public:
    using Tensor = TensorType;
    using Element = typename TensorType::Element;
    static constexpr int capacity = Capacity;
    static constexpr bool whole = Capacity >= TensorType::Shape::height;

    MOTE_INLINE constexpr explicit Rows(Element* base) : base_(base) {}

    MOTE_INLINE constexpr Element* row(int index) const {
        return base_ + int32_t{whole ? index : index % Capacity} * TensorType::Shape::row_size;
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
    /// The output is kept from one inference to the next; `begin(out)` writes what the first one
    /// finds.
    static constexpr bool lasting = false;
    /// Input rows may be added up as they arrive, in `state_bytes` of RAM.
    static constexpr bool accumulates = false;
    static constexpr int32_t state_bytes = 0;
    /// The output is the input's memory under another shape; there is nothing to compute.
    static constexpr bool view = false;
};

/// How many of `count` rows stand one after the other in memory, in each of the views.
template <class... Views>
MOTE_INLINE constexpr int adjacent(int count) {
    return (Views::whole && ...) ? count : 1;
}

}  // namespace mote
