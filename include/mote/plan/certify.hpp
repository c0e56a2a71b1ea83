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
        : nodes_(outline.nodes),
          tensors_(outline.tensors),
          input_shape_(outline.input_shape),
          layout_(layout),
          pushed_(pushed) {
        const Schedule<Nodes>& plan = layout.schedule;
        int64_t steps = 0;
        for (int segment = 0; segment < plan.segments; ++segment) {
            const int first = plan.first_node[segment];
            const int end = plan.first_node[segment + 1];
            for (int node = first; node < end; ++node) {
                first_step_[node] = steps;
                steps_[node] = plan.step_count[segment];
                alone_[node] = end - first == 1 && !(pushed && segment == 0);
            }
            if (first < end && alone_[first]) steps_[first] = tensors_[first + 1].rows;
            if (first < end) steps += steps_[first];
        }
    }

    /// Whether all promises hold.
    constexpr bool holds() const {
        for (int value = 0; value < value_count; ++value)
            if (!holds(value)) return false;
        return true;
    }

    /// Whether the promises about one value hold.
    constexpr bool holds(int value) const {
        if (!exists(value)) return true;
        const int rows = row_count(value);
        return inside(value) && complete(value) && (value > Nodes || in_order(value)) &&
               (value != result() || slot_count(value) == rows) && untouched(value);
    }

   private:
    static constexpr int64_t never = int64_t{1} << 60;

    constexpr bool is_view(int tensor) const { return tensor > 0 && nodes_[tensor - 1].view; }
    constexpr int viewed(int tensor) const {
        while (is_view(tensor)) tensor = nodes_[tensor - 1].inputs[0];
        return tensor;
    }
    constexpr int result() const { return viewed(Nodes); }

    /// Whether a node takes in row after row of what it reads.
    constexpr bool by_row(int node) const {
        const Use& use = layout_.schedule.steps[node].uses[0];
        return !alone_[node] && (nodes_[node].view ? use.arrives : use.accumulates);
    }
    constexpr bool adds_up(int node) const { return by_row(node) && !nodes_[node].view; }

    constexpr bool exists(int value) const {
        return value > Nodes ? adds_up(value - Nodes - 1) : !is_view(value);
    }
    static constexpr int producer(int value) {
        return value > Nodes ? value - Nodes - 1 : value - 1;
    }

    // Time: in each step first the input's row, then one node after the other. The rows of a node
    // that is alone in its segment come one after the other too.
    constexpr int turn_count(int node) const {
        if (alone_[node]) return nodes_[node].view ? 1 : tensors_[node + 1].rows;
        return layout_.schedule.turns(node).rows;
    }
    constexpr int64_t turn_time(int node, int turn) const {
        const Turns turns = layout_.schedule.turns(node);
        const int64_t step =
            alone_[node] ? turn : turns.phase + static_cast<int64_t>(turns.pace) * turn;
        return (first_step_[node] + step) * (Nodes + 1) + node + 1;
    }

    // Values: rows, and the slots of memory that hold them in turn.
    constexpr const graph::TensorFacts& stored(int tensor) const {
        return tensors_[tensor == 0 ? input_shape_ : tensor];
    }
    constexpr int row_count(int value) const {
        return value > Nodes ? turn_count(producer(value)) : stored(value).rows;
    }
    constexpr int32_t slot_bytes(int value) const {
        return value > Nodes ? nodes_[producer(value)].state_bytes : stored(value).row_bytes;
    }
    constexpr int slot_count(int value) const {
        if (value > Nodes) return 1;
        const Store& store = layout_.schedule.stores[layout_.schedule.store_of[value]];
        return store.capacity < store.rows ? store.capacity : stored(value).rows;
    }
    constexpr int64_t begin(int value) const {
        return layout_.packing.offsets[value > Nodes ? value : layout_.schedule.store_of[value]];
    }
    constexpr int64_t end(int value) const {
        return begin(value) + static_cast<int64_t>(slot_bytes(value)) * slot_count(value);
    }
    constexpr int64_t written(int value, int row) const {
        if (value == 0) return pushed_ ? static_cast<int64_t>(row) * (Nodes + 1) : -1;
        const int node = producer(value);
        return turn_time(node, value <= Nodes && adds_up(node) ? turn_count(node) - 1 : row);
    }

    constexpr bool inside(int value) const {
        return begin(value) >= 0 && end(value) <= layout_.bytes() && begin(value) % alignment == 0;
    }
    /// Every row is written, while its segment is played.
    constexpr bool complete(int value) const {
        const int node = producer(value);
        if (node < 0) return true;
        const bool one = value <= Nodes && adds_up(node);
        if ((one ? 1 : turn_count(node)) != row_count(value)) return false;
        const int64_t end = (first_step_[node] + steps_[node]) * (Nodes + 1);
        return turn_time(node, 0) >= first_step_[node] * (Nodes + 1) &&
               turn_time(node, turn_count(node) - 1) < end;
    }

    /// Every read of `tensor` finds its rows written.
    constexpr bool in_order(int tensor) const {
        for (int node = 0; node < Nodes; ++node)
            for (int i = 0; i < nodes_[node].input_count; ++i)
                if (viewed(nodes_[node].inputs[i]) == tensor && !in_order(tensor, node, i))
                    return false;
        return true;
    }
    constexpr bool in_order(int tensor, int node, int i) const {
        const int rows = row_count(tensor);
        const bool all = reads_all(tensor, node, i);
        const RowWindow& window = nodes_[node].window;
        if (by_row(node) && turn_count(node) != rows) return false;
        for (int turn = 0; turn < turn_count(node); ++turn) {
            int last = turn;
            if (!by_row(node) && all) last = rows - 1;
            if (!by_row(node) && !all) {
                last = turn * window.stride - window.before + (window.height - 1) * window.dilation;
                last = last < rows ? last : rows - 1;
            }
            if (last >= 0 && written(tensor, last) >= turn_time(node, turn)) return false;
        }
        return true;
    }
    /// A view, or what looks at a map through one with other rows, needs the whole map each time.
    constexpr bool reads_all(int tensor, int node, int i) const {
        return nodes_[node].view || tensors_[nodes_[node].inputs[i]].rows != row_count(tensor);
    }

    /// When a row is needed for the last time.
    constexpr int64_t needed(int value, int row) const {
        if (value == result()) return never;
        int64_t last = written(value, row);
        if (value > Nodes)
            return row + 1 < row_count(value) ? turn_time(producer(value), row + 1) : last;
        for (int node = 0; node < Nodes; ++node) {
            for (int i = 0; i < nodes_[node].input_count; ++i) {
                if (viewed(nodes_[node].inputs[i]) == value) {
                    const int64_t read = last_read(value, row, node, i);
                    last = read > last ? read : last;
                }
            }
        }
        return last;
    }
    constexpr int64_t last_read(int tensor, int row, int node, int i) const {
        const int last = turn_count(node) - 1;
        if (by_row(node)) return turn_time(node, row);
        if (reads_all(tensor, node, i)) return turn_time(node, last);
        const int turn = (row + nodes_[node].window.before) / nodes_[node].window.stride;
        return turn_time(node, turn < last ? turn : last);
    }

    /// Nothing is written over a row of `value` while it is needed.
    constexpr bool untouched(int value) const {
        const int rows = row_count(value);
        const int64_t birth = written(value, 0);
        const int64_t death = needed(value, rows - 1);
        for (int other = 0; other < value_count; ++other) {
            const bool meets =
                exists(other) && begin(other) < end(value) && begin(value) < end(other) &&
                written(other, row_count(other) - 1) > birth && written(other, 0) <= death;
            for (int row = 0; row < rows && meets; ++row)
                if (overwrites(other, value, row)) return false;
        }
        return true;
    }
    /// Whether `other` writes over `row` of `value` while that is needed.
    constexpr bool overwrites(int other, int value, int row) const {
        const int64_t size = slot_bytes(value);
        const int64_t place = begin(value) + row % slot_count(value) * size;
        const int64_t birth = written(value, row);
        const int64_t death = needed(value, row);
        const int64_t other_size = slot_bytes(other);
        const int64_t above = place + size - 1 - begin(other);
        const int64_t below = place > begin(other) ? place - begin(other) : 0;
        if (above < 0) return false;
        const int slots = slot_count(other);
        for (int64_t slot = below / other_size; slot <= above / other_size && slot < slots;
             ++slot) {
            const int64_t next = first_written_after(other, birth, static_cast<int>(slot), slots);
            const bool late =
                next >= row_count(other) || written(other, static_cast<int>(next)) > death;
            if (!late && !in_place(other, value, row, static_cast<int>(next))) return true;
        }
        return false;
    }
    /// The first row of a slot that is written after `time`.
    constexpr int64_t first_written_after(int value, int64_t time, int slot, int slots) const {
        const int64_t first = written(value, 0);
        int64_t row = 0;
        if (first <= time) {
            const int64_t pace = row_count(value) > 1 ? written(value, 1) - first : 0;
            if (pace == 0) return never;
            row = (time - first) / pace + 1;
        }
        return row + ((slot - row) % slots + slots) % slots;
    }
    /// Whether the node that writes `row` of `other` may write it over the same row of `value`.
    constexpr bool in_place(int other, int value, int row, int other_row) const {
        const int node = producer(other);
        if (other > Nodes || value > Nodes || node < 0 || !nodes_[node].in_place) return false;
        bool reads = false;
        for (int i = 0; i < nodes_[node].input_count; ++i)
            reads =
                reads || (viewed(nodes_[node].inputs[i]) == value && !reads_all(value, node, i));
        return reads && row == other_row && begin(other) == begin(value) &&
               slot_bytes(other) == slot_bytes(value) && slot_count(other) == slot_count(value) &&
               written(other, other_row) == needed(value, row);
    }

    const typename Outline<Nodes>::NodeList& nodes_;
    const typename Outline<Nodes>::TensorList& tensors_;
    int input_shape_;
    const Layout<Nodes>& layout_;
    bool pushed_;
    /// The first step of a node's segment, counted from the beginning, and the steps it has.
    int64_t first_step_[Nodes] = {};
    int64_t steps_[Nodes] = {};
    bool alone_[Nodes] = {};
};

}  // namespace plan
}  // namespace mote
