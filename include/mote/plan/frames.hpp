// The schedule of a network that never ends: rows are frames in time, every layer goes on computing
// rows at its pace, and rings hold what later rows still need.
#pragma once

#include "plan.hpp"

namespace mote {
namespace plan {

/// Why a layer cannot be streamed.
enum class Obstacle : int { none, padding, reshape, paces, one_row };

struct FrameStep {
    /// Row o is computed when frame phase + pace * o has come.
    int32_t phase;
    int32_t pace;
    /// Input rows from one output row to the next.
    int stride;
    bool accumulates;

    /// The row that is computed with a frame; -1: none.
    MOTE_INLINE constexpr int32_t row_at(int32_t frame) const {
        const int32_t since = frame - phase;
        return since < 0 || since % pace != 0 ? -1 : since / pace;
    }
};

template <class Size>
struct FrameSchedule {
    FrameStep steps[Size::nodes];
    /// The store that holds a tensor, rows it holds, frames that a row is held, and the node that
    /// reads it last.
    int store_of[Size::tensors];
    int capacity[Size::tensors];
    int32_t held[Size::tensors];
    int last_reader[Size::tensors];
    Obstacle obstacle[Size::nodes];

    constexpr int32_t arrival(int tensor, int row) const {
        return tensor == 0 ? row : steps[tensor - 1].phase + steps[tensor - 1].pace * row;
    }
    constexpr int32_t pace(int tensor) const { return tensor == 0 ? 1 : steps[tensor - 1].pace; }

    /// Written and read out with one and the same frame.
    constexpr bool passing(int tensor) const {
        return held[tensor] == 0 && last_reader[tensor] < Size::nodes;
    }
};

template <class Size>
constexpr FrameSchedule<Size> make_frames(const Outline<Size>& outline) {
    FrameSchedule<Size> plan{};
    for (int tensor = 0; tensor < Size::tensors; ++tensor) {
        plan.store_of[tensor] = outline.view_of[tensor];
        plan.last_reader[tensor] = outline.last_reader[tensor];
        plan.capacity[tensor] = 1;
    }
    for (int node = 0; node < Size::nodes; ++node) {
        FrameStep& step = plan.steps[node];
        const graph::NodeFacts& now = outline.nodes[node];
        const int out_rows = outline.tensors[node + 1].rows;
        for (int i = 0; i < now.operand_count; ++i) {
            const graph::OperandFacts& operand = outline.read(node, i);
            const int tensor = outline.view_of[operand.tensor];
            const int rows = outline.stored(tensor).rows;
            const bool flattened = outline.tensors[operand.tensor].rows != rows;
            if (now.view) {
                // Looking at the input as frames, at each row as it is, or at all rows as one that
                // a layer adds up: everything else would mix frames.
                step.phase = plan.arrival(tensor, 0);
                step.pace = plan.pace(tensor);
                step.stride = 1;
                if (tensor != 0 && out_rows != rows && out_rows != 1)
                    plan.obstacle[node] = Obstacle::reshape;
            } else {
                step.accumulates = rows > 1 && now.accumulates;
                if (flattened && !step.accumulates) plan.obstacle[node] = Obstacle::reshape;
                const RowWindow window = step.accumulates ? all_rows(rows) : operand.window;
                // A map of one row has nothing but padding above and below.
                const int reach = rows > 1 ? (window.height - 1) * window.dilation : 0;
                if (rows > 1 &&
                    (window.before > 0 || (out_rows - 1) * window.stride + reach >= rows))
                    plan.obstacle[node] = Obstacle::padding;
                // A layer that leaves one row gives a new one with every row that comes in.
                step.stride =
                    step.accumulates || out_rows == 1 || window.stride == 0 ? 1 : window.stride;
                // Rows that come earlier or later, or all at once, belong to one window.
                if (rows > 1 && (window.before < 0 || (window.stride == 0 && out_rows > 1)))
                    plan.obstacle[node] = Obstacle::reshape;
                const int32_t own = plan.pace(tensor) * step.stride;
                if (i > 0 && own != step.pace) plan.obstacle[node] = Obstacle::paces;
                step.pace = own;
                step.phase = detail::larger(step.phase, plan.arrival(tensor, reach));
            }
        }
        for (int i = 0; i < now.operand_count && !now.view; ++i) {
            const int tensor = outline.view_of[outline.read(node, i).tensor];
            const int32_t held = step.phase - plan.arrival(tensor, 0);
            plan.held[tensor] = detail::larger(plan.held[tensor], held);
            plan.capacity[tensor] = detail::larger(plan.capacity[tensor],
                                                   static_cast<int>(held / plan.pace(tensor)) + 1);
        }
    }
    if (outline.stored(0).rows == 1) plan.obstacle[0] = Obstacle::one_row;
    if (outline.stored(outline.view_of[Size::nodes]).rows != 1)
        plan.obstacle[Size::nodes - 1] = Obstacle::one_row;
    return plan;
}

/// Rings live for ever; what is read out with the frame that it was written with, and the sums of
/// layers that add up rows, take turns.
template <class Size>
constexpr Packing<Size::tensors + Size::nodes> pack_frames(const Outline<Size>& outline,
                                                           const FrameSchedule<Size>& plan) {
    Packing<Size::tensors + Size::nodes> places{};
    detail::array<Block, Size::tensors + Size::nodes> turns{};
    for (int tensor = 0; tensor < Size::tensors; ++tensor) {
        const int32_t bytes = aligned(outline.stored(tensor).row_bytes * plan.capacity[tensor]);
        const bool own = plan.store_of[tensor] == tensor;
        if (own && plan.passing(tensor))
            turns[tensor] = {bytes, tensor - 1, plan.last_reader[tensor], false, alignment};
        if (own && !plan.passing(tensor)) {
            places.offsets[tensor] = places.bytes;
            places.bytes += bytes;
        }
    }
    for (int node = 0; node < Size::nodes; ++node)
        if (plan.steps[node].accumulates)
            turns[Size::tensors + node] = {aligned(outline.nodes[node].state_bytes), node, node,
                                           false, alignment};
    const auto packed = pack(turns, 0);
    for (int block = 0; block < Size::tensors + Size::nodes; ++block)
        if (turns[block].bytes > 0) places.offsets[block] = places.bytes + packed.offsets[block];
    places.bytes += packed.bytes;
    return places;
}

}  // namespace plan
}  // namespace mote
