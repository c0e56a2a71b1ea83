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
#include "../detail/integer.hpp"
#include "outline.hpp"
#include "row_lives.hpp"

namespace mote {
namespace plan {

constexpr int32_t forever = 0x7fffffff;

/// A tensor that a node reads: which memory, and which of its rows.
struct Use {
    int node;
    int store;
    /// Node that computes the tensor; -1: the input.
    int source;
    RowWindow window;
    /// Each row of the reader needs all of it: so it is for the reader, or a view gave the map
    /// other rows.
    bool all;
    /// Rows are added up as they arrive.
    bool accumulates;
    /// Computed, or pushed in, during the same segment.
    bool arrives;
    Read read;
    /// The next use of the same store; -1: none.
    int next;

    /// Row r of the reader needs row r alone.
    constexpr bool reads_same_row() const {
        return !all && window.height == 1 && window.stride == 1 && window.before == 0;
    }
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
    /// Its uses among those of all nodes. A view has one, whatever the count.
    int first_use;
    int use_count;
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
template <class Size>
struct Cuts {
    bool begins[Size::nodes];
    bool pushed;
};

template <class Size>
struct Schedule {
    /// Times in a step: one for arriving input, one for each node.
    static constexpr int32_t step_time = Size::nodes + 1;

    Step steps[Size::nodes];
    Use uses[Size::operands];
    Store stores[Size::tensors];
    /// The store that holds a tensor.
    int store_of[Size::tensors];
    int segments;
    int first_node[Size::nodes + 1];
    int32_t step_count[Size::nodes];
    int32_t base[Size::nodes + 1];
    bool possible;

