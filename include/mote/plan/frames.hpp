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
};

template <int Nodes>
struct FrameSchedule {
    FrameStep steps[Nodes];
    /// The store that holds a tensor, rows it holds, and the node that reads it last in a step
    /// (-1: its rows outlive the step).
    int store_of[Nodes + 1];
    int capacity[Nodes + 1];
    Obstacle obstacle[Nodes];

    constexpr int32_t arrival(int tensor, int row) const {
        return tensor == 0 ? row : steps[tensor - 1].phase + steps[tensor - 1].pace * row;
    }
    constexpr int32_t pace(int tensor) const { return tensor == 0 ? 1 : steps[tensor - 1].pace; }
};

template <class Graph>
constexpr FrameSchedule<Graph::node_count> make_frames() {
    constexpr int nodes = Graph::node_count;
    FrameSchedule<nodes> plan{};
    const auto& facts = Graph::nodes();
    const auto& tensors = Graph::tensors();
    const int input_rows = tensors[Graph::input_shape()].rows;
    plan.capacity[0] = 1;
    for (int node = 0; node < nodes; ++node) {
        FrameStep& step = plan.steps[node];
        const int output = node + 1;
        plan.capacity[output] = 1;
        plan.store_of[output] = output;
        const graph::NodeFacts& now = facts[node];
        for (int i = 0; i < now.input_count; ++i) {
            const int tensor = Graph::computed(now.inputs[i]);
            const int store = plan.store_of[tensor];
            const int rows = tensor == 0 ? input_rows : tensors[tensor].rows;
            const bool flattened = tensors[now.inputs[i]].rows != rows;
            if (now.view) {
                // Looking at the input as frames, at each row as it is, or at all rows as one that
                // a layer adds up: everything else would mix frames.
                plan.store_of[output] = store;
                step.phase = plan.arrival(tensor, 0);
                step.pace = plan.pace(tensor);
                if (tensor != 0 && tensors[output].rows != rows && tensors[output].rows != 1)
                    plan.obstacle[node] = Obstacle::reshape;
                continue;
            }
            step.accumulates = rows > 1 && now.accumulates;
            if (flattened && !step.accumulates) plan.obstacle[node] = Obstacle::reshape;
            const RowWindow window = step.accumulates ? all_rows(rows) : now.window;
            const int reach = (window.height - 1) * window.dilation;
            if (rows > 1 &&
                (window.before > 0 || (tensors[output].rows - 1) * window.stride + reach >= rows))
                plan.obstacle[node] = Obstacle::padding;
            // A layer that leaves one row gives a new one with every row that comes in.
            step.stride = step.accumulates || tensors[output].rows == 1 ? 1 : window.stride;
            const int32_t own = plan.pace(tensor) * step.stride;
            if (i > 0 && own != step.pace) plan.obstacle[node] = Obstacle::paces;
            step.pace = own;
            step.phase = detail::larger(step.phase, plan.arrival(tensor, reach));
        }
        for (int i = 0; i < now.input_count && !now.view; ++i) {
            const int tensor = Graph::computed(now.inputs[i]);
            int& capacity = plan.capacity[plan.store_of[tensor]];
            const int held =
                static_cast<int>((step.phase - plan.arrival(tensor, 0)) / plan.pace(tensor)) + 1;
            capacity = detail::larger(capacity, held);
        }
    }
    if (input_rows == 1) plan.obstacle[0] = Obstacle::one_row;
    if (tensors[nodes].rows != 1) plan.obstacle[nodes - 1] = Obstacle::one_row;
    return plan;
}

/// Rings live for ever; a ring of one row whose readers all come in the same step only for a part
/// of each step.
template <class Graph>
constexpr Packing<2 * Graph::node_count + 1> pack_frames(
    const FrameSchedule<Graph::node_count>& plan) {
    constexpr int nodes = Graph::node_count;
    Blocks<nodes> blocks{};
    const auto& tensors = Graph::tensors();
    for (int tensor = 0; tensor <= nodes; ++tensor) {
        if (plan.store_of[tensor] != tensor) continue;
        const int shape = tensor == 0 ? Graph::input_shape() : tensor;
        Block& block = blocks[tensor];
        block.bytes = aligned(tensors[shape].row_bytes * plan.capacity[tensor]);
        block.last = 1;
        block.alignment = alignment;
        if (plan.capacity[tensor] > 1) continue;
        block.segment = 0;
        block.from = block.to = tensor - 1;
    }
    for (int node = 0; node < nodes; ++node) {
        for (int i = 0; i < Graph::nodes()[node].input_count; ++i) {
            Block& read = blocks[plan.store_of[Graph::computed(Graph::nodes()[node].inputs[i])]];
            read.to = detail::larger(read.to, node);
        }
        if (!plan.steps[node].accumulates) continue;
        Block& block = blocks[nodes + 1 + node];
        block.bytes = aligned(Graph::nodes()[node].state_bytes);
        block.last = 1;
        block.alignment = alignment;
        block.segment = 0;
        block.from = block.to = node;
    }
    // The result stays until the next one.
    blocks[plan.store_of[nodes]].segment = -1;
    return pack(blocks, WholeLives{blocks.values}, int32_t{0}, int32_t{0});
}

}  // namespace plan
}  // namespace mote
