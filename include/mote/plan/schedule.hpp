// When each row of each tensor is computed, and how long it has to be kept.
//
// The nodes are cut into segments. A segment of one node computes its whole map at once. A longer
// one is streamed: in step t every node computes at most one row, row (t - phase) / pace, as soon
// as the rows beneath its window are there. Tensors that stay inside a segment are rings of the few
// rows that are alive; tensors that cross a cut are whole maps. Everything is a constant.
//
// A schedule is made node by node, and what it says of a node depends on those before it alone: so
// the search for cuts extends a segment as long as it pays (cutting.hpp).
#pragma once

#include "../config.hpp"
#include "outline.hpp"
#include "row_lives.hpp"

namespace mote {
namespace plan {

constexpr int most_inputs = 2;
constexpr int32_t forever = 0x7fffffff;

/// A tensor that a node reads: which memory, and which of its rows.
struct Use {
    int store;
    /// Node that computes the tensor; -1: the input.
    int source;
    RowWindow window;
    /// A view gave the map other rows: each row of the reader needs all of it.
    bool all;
    /// Rows are added up as they arrive.
    bool accumulates;
    /// Computed, or pushed in, during the same segment.
    bool arrives;
    Read read;
    /// The next use of the same store: node * most_inputs + position; -1: none.
    int next;
};

/// In which steps of its segment a node acts: on row r in step phase + pace * r.
struct Turns {
    int32_t phase;
    int32_t pace;
    int rows;

    /// The row of a step, or -1.
    MOTE_INLINE constexpr int row_in(int32_t step) const {
        const uint32_t since = static_cast<uint32_t>(step - phase);
        const uint32_t each = static_cast<uint32_t>(pace);
        if (each > 1 && since % each != 0) return -1;
        return since / each < static_cast<uint32_t>(rows) ? static_cast<int>(since / each) : -1;
    }
};

struct Step {
    int segment;
    int32_t phase;
    int32_t pace;
    int rows;
    int use_count;
    Use uses[most_inputs];
};

/// The memory of one tensor and of those that share it: views, and results written in place.
struct Store {
    int rows;
    int32_t row_bytes;
    /// Node that computes it; -1: the input.
    int producer;
    /// Last node that reads it (Outline::last_reader).
    int last_reader;
    /// Rows held at a time.
    int capacity;
    /// Written and read out within each step.
    bool passing;
    bool whole;
    bool output;
    /// When row r is written first.
    Line written;
    /// The longest that a row is held, in steps.
    int32_t held;
    /// Uses of this store's tensors, linked by Use::next.
    int first_use;
};

/// How a graph is cut: node n begins a segment when begins[n]. `pushed`: input rows come one by one
/// and are kept no longer than needed.
template <int Nodes>
struct Cuts {
    bool begins[Nodes];
    bool pushed;
};

template <int Nodes>
struct Schedule {
    static constexpr int tensors = Nodes + 1;
    /// Times in a step: one for arriving input, one for each node.
    static constexpr int32_t step_time = Nodes + 1;

    Step steps[Nodes];
    Store stores[tensors];
    /// The store that holds a tensor.
    int store_of[tensors];
    int segments;
    int first_node[Nodes + 1];
    int32_t step_count[Nodes];
    int32_t base[Nodes + 1];
    bool possible;

    constexpr int32_t time(int node, int32_t step) const {
        return base[steps[node].segment] + step * step_time + node + 1;
    }
    /// A node adds up the rows of its source, or shows them, as they come; otherwise it computes
    /// rows of its own. A view of a map that is there already shows it at once.
    constexpr Turns turns(int node) const {
        const Step& step = steps[node];
        const int source = step.uses[0].source;
        if (step.use_count == 0 && !step.uses[0].arrives) return {0, 1, 1};
        if (step.use_count > 0 && !step.uses[0].accumulates)
            return {step.phase, step.pace, step.rows};
        if (source < 0) return {0, 1, stores[0].rows};
        return {steps[source].phase, steps[source].pace, steps[source].rows};
    }
    /// When a node computes its rows.
    constexpr Line times(int node) const {
        return {time(node, steps[node].phase), step_time * steps[node].pace};
    }
    /// The step in which `row` of what node `source` computes arrives.
    constexpr int32_t arrival(int source, int row) const {
        return source < 0 ? row : steps[source].phase + steps[source].pace * row;
    }

    constexpr const Use& use(int id) const {
        return steps[id / most_inputs].uses[id % most_inputs];
    }
    constexpr Use& use(int id) { return steps[id / most_inputs].uses[id % most_inputs]; }

