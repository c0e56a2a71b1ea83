#include "mote/plan/cutting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "plan/cut_search.hpp"

namespace {

struct Tally {
    int graphs = 0;
    long chosen = 0, best = 0;
    double worst = 1;
};

template <class Policy, class Graph>
void compare(Tally& tally) {
    const long chosen = Policy::template Of<Graph>::bytes;
    // Whole maps are among the choices.
    const long whole = mote::plan::LayerByLayer::Of<Graph>::bytes;
    long best = cut_search::best_of_all<Graph>(Policy::pushed);
    if (!Policy::pushed) best = std::min(best, whole);
    ++tally.graphs;
    tally.chosen += chosen;
    tally.best += best;
    // Tiny arenas are all alignment.
    if (best >= 40) tally.worst = std::max(tally.worst, double(chosen) / double(best));
}

constexpr bool wanted(int seed, bool chain) {
    const random_graph::Recipe recipe = random_graph::make_recipe(seed);
    bool adds = false;
    for (int i = 0; i < recipe.count; ++i) adds = adds || recipe.items[i].kind == random_graph::add;
    return adds != chain && recipe.count <= 10;
}

template <int Seed, bool Chain>
void compare_seed(Tally& least, Tally& pushed) {
    if constexpr (wanted(Seed, Chain)) {
        using Graph = random_graph::Graph<Seed>;
        compare<mote::plan::LeastRam, Graph>(least);
        compare<mote::plan::PushedRows, Graph>(pushed);
    }
}
template <bool Chain, int... Seeds>
void compare_seeds(Tally& least, Tally& pushed, mote::detail::sequence<Seeds...>) {
    (compare_seed<Seeds, Chain>(least, pushed), ...);
}

void report(const std::string& what, const Tally& tally) {
    MESSAGE(what, ": ", tally.chosen, " bytes of ", tally.graphs, " plans, against ", tally.best,
            " with the best of all cuts: ratio ", double(tally.chosen) / double(tally.best),
            ", at worst ", tally.worst);
}

}  // namespace

TEST_CASE("the cuts of chains are near the best of all") {
    Tally least, pushed;
    compare_seeds<true>(least, pushed, mote::detail::make_sequence_t<70>{});
    report("chains, LeastRam", least);
    report("chains, PushedRows", pushed);
    CHECK(least.graphs >= 15);
    CHECK(double(least.chosen) <= 1.10 * double(least.best));
    CHECK(double(pushed.chosen) <= 1.10 * double(pushed.best));
}

TEST_CASE("the cuts of branching graphs are near the best of all") {
    Tally least, pushed;
    compare_seeds<false>(least, pushed, mote::detail::make_sequence_t<70>{});
    report("branches, LeastRam", least);
    report("branches, PushedRows", pushed);
    CHECK(least.graphs >= 8);
    CHECK(double(least.chosen) <= 1.10 * double(least.best));
    CHECK(double(pushed.chosen) <= 1.10 * double(pushed.best));
}
