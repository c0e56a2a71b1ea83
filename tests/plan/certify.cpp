// The certificate holds for every plan there is, and for none that a memory finds fault with.
#include "mote/plan/certify.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "plan/any_graph.hpp"
#include "plan/replay.hpp"

namespace {

using any_graph::AnyGraph;
using any_graph::Option;
using any_graph::Random;
using any_graph::Size;
using mote::plan::Layout;
using mote::plan::Outline;

template <int Nodes>
bool certified(const Outline<Size<Nodes>>& outline, const Layout<Size<Nodes>>& layout,
               bool pushed) {
    return mote::plan::Certificate<Size<Nodes>>(outline, layout, pushed).holds();
}
template <int Nodes>
std::string replayed(const Outline<Size<Nodes>>& outline, const Layout<Size<Nodes>>& layout,
                     bool pushed) {
    return replay::Replay<Size<Nodes>>(outline, layout.schedule, layout.packing, pushed)
        .run()
        .fault;
}

struct Tally {
    long graphs = 0, plans = 0, impossible = 0, replays = 0, uncertified = 0, faults = 0;
};

template <int Nodes>
void check(const Outline<Size<Nodes>>& outline, const mote::plan::Cuts<Size<Nodes>>& cuts,
           bool by_rows, bool replay, Tally& tally) {
    const Layout<Size<Nodes>> layout = mote::plan::lay_out(outline, cuts, by_rows, 0);
    ++tally.plans;
    if (!layout.schedule.possible) {
        ++tally.impossible;
        return;
    }
    if (!certified<Nodes>(outline, layout, cuts.pushed)) ++tally.uncertified;
    if (!replay) return;
    ++tally.replays;
    const std::string fault = replayed<Nodes>(outline, layout, cuts.pushed);
    if (fault != "" && tally.faults++ == 0) FAIL_CHECK(fault);
}

/// All cuts, resident and pushed.
template <int Nodes>
void check_all_cuts(const AnyGraph<Nodes>& graph, Tally& tally) {
    const Outline<Size<Nodes>> outline = graph.outline();
    ++tally.graphs;
    for (int set = 0; set < 1 << Nodes; ++set) {
        mote::plan::Cuts<Size<Nodes>> cuts{};
        cuts.pushed = set & 1;
        for (int node = 1; node < Nodes; ++node) cuts.begins[node] = set >> node & 1;
        check<Nodes>(outline, cuts, true, tally.plans % 61 == 0, tally);
    }
}

/// All graphs whose first `done` nodes are made; of the last choices each `every`th.
template <int Nodes>
void check_all(AnyGraph<Nodes>& graph, int done, int every, Tally& tally) {
    static long last = 0;
    if (done == Nodes) return check_all_cuts<Nodes>(graph, tally);
    for (const Option& option : any_graph::all_options(done + 1)) {
        if (done + 1 == Nodes && ++last % every != 0) continue;
        if (graph.set(done, option)) check_all<Nodes>(graph, done + 1, every, tally);
    }
}
template <int Nodes>
void check_all(int every, Tally& tally) {
    AnyGraph<Nodes> graph(4, 3);
    check_all<Nodes>(graph, 0, every, tally);
}

template <int Nodes>
mote::plan::Cuts<Size<Nodes>> random_cuts(Random& random) {
    mote::plan::Cuts<Size<Nodes>> cuts{};
    cuts.pushed = random.one_in(2);
    const int sparse = 1 + random.below(12);
    for (int node = 1; node < Nodes; ++node) cuts.begins[node] = random.one_in(sparse);
    return cuts;
}

template <int Nodes>
void check_random(int count, Tally& tally) {
    for (int i = 0; i < count; ++i) {
        Random random{static_cast<uint32_t>(i * 64 + Nodes)};
        for (int skip = 0; skip < 8; ++skip) random.below(2);
        const Outline<Size<Nodes>> outline = any_graph::random<Nodes>(random).outline();
        ++tally.graphs;
        check<Nodes>(outline, random_cuts<Nodes>(random), !random.one_in(8), i % 16 == 0, tally);
    }
}

/// A number of times that the environment may raise.
long times(const char* name, long otherwise) {
    const char* given = std::getenv(name);
    return given ? std::atol(given) : otherwise;
}

void report(const std::string& what, const Tally& tally) {
    MESSAGE(what, ": ", tally.graphs, " graphs, ", tally.plans, " plans (", tally.impossible,
            " impossible), ", tally.replays, " replayed");
    CHECK(tally.uncertified == 0);
    CHECK(tally.faults == 0);
    CHECK(tally.replays > 0);
}

}  // namespace