    constexpr int32_t time(int node, int32_t step) const {
        return base[steps[node].segment] + step * step_time + node + 1;
    }
    /// A node adds up the rows of its source, or shows them, as they come; otherwise it computes
    /// rows of its own. A view of a map that is there already shows it at once.
    constexpr Turns turns(int node) const {
        const Step& step = steps[node];
        const Use& first = uses[step.first_use];
        const int source = first.source;
        if (step.use_count == 0 && !first.arrives) return {0, 1, 1};
        if (step.use_count > 0 && !first.accumulates) return {step.phase, step.pace, step.rows};
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

    /// What a node reads first.
    constexpr const Use& first_use(int node) const { return uses[steps[node].first_use]; }

    /// When a row of a store is read for the last time.
    constexpr int32_t death(int store, int row) const {
        const Store& memory = stores[store];
        if (memory.output) return forever;
        int32_t last = memory.written.at(row);
        for (int id = memory.first_use; id >= 0; id = uses[id].next)
            last = detail::larger(last, uses[id].read.last(row));
        return last;
    }
    /// When the last one is.
    constexpr int32_t death(int store) const { return death(store, stores[store].rows - 1); }

    /// Makes ready for the nodes from `node` on, whose input rows may be pushed.
    constexpr void begin(const Outline<Size>& outline, int node, bool pushed) {
        possible = true;
        for (int tensor = 0; tensor <= node; ++tensor) {
            add_store(outline, tensor);
            store_of[tensor] = outline.view_of[tensor];
            stores[tensor].whole = true;
        }
        begin_segment(node);
        if (!pushed || node > outline.givens) return;
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
    constexpr void extend(const Outline<Size>& outline, int node, bool streamed) {
        const graph::NodeFacts& facts = outline.nodes[node];
        const int segment = segments - 1;
        const int output = node + 1;
        Step& step = steps[node];
        step.segment = segment;
        step.rows = outline.tensors[output].rows;
        step.pace = 1;
        step.first_use = facts.first_operand;
        add_store(outline, output);
        if (facts.view) {
            look(outline, node, streamed);
            return;
        }
        step.use_count = facts.operand_count;
        find_uses(outline, node, streamed);
        step_count[segment] =
            detail::larger(step_count[segment], step.phase + (step.rows - 1) * step.pace + 1);
        stores[output].written = times(node);
        for (int i = 0; i < step.use_count; ++i) take_use(node, step.first_use + i);
        if (facts.in_place) share_place(outline, node);
        for (int i = 0; i < step.use_count; ++i) {
            Store& read = stores[uses[step.first_use + i].store];
            if (read.last_reader == node) close(read);
        }
        Store& written = stores[store_of[output]];
        if (written.last_reader == node) close(written);
    }

    /// After the last node.
    constexpr void end(const Outline<Size>& outline) {
        for (int tensor = 0; tensor < Size::tensors; ++tensor) {
            if (outline.view_of[tensor] == tensor && outline.is_output(tensor)) {
                Store& result = stores[store_of[tensor]];
                result.output = true;
                result.whole = true;
                close(result);
            }
        }
        first_node[segments] = Size::nodes;
    }

   private:
    /// Whether a store is written in the last segment.
    constexpr bool here(const Store& store) const {
        return store.producer >= first_node[segments - 1] || (store.producer < 0 && !store.whole);
    }
    constexpr void add_store(const Outline<Size>& outline, int tensor) {
        Store& store = stores[tensor];
        store.rows = outline.stored(tensor).rows;
        store.row_bytes = outline.stored(tensor).row_bytes;
        store.producer = tensor <= outline.givens ? -1 : tensor - 1;
        store.last_reader = outline.last_reader[tensor];
        store.first_use = -1;
        store.capacity = store.rows;
        store_of[tensor] = tensor;
    }

    /// Whether rows of a tensor come while the last segment streams.
    constexpr bool arrives(int tensor, bool streamed) const {
        const int first = first_node[segments - 1];
        return streamed && (tensor > first || (tensor == 0 && segments == 1));
    }

    /// A view shows rows as they come, or the whole map when its segment begins.
    constexpr void look(const Outline<Size>& outline, int node, bool streamed) {
        const int tensor = outline.view_of[node + 1];
        Use& use = uses[steps[node].first_use];
        use.node = node;
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
        append(store, steps[node].first_use);
        if (store.last_reader == node) close(store);
    }
    constexpr void append(Store& store, int id) {
        uses[id].next = store.first_use;
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
    constexpr void find_uses(const Outline<Size>& outline, int node, bool streamed) {
        const graph::NodeFacts& facts = outline.nodes[node];
        Step& step = steps[node];
        bool paced = false;
        for (int i = 0; i < step.use_count; ++i) {
            const graph::OperandFacts& operand = outline.read(node, i);
            Use& use = uses[step.first_use + i];
            const int tensor = outline.view_of[operand.tensor];
            use.node = node;
            use.store = store_of[tensor];
            use.source = tensor - 1;
            Store& store = stores[use.store];
            use.arrives = arrives(tensor, streamed);
            use.accumulates = use.arrives && facts.accumulates && store.rows > 1;
            use.all =
                operand.window.stride == 0 || store.rows != outline.tensors[operand.tensor].rows;
            use.window = use.all ? all_rows(store.rows) : operand.window;
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
                const int32_t own = (use.source < 0 ? 1 : steps[use.source].pace) *
                                    (use.all ? 1 : use.window.stride);
                if (paced && own != step.pace) possible = false;
                step.pace = own;
                paced = true;
            }
        }
    }

    /// When a node reads through use `id`, and for how long rows are held for it.
    constexpr void take_use(int node, int id) {
        const Step& step = steps[node];
        Use& use = uses[id];
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
        append(store, id);
    }

    /// Has a node write over what it reads, when nobody else needs what is overwritten.
    constexpr void share_place(const Outline<Size>& outline, int node) {
        const int output = node + 1;
        const graph::TensorFacts& result = outline.tensors[output];
        for (int i = 0; i < steps[node].use_count; ++i) {
            const Use& over = uses[steps[node].first_use + i];
            Store& store = stores[over.store];
            if (store.rows == result.rows && store.row_bytes == result.row_bytes &&
                over.reads_same_row() && read_out(store, node)) {
                store.last_reader = detail::larger(node, outline.last_reader[output]);
                store_of[output] = over.store;
                return;
            }
        }
    }

    /// Whether every other read of a store is over when `node` writes the same row.
    constexpr bool read_out(const Store& store, int node) const {
        if (store.last_reader != node) return false;
        for (int id = store.first_use; id >= 0; id = uses[id].next) {
            const Use& use = uses[id];
            if (!(use.node == node && use.reads_same_row()) &&
                !use.read.over_before(times(node), store.rows))
                return false;
        }
        return true;
    }

    /// Settles how much of a store is held, once its last reader is known.
    constexpr void close(Store& store) {
        if (!here(store)) store.whole = true;
        const int32_t pace = store.producer < 0 ? 1 : steps[store.producer].pace;
        store.passing = !store.whole && store.held == 0;
        store.capacity = store.rows;
        if (!store.whole && store.held / pace + 1 < store.rows)
            store.capacity = detail::as_int(store.held / pace) + 1;
    }
};

/// The schedule of a graph that is cut into segments.
template <class Size>
constexpr Schedule<Size> make_schedule(const Outline<Size>& outline, const Cuts<Size>& cuts) {
    Schedule<Size> plan{};
    const int first = outline.givens;
    plan.begin(outline, first, cuts.pushed);
    for (int node = first; node < Size::nodes; ++node) {
        const bool begins = node == first || cuts.begins[node];
        if (node > first && begins) plan.begin_segment(node);
        const bool alone = begins && (node + 1 == Size::nodes || cuts.begins[node + 1]);
        plan.extend(outline, node, !alone || (cuts.pushed && plan.segments == 1));
    }
    plan.end(outline);
    return plan;
}

}  // namespace plan
}  // namespace mote
