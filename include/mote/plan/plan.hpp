// Plans: a policy is a type with `pushed`, whether input rows come one by one, and `Of<Graph>`, the
// plan of one graph, all constants:
//
//   bytes     size of the arena              schedule  segments, steps and stores (schedule.hpp)
//   offset(t) where tensor t begins          state(n)  where node n adds up rows
#pragma once

#include "blocks.hpp"

namespace mote {
namespace plan {

/// A schedule, and where its pieces lie.
template <class Size>
struct Layout {
    Schedule<Size> schedule;
    Packing<Size::tensors + Size::nodes> packing;
    /// Rows of maps may lie over rows that are no longer needed.
    bool by_rows;

    constexpr int32_t bytes() const { return aligned(packing.bytes); }
};

/// The plan for given cuts. `by_rows`: a map's rows may take the place of rows that are no longer
/// needed. `budget`: of the search through packings (packing.hpp).
template <class Size>
constexpr Layout<Size> lay_out(const Outline<Size>& outline, const Cuts<Size>& cuts, bool by_rows,
                               int32_t budget) {
    Layout<Size> layout{make_schedule(outline, cuts), {}, by_rows};
    if (!layout.schedule.possible) {
        layout.packing.bytes = forever / 2;
        return layout;
    }
    const ScheduledBlocks<Size> scheduled(outline, layout.schedule, by_rows);
    layout.packing =
        by_rows ? pack(scheduled.blocks, scheduled, false, budget) : pack(scheduled.blocks, budget);
    return layout;
}

/// Cuts before each node.
template <class Size>
constexpr Cuts<Size> cut_everywhere(bool pushed) {
    Cuts<Size> cuts{{}, pushed};
    for (int node = 0; node < Size::nodes; ++node) cuts.begins[node] = true;
    return cuts;
}

/// A plan made of a constant layout: `Made::layout`.
template <class Graph, class Made>
struct Plan {
    using Size = typename Graph::Size;
    using Schedule = plan::Schedule<Size>;
    static constexpr int32_t bytes = Made::layout.bytes();
    static constexpr bool by_rows = Made::layout.by_rows;

    static constexpr const Schedule& schedule() { return Made::layout.schedule; }
    static constexpr int32_t offset(int tensor) {
        return Made::layout.packing.offsets[schedule().store_of[tensor]];
    }
    static constexpr int32_t state(int node) {
        return Made::layout.packing.offsets[Size::tensors + node];
    }
    /// Rows of the tensor that its place holds at a time.
    static constexpr int capacity(int tensor) {
        const Store& store = schedule().stores[schedule().store_of[tensor]];
        return store.capacity < store.rows ? store.capacity
                                           : OutlineOf<Graph>::value.stored(tensor).rows;
    }
};

/// Every layer computes its whole map before the next one starts: the fewest instructions, the most
/// RAM.
struct LayerByLayer {
    static constexpr bool pushed = false;

    template <class Graph>
    struct Made {
        static inline constexpr Layout<typename Graph::Size> layout = lay_out(
            OutlineOf<Graph>::value, cut_everywhere<typename Graph::Size>(false), false, 2000);
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

}  // namespace plan
}  // namespace mote
