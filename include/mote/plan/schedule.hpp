// When each row of each tensor is computed, and how long it has to be kept.
//
// The nodes are cut into segments. A segment of one node computes its whole map at once. A longer
// one is streamed: in step t every node computes at most one row, row (t - phase) / pace, as soon
// as the rows beneath its window are there. Tensors that stay inside a segment are rings of the few
// rows that are alive; tensors that cross a cut are whole maps. Everything is a constant.
#pragma once

#include "../graph/graph.hpp"
#include "packing.hpp"

namespace mote {
namespace plan {

constexpr int most_inputs = 2;
constexpr int32_t forever = 0x7fffffff;

/// When the rows of a store are read for the last time by one node.
struct Read {
    int32_t start;
    int32_t pace;
    int32_t last_row;
    int before;
    int stride;

    constexpr int32_t last(int row) const {
        return start + pace * detail::smaller<int32_t>((row + before) / stride, last_row);
    }
};

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
    /// Last tensor written in this place.
    int last_producer;
    /// Rows held at a time.
    int capacity;
    /// Written and read out within each step.
    bool passing;
    bool whole;
    bool output;
    /// Row r is written first at start + pace * r.
    int32_t start;
    int32_t pace;
    /// Uses of this store's tensors, linked by Use::next.
    int first_use;
    int last_use;

    constexpr int32_t birth(int row) const { return start + pace * row; }
};

template <int Nodes>
struct Schedule {
    static constexpr int tensors = Nodes + 1;

    Step steps[Nodes];
    Store stores[tensors];
    /// The store that holds a tensor.
    int store_of[tensors];
    int segments;
    int first_node[Nodes + 1];
    int32_t step_count[Nodes];
    int32_t base[Nodes + 1];
    bool possible;

    /// Times in a step of a segment: one for arriving input, one for each node.
    constexpr int32_t segment_length(int segment) const {
        return first_node[segment + 1] - first_node[segment] + 1;
    }
    constexpr int32_t time(int node, int32_t step) const {
        const int segment = steps[node].segment;
        return base[segment] + step * segment_length(segment) + (node - first_node[segment]) + 1;
    }
    constexpr int32_t row_time(int node, int row) const {
        return time(node, steps[node].phase + steps[node].pace * row);
    }

    constexpr const Use& use(int id) const {
        return steps[id / most_inputs].uses[id % most_inputs];
    }
    constexpr Use& use(int id) { return steps[id / most_inputs].uses[id % most_inputs]; }

    /// Appends the uses from `first` to `last` to those of a store.
    constexpr void append(Store& store, int first, int last) {
        if (first < 0) return;
        if (store.first_use < 0)
            store.first_use = first;
        else
            use(store.last_use).next = first;
        store.last_use = last;
    }

    /// The step in which `row` of what node `source` computes arrives.
    constexpr int32_t arrival(int source, int row) const {
        return source < 0 ? row : steps[source].phase + steps[source].pace * row;
    }

    /// When `row` of `store` is written first.
    constexpr int32_t birth(int store, int row) const { return stores[store].birth(row); }

    constexpr int32_t death(int store, int row) const {
        const Store& memory = stores[store];
        if (memory.output) return forever;
        int32_t last = memory.last_producer == memory.producer
                           ? memory.birth(row)
                           : row_time(memory.last_producer, row);
        for (int id = memory.first_use; id >= 0; id = use(id).next)
            last = detail::larger(last, use(id).read.last(row));
        return last;
    }