    /// When a row of a store is read for the last time.
    constexpr int32_t death(int store, int row) const {
        const Store& memory = stores[store];
        if (memory.output) return forever;
        int32_t last = memory.written.at(row);
        for (int id = memory.first_use; id >= 0; id = use(id).next)
            last = detail::larger(last, use(id).read.last(row));
        return last;
    }
    /// When the last one is.
    constexpr int32_t death(int store) const { return death(store, stores[store].rows - 1); }

    /// Makes ready for the nodes from `node` on, whose input rows may be pushed.
    constexpr void begin(const Outline<Nodes>& outline, int node, bool pushed) {
        possible = true;
        for (int tensor = 0; tensor <= node; ++tensor) {
            add_store(outline, tensor);
            store_of[tensor] = outline.view_of[tensor];
            stores[tensor].whole = true;
        }
        begin_segment(node);
        if (!pushed || node > 0) return;
        stores[0].whole = false;
        stores[0].written.pace = step_time;
        step_count[0] = stores[0].rows;
        if (outline.last_reader[0] < 0) close(stores[0]);
    }
    constexpr void begin_segment(int node) {
        if (segments > 0)
            base[segments] = base[segments - 1] + step_count[segments - 1] * step_time;
        first_node[segments++] = node;
    }

    /// Adds the next node to the last segment; `streamed`: the segment computes row by row.
    constexpr void extend(const Outline<Nodes>& outline, int node, bool streamed) {
        const graph::NodeFacts& facts = outline.nodes[node];
        const int segment = segments - 1;
        const int output = node + 1;
        Step& step = steps[node];
        step.segment = segment;
        step.rows = outline.tensors[output].rows;
        step.pace = 1;
        add_store(outline, output);
        if (facts.view) {
            look(outline, node, streamed);
            return;
        }
        step.use_count = facts.input_count;
        find_uses(outline, node, streamed);
        step_count[segment] =
            detail::larger(step_count[segment], step.phase + (step.rows - 1) * step.pace + 1);
        stores[output].written = times(node);
        for (int i = 0; i < step.use_count; ++i) take_use(node, i);
        if (facts.in_place) share_place(outline, node);
        for (int i = 0; i < step.use_count; ++i)
            if (stores[step.uses[i].store].last_reader == node) close(stores[step.uses[i].store]);
        Store& written = stores[store_of[output]];
        if (written.last_reader == node) close(written);
    }

    /// After the last node.
    constexpr void end() {
        const int result = store_of[Nodes];
        stores[result].output = true;
        stores[result].whole = true;
        close(stores[result]);
        first_node[segments] = Nodes;
    }

    /// Whether a store is written in the last segment.
    constexpr bool here(const Store& store) const {
        return store.producer >= first_node[segments - 1] || (store.producer < 0 && !store.whole);
    }

   private:
    constexpr void add_store(const Outline<Nodes>& outline, int tensor) {
        Store& store = stores[tensor];
        store.rows = outline.stored(tensor).rows;
        store.row_bytes = outline.stored(tensor).row_bytes;
        store.producer = tensor - 1;
        store.last_reader = outline.last_reader[tensor];
        store.first_use = -1;
        store.capacity = store.rows;
        store_of[tensor] = tensor;
    }

    /// Whether rows of a tensor come while the last segment streams.
    constexpr bool arrives(int tensor, bool streamed) const {
        const int first = first_node[segments - 1];
        return streamed && (tensor > first || (tensor == 0 && first == 0));
    }

    /// A view shows rows as they come, or the whole map when its segment begins.
    constexpr void look(const Outline<Nodes>& outline, int node, bool streamed) {
        const int tensor = outline.view_of[node + 1];
        Use& use = steps[node].uses[0];
        use.store = store_of[tensor];
        store_of[node + 1] = store_of[tensor];
        use.source = tensor - 1;
        use.arrives = arrives(tensor, streamed);
        Store& store = stores[use.store];
        if (use.arrives) {
            take_rows(node, use);
        } else {
            store.whole = true;
            use.read = {{time(node, 0), 1}, 0, 0, 1};
        }
        append(store, node * most_inputs);
        if (store.last_reader == node) close(store);
    }
    constexpr void append(Store& store, int id) {
        use(id).next = store.first_use;
        store.first_use = id;
    }
    /// A node takes in each row of its source as it comes.
    constexpr void take_rows(int node, Use& use) {
        Store& store = stores[use.store];
        const int32_t pace = use.source < 0 ? 1 : steps[use.source].pace;
        use.read = {{time(node, arrival(use.source, 0)), step_time * pace}, forever, 0, 1};
        hold(store, arrival(use.source, 0));
    }
    /// Keeps the first row of a store until `step`, and so each.
    constexpr void hold(Store& store, int32_t step) const {
        const int32_t born = store.producer < 0 ? 0 : arrival(store.producer, 0);
        store.held = detail::larger(store.held, step - born);
    }

