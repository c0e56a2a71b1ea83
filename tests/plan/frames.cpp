// Schedules of networks that never end, of random graphs, on a memory that knows what it holds.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "mote/plan/certify_frames.hpp"
#include "plan/any_graph.hpp"

namespace {

using any_graph::Option;
using any_graph::Random;
using any_graph::Size;
using mote::plan::FrameSchedule;
using mote::plan::Outline;

/// A graph that can mostly be streamed: windows without padding, views of the input and flattened
/// maps that are added up; it ends in one row.
template <int Nodes>
any_graph::AnyGraph<Nodes> streamable(Random& random) {
    any_graph::AnyGraph<Nodes> graph(6 + random.below(24), 1 + random.below(6));
    const int wild = 2 + random.below(6);
    for (int node = 0; node < Nodes;) {
        Option option{};
        option.from = random.one_in(wild) ? random.below(node + 1) : node;
        const int pick = random.below(16);
        option.kind = pick < 7    ? any_graph::window
                      : pick < 10 ? any_graph::in_place
                      : pick < 13 ? any_graph::add
                      : pick < 15 ? any_graph::view
                                  : any_graph::sum;
        option.height = 1 + random.below(3);
        option.stride = random.one_in(4) ? 2 : 1;
        option.dilation = random.one_in(6) ? 2 : 1;
        option.row_bytes = 1 + random.below(8);
        option.other = random.below(node + 1);
        option.rows = random.one_in(2) ? 1 : graph.tensors[option.from].rows;
        if (node + 1 == Nodes) {
            option.from = node;
            option.kind = any_graph::sum;
        }
        if (graph.set(node, option)) ++node;
    }
    return graph;
}

/// Plays frames; each byte knows of which tensor, of which row, and which byte it is.
template <int Nodes>
class Player {
   public:
    Player(const Outline<Size<Nodes>>& outline, const FrameSchedule<Size<Nodes>>& plan,
           const mote::plan::Packing<2 * Nodes + 1>& places)
        : outline_(outline), plan_(plan), places_(places), memory_(size_t(places.bytes)) {}

    std::string play(int frames) {
        for (int frame = 0; frame < frames && fault_.empty(); ++frame) {
            write(0, frame);
            for (int node = 0; node < Nodes; ++node) {
                const int32_t row = plan_.steps[node].row_at(frame);
                if (row >= 0 && !outline_.nodes[node].view) compute(node, row);
            }
            // The result stays until the next one.
            const int last = outline_.view_of[Nodes];
            const int32_t pace = plan_.steps[last - 1].pace;
            const int32_t since = frame - plan_.steps[last - 1].phase;
            if (since >= 0) expect(last, since / pace, Nodes);
        }
        return fault_;
    }

   private:
    struct Value {
        int tensor = -1;
        int32_t row = -1, index = -1;
    };

    int32_t begin(int tensor, int32_t row) const {
        return places_.offsets[plan_.store_of[tensor]] +
               row % plan_.capacity[tensor] * outline_.stored(tensor).row_bytes;
    }
    void write(int tensor, int32_t row) {
        for (int32_t i = 0; i < outline_.stored(tensor).row_bytes; ++i)
            memory_[size_t(begin(tensor, row) + i)] = {tensor, row, i};
    }
    void expect(int tensor, int32_t row, int reader) {
        for (int32_t i = 0; i < outline_.stored(tensor).row_bytes; ++i) {
            const Value& found = memory_[size_t(begin(tensor, row) + i)];
            if (found.tensor != tensor || found.row != row || found.index != i)
                fault_ = "node " + std::to_string(reader) + " does not find row " +
                         std::to_string(row) + " of tensor " + std::to_string(tensor);
        }
    }
    void compute(int node, int32_t row) {
        const mote::graph::NodeFacts& facts = outline_.nodes[node];
        const mote::plan::FrameStep& step = plan_.steps[node];
        for (int i = 0; i < facts.operand_count; ++i) {
            const mote::RowWindow& window = outline_.read(node, i).window;
            const int tensor = outline_.view_of[outline_.read(node, i).tensor];
            const int rows = outline_.stored(tensor).rows;
            const int count = step.accumulates ? rows : rows > 1 ? window.height : 1;
            const int apart = step.accumulates ? 1 : window.dilation;
            for (int k = 0; k < count; ++k) {
                // The sums are written while rows are still to be read.
                for (int32_t j = 0; j < facts.state_bytes && step.accumulates; ++j)
                    memory_[size_t(places_.offsets[Nodes + 1 + node] + j)] = {};
                expect(tensor, row * step.stride + k * apart, node);
            }
        }
        write(node + 1, row);
        for (int i = 0; i < facts.operand_count && outline_.stored(node + 1).rows > 1; ++i) {
            // Written, and nothing that it was computed from is lost to it.
            const int tensor = outline_.view_of[outline_.read(node, i).tensor];
            expect(tensor, row * step.stride, node);
        }
    }

    const Outline<Size<Nodes>>& outline_;
    const FrameSchedule<Size<Nodes>>& plan_;
    const mote::plan::Packing<2 * Nodes + 1>& places_;
    std::vector<Value> memory_;
    std::string fault_;
};

struct Tally {
    long graphs = 0, streamed = 0, shortened = 0, found_out = 0;
};

template <int Nodes>
void check(int count, Tally& tally) {
    for (int i = 0; i < count; ++i) {
        Random random{static_cast<uint32_t>(i) * 2654435761u + Nodes};
        const Outline<Size<Nodes>> outline = streamable<Nodes>(random).outline();
        FrameSchedule<Size<Nodes>> plan = mote::plan::make_frames(outline);
        bool possible = true;
        for (int node = 0; node < Nodes; ++node)
            possible = possible && plan.obstacle[node] == mote::plan::Obstacle::none;
        ++tally.graphs;
        if (!possible) continue;
        ++tally.streamed;
        auto places = mote::plan::pack_frames(outline, plan);
        CAPTURE(i);
        CAPTURE(Nodes);
        REQUIRE(mote::plan::FrameCertificate<Size<Nodes>>(outline, plan, places).holds());
        REQUIRE(Player<Nodes>(outline, plan, places).play(80) == "");
        // What the memory finds fault with, the certificate refuses.
        const int tensor = plan.store_of[random.below(Nodes + 1)];
        if (random.one_in(2))
            places.offsets[tensor] = 4 * random.below(places.bytes / 4 + 1);
        else if (plan.capacity[tensor] > 1)
            --plan.capacity[tensor];
        ++tally.shortened;
        const int32_t end =
            places.offsets[tensor] + outline.stored(tensor).row_bytes * plan.capacity[tensor];
        const bool outside = end > places.bytes;
        const bool right = !outside && Player<Nodes>(outline, plan, places).play(80) == "";
        if (right) continue;
        ++tally.found_out;
        REQUIRE_FALSE(mote::plan::FrameCertificate<Size<Nodes>>(outline, plan, places).holds());
    }
}

}  // namespace

TEST_CASE("rings of random networks that never end hold what is read") {
    Tally tally;
    check<3>(8000, tally);
    check<6>(8000, tally);
    check<12>(4000, tally);
    check<30>(1000, tally);
    MESSAGE(tally.streamed, " of ", tally.graphs, " graphs can be streamed; ", tally.found_out,
            " of ", tally.shortened, " changed plans are wrong");
    CHECK(tally.streamed > tally.graphs / 20);
    CHECK(tally.found_out > tally.shortened / 5);
}
