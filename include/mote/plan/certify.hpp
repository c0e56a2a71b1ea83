// What a plan promises, checked on the finished plan. Shares nothing with the planner: it knows the
// graph, the loop that plays a plan (play.hpp), and where the plan put things.
//
//   - A node computes all its rows, and finds each row that it reads written.
//   - No byte is written between its birth and its last read. A layer that may work in place writes
//     row r over the same row r of what it reads, when nobody reads that later.
//   - The result stays, in one piece, until all is over; sums stay until the last row is added.
//   - Everything lies inside the arena, aligned.
#pragma once

#include "plan.hpp"

namespace mote {
namespace plan {

/// Checks a layout, value by value: values are tensors, then the sums of nodes that add up rows.
template <int Nodes>
class Certificate {
   public:
    static constexpr int value_count = 2 * Nodes + 1;

    constexpr Certificate(const Outline<Nodes>& outline, const Layout<Nodes>& layout, bool pushed)
        : outline_(outline), layout_(layout), pushed_(pushed) {
        take_steps();
        for (int tensor = 0; tensor <= Nodes; ++tensor)
            viewed_[tensor] = is_view(tensor) ? viewed_[facts(tensor - 1).inputs[0]] : tensor;
        for (int value = 0; value < value_count; ++value)
            if (exists(value)) take_value(value);
        for (int node = 0; node < Nodes; ++node)
            for (int i = 0; i < facts(node).input_count; ++i) take_read(node, i);
        values_[viewed_[Nodes]].death = never;
    }

    /// Whether all promises hold.
    constexpr bool holds() const {
        for (int value = 0; value < value_count; ++value)
            if (!holds(value)) return false;
        return true;
    }

    /// Whether the promises about one value hold.
    constexpr bool holds(int value) const {
        if (value <= Nodes && is_view(value))
            return layout_.schedule.store_of[value] == layout_.schedule.store_of[viewed_[value]];
        if (!exists(value)) return true;
        Readers readers{};
        for (int node = 0; node < Nodes && value <= Nodes; ++node)
            for (int i = 0; i < facts(node).input_count; ++i)
                if (viewed_[facts(node).inputs[i]] == value)
                    readers.read[readers.count++] = {node, i};
        const Value& it = values_[value];
        return inside(it) && complete(value) && in_order(value, readers) &&
               (!stays(value) || it.slots == it.rows) && untouched(value, readers);
    }

   private:
    static constexpr int64_t never = int64_t{1} << 60;

    /// Rows, and the slots of memory that hold them in turn.
    struct Value {
        int64_t begin;
        int64_t end;
        int64_t size;
        int slots;
        int rows;
        /// Row r is written at birth + pace * r; the last row is needed until death.
        int64_t birth;
        int64_t pace;
        int64_t death;

        constexpr int64_t written(int64_t row) const { return birth + pace * row; }
    };
    struct ReadBy {
        int node;
        int input;
    };
    struct Readers {
        int count;
        ReadBy read[2 * Nodes];
    };

    constexpr const graph::NodeFacts& facts(int node) const { return outline_.nodes[node]; }
    constexpr const graph::TensorFacts& stored(int tensor) const {
        return outline_.tensors[tensor == 0 ? outline_.input_shape : tensor];
    }
    constexpr bool is_view(int tensor) const { return tensor > 0 && facts(tensor - 1).view; }
    static constexpr int producer(int value) {
        return value > Nodes ? value - Nodes - 1 : value - 1;
    }

    /// Whether a node takes in row after row of what it reads.
    constexpr bool by_row(int node) const {
        const Use& use = layout_.schedule.steps[node].uses[0];
        return !alone_[node] && (facts(node).view ? use.arrives : use.accumulates);
    }
    constexpr bool adds_up(int node) const { return by_row(node) && !facts(node).view; }
    constexpr bool exists(int value) const {
        return value > Nodes ? adds_up(value - Nodes - 1) : !is_view(value);
    }
    /// Whether a value is there as a whole: the result, and an input that is not pushed.
    constexpr bool stays(int value) const {
        return value == viewed_[Nodes] || (value == 0 && !pushed_);
    }

    // Time: in each step first the input's row, then one node after the other. The rows of a node
    // that is alone in its segment come one after the other too.
    struct Turning {
        int64_t first;
        int64_t pace;
        int count;

        constexpr int64_t at(int64_t turn) const { return first + pace * turn; }
    };

