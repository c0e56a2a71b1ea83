// out[i...] = in[i % dimension...] along each axis: the input side by side with itself.
//
// ShapeType   the output's
// Dimensions  Numbers<...>: the input's
// Times       Numbers<...>: how often, for each axis
// Formula     tensorflow/lite/kernels/tile.cc, internal/reference/broadcast_to.h
#pragma once

#include "move.hpp"

namespace mote {

template <class Dimensions, class Times>
struct TileMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "Tile"; }
    static constexpr int axes() { return 2 * Times::size; }
    static constexpr int32_t count(int axis) {
        return axis % 2 == 0 ? Times::at(axis / 2) : Dimensions::at(axis / 2);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return axis % 2 == 0 ? 0 : index * Dimensions::step(axis / 2);
    }
};

template <class ShapeType, class Dimensions, class Times>
using Tile = Move<ShapeType, TileMap<Dimensions, Times>>;

}  // namespace mote