    /// What a node reads and, from that, in which steps it computes.
    constexpr void find_uses(const Outline<Nodes>& outline, int node, bool streamed) {
        const graph::NodeFacts& facts = outline.nodes[node];
        Step& step = steps[node];
        bool paced = false;
        for (int i = 0; i < step.use_count; ++i) {
            Use& use = step.uses[i];
            const int tensor = outline.view_of[facts.inputs[i]];
            use.store = store_of[tensor];
            use.source = tensor - 1;
            Store& store = stores[use.store];
            use.arrives = arrives(tensor, streamed);
            use.accumulates = use.arrives && facts.accumulates && store.rows > 1;
            use.all = store.rows != outline.tensors[facts.inputs[i]].rows;
            use.window = use.all ? all_rows(store.rows) : facts.window;
            if (!use.arrives) {
                store.whole = true;
            } else {
                const int reach = (use.window.height - 1) * use.window.dilation - use.window.before;
                const int needed = use.accumulates
                                       ? store.rows - 1
                                       : detail::smaller(detail::larger(reach, 0), store.rows - 1);
                step.phase = detail::larger(step.phase, arrival(use.source, needed));
            }
            if (use.arrives && step.rows > 1) {
                const int32_t own =
                    (use.source < 0 ? 1 : steps[use.source].pace) * use.window.stride;
                if (paced && own != step.pace) possible = false;
                step.pace = own;
                paced = true;
            }
        }
    }

    /// When a node reads through use `i`, and for how long rows are held for it.
    constexpr void take_use(int node, int i) {
        const Step& step = steps[node];
        Use& use = steps[node].uses[i];
        Store& store = stores[use.store];
        const int32_t pace = store.producer < 0 ? 1 : steps[store.producer].pace;
        const int32_t last_step = step.phase + step.pace * (step.rows - 1);
        if (use.accumulates) {
            take_rows(node, use);
        } else if (use.all) {
            use.read = {{time(node, last_step), 1}, 0, 0, 1};
            hold(store, last_step);
        } else {
            use.read = {times(node), step.rows - 1, use.window.before, use.window.stride};
            hold(store, detail::smaller(step.phase + pace * use.window.before, last_step));
        }
        append(store, node * most_inputs + i);
    }

    /// Has a node write over what it reads, when nobody else needs what is overwritten.
    constexpr void share_place(const Outline<Nodes>& outline, int node) {
        const int output = node + 1;
        const graph::TensorFacts& result = outline.tensors[output];
        for (int i = 0; i < steps[node].use_count; ++i) {
            const int place = steps[node].uses[i].store;
            Store& store = stores[place];
            if (store.rows == result.rows && store.row_bytes == result.row_bytes &&
                read_out(store, node)) {
                store.last_reader = detail::larger(node, outline.last_reader[output]);
                store_of[output] = place;
                return;
            }
        }
    }

    /// Whether every other read of a store is over when `node` writes the same row.
    constexpr bool read_out(const Store& store, int node) const {
        if (store.last_reader != node) return false;
        for (int id = store.first_use; id >= 0; id = use(id).next)
            if (id / most_inputs != node && !use(id).read.over_before(times(node), store.rows))
                return false;
        return true;
    }

    /// Settles how much of a store is held, once its last reader is known.
    constexpr void close(Store& store) {
        if (!here(store)) store.whole = true;
        const int32_t pace = store.producer < 0 ? 1 : steps[store.producer].pace;
        store.passing = !store.whole && store.held == 0;
        store.capacity = store.rows;
        if (!store.whole && store.held / pace + 1 < store.rows)
            store.capacity = static_cast<int>(store.held / pace) + 1;
    }
};

/// The schedule of a graph that is cut into segments.
template <int Nodes>
constexpr Schedule<Nodes> make_schedule(const Outline<Nodes>& outline, const Cuts<Nodes>& cuts) {
    Schedule<Nodes> plan{};
    plan.begin(outline, 0, cuts.pushed);
    for (int node = 0; node < Nodes; ++node) {
        if (node > 0 && cuts.begins[node]) plan.begin_segment(node);
        const bool alone =
            (node == 0 || cuts.begins[node]) && (node + 1 == Nodes || cuts.begins[node + 1]);
        plan.extend(outline, node, !alone || (cuts.pushed && plan.segments == 1));
    }
    plan.end();
    return plan;
}

}  // namespace plan
}  // namespace mote
