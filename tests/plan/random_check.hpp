// What must hold for a random network under every plan.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "plan/random_graph.hpp"
#include "plan/replay.hpp"

namespace random_check {

using Bytes = std::vector<int8_t>;

inline Bytes some_values(int32_t count, int seed) {
    random_graph::Random random{static_cast<uint32_t>(seed) * 7919u + 1};
    Bytes values(static_cast<size_t>(count));
    for (int8_t& value : values) value = static_cast<int8_t>(random.below(256) - 128);
    return values;
}

/// Every tensor, each in memory of its own and layer after layer, by the portable kernels: no plan
/// and no CPU at all.
template <class Tested>
class Oracle {
    using Graph = typename mote::graph::Rebind<Tested, mote::arch::portable>::type;

   public:
    explicit Oracle(const Bytes& input) {
        tensors_.push_back(input);
        compute_all(mote::detail::make_sequence_t<Graph::node_count>{});
    }
    const Bytes& tensor(int index) const { return tensors_[static_cast<size_t>(index)]; }
    const Bytes& output() const { return tensors_.back(); }

   private:
    template <int... Nodes>
    void compute_all(mote::detail::sequence<Nodes...>) {
        (compute<Nodes>(typename Graph::template NodeType<Nodes>::Inputs{}), ...);
    }
    template <int Node, int... Inputs>
    void compute(mote::detail::sequence<Inputs...>) {
        using Type = typename Graph::template NodeType<Node>;
        using Output = typename Type::On::Output;
        if constexpr (Type::is_view) {
            const Bytes same = tensor(Graph::operands()[Graph::nodes()[Node].first_operand].tensor);
            tensors_.push_back(same);
        } else {
            Bytes out(static_cast<size_t>(Output::size));
            Type::On::rows(0, Output::Shape::height, mote::Rows<Output>(out.data()),
                           rows<Inputs>()...);
            tensors_.push_back(out);
        }
    }
    template <int Tensor>
    mote::Rows<typename Graph::template TensorType<Tensor>> rows() {
        return mote::Rows<typename Graph::template TensorType<Tensor>>(
            tensors_[static_cast<size_t>(Tensor)].data());
    }

    std::vector<Bytes> tensors_;
};

/// A network between guards, in memory of its own so that sanitizers see its ends too.
template <class Network>
class Guarded {
   public:
    explicit Guarded(int pattern) : place_(new Place) {
        std::fill(std::begin(place_->before), std::end(place_->before), guard);
        std::fill(std::begin(place_->after), std::end(place_->after), guard);
        unsigned char* arena = this->arena();
        for (int32_t i = 0; i < arena_bytes; ++i)
            arena[i] = static_cast<unsigned char>(pattern < 256 ? pattern : i * 37 + pattern);
    }

    Network& network() { return place_->network; }
    unsigned char* arena() {
        return reinterpret_cast<unsigned char*>(&place_->network) + sizeof(Network) - arena_bytes;
    }
    bool intact() const {
        const auto kept = [](unsigned char byte) { return byte == guard; };
        return std::all_of(std::begin(place_->before), std::end(place_->before), kept) &&
               std::all_of(std::begin(place_->after), std::end(place_->after), kept);
    }
    static constexpr int32_t arena_bytes = Network::Plan::bytes;

   private:
    static constexpr unsigned char guard = 0x5c;
    struct Place {
        unsigned char before[64];
        Network network;
        unsigned char after[64];
    };
    std::unique_ptr<Place> place_;
};

template <class Output>
Bytes copy(mote::View<Output> view) {
    return {view.begin(), view.end()};
}

/// Compares what an observer is shown with the oracle, and counts the rows.
template <class Graph>
struct Watcher {
    const Oracle<Graph>& oracle;
    std::vector<int32_t> shown = std::vector<int32_t>(static_cast<size_t>(Graph::node_count));