    /// How node `reader` reads a store through `use`.
    constexpr Read read(int reader, const Use& use) const {
        const Step& step = steps[reader];
        const int32_t length = segment_length(step.segment);
        if (use.accumulates)
            return {time(reader, arrival(use.source, 0)),
                    length * (use.source < 0 ? 1 : steps[use.source].pace), forever, 0, 1};
        return {time(reader, step.phase), length * step.pace, step.rows - 1,
                use.all ? step.rows : use.window.before, use.window.stride};
    }
};

/// How a graph is cut: node n begins a segment when begins[n]. `pushed`: input rows come one by one
/// and are kept no longer than needed.
template <int Nodes>
struct Cuts {
    bool begins[Nodes];
    bool pushed;
};

namespace scheduling {

template <int Nodes>
using Facts = detail::array<graph::NodeFacts, Nodes>;
template <int Nodes>
using Tensors = detail::array<graph::TensorFacts, Nodes + 1>;

/// Whether every other read of `store` is over when `node` writes the same row.
template <int Nodes>
constexpr bool last_reader(const Schedule<Nodes>& schedule, int node, int store) {
    const Store& memory = schedule.stores[store];
    for (int id = memory.first_use; id >= 0; id = schedule.use(id).next)
        if (id / most_inputs > node) return false;
    for (int id = memory.first_use; id >= 0; id = schedule.use(id).next) {
        if (id / most_inputs == node) continue;
        for (int row = 0; row < memory.rows; ++row)
            if (schedule.use(id).read.last(row) >= schedule.row_time(node, row)) return false;
    }
    return true;
}

}  // namespace scheduling

/// The schedule of a graph that is cut into segments.
template <int Nodes>
constexpr Schedule<Nodes> make_schedule(const scheduling::Facts<Nodes>& nodes,
                                        const scheduling::Tensors<Nodes>& tensors, int input_shape,
                                        const Cuts<Nodes>& cuts) {
    Schedule<Nodes> plan{};
    // The tensor that is computed behind each view.
    int view_of[Nodes + 1] = {};
    for (int tensor = 1; tensor <= Nodes; ++tensor)
        view_of[tensor] = nodes[tensor - 1].view ? view_of[nodes[tensor - 1].inputs[0]] : tensor;
    plan.possible = true;
    for (int node = 0; node < Nodes; ++node) {
        if (node == 0 || cuts.begins[node]) plan.first_node[plan.segments++] = node;
        plan.steps[node].segment = plan.segments - 1;
    }
    plan.first_node[plan.segments] = Nodes;

    for (int tensor = 0; tensor <= Nodes; ++tensor) {
        const graph::TensorFacts& shape = tensors[tensor == 0 ? input_shape : tensor];
        Store& store = plan.stores[tensor];
        store.rows = shape.rows;
        store.row_bytes = shape.row_bytes;
        store.producer = store.last_producer = tensor - 1;
        store.first_use = -1;
        plan.store_of[tensor] = tensor;
    }
    plan.stores[0].whole = !cuts.pushed;
    plan.stores[0].start = 0;
    plan.stores[0].pace = cuts.pushed ? plan.segment_length(0) : 0;
    if (cuts.pushed) plan.step_count[0] = plan.stores[0].rows;

    // Views share their input's store; readers of a view read the store. Readers first: whether a
    // result may be written in place depends on those to come.
    for (int node = 0; node < Nodes; ++node) {
        if (nodes[node].view) continue;
        for (int i = 0; i < nodes[node].input_count; ++i) {
            const int id = node * most_inputs + i;
            plan.use(id).next = -1;
            plan.append(plan.stores[view_of[nodes[node].inputs[i]]], id, id);
        }
    }

    for (int node = 0; node < Nodes; ++node) {
        Step& step = plan.steps[node];
        const int output = node + 1;
        const int segment = step.segment;
        const int first = plan.first_node[segment];
        const bool streamed =
            plan.first_node[segment + 1] - first > 1 || (cuts.pushed && segment == 0);
        if (node == first && segment > 0)
            plan.base[segment] =
                plan.base[segment - 1] +
                plan.step_count[segment - 1] * (first - plan.first_node[segment - 1] + 1) + 1;
        step.rows = tensors[output].rows;
        step.pace = 1;
        if (nodes[node].view) {
            plan.store_of[output] = plan.store_of[nodes[node].inputs[0]];
            continue;
        }
        step.use_count = nodes[node].input_count;
        bool paced = false;
        for (int i = 0; i < step.use_count; ++i) {
            Use& use = step.uses[i];
            const int tensor = view_of[nodes[node].inputs[i]];
            const graph::TensorFacts& seen = tensors[nodes[node].inputs[i]];
            use.store = plan.store_of[tensor];
            use.source = tensor - 1;
            Store& store = plan.stores[use.store];
            use.arrives = streamed &&
                          (tensor == 0 ? segment == 0 : plan.steps[tensor - 1].segment == segment);
            use.accumulates = use.arrives && nodes[node].accumulates && store.rows > 1;
            use.window = nodes[node].window;
            use.all = store.rows != seen.rows;
            if (use.all) use.window = all_rows(store.rows);
            if (!use.arrives) store.whole = true;
            const int32_t pace =
                !use.arrives ? 1 : (use.source < 0 ? 1 : plan.steps[use.source].pace);
            if (use.arrives) {
                const int reach = (use.window.height - 1) * use.window.dilation - use.window.before;
                const int32_t ready = plan.arrival(
                    use.source, use.accumulates
                                    ? store.rows - 1
                                    : detail::smaller(detail::larger(reach, 0), store.rows - 1));
                step.phase = detail::larger(step.phase, ready);
            }
            if (step.rows > 1 && use.arrives) {
                const int32_t own = pace * use.window.stride;
                if (paced && own != step.pace) plan.possible = false;
                step.pace = own;
                paced = true;
            }
        }
        plan.step_count[segment] =
            detail::larger(plan.step_count[segment], step.phase + (step.rows - 1) * step.pace + 1);

        Store& fresh = plan.stores[output];
        fresh.start = plan.row_time(node, 0);
        fresh.pace = plan.segment_length(segment) * step.pace;

        // In place, when nobody else needs what is overwritten.
        for (int i = 0; i < step.use_count && nodes[node].in_place; ++i) {
            const int place = step.uses[i].store;
            Store& store = plan.stores[place];
            if (store.rows != tensors[output].rows ||
                store.row_bytes != tensors[output].row_bytes ||
                !scheduling::last_reader<Nodes>(plan, node, place))
                continue;
            plan.append(store, fresh.first_use, fresh.last_use);
            store.last_producer = node;
            plan.store_of[output] = place;
            break;
        }
        for (int i = 0; i < step.use_count; ++i) step.uses[i].read = plan.read(node, step.uses[i]);
    }

    const int result = plan.store_of[Nodes];
    plan.stores[result].output = plan.stores[result].whole = true;
    for (int tensor = 0; tensor <= Nodes; ++tensor) {
        Store& store = plan.stores[tensor];
        if (plan.store_of[tensor] != tensor) continue;
        int32_t longest = 0;
        const int32_t born = store.producer < 0 ? 0 : plan.steps[store.producer].phase;
        const int32_t pace = store.producer < 0 ? 1 : plan.steps[store.producer].pace;
        for (int id = store.first_use; id >= 0; id = plan.use(id).next) {
            const Use& use = plan.use(id);
            const int32_t held = use.accumulates ? plan.arrival(use.source, 0) - born
                                                 : plan.steps[id / most_inputs].phase - born +
                                                       pace * use.window.before;
            longest = detail::larger(longest, held);
        }
        if (store.last_producer != store.producer)
            longest = detail::larger(longest, plan.steps[store.last_producer].phase - born);
        store.capacity = static_cast<int>(longest / pace) + 1;
        store.passing = !store.whole && longest == 0;
        if (store.whole || store.capacity > store.rows) store.capacity = store.rows;
    }
    return plan;
}

}  // namespace plan
}  // namespace mote