TEST_CASE("every plan of every graph of two and three nodes is certified") {
    Tally tally;
    check_all<2>(1, tally);
    check_all<3>(1, tally);
    report("two and three nodes", tally);
}

// All of them: MOTE_GRAPHS_OF_FOUR=1.
TEST_CASE("plans of graphs of four nodes are certified") {
    Tally tally;
    check_all<4>(static_cast<int>(times("MOTE_GRAPHS_OF_FOUR", 16)), tally);
    report("four nodes", tally);
}

TEST_CASE("plans of 100,000 random graphs of up to sixty nodes are certified") {
    Tally tally;
    check_random<3>(20000, tally);
    check_random<5>(20000, tally);
    check_random<8>(20000, tally);
    check_random<13>(20000, tally);
    check_random<21>(12000, tally);
    check_random<34>(6000, tally);
    check_random<60>(2000, tally);
    report("random graphs", tally);
    CHECK(tally.graphs == 100000);
}

TEST_CASE("a plan that is changed is not certified, unless it is still right") {
    long changed = 0, wrong = 0, refused = 0;
    constexpr int nodes = 8;
    for (int i = 0; i < 20000; ++i) {
        Random random{static_cast<uint32_t>(i) * 7919u + 11};
        const Outline<Size<nodes>> outline = any_graph::random<nodes>(random).outline();
        const mote::plan::Cuts<Size<nodes>> cuts = random_cuts<nodes>(random);
        Layout<Size<nodes>> layout = mote::plan::lay_out(outline, cuts, true, 0);
        if (!layout.schedule.possible) continue;
        const int tensor = random.below(nodes + 1);
        const int node = random.below(nodes);
        mote::plan::Step& step = layout.schedule.steps[node];
        mote::plan::Store& store = layout.schedule.stores[layout.schedule.store_of[tensor]];
        switch (random.below(6)) {
            case 0:
                layout.packing.offsets[layout.schedule.store_of[tensor]] =
                    4 * random.below(layout.packing.bytes / 4 + 1);
                break;
            case 1:
                if (store.capacity > 1) --store.capacity;
                break;
            case 2:
                if (step.phase > 0) --step.phase;
                break;
            case 3:
                step.pace += 1 - 2 * random.below(2);
                if (step.pace < 1) step.pace = 1;
                break;
            case 4:
                layout.schedule.store_of[tensor] = random.below(tensor + 1);
                break;
            case 5:
                layout.packing.offsets[Size<nodes>::tensors + node] =
                    4 * random.below(layout.packing.bytes / 4 + 1);
                break;
        }
        ++changed;
        const bool right = replayed<nodes>(outline, layout, cuts.pushed) == "";
        const bool holds = certified<nodes>(outline, layout, cuts.pushed);
        wrong += !right;
        refused += !holds;
        CAPTURE(i);
        if (!right) REQUIRE_FALSE(holds);
    }
    MESSAGE(changed, " plans changed, ", wrong, " wrong, ", refused, " refused");
    CHECK(wrong > changed / 8);
    // What is refused without need: rows that no window touches, as with a dilation.
    CHECK(refused - wrong < changed / 20);
}
