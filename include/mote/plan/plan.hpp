// Where each tensor lives. A policy is a type with `Of<Graph>`, the plan of one graph:
//
//   bytes           size of the arena                      offset(t)   where tensor t begins
//   run(execution)  the order of the work
#pragma once

#include "../graph/graph.hpp"
#include "packing.hpp"

namespace mote {
namespace plan {

/// The arena's alignment in bytes; tensors begin at multiples of it.
constexpr int alignment = 4;

constexpr int32_t aligned(int32_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// Which tensors share one place: views of a tensor, and outputs written over an input that nobody
/// reads any more.
template <int Tensors>
struct Places {
    /// First tensor at the same place.
    int root[Tensors];
    /// Last node that reads the place, counted from 1; the graph's output is read after all nodes.
    int last_use[Tensors];
};

template <int Nodes, int Tensors>
constexpr Places<Tensors> share_places(const detail::array<graph::NodeFacts, Nodes>& nodes,
                                       const detail::array<graph::TensorFacts, Tensors>& tensors) {
    Places<Tensors> places{};
    for (int tensor = 0; tensor < Tensors; ++tensor) places.root[tensor] = tensor;
    for (int node = 0; node < Nodes; ++node)
        for (int i = 0; i < nodes[node].input_count; ++i)
            places.last_use[nodes[node].inputs[i]] = node + 1;
    places.last_use[Tensors - 1] = Nodes + 1;
    for (int node = 0; node < Nodes; ++node) {
        const int output = node + 1;
        for (int i = 0; i < nodes[node].input_count; ++i) {
            const int root = places.root[nodes[node].inputs[i]];
            const bool free = nodes[node].in_place && places.last_use[root] == node + 1 &&
                              tensors[root].bytes >= tensors[output].bytes;
            if (nodes[node].view || free) {
                places.root[output] = root;
                places.last_use[root] =
                    detail::larger(places.last_use[root], places.last_use[output]);
                break;
            }
        }
    }
    return places;
}

/// Every layer computes its whole map before the next one starts: the fewest instructions, the most
/// RAM.
struct LayerByLayer {
    template <class Graph>
    struct Of {
       private:
        static constexpr int tensors = Graph::tensor_count;
        static constexpr Places<tensors> places = share_places(Graph::nodes(), Graph::tensors());

        static constexpr Packing<tensors> packed() {
            detail::array<Block, tensors> blocks{};
            const auto facts = Graph::tensors();
            for (int tensor = 0; tensor < tensors; ++tensor)
                if (places.root[tensor] == tensor)
                    blocks[tensor] = {aligned(facts[tensor].bytes), tensor,
                                      places.last_use[tensor]};
            return pack(blocks);
        }
        static constexpr Packing<tensors> packing = packed();

       public:
        static constexpr int32_t bytes = packing.bytes;
        static constexpr int32_t offset(int tensor) { return packing.offsets[places.root[tensor]]; }
    };
};

}  // namespace plan
}  // namespace mote
