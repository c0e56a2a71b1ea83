// What a plan needs to know of a graph: its facts, who looks at whose memory, and who reads last.
#pragma once

#include "../graph/graph.hpp"

namespace mote {
namespace plan {

template <class Size>
struct Outline {
    static constexpr int node_count = Size::nodes;
    using NodeList = detail::array<graph::NodeFacts, Size::nodes>;
    using OperandList = detail::array<graph::OperandFacts, Size::operands>;
    using TensorList = detail::array<graph::TensorFacts, Size::tensors>;

    NodeList nodes;
    OperandList operands;
    TensorList tensors;
    /// The tensor whose shape the input's rows have (Graph::input_shape()).
    int input_shape;
    /// Nodes, the first ones, that compute nothing: further inputs and variables.
    int givens;
    /// The computed tensor behind each view; other tensors are their own.
    int view_of[Size::tensors];
    /// The last node that reads a computed tensor, be it a view that only shows it; its own
    /// producer when none does, and the number of nodes for outputs, which are read when all is
    /// over.
    int last_reader[Size::tensors];

    /// Of a graph without outputs; keep() tells them.
    constexpr Outline(const NodeList& node_facts, const OperandList& operand_facts,
                      const TensorList& tensor_facts, int shape)
        : nodes(node_facts),
          operands(operand_facts),
          tensors(tensor_facts),
          input_shape(shape),
          givens(0),
          view_of{},
          last_reader{} {
        while (givens < Size::nodes && nodes[givens].given) ++givens;
        for (int tensor = 0; tensor < Size::tensors; ++tensor) {
            const bool view = tensor > 0 && nodes[tensor - 1].view;
            view_of[tensor] = view ? view_of[read(tensor - 1, 0).tensor] : tensor;
            last_reader[tensor] = tensor - 1;
        }
        for (int node = 0; node < Size::nodes; ++node)
            for (int i = 0; i < nodes[node].operand_count; ++i)
                last_reader[view_of[read(node, i).tensor]] = node;
        for (int tensor = 1; tensor < Size::tensors; ++tensor)
            if (is_lasting(tensor)) keep(tensor);
    }
    /// A tensor is still there when all is over.
    constexpr void keep(int tensor) { last_reader[view_of[tensor]] = Size::nodes; }

    /// Operand `position` of a node.
    constexpr const graph::OperandFacts& read(int node, int position) const {
        return operands[nodes[node].first_operand + position];
    }
    /// Whether a computed tensor is kept from one inference to the next.
    constexpr bool is_lasting(int tensor) const { return tensor > 0 && nodes[tensor - 1].lasting; }
    /// Whether a computed tensor is an output.
    constexpr bool is_output(int tensor) const { return last_reader[tensor] == Size::nodes; }

    /// The shape of a tensor's rows in memory.
    constexpr const graph::TensorFacts& stored(int tensor) const {
        return tensors[tensor == 0 ? input_shape : tensor];
    }
};

/// The outline of a graph, made once.
template <class Graph>
struct OutlineOf {
    static constexpr Outline<typename Graph::Size> make() {
        Outline<typename Graph::Size> outline{Graph::nodes(), Graph::operands(), Graph::tensors(),
                                              Graph::input_shape()};
        for (int i = 0; i < Graph::output_count; ++i) outline.keep(Graph::output(i));
        for (int i = 0; i < Graph::variable_count; ++i) outline.keep(Graph::assigned(i));
        return outline;
    }
    static inline constexpr Outline<typename Graph::Size> value = make();
};

}  // namespace plan
}  // namespace mote
