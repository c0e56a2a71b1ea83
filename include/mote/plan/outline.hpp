// What a plan needs to know of a graph: its facts, who looks at whose memory, and who reads last.
#pragma once

#include "../graph/graph.hpp"

namespace mote {
namespace plan {

template <int Nodes>
struct Outline {
    using NodeList = detail::array<graph::NodeFacts, Nodes>;
    using TensorList = detail::array<graph::TensorFacts, Nodes + 1>;

    NodeList nodes;
    TensorList tensors;
    /// The tensor whose shape the input's rows have (Graph::input_shape()).
    int input_shape;
    /// The computed tensor behind each view; other tensors are their own.
    int view_of[Nodes + 1];
    /// The last node that reads a computed tensor, be it a view that only shows it; its own
    /// producer when none does, and `Nodes` for the result, which is read when all is over.
    int last_reader[Nodes + 1];

    constexpr Outline(const NodeList& node_facts, const TensorList& tensor_facts, int shape)
        : nodes(node_facts), tensors(tensor_facts), input_shape(shape), view_of{}, last_reader{} {
        for (int tensor = 0; tensor <= Nodes; ++tensor) {
            const bool view = tensor > 0 && nodes[tensor - 1].view;
            view_of[tensor] = view ? view_of[nodes[tensor - 1].inputs[0]] : tensor;
            last_reader[tensor] = tensor - 1;
        }
        for (int node = 0; node < Nodes; ++node)
            for (int i = 0; i < nodes[node].input_count; ++i)
                last_reader[view_of[nodes[node].inputs[i]]] = node;
        last_reader[view_of[Nodes]] = Nodes;
    }

    /// The shape of a tensor's rows in memory.
    constexpr const graph::TensorFacts& stored(int tensor) const {
        return tensors[tensor == 0 ? input_shape : tensor];
    }
};

}  // namespace plan
}  // namespace mote
