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

    constexpr explicit Rows(Element* base) : base_(base) {}

    constexpr Element* row(int index) const {
        return base_ +
               static_cast<int32_t>(whole ? index : index % Capacity) * TensorType::Shape::row_size;
    }

   private:
    Element* base_;
};

/// How many of `count` rows stand one after the other in memory, in each of the views.
template <class... Views>
constexpr int adjacent(int count) {
    return (Views::whole && ...) ? count : 1;
}

}  // namespace mote
