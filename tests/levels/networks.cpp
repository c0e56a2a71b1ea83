// Random networks with the kernels of the CPU that this is built for. Their plans lay maps over
// each other, rows over rows that are done; what they give is what the portable kernels give when
// each tensor has memory of its own.
#include <doctest/doctest.h>

#include "plan/random_graph.hpp"

namespace {

// Which of the random networks: MOTE_SEEDS of them from MOTE_FIRST_SEED on.
#ifndef MOTE_FIRST_SEED
#define MOTE_FIRST_SEED 1000
#endif
#ifndef MOTE_SEEDS
#define MOTE_SEEDS 8
#endif

using mote::plan::alignment;

alignas(alignment) int8_t apart[10240];

/// Every tensor in memory of its own, one after the other in `apart`, with a gap between them.
template <class Graph>
struct Apart {
    static constexpr int32_t place(int tensor) {
        int32_t at = 0;
        for (int before = 0; before < tensor; ++before)
            at += mote::plan::aligned(Graph::tensors()[before].bytes) + alignment;
        return at;
    }
    static_assert(place(Graph::tensor_count) <= static_cast<int32_t>(sizeof apart),
                  "a network has too many tensors for the RAM of a Cortex-M0: take other seeds");

    static int8_t* input() { return apart; }
    static const int8_t* output() { return apart + place(Graph::node_count); }

    template <int Tensor>
    static mote::Rows<typename Graph::template TensorType<Tensor>> rows() {
        return mote::Rows<typename Graph::template TensorType<Tensor>>{apart + place(Tensor)};
    }
    template <int Node, int... Inputs>
    static void compute(mote::detail::sequence<Inputs...>) {
        using Type = typename Graph::template NodeType<Node>;
        if constexpr (Type::is_view) {
            const int8_t* same = apart + place(Graph::operands()[Graph::nodes()[Node].first_operand].tensor);
            for (int32_t i = 0; i < Graph::tensors()[Node + 1].bytes; ++i)
                apart[place(Node + 1) + i] = same[i];
        } else {
            Type::On::rows(0, Type::On::Output::Shape::height, rows<Node + 1>(), rows<Inputs>()...);
        }
    }
    template <int... Nodes>
    static void run(mote::detail::sequence<Nodes...>) {
        (compute<Nodes>(typename Graph::template NodeType<Nodes>::Inputs{}), ...);
    }
    MOTE_NOINLINE static void run() { run(mote::detail::make_sequence_t<Graph::node_count>{}); }
};

template <class Graph, class Policy>
MOTE_NOINLINE void check_plan(int seed) {
    using Network = mote::Runner<Graph, Policy>;
    using Plain = typename mote::graph::Rebind<Graph, mote::arch::portable>::type;
    Network network;
    const int32_t arena = Network::Plan::bytes;
    CAPTURE(seed);
    CAPTURE(arena);
    for (uint32_t round = 0; round < 3; ++round) {
        uint32_t state = static_cast<uint32_t>(seed) * 7919U + round;
        for (int32_t i = 0; i < Graph::Input::size; ++i) {
            state = state * 1664525U + 1013904223U;
            Apart<Plain>::input()[i] = static_cast<int8_t>(state >> 24);
        }
        Apart<Plain>::run();
        if constexpr (Policy::pushed) {
            for (int row = 0; row < Network::input_rows; ++row)
                network.push_row(Apart<Plain>::input() + row * Network::input_row_size);
        } else {
            for (int32_t i = 0; i < Graph::Input::size; ++i)
                network.input()[i] = Apart<Plain>::input()[i];
            network();
        }
        int32_t differs = 0;
        while (differs < Graph::Output::size &&
               network.output().data()[differs] == Apart<Plain>::output()[differs])
            ++differs;
        CHECK(differs == Graph::Output::size);
    }
}

template <int Seed>
struct Plans {
    static void run() {
        using Graph = random_graph::Graph<Seed>;
        check_plan<Graph, mote::plan::LeastRam>(Seed);
        check_plan<Graph, mote::plan::PushedRows>(Seed);
    }
};

template <int... Offsets>
void check_seeds(mote::detail::sequence<Offsets...>) {
    (Plans<MOTE_FIRST_SEED + Offsets>::run(), ...);
}

}  // namespace

TEST_CASE("random networks are exact where maps lie over each other") {
    check_seeds(mote::detail::make_sequence_t<MOTE_SEEDS>{});
}
