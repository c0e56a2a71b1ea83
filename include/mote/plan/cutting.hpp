// Where to cut a graph into segments so that the arena is small.
//
// The peak of a segment, the most bytes alive in one of its steps, depends on its own two cuts
// alone: what crosses a cut is a whole map either way. So the best cuts are a shortest path, with
// the largest peak as its length. A packing may need more than the peak; the last word has the
// packing itself.
#pragma once

#include <stddef.h>

#include "peak.hpp"

namespace mote {
namespace plan {

/// The best cuts of a graph.
template <class Graph, bool Pushed>
struct Cutting {
    using Size = typename Graph::Size;
    static constexpr int nodes = Size::nodes;
    static constexpr const Outline<Size>& outline() { return OutlineOf<Graph>::value; }
    static constexpr int first = outline().givens;
    /// Segments that are tried hold at most so many of the places below.
    static constexpr int longest = 32;

    /// Bytes of the maps that cross a cut before each node, and the most that a plan of whole maps
    /// needs at a time.
    struct Crossing {
        int32_t bytes[static_cast<size_t>(nodes + 1)];
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
            if (cut >= first)
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
        int at[static_cast<size_t>(nodes + 1)];

        constexpr void add(int cut) {
            if (count == 0 || at[count - 1] < cut) at[count++] = cut;
        }
    };
    static constexpr Places find_places() {
        Places found{};
        found.add(first);
        for (int cut = first + 1; cut < nodes;) {
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
        Peak<Size> peak(outline(), begin, Pushed && from == 0);
        int to = from + 1;
        // A longer segment needs what a shorter one keeps.
        for (int node = begin; node < nodes && peak.possible(); ++node) {
            if (to - from > longest || peak.kept() > crossing.most) break;
            peak.add(node, true);
            if (places.at[to] == node + 1 && peak.possible())
                result.after[to - from] = peak.bytes();
            if (places.at[to] == node + 1) ++to;
        }
        if (from > 0 || Pushed || places.at[1] > first + 1) return result;
        // One node alone does not wait for rows of the input: it is all there.
        Peak<Size> alone(outline(), first, false);
        alone.add(first, false);
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
        static constexpr Cuts<Size> find(bool shortest) {
            const Peaks* const peaks[] = {Group<Indices * group>::peaks.from...};
            int32_t best[static_cast<size_t>(nodes + 1)] = {};
            int before[static_cast<size_t>(nodes + 1)] = {};
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
            Cuts<Size> result{};
            result.pushed = Pushed;
            for (int place = places.count - 1; place > 0; place = before[place])
                result.begins[places.at[before[place]]] = true;
            return result;
        }
    };

    using Search = Shortest<detail::make_sequence_t<(places.count - 2) / group + 1>>;
    static constexpr Cuts<Size> cuts() { return Search::find(false); }
    static constexpr Cuts<Size> finer_cuts() { return Search::find(true); }
};

}  // namespace plan
}  // namespace mote