    template <class Layer, class Band>
    void operator()(Layer, const Band& band) {
        const Bytes& wanted = oracle.tensor(Layer::index + 1);
        int32_t& done = shown[static_cast<size_t>(Layer::index)];
        CHECK(done == band.offset());
        done += band.size();
        REQUIRE(done <= static_cast<int32_t>(wanted.size()));
        CHECK(std::equal(band.data(), band.data() + band.size(), wanted.begin() + band.offset()));
    }
    void check_all_shown() const {
        for (int node = 0; node < Graph::node_count; ++node)
            CHECK(shown[static_cast<size_t>(node)] == Graph::tensors()[node + 1].bytes);
    }
};

/// The plan itself: every byte is where its reader looks for it, and the arena is used to its end.
template <class Graph, class Policy>
replay::Result check_plan() {
    const replay::Result result = replay::run<Policy, Graph>();
    CHECK(result.fault == "");
    const int32_t size = static_cast<int32_t>(result.touched.size());
    CHECK(size == Policy::template Of<Graph>::bytes);
    // Kernels count on it.
    for (int tensor = 0; tensor <= Graph::node_count; ++tensor)
        CHECK(Policy::template Of<Graph>::offset(tensor) % mote::plan::alignment == 0);
    // The last word may end in up to three bytes of alignment.
    bool end_used = false;
    for (int32_t i = std::max(0, size - mote::plan::alignment); i < size; ++i)
        end_used = end_used || result.touched[static_cast<size_t>(i)];
    CHECK(end_used);
    return result;
}

/// The bytes that a run changes are those that the plan says; runs from two patterns cannot both
/// leave a byte that was written as it was.
template <class Run>
void check_touched(const replay::Result& plan, unsigned char* arena, unsigned char* other_arena,
                   Run run) {
    const size_t size = plan.touched.size();
    std::fill(arena, arena + size, static_cast<unsigned char>(0x00));
    std::fill(other_arena, other_arena + size, static_cast<unsigned char>(0xff));
    run();
    for (size_t i = 0; i < size; ++i) {
        const bool changed = arena[i] != 0x00 || other_arena[i] != 0xff;
        if (changed == plan.touched[i]) continue;
        FAIL_CHECK("byte ", i, changed ? " was changed" : " was not changed");
        return;
    }
}

template <class Graph, class Policy>
void check_whole() {
    using Network = mote::Runner<Graph, Policy>;
    const replay::Result plan = check_plan<Graph, Policy>();
    Guarded<Network> first(0xa7), second(1000);
    for (int seed = 0; seed < 3; ++seed) {
        CAPTURE(seed);
        const Bytes input = some_values(Graph::Input::size, seed);
        const Oracle<Graph> oracle(input);
        CHECK(copy(first.network()(input.data())) == oracle.output());
        CHECK(copy(second.network()(input.data())) == oracle.output());
        CHECK(copy(first.network()(input.data())) == oracle.output());
        check_touched(plan, first.arena(), second.arena(), [&] {
            first.network()(input.data());
            second.network()(input.data());
        });
        CHECK(copy(first.network().output()) == oracle.output());
        Watcher<Graph> watcher{oracle};
        CHECK(copy(first.network()(input.data(), watcher)) == oracle.output());
        watcher.check_all_shown();
    }
    CHECK(first.intact());
    CHECK(second.intact());
}

template <class Graph>
void check_pushed() {
    using Network = mote::Runner<Graph, mote::plan::PushedRows>;
    const replay::Result plan = check_plan<Graph, mote::plan::PushedRows>();
    Guarded<Network> first(0xa7), second(1000);
    const auto push = [](Network& network, const Bytes& input) {
        for (int row = 0; row < Network::input_rows; ++row) {
            // From a copy of just one row, so that reading beyond it is found.
            const int8_t* begin = input.data() + row * Network::input_row_size;
            const Bytes copied(begin, begin + Network::input_row_size);
            const bool last = network.push_row(copied.data());
            CHECK(last == (row == Network::input_rows - 1));
            CHECK(last == network.ready());
        }
    };
    for (int seed = 0; seed < 3; ++seed) {
        CAPTURE(seed);
        const Bytes input = some_values(Graph::Input::size, seed);
        REQUIRE(Network::input_rows * Network::input_row_size == Graph::Input::size);
        const Oracle<Graph> oracle(input);
        push(first.network(), input);
        CHECK(copy(first.network().output()) == oracle.output());
        CHECK(copy(second.network()(input.data())) == oracle.output());
        check_touched(plan, first.arena(), second.arena(), [&] {
            push(first.network(), input);
            push(second.network(), input);
        });
        CHECK(copy(first.network().output()) == oracle.output());
        // An input given up halfway leaves nothing behind.
        if (Network::input_rows > 1) second.network().push_row(input.data());
        Watcher<Graph> watcher{oracle};
        CHECK(copy(second.network()(input.data(), watcher)) == oracle.output());
        watcher.check_all_shown();
    }
    CHECK(first.intact());
    CHECK(second.intact());
}

template <class Policy, class Graph>
constexpr int32_t bytes() {
    return Policy::template Of<Graph>::bytes;
}

/// The recipe and the layers tell the planner the same.
template <int Seed>
void check_facts() {
    using Graph = random_graph::Graph<Seed>;
    const random_graph::Facts<Graph::node_count> facts(random_graph::Written<Seed>::recipe);
    CHECK(facts.input_shape == Graph::input_shape());
    for (int tensor = 0; tensor <= Graph::node_count; ++tensor) {
        CHECK(facts.tensors[tensor].bytes == Graph::tensors()[tensor].bytes);
        CHECK(facts.tensors[tensor].rows == Graph::tensors()[tensor].rows);
        CHECK(facts.tensors[tensor].row_bytes == Graph::tensors()[tensor].row_bytes);
    }
    for (int node = 0; node < Graph::node_count; ++node) {
        const mote::graph::NodeFacts &found = Graph::nodes()[node], &wanted = facts.nodes[node];
        CAPTURE(node);
        REQUIRE(found.operand_count == wanted.operand_count);
        for (int i = 0; i < found.operand_count; ++i) {
            const mote::graph::OperandFacts &read = Graph::operands()[found.first_operand + i],
                                            &told = facts.operands[wanted.first_operand + i];
            CHECK(read.tensor == told.tensor);
            CHECK(read.window.height == told.window.height);
            CHECK(read.window.stride == told.window.stride);
            CHECK(read.window.dilation == told.window.dilation);
            CHECK(read.window.before == told.window.before);
        }
        CHECK(found.in_place == wanted.in_place);
        CHECK(found.view == wanted.view);
        CHECK(found.accumulates == wanted.accumulates);
        if (found.accumulates) CHECK(found.state_bytes == wanted.state_bytes);
    }
}

template <int Seed>
void check() {
    using Graph = random_graph::Graph<Seed>;
    check_facts<Seed>();
    using namespace mote::plan;
    constexpr int32_t least = bytes<LeastRam, Graph>();
    constexpr int32_t most = bytes<LayerByLayer, Graph>();
    constexpr int32_t middle = (least + most) / 2;
    CAPTURE(Seed);
    static_assert(least <= most, "");
    static_assert(bytes<WithinRam<least>, Graph>() <= least, "");
    static_assert(bytes<WithinRam<most>, Graph>() == most, "");
    static_assert(bytes<WithinRam<middle>, Graph>() <= middle, "");
    check_whole<Graph, LayerByLayer>();
    check_whole<Graph, LeastRam>();
    check_whole<Graph, WithinRam<middle>>();
    if constexpr (bytes<PushedRows, Graph>() <= 2 * most)
        check_pushed<Graph>();
    else
        FAIL_CHECK("PushedRows found no plan");
}

/// `Count` seeds from `First` on.
template <int First, int... Offsets>
void check_range(mote::detail::sequence<Offsets...>) {
    (check<First + Offsets>(), ...);
}
template <int First, int Count>
void check_range() {
    check_range<First>(mote::detail::make_sequence_t<Count>{});
}

}  // namespace random_check
