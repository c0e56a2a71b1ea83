// What a plan promises, checked on the finished plan. Shares nothing with the planner: it knows the
// graph, the loop that plays a plan (play.hpp), and where the plan put things.
//
//   - A node computes all its rows, and finds each row that it reads written.
//   - No byte is written between its birth and its last read. A layer that may work in place writes
//     row r over the same row r of what it reads, when nobody reads that later.
//   - The result stays, in one piece, until all is over; sums stay until the last row is added.
//   - What is kept from one inference to the next shares no byte with anything.
//   - Everything lies inside the arena, aligned.
#pragma once

#include <stddef.h>

#include "plan.hpp"

namespace mote {
namespace plan {

/// Checks a layout, value by value: values are tensors, then the sums of nodes that add up rows.
template <class Size>
class Certificate {
   public:
    static constexpr int value_count = Size::tensors + Size::nodes;

    constexpr Certificate(const Outline<Size>& outline, const Layout<Size>& layout, bool pushed)
        : outline_(outline), layout_(layout), pushed_(pushed) {
        take_steps();
        for (int tensor = 0; tensor < Size::tensors; ++tensor)
            viewed_[tensor] = is_view(tensor) ? viewed_[seen(tensor - 1, 0)] : tensor;
        for (int value = 0; value < value_count; ++value)
            if (exists(value)) take_value(value);
        for (int node = 0; node < Size::nodes; ++node)
            for (int i = 0; i < facts(node).operand_count; ++i) take_read(node, i);
        for (int tensor = 0; tensor < Size::tensors; ++tensor)
            if (is_result(tensor)) values_[tensor].death = never;
    }

    /// Whether all promises hold.
    constexpr bool holds() const {
        for (int value = 0; value < value_count; ++value)
            if (!holds(value)) return false;
        return true;
    }

    /// Whether the promises about one value hold.
    constexpr bool holds(int value) const {
        if (value < Size::tensors && is_view(value))
            return layout_.schedule.store_of[value] == layout_.schedule.store_of[viewed_[value]];
        if (!exists(value)) return true;
        Readers readers{};
        for (int node = 0; node < Size::nodes && value < Size::tensors; ++node)
            for (int i = 0; i < facts(node).operand_count; ++i)
                if (viewed_[seen(node, i)] == value) readers.read[readers.count++] = {node, i};
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
        ReadBy read[Size::operands];
    };

    constexpr const graph::NodeFacts& facts(int node) const { return outline_.nodes[node]; }
    /// The tensor that a node reads, and the window it reads it with.
    constexpr int seen(int node, int operand) const { return read(node, operand).tensor; }
    constexpr const graph::OperandFacts& read(int node, int operand) const {
        return outline_.operands[facts(node).first_operand + operand];
    }
    constexpr const RowWindow& window(const ReadBy& by) const {
        return read(by.node, by.input).window;
    }
    constexpr const graph::TensorFacts& stored(int tensor) const {
        return outline_.tensors[tensor == 0 ? outline_.input_shape : tensor];
    }
    constexpr bool is_view(int tensor) const { return tensor > 0 && facts(tensor - 1).view; }
    static constexpr int producer(int value) {
        return value < Size::tensors ? value - 1 : value - Size::tensors;
    }
    constexpr bool is_given(int value) const {
        return value == 0 || (value < Size::tensors && facts(value - 1).given);
    }
    constexpr bool is_lasting(int value) const {
        return value > 0 && value < Size::tensors && facts(value - 1).lasting;
    }
    constexpr bool is_result(int value) const {
        return value < Size::tensors && !is_view(value) && outline_.is_output(value);
    }

