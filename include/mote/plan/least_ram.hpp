// The plan with the least RAM: rows where that helps, whole maps where it does not.
#pragma once

#include "plan.hpp"

namespace mote {
namespace plan {

/// The cuts that are tried: nodes before `cut` make one streamed segment; those behind it are
/// computed one by one, or make a second streamed segment.
template <class Graph, bool Pushed>
struct Candidates {
    static constexpr int nodes = Graph::node_count;
    static constexpr int count = 2 * nodes + 1;

    static constexpr int cut(int index) { return index / 2; }

    static constexpr Cuts<nodes> cuts(int index) {
        Cuts<nodes> result{};
        result.pushed = Pushed;
        const bool one_by_one = index % 2 == 0;
        for (int node = 0; node < nodes; ++node)
            result.begins[node] = node == cut(index) || (one_by_one && node > cut(index));
        return result;
    }

    /// Each candidate is an evaluation of its own: compilers limit the steps of one.
    template <int Index>
    struct Tried {
        static constexpr int32_t measure() { return lay_out<Graph>(cuts(Index), true, 0).bytes(); }
        static constexpr int32_t bytes = measure();
    };

    template <class Indices>
    struct Table;
    template <int... Indices>
    struct Table<detail::sequence<Indices...>> {
        static constexpr int32_t bytes[count] = {Tried<Indices>::bytes...};
    };
    using All = Table<detail::make_sequence_t<count>>;

    /// The candidate of the fewest bytes; of equals the one that streams fewest nodes.
    static constexpr int smallest() {
        int best = 0;
        for (int index = 1; index < count; ++index)
            if (All::bytes[index] < All::bytes[best]) best = index;
        return best;
    }
};

/// The least RAM that any plan here reaches.
struct LeastRam {
    template <class Graph>
    struct Made {
        using Tried = Candidates<Graph, false>;
        static constexpr Layout<Graph> layout =
            lay_out<Graph>(Tried::cuts(Tried::smallest()), true, 0);
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

/// The least RAM when input rows are pushed in one by one (a camera, a sensor): the input as a
/// whole is nowhere.
struct PushedRows {
    template <class Graph>
    struct Made {
        using Tried = Candidates<Graph, true>;
        static constexpr Layout<Graph> layout =
            lay_out<Graph>(Tried::cuts(Tried::smallest()), true, 0);
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

}  // namespace plan
}  // namespace mote
