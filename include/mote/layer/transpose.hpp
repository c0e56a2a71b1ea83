// out[i...] = in[j...] with axis k of the output the input's axis Axes[k]; as Keras' Permute.
//
// ShapeType   the output's
// Dimensions  Numbers<...>: the input's
// Axes        Numbers<...>: each of its axes once
// Formula     tensorflow/lite/kernels/internal/reference/transpose.h
#pragma once

#include "move.hpp"

namespace mote {

template <class Dimensions, class Axes>
struct TransposeMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "Transpose"; }
    static constexpr int axes() { return Axes::size; }
    static constexpr int32_t count(int axis) { return Dimensions::at(Axes::at(axis)); }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return index * Dimensions::step(Axes::at(axis));
    }
};

template <class ShapeType, class Dimensions, class Axes>
using Transpose = Move<ShapeType, TransposeMap<Dimensions, Axes>>;

}  // namespace mote
