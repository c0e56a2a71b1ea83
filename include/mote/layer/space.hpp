// Blocks of pixels become channels or batches, and back.
//
// SpaceToDepth  out[y][x][(dy * Block + dx) * C + c] = in[y * Block + dy][x * Block + dx][c]
// DepthToSpace  the other way round
// SpaceToBatch, BatchToSpace  the same with batches for channels, of which the first are those of
//               the first pixel; a border of zero points is added before, or cut off after
// Formula       tensorflow/lite/kernels/internal/reference/{space_to_depth,depth_to_space,
//               space_to_batch_nd,batch_to_space_nd}.h
#pragma once

#include "move.hpp"

namespace mote {

template <class From, int Block>
struct SpaceToDepthMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "SpaceToDepth"; }
    static constexpr int axes() { return 5; }
    static constexpr int32_t count(int axis) {
        return Numbers<From::height / Block, From::width / Block, Block, Block, From::channels>::at(
            axis);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return index * Numbers<int32_t{Block} * From::row_size, int32_t{Block} * From::channels,
                               From::row_size, From::channels, 1>::at(axis);
    }
};
template <int Block>
struct SpaceToDepth {
    static MOTE_INLINE constexpr const char* name() { return "SpaceToDepth"; }
    template <class Arch, class Input>
    using On =
        typename Move<Shape<Input::Shape::height / Block, Input::Shape::width / Block,
                            Input::Shape::channels * Block * Block>,
                      SpaceToDepthMap<typename Input::Shape, Block>>::template On<Arch, Input>;
};

template <class From, int Block>
struct DepthToSpaceMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "DepthToSpace"; }
    static constexpr int axes() { return 5; }
    static constexpr int32_t channels = From::channels / (Block * Block);
    static constexpr int32_t count(int axis) {
        return Numbers<From::height, Block, From::width, Block, channels>::at(axis);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return index *
               Numbers<From::row_size, Block * channels, From::channels, channels, 1>::at(axis);
    }
};
template <int Block>
struct DepthToSpace {
    static MOTE_INLINE constexpr const char* name() { return "DepthToSpace"; }
    template <class Arch, class Input>
    using On =
        typename Move<Shape<Input::Shape::height * Block, Input::Shape::width * Block,
                            Input::Shape::channels / (Block * Block)>,
                      DepthToSpaceMap<typename Input::Shape, Block>>::template On<Arch, Input>;
};

/// `Dimensions`: Numbers of batch, height, width, channels of the input. `Size`: Numbers of height
/// and width of a block; `Out`: of the output; `Before`: rows and columns of border.
template <class Dimensions, class Size, class Out, class Before>
struct SpaceToBatchMap {
    static MOTE_INLINE constexpr const char* name() { return "SpaceToBatch"; }
    static constexpr int axes() { return 6; }
    static constexpr int on(int axis) { return axis == 3 ? 0 : axis == 4 ? 1 : -1; }
    static constexpr int32_t count(int axis) {
        return axis < 2                 ? Size::at(axis)
               : axis == 2 || axis == 5 ? Dimensions::at(axis == 2 ? 0 : 3)
                                        : Out::at(axis - 3);
    }
    static constexpr int32_t from(int axis, int32_t outer, int32_t index) {
        if (axis < 2) return 0;
        if (axis == 2 || axis == 5) return index * Dimensions::step(axis == 2 ? 0 : 3);
        const int32_t at = index * Size::at(axis - 3) + outer - Before::at(axis - 3);
        return at < 0 || at >= Dimensions::at(axis - 2) ? kernel::outside
                                                        : at * Dimensions::step(axis - 2);
    }
};
template <class ShapeType, class Dimensions, class Size, class Out, class Before>
using SpaceToBatch = Move<ShapeType, SpaceToBatchMap<Dimensions, Size, Out, Before>>;

template <class Dimensions, class Size, class Out, class Before>
struct BatchToSpaceMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "BatchToSpace"; }
    static constexpr int32_t batch = Dimensions::at(0) / (Size::at(0) * Size::at(1));
    static constexpr int axes() { return 4; }
    static constexpr int32_t count(int axis) {
        return axis == 0 ? batch : axis == 3 ? Dimensions::at(3) : Out::at(axis - 1);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        if (axis == 0 || axis == 3) return index * Dimensions::step(axis);
        const int32_t at = index + Before::at(axis - 1), size = Size::at(axis - 1);
        return at / size * Dimensions::step(axis) +
               at % size * (axis == 1 ? Size::at(1) : 1) * batch * Dimensions::step(0);
    }
};
template <class ShapeType, class Dimensions, class Size, class Out, class Before>
using BatchToSpace = Move<ShapeType, BatchToSpaceMap<Dimensions, Size, Out, Before>>;

}  // namespace mote