    constexpr void take_steps() {
        const Schedule<Nodes>& plan = layout_.schedule;
        int64_t steps = 0;
        for (int segment = 0; segment < plan.segments; ++segment) {
            const int first = plan.first_node[segment];
            const int end = plan.first_node[segment + 1];
            const bool alone = end - first == 1 && !(pushed_ && segment == 0);
            const int64_t count =
                alone ? outline_.tensors[first + 1].rows : plan.step_count[segment];
            for (int node = first; node < end; ++node) {
                alone_[node] = alone;
                const Turns turns =
                    alone ? Turns{0, 1, facts(node).view ? 1 : static_cast<int>(count)}
                          : plan.turns(node);
                turns_[node] = {(steps + turns.phase) * (Nodes + 1) + node + 1,
                                static_cast<int64_t>(turns.pace) * (Nodes + 1), turns.rows};
                in_segment_[node] =
                    turns.phase >= 0 && turns.pace > 0 &&
                    turns.phase + static_cast<int64_t>(turns.pace) * (turns.rows - 1) < count;
            }
            steps += count;
        }
    }

    constexpr void take_value(int value) {
        Value& it = values_[value];
        const int node = producer(value);
        if (value > Nodes) {
            it.rows = turns_[node].count;
            it.size = facts(node).state_bytes;
            it.slots = 1;
            it.begin = layout_.packing.offsets[value];
        } else {
            const int place = layout_.schedule.store_of[value];
            const Store& store = layout_.schedule.stores[place];
            it.rows = stored(value).rows;
            it.size = stored(value).row_bytes;
            it.slots = store.capacity < store.rows ? store.capacity : it.rows;
            it.begin = layout_.packing.offsets[place];
        }
        it.end = it.begin + it.size * it.slots;
        if (node < 0) {
            it.birth = pushed_ ? 0 : -1;
            it.pace = pushed_ ? Nodes + 1 : 0;
        } else {
            const bool last_alone = value <= Nodes && adds_up(node);
            it.birth = turns_[node].at(last_alone ? turns_[node].count - 1 : 0);
            it.pace = last_alone ? 0 : turns_[node].pace;
        }
        it.death = it.written(it.rows - 1);
    }
    constexpr void take_read(int node, int i) {
        Value& it = values_[viewed_[facts(node).inputs[i]]];
        const int64_t last = last_read({node, i}, it.rows - 1);
        if (last > it.death) it.death = last;
    }

    constexpr bool inside(const Value& it) const {
        return it.begin >= 0 && it.end <= layout_.bytes() && it.begin % alignment == 0;
    }
    /// Every row is written, while its segment is played.
    constexpr bool complete(int value) const {
        const int node = producer(value);
        if (node < 0) return true;
        const int written = value <= Nodes && adds_up(node) ? 1 : turns_[node].count;
        return written == values_[value].rows && in_segment_[node];
    }

    /// Every read of a tensor finds its rows written.
    constexpr bool in_order(int tensor, const Readers& readers) const {
        for (int i = 0; i < readers.count; ++i)
            if (!in_order(tensor, readers.read[i])) return false;
        return true;
    }
    constexpr bool in_order(int tensor, const ReadBy& by) const {
        const Value& it = values_[tensor];
        const Turning& turns = turns_[by.node];
        if (by_row(by.node)) {
            const Use& use = layout_.schedule.steps[by.node].uses[0];
            const bool found =
                use.source + 1 == tensor && use.store == layout_.schedule.store_of[tensor];
            return found && turns.count == it.rows && it.written(0) < turns.at(0) &&
                   it.written(it.rows - 1) < turns.at(it.rows - 1);
        }
        if (reads_all(by)) return it.written(it.rows - 1) < turns.at(0);
        const RowWindow& window = facts(by.node).window;
        const int reach = (window.height - 1) * window.dilation - window.before;
        for (int turn = 0; turn < turns.count; ++turn) {
            const int last = turn * window.stride + reach;
            if (last >= 0 && it.written(last < it.rows ? last : it.rows - 1) >= turns.at(turn))
                return false;
        }
        return true;
    }
    /// A view, or what looks at a map through one with other rows, needs the whole map each time.
    constexpr bool reads_all(const ReadBy& by) const {
        const int seen = facts(by.node).inputs[by.input];
        return facts(by.node).view || outline_.tensors[seen].rows != values_[viewed_[seen]].rows;
    }

