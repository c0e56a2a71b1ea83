// Schedules of random graphs, cut at random, on a memory that checks every read.
#include "mote/plan/schedule.hpp"

#include <doctest/doctest.h>

#include "plan/random_graph.hpp"
#include "plan/replay.hpp"

namespace {

using random_graph::Facts;
using random_graph::Random;
using random_graph::Recipe;
using random_graph::Size;

struct Tally {
    int played = 0;
    int impossible = 0;
    /// Rings of more than one row, and those of them that are found out when a row shorter.
    int rings = 0;
    int too_short = 0;
    /// Plans with a tensor moved by a few bytes, and those of them that are found out.
    int moved = 0;
    int found_out = 0;
};

template <int Nodes>
replay::Result play(const mote::plan::Outline<Size<Nodes>>& outline,
                    const mote::plan::Schedule<Size<Nodes>>& schedule,
                    const mote::plan::Packing<2 * Nodes + 1>& packing, bool pushed) {
    return replay::Replay<Size<Nodes>>(outline, schedule, packing, pushed).run();
}

/// Are the rings long enough, and no longer?
template <int Nodes>
void shorten_rings(const mote::plan::Outline<Size<Nodes>>& outline,
                   mote::plan::Schedule<Size<Nodes>> schedule, bool pushed, Tally& tally) {
    // Far apart, so that nothing but the rings can go wrong.
    mote::plan::Packing<2 * Nodes + 1> apart{};
    for (int i = 0; i < 2 * Nodes + 1; ++i) apart.offsets[i] = i * 2000;
    apart.bytes = (2 * Nodes + 1) * 2000;
    REQUIRE(play<Nodes>(outline, schedule, apart, pushed).fault == "");
    for (int tensor = 0; tensor <= Nodes; ++tensor) {
        mote::plan::Store& store = schedule.stores[tensor];
        if (schedule.store_of[tensor] != tensor || store.whole || store.capacity < 2) continue;
        ++tally.rings;
        --store.capacity;
        if (play<Nodes>(outline, schedule, apart, pushed).fault != "") ++tally.too_short;
        ++store.capacity;
    }
}

template <int Nodes>
void check(int seed, const Recipe& recipe, Random random, Tally& tally) {
    const mote::plan::Outline<Size<Nodes>> outline = Facts<Nodes>(recipe).outline();
    for (int round = 0; round < 12; ++round) {
        mote::plan::Cuts<Size<Nodes>> cuts{};
        cuts.pushed = round % 2 == 0;
        const int sparse = 1 + random.below(6);
        for (int node = 1; node < Nodes; ++node)
            cuts.begins[node] = round > 1 && random.one_in(sparse);
        const auto schedule = mote::plan::make_schedule<Size<Nodes>>(outline, cuts);
        if (!schedule.possible) {
            ++tally.impossible;
            continue;
        }
        const bool by_rows = random.below(4) != 0;
        const mote::plan::ScheduledBlocks<Size<Nodes>> scheduled(outline, schedule, by_rows);
        const auto packing = by_rows ? mote::plan::pack(scheduled.blocks, scheduled, false, 0)
                                     : mote::plan::pack(scheduled.blocks, 20);
        const auto result = play<Nodes>(outline, schedule, packing, cuts.pushed);
        CAPTURE(seed);
        CAPTURE(round);
        CHECK(result.fault == "");
        if (result.fault != "") return;
        ++tally.played;
        shorten_rings<Nodes>(outline, schedule, cuts.pushed, tally);

        // The memory finds a tensor that was put in a wrong place, where its neighbours live.
        auto moved = packing;
        const int tensor = random.below(Nodes + 1);
        const int store = schedule.store_of[tensor];
        const int32_t to = 4 * random.below(packing.bytes / 4 + 1);
        if (to == moved.offsets[store]) continue;
        moved.offsets[store] = to;
        ++tally.moved;
        if (play<Nodes>(outline, schedule, moved, cuts.pushed).fault != "") ++tally.found_out;
    }
}

void check(int seed, Tally& tally) {
    const Recipe recipe = random_graph::make_recipe(seed);
    const Random random{static_cast<uint32_t>(seed)};
    switch (recipe.count) {
        case 4:
            return check<4>(seed, recipe, random, tally);
        case 5:
            return check<5>(seed, recipe, random, tally);
        case 6:
            return check<6>(seed, recipe, random, tally);
        case 7:
            return check<7>(seed, recipe, random, tally);
        case 8:
            return check<8>(seed, recipe, random, tally);
        case 10:
            return check<10>(seed, recipe, random, tally);
        case 12:
            return check<12>(seed, recipe, random, tally);
        case 15:
            return check<15>(seed, recipe, random, tally);
        case 18:
            return check<18>(seed, recipe, random, tally);
        case 21:
            return check<21>(seed, recipe, random, tally);
    }
}

}  // namespace

TEST_CASE("every row is where its reader looks for it, however a graph is cut") {
    Tally tally;
    for (int seed = 0; seed < 3000; ++seed) check(seed, tally);
    MESSAGE(tally.played, " schedules; ", tally.impossible, " cuts that cannot be streamed; ",
            tally.too_short, " of ", tally.rings, " rings cannot be shorter; ", tally.found_out,
            " of ", tally.moved, " wrong places found");
    CHECK(tally.played > 10000);
    CHECK(tally.rings > 5000);
    CHECK(tally.too_short > tally.rings * 9 / 10);
    CHECK(tally.found_out > tally.moved / 4);
}
