#include "mote/shared_ram.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <type_traits>
#include <vector>

#include "mote/streaming.hpp"
#include "parts.hpp"

namespace {

using Values = std::vector<int8_t>;

template <class Plan>
using Planned =
    mote::PlannedNetwork<Plan, parts::Input<6, 4, 2>, parts::Conv<3, 3, 2>, parts::Dense<4, 24>>;
using Least = Planned<mote::plan::LeastRam>;
using Layers = Planned<mote::plan::LayerByLayer>;
using Within = Planned<mote::plan::WithinRam<200>>;
using Pushed = Planned<mote::plan::PushedRows>;
using Stream = mote::Streaming<mote::Network<parts::Input<3, 1, 4>, parts::Dense<2, 12>>>;

using Shared = mote::SharedRam<Least, Layers, Within, Pushed, Stream>;

Values some_values(int32_t count) {
    Values values(static_cast<size_t>(count));
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<int8_t>((static_cast<int>(i) * 53 + 17) % 256 - 128);
    return values;
}

template <class View>
Values copied(const View& view) {
    return {view.begin(), view.end()};
}

/// What was there before a network begins must not matter.
template <class Act>
void after_any_bytes(Act act) {
    Shared shared;
    for (const int filling : {0, 1, 0x55, 0xff}) {
        std::memset(static_cast<void*>(&shared), filling, sizeof shared);
        act(shared);
    }
}

template <class Network>
void check_whole() {
    const Values values = some_values(Network::Input::size);
    Network alone;
    const Values wanted = copied(alone(values.data()));
    after_any_bytes([&](Shared& shared) {
        CHECK(copied(shared.begin<Network>()(values.data())) == wanted);
        CHECK(copied(shared.get<Network>().output()) == wanted);
    });
}

}  // namespace

TEST_CASE("one piece of RAM is a network of each plan, one after the other") {
    static_assert(sizeof(Shared) == sizeof(Layers) || sizeof(Shared) == sizeof(Within), "");
    static_assert(alignof(Shared) == alignof(Least), "");
    static_assert(std::is_trivially_default_constructible<Shared>::value, "");
    check_whole<Least>();
    check_whole<Layers>();
    check_whole<Within>();
    check_whole<Pushed>();
}

TEST_CASE("pushed rows begin with the first one") {
    const Values values = some_values(Pushed::Input::size);
    Least alone;
    const Values wanted = copied(alone(values.data()));
    after_any_bytes([&](Shared& shared) {
        Pushed& network = shared.begin<Pushed>();
        CHECK(!network.ready());
        for (int row = 0; row < Pushed::input_rows; ++row)
            CHECK(network.push_row(&values[size_t(row * Pushed::input_row_size)]) ==
                  (row == Pushed::input_rows - 1));
        CHECK(copied(network.output()) == wanted);
    });
}

TEST_CASE("a stream begins with the first frame") {
    const Values values = some_values(40);
    after_any_bytes([&](Shared& shared) {
        Stream alone;
        shared.begin<Stream>();
        for (size_t frame = 0; frame < 10; ++frame) {
            const bool fresh = alone.push(&values[4 * frame]);
            REQUIRE(shared.get<Stream>().push(&values[4 * frame]) == fresh);
            if (fresh) CHECK(copied(shared.get<Stream>().output()) == copied(alone.output()));
        }
    });
}

TEST_CASE("reset() forgets rows") {
    const Values values = some_values(Pushed::Input::size);
    Pushed network;
    const Values wanted = copied(network(values.data()));
    network.push_row(values.data());
    network.push_row(values.data());
    network.reset();
    for (int row = 0; row < Pushed::input_rows; ++row)
        network.push_row(&values[size_t(row * Pushed::input_row_size)]);
    CHECK(network.ready());
    CHECK(copied(network.output()) == wanted);
    Least whole;
    whole.reset();
}