    /// When a row is read for the last time.
    constexpr int64_t last_read(const ReadBy& by, int row) const {
        const Turning& turns = turns_[by.node];
        if (by_row(by.node)) return turns.at(row);
        if (reads_all(by)) return turns.at(turns.count - 1);
        const int turn = (row + facts(by.node).window.before) / facts(by.node).window.stride;
        return turns.at(turn < turns.count ? turn : turns.count - 1);
    }
    /// When a row is needed for the last time.
    constexpr int64_t needed(int value, int row, const Readers& readers) const {
        const Value& it = values_[value];
        if (it.death == never) return never;
        if (value > Nodes) return it.written(row + 1 < it.rows ? row + 1 : row);
        int64_t last = it.written(row);
        for (int i = 0; i < readers.count; ++i) {
            const int64_t read = last_read(readers.read[i], row);
            last = read > last ? read : last;
        }
        return last;
    }

    /// Nothing is written over a row of a value while it is needed.
    constexpr bool untouched(int value, const Readers& readers) const {
        const Value& it = values_[value];
        for (int other = 0; other < value_count; ++other) {
            const Value& over = values_[other];
            // Sums are taken up and put down again in each turn.
            const bool meets = over.begin < it.end && it.begin < over.end &&
                               over.birth <= it.death && over.written(over.rows - 1) > it.birth &&
                               (other != value || value <= Nodes);
            for (int row = 0; row < it.rows && meets; ++row)
                if (overwrites(other, value, row, readers)) return false;
        }
        return true;
    }
    constexpr bool overwrites(int other, int value, int row, const Readers& readers) const {
        const Value& it = values_[value];
        const Value& over = values_[other];
        const int64_t place = it.begin + row % it.slots * it.size;
        const int64_t above = place + it.size - 1 - over.begin;
        const int64_t below = place > over.begin ? place - over.begin : 0;
        if (above < 0) return false;
        const int64_t death = needed(value, row, readers);
        for (int64_t slot = below / over.size; slot <= above / over.size && slot < over.slots;
             ++slot) {
            const int64_t next = first_written_after(over, it.written(row), slot);
            if (next < over.rows && over.written(next) <= death &&
                !(next == row && over.written(next) == death && in_place(other, value, readers)))
                return true;
        }
        return false;
    }
    /// The first row in a slot that is written after `time`.
    static constexpr int64_t first_written_after(const Value& it, int64_t time, int64_t slot) {
        if (it.birth > time) return slot;
        if (it.pace == 0) return never;
        const int64_t row = (time - it.birth) / it.pace + 1;
        return row + ((slot - row) % it.slots + it.slots) % it.slots;
    }
    /// Whether the node that writes `other` may write its rows over the same rows of `value`.
    constexpr bool in_place(int other, int value, const Readers& readers) const {
        const Value& it = values_[value];
        const Value& over = values_[other];
        const int node = producer(other);
        if (other > Nodes || value > Nodes || node < 0 || !facts(node).in_place) return false;
        if (over.begin != it.begin || over.size != it.size || over.slots != it.slots) return false;
        for (int i = 0; i < readers.count; ++i)
            if (readers.read[i].node == node && !reads_all(readers.read[i])) return true;
        return false;
    }

    const Outline<Nodes>& outline_;
    const Layout<Nodes>& layout_;
    bool pushed_;
    int viewed_[Nodes + 1] = {};
    bool alone_[Nodes] = {};
    bool in_segment_[Nodes] = {};
    Turning turns_[Nodes] = {};
    Value values_[value_count] = {};
};

/// Whether the plan that `Policy` makes of `Graph` keeps its promises. A few values make an
/// evaluation of their own: compilers limit the steps of one. Maps of more than `tallest` rows
/// would pass that limit; plans with such maps are taken on trust.
template <class Graph, class Policy>
struct Certified {
    static constexpr int count = 2 * Graph::node_count + 1;
    static constexpr int each = 8;
    static constexpr int tallest = 2048;

    static inline constexpr Certificate<Graph::node_count> certificate{
        OutlineOf<Graph>::value, Policy::template Made<Graph>::layout, Policy::pushed};

    template <int First>
    struct Promises {
        static constexpr bool keep() {
            bool held = true;
            for (int tensor = 0; tensor < Graph::tensor_count; ++tensor)
                if (Graph::tensors()[tensor].rows > tallest) return true;
            for (int index = First; index < First + each && index < count; ++index)
                held = held && certificate.holds(index);
            return held;
        }
        // No variable: its name, as long as the graph's type, would take longer than the checks.
        enum : bool { kept = keep() };
    };
    template <class Indices>
    struct All;
    template <int... Indices>
    struct All<detail::sequence<Indices...>> {
        static constexpr bool value = detail::all({bool{Promises<Indices * each>::kept}...});
    };
    static constexpr bool value = All<detail::make_sequence_t<(count + each - 1) / each>>::value;
};

}  // namespace plan
}  // namespace mote
