// The input inside a border along any axes: of one value, or of the input mirrored.
//
// ShapeType   the output's
// Dimensions  Numbers<...>: the input's
// Before, After  Numbers<...>: of the border, for each axis
// Edge        MirrorPad: 1 if the mirror stands on the last value, 0 if behind it
// Formula     tensorflow/lite/kernels/internal/reference/pad.h, micro/kernels/mirror_pad.cc
#pragma once

#include "move.hpp"

namespace mote {

template <class Dimensions, class Before, class After>
struct PadAxesMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "Pad"; }
    static constexpr int axes() { return Dimensions::size; }
    static constexpr int32_t count(int axis) {
        return Before::at(axis) + Dimensions::at(axis) + After::at(axis);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        const int32_t at = index - Before::at(axis);
        return at < 0 || at >= Dimensions::at(axis) ? kernel::outside : at * Dimensions::step(axis);
    }
};
template <class ShapeType, class Dimensions, class Before, class After, class Fill = ZeroPoint>
using PadAxes = Move<ShapeType, PadAxesMap<Dimensions, Before, After>, Fill>;

template <class Dimensions, class Before, class After, int Edge>
struct MirrorPadMap : PadAxesMap<Dimensions, Before, After> {
    static MOTE_INLINE constexpr const char* name() { return "MirrorPad"; }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        const int32_t size = Dimensions::at(axis), at = index - Before::at(axis);
        return (at < 0       ? -at - 1 + Edge
                : at >= size ? 2 * size - 1 - Edge - at
                             : at) *
               Dimensions::step(axis);
    }
};
template <class ShapeType, class Dimensions, class Before, class After, int Edge>
using MirrorPad = Move<ShapeType, MirrorPadMap<Dimensions, Before, After, Edge>>;

}  // namespace mote
