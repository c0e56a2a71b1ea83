// How much memory a segment needs while it streams.
#pragma once

#include "plan.hpp"

namespace mote {
namespace plan {

/// The bytes that live while a segment streams, as it grows node by node.
template <class Size>
class Peak {
   public:
    constexpr Peak(const Outline<Size>& outline, int from, bool pushed)
        : outline_(outline), from_(from) {
        schedule_.begin(outline, from, pushed);
        for (int tensor = 0; tensor <= from; ++tensor)
            if (outline.view_of[tensor] == tensor && outline.last_reader[tensor] >= from) {
                if (schedule_.stores[tensor].whole)
                    crossing_ += outline.tensors[tensor].bytes;
                else
                    open_[opened_++] = tensor;
            }
    }

    constexpr bool possible() const { return schedule_.possible; }
    /// Bytes that longer segments need too.
    constexpr int32_t kept() const { return kept_ + passing_; }

    constexpr void add(int node, bool streamed) {
        schedule_.extend(outline_, node, streamed);
        if (outline_.nodes[node].view) return settle(schedule_.store_of[node + 1], node);
        const Step& step = schedule_.steps[node];
        for (int i = 0; i < step.use_count; ++i) {
            const Use& use = schedule_.uses[step.first_use + i];
            if (!settled_before(step, i)) settle(use.store, node);
            if (use.accumulates)
                ring(aligned(outline_.nodes[node].state_bytes), use.read.turns.start,
                     schedule_.times(node).start);
        }
        if (schedule_.store_of[node + 1] != node + 1) return;
        open_[opened_++] = node + 1;
        settle(node + 1, node);
    }

    /// The most bytes alive when the segment ends here: at its end, or when something is born.
    constexpr int32_t bytes() const {
        const int32_t end = schedule_.step_count[0] * Schedule<Size>::step_time;
        int32_t most = detail::larger(maps(1), rings_at(end) + maps(end));
        int32_t whole = 0;
        for (int i = 0; i < dyings_; ++i) whole += bytes_of(dying_[i]);
        for (int i = 0; i < opened_; ++i) whole += bytes_of(open_[i]);
        for (int i = 0; i < rings_; ++i)
            if (ring_[i].beside + whole > most)
                most = detail::larger(most, ring_[i].beside + maps(ring_[i].first));
        for (int i = 0; i < opened_; ++i) {
            const int32_t time = schedule_.stores[open_[i]].written.start;
            most = detail::larger(most, rings_at(time) + maps(time));
        }
        return crossing_ + passing_ + most;
    }

   private:
    struct Ring {
        int32_t bytes;
        int32_t first;
        int32_t last;
        /// Bytes of rings alive when it is born, its own among them.
        int32_t beside;
    };

    constexpr int32_t bytes_of(int tensor) const {
        return schedule_.stores[tensor].rows * schedule_.stores[tensor].row_bytes;
    }

    /// Whether an earlier use of the same node is of the same store.
    constexpr bool settled_before(const Step& step, int i) const {
        for (int j = 0; j < i; ++j)
            if (schedule_.uses[step.first_use + j].store ==
                schedule_.uses[step.first_use + i].store)
                return true;
        return false;
    }

    /// Settles a store that `node` is the last to read.
    constexpr void settle(int tensor, int node) {
        const Store& store = schedule_.stores[tensor];
        if (store.last_reader != node) return;
        if (store.producer < from_ && store.whole) {
            crossing_ -= bytes_of(tensor);
            dying_[dyings_++] = tensor;
            return;
        }
        int kept = 0;
        for (int i = 0; i < opened_; ++i)
            if (open_[i] != tensor) open_[kept++] = open_[i];
        opened_ = kept;
        const int32_t bytes = aligned(store.row_bytes * store.capacity);
        if (!store.passing) return ring(bytes, store.written.start, schedule_.death(tensor));
        for (int at = detail::larger(store.producer, from_); at <= node; ++at) {
            passing_at_[at - from_] += bytes;
            passing_ = detail::larger(passing_, passing_at_[at - from_]);
        }
    }
    constexpr void ring(int32_t bytes, int32_t first, int32_t last) {
        for (int i = 0; i < rings_; ++i) {
            if (first <= ring_[i].first && ring_[i].first <= last) ring_[i].beside += bytes;
            kept_ = detail::larger(kept_, ring_[i].beside);
        }
        ring_[rings_] = {bytes, first, last, rings_at(first) + bytes};
        kept_ = detail::larger(kept_, ring_[rings_++].beside);
    }
    constexpr int32_t rings_at(int32_t time) const {
        int32_t sum = 0;
        for (int i = 0; i < rings_; ++i)
            if (ring_[i].first <= time && time <= ring_[i].last) sum += ring_[i].bytes;
        return sum;
    }

    /// Bytes of the maps that grow or shrink, at one time.
    constexpr int32_t maps(int32_t time) const {
        int32_t sum = 0;
        for (int i = 0; i < dyings_; ++i) {
            const Store& store = schedule_.stores[dying_[i]];
            const int first = first_alive(store, time);
            if (first < store.rows) sum += (store.rows - first) * store.row_bytes;
        }
        for (int i = 0; i < opened_; ++i) {
            const Store& store = schedule_.stores[open_[i]];
            const int32_t since = time - store.written.start;
            if (since >= 0)
                sum += store.row_bytes *
                       (store.written.pace == 0
                            ? store.rows
                            : detail::smaller<int32_t>(store.rows, since / store.written.pace + 1));
        }
        return sum;
    }
    constexpr int first_alive(const Store& store, int32_t time) const {
        int first = no_row;
        for (int id = store.first_use; id >= 0; id = schedule_.uses[id].next)
            first = detail::smaller(first, schedule_.uses[id].read.first_alive(time, store.rows));
        return first;
    }

    const Outline<Size>& outline_;
    int from_;
    Schedule<Size> schedule_{};
    /// Maps that live all the time, and those whose last row is read in this segment.
    int32_t crossing_ = 0;
    int dying_[Size::tensors] = {};
    int dyings_ = 0;
    /// Maps that the segment writes and that are still to be read.
    int open_[Size::tensors] = {};
    int opened_ = 0;
    Ring ring_[Size::tensors + Size::nodes] = {};
    int rings_ = 0;
    /// The most bytes of rings alive at a time.
    int32_t kept_ = 0;
    /// What is read out within a step, at each node and at most.
    int32_t passing_at_[Size::tensors] = {};
    int32_t passing_ = 0;
};

}  // namespace plan
}  // namespace mote
