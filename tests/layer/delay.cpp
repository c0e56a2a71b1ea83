// Rows of before above the new ones, by hand.
#include <doctest/doctest.h>

#include <deque>
#include <vector>

#include "mote.hpp"

using namespace mote;

namespace {

struct Half {
    static constexpr float scale = 0.5f;
    static constexpr int zero_point = -3;
};
using Rows = Shape<2, 1, 3>;

template <class Plan>
using Delayed = PlannedNetwork<Plan, Input<Rows, Half>, Delay<5>, Pad<Border<0, 0, 0, 0>>>;

/// The rows that a delay of five holds before the new ones.
std::deque<int8_t> empty() { return std::deque<int8_t>(5 * 3, -3); }

template <class Plan>
void keeps_rows() {
    static Delayed<Plan> network;
    Delayed<Plan> copy;
    std::deque<int8_t> held = empty();
    for (int call = 0; call < 9; ++call) {
        if (call == 6) {
            network.reset();
            held = empty();
        }
        if (call == 3) copy = network;
        std::vector<int8_t> fresh;
        for (int i = 0; i < 6; ++i) fresh.push_back(int8_t(call * 6 + i));
        held.insert(held.end(), fresh.begin(), fresh.end());
        const auto out = network(fresh.data());
        CHECK(std::vector<int8_t>(out.begin(), out.end()) ==
              std::vector<int8_t>(held.begin(), held.end()));
        if (call >= 3 && call < 6) {
            const auto same = copy(fresh.data());
            CHECK(std::vector<int8_t>(same.begin(), same.end()) ==
                  std::vector<int8_t>(held.begin(), held.end()));
        }
        held.erase(held.begin(), held.begin() + 6);
    }
}

}  // namespace

TEST_CASE("a delay keeps rows from one call to the next") {
    keeps_rows<plan::LeastRam>();
    keeps_rows<plan::LayerByLayer>();
    keeps_rows<plan::PushedRows>();
    CHECK(Delayed<plan::LayerByLayer>::ram_bytes == int(sizeof(Delayed<plan::LayerByLayer>)));
}
