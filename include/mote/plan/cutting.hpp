// Where to cut a graph into segments so that the arena is small.
//
// The peak of a segment, the most bytes alive in one of its steps, depends on its own two cuts
// alone: what crosses a cut is a whole map either way. So the best cuts are a shortest path, with
// the largest peak as its length. A packing may need more than the peak; the last word has the
// packing itself.
#pragma once

#include "plan.hpp"

namespace mote {
namespace plan {

/// The bytes that live while a segment streams, as it grows node by node.
template <int Nodes>
class Peak {
   public:
    constexpr Peak(const Outline<Nodes>& outline, int from, bool pushed)
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
            if (i == 0 || step.uses[i].store != step.uses[0].store)
                settle(step.uses[i].store, node);
            if (step.uses[i].accumulates)
                ring(aligned(outline_.nodes[node].state_bytes), step.uses[i].read.turns.start,
                     schedule_.times(node).start);
        }
        if (schedule_.store_of[node + 1] != node + 1) return;
        open_[opened_++] = node + 1;
        settle(node + 1, node);
    }

    /// The most bytes alive when the segment ends here: at its end, or when something is born.
    constexpr int32_t bytes() const {
        const int32_t end = schedule_.step_count[0] * Schedule<Nodes>::step_time;
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
        for (int id = store.first_use; id >= 0; id = schedule_.use(id).next)
            first = detail::smaller(first, schedule_.use(id).read.first_alive(time, store.rows));
        return first;
    }

    const Outline<Nodes>& outline_;
    int from_;
    Schedule<Nodes> schedule_{};
    /// Maps that live all the time, and those whose last row is read in this segment.
    int32_t crossing_ = 0;
    int dying_[Nodes + 1] = {};
    int dyings_ = 0;
    /// Maps that the segment writes and that are still to be read.
    int open_[Nodes + 1] = {};
    int opened_ = 0;
    Ring ring_[2 * Nodes + 1] = {};
    int rings_ = 0;
    /// The most bytes of rings alive at a time.
    int32_t kept_ = 0;
    /// What is read out within a step, at each node and at most.
    int32_t passing_at_[Nodes + 1] = {};
    int32_t passing_ = 0;
};

/// The best cuts of a graph.
template <class Graph, bool Pushed>
struct Cutting {
    static constexpr int nodes = Graph::node_count;
    static constexpr const Outline<nodes>& outline() { return OutlineOf<Graph>::value; }
    /// Segments that are tried hold at most so many of the places below.
    static constexpr int longest = 32;

    /// Bytes of the maps that cross a cut before each node, and the most that a plan of whole maps
    /// needs at a time.
    struct Crossing {
        int32_t bytes[nodes + 1];
        int32_t most;
    };
    static constexpr Crossing cross() {
        Crossing found{};
        // First what begins and ends to cross at each cut.
        for (int tensor = 0; tensor < nodes; ++tensor) {
            const int last = detail::smaller(outline().last_reader[tensor], nodes - 1);
            if (outline().view_of[tensor] == tensor && last >= tensor) {
                found.bytes[tensor] += outline().tensors[tensor].bytes;
                found.bytes[last + 1] -= outline().tensors[tensor].bytes;
            }
        }
        for (int cut = 0; cut < nodes; ++cut) {
            if (cut > 0) found.bytes[cut] += found.bytes[cut - 1];
            found.most =
                detail::larger(found.most, found.bytes[cut] + outline().tensors[cut + 1].bytes);
        }
        found.bytes[nodes] = 0;
        return found;
    }
    static inline constexpr Crossing crossing = cross();

    /// Cuts worth a try: where no more crosses than at the neighbours; of a run of equals the
    /// first, the middle and the last.
    struct Places {
        int count;
        int at[nodes + 1];

        constexpr void add(int cut) {
            if (count == 0 || at[count - 1] < cut) at[count++] = cut;
        }
    };
    static constexpr Places find_places() {
        Places found{};
        found.add(0);
        for (int cut = 1; cut < nodes;) {
            int end = cut + 1;
            while (end < nodes && crossing.bytes[end] == crossing.bytes[cut]) ++end;
            const bool rises = crossing.bytes[cut] > crossing.bytes[cut - 1];
            const bool falls = crossing.bytes[end] < crossing.bytes[cut];
            const bool alone = end == cut + 1;
            if (!(alone && (rises || falls)) && !outline().nodes[cut - 1].view) {
                if (!rises) found.add(cut);
                if (!alone) found.add((cut + end - 1) / 2);
                if (!falls) found.add(end - 1);
            }
            cut = end;
        }
        found.add(nodes);
        return found;
    }
    static inline constexpr Places places = find_places();

    /// Peaks of the segments that begin at one place, by the number of places to their end.
    struct Peaks {
        int32_t after[longest + 1];
    };
    static constexpr Peaks measure(int from) {
        Peaks result{};
        for (int i = 0; i <= longest; ++i) result.after[i] = forever;
        const int begin = places.at[from];
        Peak<nodes> peak(outline(), begin, Pushed && from == 0);
        int to = from + 1;
        // A longer segment needs what a shorter one keeps.
        for (int node = begin; node < nodes && peak.possible(); ++node) {
            if (to - from > longest || peak.kept() > crossing.most) break;
            peak.add(node, true);
            if (places.at[to] == node + 1 && peak.possible())
                result.after[to - from] = peak.bytes();
            if (places.at[to] == node + 1) ++to;
        }
        if (from > 0 || Pushed || places.at[1] > 1) return result;
        // One node alone does not wait for rows of the input: it is all there.
        Peak<nodes> alone(outline(), 0, false);
        alone.add(0, false);
        result.after[1] = alone.bytes();
        return result;
    }

    /// A few places make an evaluation of their own: compilers limit the steps of one.
    static constexpr int group = 4;
    template <int First>
    struct Group {
        struct All {
            Peaks from[group];
        };
        static constexpr All measure_all() {
            All result{};
            for (int i = 0; i < group && First + i < places.count - 1; ++i)
                result.from[i] = measure(First + i);
            return result;
        }
        static inline constexpr All peaks = measure_all();
    };

    template <class Indices>
    struct Shortest;
    template <int... Indices>
    struct Shortest<detail::sequence<Indices...>> {
        /// Of equal peaks the longest segments, or the shortest.
        static constexpr Cuts<nodes> find(bool shortest) {
            const Peaks* const peaks[] = {Group<Indices * group>::peaks.from...};
            int32_t best[nodes + 1] = {};
            int before[nodes + 1] = {};
            for (int to = 1; to < places.count; ++to) {
                best[to] = forever;
                for (int from = detail::larger(0, to - longest); from < to; ++from) {
                    const int32_t peak = detail::larger(
                        best[from], peaks[from / group][from % group].after[to - from]);
                    if (peak < best[to] || (shortest && peak == best[to] && peak < forever)) {
                        best[to] = peak;
                        before[to] = from;
                    }
                }
                // No segment is known to be possible: one node after the other always is.
                if (best[to] == forever) before[to] = to - 1;
            }
            Cuts<nodes> result{};
            result.pushed = Pushed;
            for (int place = places.count - 1; place > 0; place = before[place])
                result.begins[places.at[before[place]]] = true;
            return result;
        }
    };

    using Search = Shortest<detail::make_sequence_t<(places.count - 2) / group + 1>>;
    static constexpr Cuts<nodes> cuts() { return Search::find(false); }
    static constexpr Cuts<nodes> finer_cuts() { return Search::find(true); }
};

}  // namespace plan
}  // namespace mote
