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

/// Rows of a whole store alive at `time`: written, and still to be read.
template <int Nodes>
constexpr int rows_alive(const Schedule<Nodes>& schedule, int tensor, int32_t time) {
    const Store& store = schedule.stores[tensor];
    if (time < store.start) return 0;
    const int32_t since = time - store.start;
    const int written = store.pace == 0 || since / store.pace >= store.rows
                            ? store.rows
                            : static_cast<int>(since / store.pace) + 1;
    int low = 0;
    int high = written;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (schedule.death(tensor, middle) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return written - low;
}

/// The most bytes alive at one time during `segment`.
template <int Nodes>
constexpr int32_t segment_peak(const Schedule<Nodes>& schedule, const Blocks<Nodes>& blocks,
                               int segment) {
    const int first = schedule.first_node[segment];
    const int end = schedule.first_node[segment + 1];
    const int32_t begin_time = schedule.base[segment];
    const int32_t end_time =
        begin_time + schedule.step_count[segment] * schedule.segment_length(segment);
    int live[2 * Nodes + 1] = {};
    int live_count = 0;
    int32_t passing = 0;
    for (int block = 0; block < 2 * Nodes + 1; ++block)
        if (blocks[block].bytes > 0 && blocks[block].first <= end_time &&
            blocks[block].last >= begin_time)
            live[live_count++] = block;
    for (int node = first; node < end; ++node) {
        int32_t sum = 0;
        for (int i = 0; i < live_count; ++i) {
            const Block& block = blocks[live[i]];
            if (block.segment == segment && block.from <= node && node <= block.to)
                sum += block.bytes;
        }
        passing = detail::larger(passing, sum);
    }
    int32_t peak = 0;
    for (int event = 0; event <= live_count; ++event) {
        const int32_t time = event == live_count ? end_time - 1 : blocks[live[event]].first;
        if (time < begin_time || time > end_time) continue;
        int32_t sum = 0;
        for (int i = 0; i < live_count; ++i) {
            const Block& block = blocks[live[i]];
            if (block.segment >= 0 || block.first > time || block.last < time) continue;
            sum += block.rows == 1
                       ? block.bytes
                       : block.bytes / block.rows * rows_alive<Nodes>(schedule, live[i], time);
        }
        peak = detail::larger(peak, sum);
    }
    return peak + passing;
}

/// The best cuts of a graph.
template <class Graph, bool Pushed>
struct Cutting {
    static constexpr int nodes = Graph::node_count;

    /// Bytes of the maps that cross a cut before each node.
    struct Crossing {
        int32_t bytes[nodes + 1];
    };
    static constexpr Crossing cross() {
        Crossing crossing{};
        int last_reader[nodes + 1] = {};
        for (int node = 0; node < nodes; ++node)
            for (int i = 0; i < Graph::nodes()[node].input_count; ++i)
                last_reader[Graph::computed(Graph::nodes()[node].inputs[i])] = node;
        for (int tensor = 0; tensor < nodes; ++tensor)
            for (int cut = tensor; cut <= last_reader[tensor]; ++cut)
                crossing.bytes[cut] += Graph::tensors()[tensor].bytes;
        return crossing;
    }

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
        const Crossing crossing = cross();
        Places found{};
        found.add(0);
        for (int cut = 1; cut < nodes;) {
            int end = cut + 1;
            while (end < nodes && crossing.bytes[end] == crossing.bytes[cut]) ++end;
            const bool rises = crossing.bytes[cut] > crossing.bytes[cut - 1];
            const bool falls = crossing.bytes[end] < crossing.bytes[cut];
            const bool alone = end == cut + 1;
            if (!(alone && (rises || falls)) && !Graph::nodes()[cut - 1].view) {
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

    struct Peaks {
        int32_t to[nodes + 1];
    };
    /// Peaks of the segments that begin at place `From`. Each place is an evaluation of its own:
    /// compilers limit the steps of one.
    template <int From>
    struct PeaksFrom {
        static constexpr Peaks measure() {
            Peaks result{};
            for (int to = From + 1; to < places.count; ++to) {
                Cuts<nodes> tried{};
                tried.pushed = Pushed;
                tried.begins[places.at[From]] = true;
                if (places.at[to] < nodes) tried.begins[places.at[to]] = true;
                const Schedule<nodes> schedule = make_schedule<nodes>(
                    Graph::nodes(), Graph::tensors(), Graph::input_shape(), tried);
                result.to[to] =
                    schedule.possible
                        ? segment_peak<nodes>(schedule,
                                              make_blocks<nodes>(Graph::nodes(), schedule, true),
                                              schedule.steps[places.at[From]].segment)
                        : forever;
            }
            return result;
        }
        static inline constexpr Peaks peaks = measure();
    };

    template <class Indices>
    struct Shortest;
    template <int... Indices>
    struct Shortest<detail::sequence<Indices...>> {
        static constexpr Cuts<nodes> find() {
            const Peaks peaks[] = {PeaksFrom<Indices>::peaks...};
            int32_t best[nodes + 1] = {};
            int before[nodes + 1] = {};
            for (int to = 1; to < places.count; ++to) {
                best[to] = forever;
                for (int from = 0; from < to; ++from) {
                    const int32_t peak = detail::larger(best[from], peaks[from].to[to]);
                    if (peak >= best[to]) continue;
                    best[to] = peak;
                    before[to] = from;
                }
            }
            Cuts<nodes> result{};
            result.pushed = Pushed;
            for (int place = places.count - 1; place > 0; place = before[place])
                result.begins[places.at[before[place]]] = true;
            return result;
        }
        static inline constexpr Cuts<nodes> cuts = find();
    };

    static inline constexpr Cuts<nodes> cuts =
        Shortest<detail::make_sequence_t<places.count - 1>>::cuts;
};

}  // namespace plan
}  // namespace mote