    /// Whether a node takes in row after row of what it reads.
    constexpr bool by_row(int node) const {
        const Use& use = layout_.schedule.first_use(node);
        return !alone_[node] && !facts(node).given &&
               (facts(node).view ? use.arrives : use.accumulates);
    }
    constexpr bool adds_up(int node) const { return by_row(node) && !facts(node).view; }
    constexpr bool exists(int value) const {
        return value < Size::tensors ? !is_view(value) : adds_up(producer(value));
    }
    constexpr bool is_pushed(int value) const { return value == 0 && pushed_; }
    /// Whether a value is there as a whole: results, and inputs that are not pushed.
    constexpr bool stays(int value) const {
        return is_result(value) || (is_given(value) && !is_pushed(value));
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
        const Schedule<Size>& plan = layout_.schedule;
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
                turns_[node] = {(steps + turns.phase) * (Size::nodes + 1) + node + 1,
                                static_cast<int64_t>(turns.pace) * (Size::nodes + 1), turns.rows};
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
        if (value >= Size::tensors) {
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
        if (is_given(value)) {
            it.birth = is_pushed(value) ? 0 : value - Size::tensors;
            it.pace = is_pushed(value) ? Size::nodes + 1 : 0;
        } else {
            const bool last_alone = value < Size::tensors && adds_up(node);
            it.birth = turns_[node].at(last_alone ? turns_[node].count - 1 : 0);
            it.pace = last_alone ? 0 : turns_[node].pace;
        }
        it.death = last_write(it, it.rows - 1);
    }
    /// Inputs may be written in any order before all begins.
    static constexpr int64_t last_write(const Value& it, int row) {
        return it.birth < 0 ? 0 : it.written(row);
    }
    constexpr void take_read(int node, int i) {
        Value& it = values_[viewed_[seen(node, i)]];
        const int64_t last = last_read({node, i}, it.rows - 1);
        if (last > it.death) it.death = last;
    }

    constexpr bool inside(const Value& it) const {
        return it.begin >= 0 && it.end <= layout_.bytes() && it.begin % alignment == 0;
    }
    /// Every row is written, while its segment is played.
    constexpr bool complete(int value) const {
        const int node = producer(value);
        if (is_given(value)) return true;
        const int written = value < Size::tensors && adds_up(node) ? 1 : turns_[node].count;
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
            const Use& use = layout_.schedule.first_use(by.node);
            const bool found =
                use.source + 1 == tensor && use.store == layout_.schedule.store_of[tensor];
            return found && turns.count == it.rows && it.written(0) < turns.at(0) &&
                   it.written(it.rows - 1) < turns.at(it.rows - 1);
        }
        if (reads_all(by)) return it.written(it.rows - 1) < turns.at(0);
        const RowWindow& rows = window(by);
        const int reach = (rows.height - 1) * rows.dilation - rows.before;
        for (int turn = 0; turn < turns.count; ++turn) {
            const int last = turn * rows.stride + reach;
            if (last >= 0 && it.written(last < it.rows ? last : it.rows - 1) >= turns.at(turn))
                return false;
        }
        return true;
    }
    /// A view, or what looks at a map through one with other rows, needs the whole map each time.
    constexpr bool reads_all(const ReadBy& by) const {
        const int tensor = seen(by.node, by.input);
        return facts(by.node).view || window(by).stride == 0 ||
               outline_.tensors[tensor].rows != values_[viewed_[tensor]].rows;
    }
    constexpr bool reads_same_row(const ReadBy& by) const {
        const RowWindow& rows = window(by);
        return !reads_all(by) && rows.height == 1 && rows.stride == 1 && rows.before == 0;
    }

    /// When a row is read for the last time.
    constexpr int64_t last_read(const ReadBy& by, int row) const {
        const Turning& turns = turns_[by.node];
        if (by_row(by.node)) return turns.at(row);
        if (reads_all(by)) return turns.at(turns.count - 1);
        // Rows before the first window are not read at all.
        if (row + window(by).before < 0) return -1;
        const int turn = (row + window(by).before) / window(by).stride;
        return turns.at(turn < turns.count ? turn : turns.count - 1);
    }
    /// When a row is needed for the last time.
    constexpr int64_t needed(int value, int row, const Readers& readers) const {
        const Value& it = values_[value];
        if (it.death == never) return never;
        if (value >= Size::tensors) return it.written(row + 1 < it.rows ? row + 1 : row);
        int64_t last = last_write(it, row);
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
            const bool overlaps = over.begin < it.end && it.begin < over.end;
            if (overlaps && other != value && (is_lasting(value) || is_lasting(other)))
                return false;
            const bool meets = overlaps && over.birth <= it.death &&
                               over.written(over.rows - 1) > it.birth &&
                               (other != value || value < Size::tensors);
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
        if (other >= Size::tensors || value >= Size::tensors || is_given(other)) return false;
        if (!facts(node).in_place) return false;
        if (over.begin != it.begin || over.size != it.size || over.slots != it.slots) return false;
        bool may = false;
        for (int i = 0; i < readers.count; ++i) {
            const bool same = reads_same_row(readers.read[i]);
            if (readers.read[i].node == node && !same) return false;
            may = may || readers.read[i].node == node;
        }
        return may;
    }

    const Outline<Size>& outline_;
    const Layout<Size>& layout_;
    bool pushed_;
    int viewed_[Size::tensors] = {};
    bool alone_[Size::nodes] = {};
    bool in_segment_[Size::nodes] = {};
    Turning turns_[Size::nodes] = {};
    Value values_[static_cast<size_t>(value_count)] = {};
};

/// Whether the plan that `Policy` makes of `Graph` keeps its promises. A few values make an
/// evaluation of their own: compilers limit the steps of one. Maps of more than `tallest` rows
/// would pass that limit; plans with such maps are taken on trust.
template <class Graph, class Policy>
struct Certified {
    using Size = typename Graph::Size;
    static constexpr int count = Certificate<Size>::value_count;
    static constexpr int each = 8;
    static constexpr int tallest = 2048;

    static inline constexpr Certificate<Size> certificate{
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
