// Values that move, in bytes: each of the output is one of the input, or a fill. Where from is the
// sum of one number for each axis of the output.
#pragma once

#include "../../detail/array.hpp"
#include "../../table.hpp"
#include "copy.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// In place of an offset: there is no such input.
constexpr int32_t outside = -0x7fffffff - 1;

/// One axis of the output. Index i adds i * step to where a value is from, or entry `table` + i of
/// the offsets; with `on`, an axis before it, the entries of one index of that follow each other.
struct MoveAxis {
    int32_t count;
    int32_t step;
    int32_t table;
    int on;

    constexpr bool affine() const { return table < 0; }
};

/// The axes of an output, those of which rows are made first, then a run of values side by side.
struct MovePlan {
    static constexpr int most_axes = 12;
    MoveAxis axes[most_axes];
    int count;
    int rows;
    int32_t base;
    int32_t run;
    int32_t entries;

    /// Values in one index of an axis.
    constexpr int32_t inside(int axis) const {
        int32_t values = run;
        for (int k = axis + 1; k < count; ++k) values *= axes[k].count;
        return values;
    }
};

/// Where index `index` of an axis is from.
template <class Spec, int Axis, class Table>
MOTE_INLINE int32_t move_offset(const Table& table, int32_t index, const int32_t* indices) {
    constexpr MoveAxis axis = Spec::plan.axes[Axis];
    if constexpr (axis.table < 0) {
        return index * axis.step;
    } else {
        const int32_t outer = axis.on < 0 ? 0 : indices[axis.on < 0 ? 0 : axis.on];
        return table::read(table, &table.offsets[axis.table + outer * axis.count + index]);
    }
}

template <class Spec, int Axis, class Table>
MOTE_INLINE int8_t* move_axis(const Table& table, const int8_t* in, int32_t* indices, int8_t* out) {
    if constexpr (Axis == Spec::plan.count) {
        if constexpr (Spec::plan.run == 1) {
            *out = *in;
        } else {
            copy(in, out, Spec::plan.run, typename Spec::Arch{});
        }
        return out + Spec::plan.run;
    } else {
        constexpr int32_t count = Spec::plan.axes[Axis].count;
        constexpr int32_t inside = Spec::plan.inside(Axis);
        for (int32_t index = 0; index < count; ++index) {
            indices[Axis] = index;
            const int32_t offset = move_offset<Spec, Axis>(table, index, indices);
            if (Spec::fills && offset == outside) {
                fill(out, Spec::fill, inside, typename Spec::Arch{});
                out += inside;
            } else {
                out = move_axis<Spec, Axis + 1>(table, in + offset, indices, out);
            }
        }
        return out;
    }
}

/// Adds up what the axes of which rows are made say to row `row`.
template <class Spec, int Axis, class Table>
MOTE_INLINE int32_t row_offset(const Table& table, int32_t row, int32_t* indices) {
    if constexpr (Axis == 0) {
        static_cast<void>(table), static_cast<void>(row), static_cast<void>(indices);
        return 0;
    } else {
        constexpr int32_t count = Spec::plan.axes[Axis - 1].count;
        indices[Axis - 1] = Axis == 1 ? row : row % count;
        const int32_t before = row_offset<Spec, Axis - 1>(table, row / count, indices);
        const int32_t offset = move_offset<Spec, Axis - 1>(table, indices[Axis - 1], indices);
        if (Spec::fills && (before == outside || offset == outside)) return outside;
        return before + offset;
    }
}

/// Output row `row`; `in` is the map, or the input row that is the output row's.
template <class Spec, class Table>
MOTE_NOINLINE void move_row(const Table& table, const int8_t* in, int32_t row, int8_t* out,
                            arch::portable) {
    int32_t indices[MovePlan::most_axes];
    int32_t offset = 0;
    if constexpr (!Spec::row_by_row)
        offset = row_offset<Spec, Spec::plan.rows>(table, row, indices);
    if (Spec::fills && offset == outside)
        fill(out, Spec::fill, Spec::Output::row_bytes, typename Spec::Arch{});
    else
        move_axis<Spec, Spec::plan.rows>(table, in + Spec::plan.base + offset, indices, out);
}

/// Stands in for the offsets where every axis has steps.
struct NoOffsets {};

template <class Map, int Count>
struct MoveOffsets {
    int32_t offsets[static_cast<size_t>(Count)];
};

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
