// out[i...] = in[start + i * step...] along each axis: slices, every second row, reversed axes.
//
// ShapeType   the output's
// Dimensions  Numbers<...>: the input's
// Starts, Steps, Counts  Numbers<...>: for each axis of the input
// Formula     tensorflow/lite/kernels/internal/reference/strided_slice.h
#pragma once

#include "move.hpp"

namespace mote {

template <class Dimensions, class Starts, class Steps, class Counts>
struct StridedSliceMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "StridedSlice"; }
    static constexpr int axes() { return Counts::size; }
    static constexpr int32_t count(int axis) { return Counts::at(axis); }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return (Starts::at(axis) + index * Steps::at(axis)) * Dimensions::step(axis);
    }
};

template <class ShapeType, class Dimensions, class Starts, class Steps, class Counts>
using StridedSlice = Move<ShapeType, StridedSliceMap<Dimensions, Starts, Steps, Counts>>;

}  // namespace mote
