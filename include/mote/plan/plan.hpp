// Plans: a policy is a type with `pushed`, whether input rows come one by one, and `Of<Graph>`, the
// plan of one graph, all constants:
//
//   bytes     size of the arena              schedule  segments, steps and stores (schedule.hpp)
//   offset(t) where tensor t begins          state(n)  where node n adds up rows
#pragma once

#include "schedule.hpp"

namespace mote {
namespace plan {

/// The arena's alignment in bytes; tensors begin at multiples of it.
constexpr int alignment = 4;

constexpr int32_t aligned(int32_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// The blocks of a schedule: one for each store, then one for each node that adds up rows.
template <int Nodes>
using Blocks = detail::array<Block, 2 * Nodes + 1>;

/// Rows of stores that live as the schedule says.
template <int Nodes>
struct RowLives {
    const Schedule<Nodes>& schedule;
    const Block* blocks;

    constexpr int32_t birth(int block, int row) const {
        return blocks[block].rows > 1 ? schedule.birth(block, row) : blocks[block].first;
    }
    constexpr int32_t death(int block, int row) const {
        return blocks[block].rows > 1 ? schedule.death(block, row) : blocks[block].last;
    }
};

template <int Nodes>
constexpr Blocks<Nodes> make_blocks(const scheduling::Facts<Nodes>& nodes,
                                    const Schedule<Nodes>& schedule, bool by_rows) {
    Blocks<Nodes> blocks{};
    for (int tensor = 0; tensor <= Nodes; ++tensor) {
        if (schedule.store_of[tensor] != tensor) continue;
        const Store& store = schedule.stores[tensor];
        Block& block = blocks[tensor];
        block.bytes = store.row_bytes * store.capacity;
        block.first = schedule.birth(tensor, 0);
        block.last = schedule.death(tensor, store.rows - 1);
        block.alignment = alignment;
        if (by_rows && store.whole)
            block.rows = store.rows;
        else
            block.bytes = aligned(block.bytes);
        if (!store.passing) continue;
        block.segment = store.producer < 0 ? 0 : schedule.steps[store.producer].segment;
        block.from = store.producer;
        block.to = store.last_producer;
        for (int id = store.first_use; id >= 0; id = schedule.use(id).next)
            block.to = detail::larger(block.to, id / most_inputs);
    }
    for (int node = 0; node < Nodes; ++node) {
        const Step& step = schedule.steps[node];
        for (int i = 0; i < step.use_count; ++i) {
            if (!step.uses[i].accumulates) continue;
            Block& block = blocks[Nodes + 1 + node];
            block.bytes = aligned(nodes[node].state_bytes);
            block.first = schedule.time(node, schedule.arrival(step.uses[i].source, 0));
            block.last = schedule.row_time(node, 0);
            block.alignment = alignment;
        }
    }
    return blocks;
}

/// The plan of `Graph` for given cuts.
template <class Graph>
struct Layout {
    static constexpr int nodes = Graph::node_count;

    Schedule<nodes> schedule;
    Packing<2 * nodes + 1> packing;

    constexpr int32_t bytes() const { return aligned(packing.bytes); }
};

template <class Graph>
constexpr Layout<Graph> lay_out(const Cuts<Graph::node_count>& cuts, bool by_rows, int32_t budget) {
    constexpr int nodes = Graph::node_count;
    Layout<Graph> layout{
        make_schedule<nodes>(Graph::nodes(), Graph::tensors(), Graph::input_shape(), cuts), {}};
    const Blocks<nodes> blocks = make_blocks<nodes>(Graph::nodes(), layout.schedule, by_rows);
    if (!layout.schedule.possible)
        layout.packing.bytes = forever / 2;
    else if (by_rows)
        layout.packing =
            pack(blocks, RowLives<nodes>{layout.schedule, blocks.values}, int32_t{0}, budget);
    else
        layout.packing = pack(blocks, budget);
    return layout;
}

/// A plan made of a constant layout: `Made::layout`.
template <class Graph, class Made>
struct Plan {
    static constexpr int nodes = Graph::node_count;
    static constexpr int32_t bytes = Made::layout.bytes();

    static constexpr const Schedule<nodes>& schedule() { return Made::layout.schedule; }
    static constexpr int32_t offset(int tensor) {
        return Made::layout.packing.offsets[schedule().store_of[tensor]];
    }
    static constexpr int32_t state(int node) {
        return Made::layout.packing.offsets[nodes + 1 + node];
    }
    /// Rows of the tensor that its place holds at a time.
    static constexpr int capacity(int tensor) {
        const Store& store = schedule().stores[schedule().store_of[tensor]];
        return store.capacity < store.rows
                   ? store.capacity
                   : Graph::tensors()[tensor == 0 ? Graph::input_shape() : tensor].rows;
    }
};

/// Every layer computes its whole map before the next one starts: the fewest instructions, the most
/// RAM.
struct LayerByLayer {
    static constexpr bool pushed = false;

    template <class Graph>
    struct Made {
        static constexpr Layout<Graph> make() {
            Cuts<Graph::node_count> cuts{};
            for (int node = 0; node < Graph::node_count; ++node) cuts.begins[node] = true;
            return lay_out<Graph>(cuts, false, 2000);
        }
        static inline constexpr Layout<Graph> layout = make();
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

}  // namespace plan
}  // namespace mote
