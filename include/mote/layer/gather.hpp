// out[b][o][k][i] = in[b][o][Indices[b * count + k]][i]
//
// ShapeType  the output's
// Parts      Numbers<...> of 8: batch, outer, count (of indices) and inner, each as the part that
//            makes rows and the part within rows; all before the first part within rows make rows.
//            At most one of batch and of count has both parts, and none if there is a batch.
// Extent     how many the indices choose from
// Indices    size and at(i)
// Formula    tensorflow/lite/kernels/internal/reference/gather.h
#pragma once

#include "../detail/integer.hpp"
#include "move.hpp"

namespace mote {

template <class Parts, int32_t Extent, class Indices>
struct GatherMap {
    static MOTE_INLINE constexpr const char* name() { return "Gather"; }
    static constexpr int axes() { return 8; }
    static constexpr int32_t count(int axis) { return Parts::at(axis); }

    /// The axis that chooses between lists of indices, or between parts of the one list.
    static constexpr int on(int axis) {
        if (axis / 2 != 2) return -1;
        if (count(4) > 1 && count(5) > 1) return axis == 5 ? 4 : -1;
        const bool chooses = count(axis) > 1 || (axis == 4 && count(5) == 1);
        return !chooses || count(0) * count(1) == 1 ? -1 : count(0) > 1 ? 0 : 1;
    }
    static constexpr int32_t from(int axis, int32_t outer, int32_t index) {
        const int32_t inner = count(6) * count(7);
        const int32_t size = Extent * inner;
        switch (axis) {
            case 0:
                return index * count(1) * count(2) * count(3) * size;
            case 1:
                return index * count(2) * count(3) * size;
            case 2:
                return index * count(3) * size;
            case 3:
                return index * size;
            case 4:
                if (count(5) > 1) return 0;
                return Indices::at(detail::as_int(outer * count(4) + index)) * inner;
            case 5:
                if (count(5) == 1) return 0;
                return Indices::at(detail::as_int(outer * count(5) + index)) * inner;
            case 6:
                return index * count(7);
            default:
                return index;
        }
    }
};

template <class ShapeType, class Parts, int32_t Extent, class Indices>
using Gather = Move<ShapeType, GatherMap<Parts, Extent, Indices>>;

}  // namespace mote
