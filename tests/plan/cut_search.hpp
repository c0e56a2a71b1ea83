// How good are the cuts that a plan chose? Compared with all cuts, or with a long random search.
#pragma once

#include "mote.hpp"
#include "plan/random_graph.hpp"

namespace cut_search {

/// Bytes of a graph under given cuts; bit n cuts before node n + 1.
template <class Graph>
int32_t bytes(const bool* begins, bool pushed) {
    mote::plan::Cuts<typename Graph::Size> cuts{};
    cuts.pushed = pushed;
    for (int node = 1; node < Graph::node_count; ++node) cuts.begins[node] = begins[node];
    return mote::plan::lay_out(mote::plan::OutlineOf<Graph>::value, cuts, true, 0).bytes();
}

template <class Graph>
int32_t best_of_all(bool pushed) {
    static_assert(Graph::node_count < 16, "too many cuts to try all");
    int32_t best = mote::plan::forever;
    for (int set = 0; set < 1 << (Graph::node_count - 1); ++set) {
        bool begins[Graph::node_count] = {};
        for (int node = 1; node < Graph::node_count; ++node) begins[node] = set >> (node - 1) & 1;
        best = mote::detail::smaller(best, bytes<Graph>(begins, pushed));
    }
    return best;
}

/// Descends from the chosen cuts, from none and from random ones, a cut more or less or elsewhere
/// at a time; `patience` steps in vain end a descent.
template <class Policy, class Graph>
int32_t best_of_search(int descents, int patience) {
    constexpr bool pushed = Policy::pushed;
    const auto& chosen = Policy::template Of<Graph>::schedule();
    random_graph::Random random{20261122};
    int32_t best = mote::plan::forever;
    for (int descent = 0; descent < descents; ++descent) {
        bool begins[Graph::node_count] = {};
        const int sparse = 1 + random.below(12);
        for (int node = 1; node < Graph::node_count; ++node)
            begins[node] = descent == 0
                               ? chosen.steps[node].segment != chosen.steps[node - 1].segment
                               : descent > 1 && random.one_in(sparse);
        int32_t now = bytes<Graph>(begins, pushed);
        for (int failed = 0; failed < patience;) {
            const int one = random.below(Graph::node_count);
            const int other = random.one_in(2) ? one : random.below(Graph::node_count);
            begins[one] = !begins[one];
            if (other != one) begins[other] = !begins[other];
            const int32_t next = bytes<Graph>(begins, pushed);
            failed = next < now ? 0 : failed + 1;
            if (next <= now) {
                now = next;
                continue;
            }
            begins[one] = !begins[one];
            if (other != one) begins[other] = !begins[other];
        }
        best = mote::detail::smaller(best, now);
    }
    return best;
}

}  // namespace cut_search
