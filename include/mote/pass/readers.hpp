// Who reads the tensors of a graph.
#pragma once

#include <stddef.h>

#include "../graph/graph.hpp"

namespace mote {
namespace pass {

template <int Tensors>
struct ReaderCounts {
    /// Operands that are each tensor.
    int nodes[static_cast<size_t>(Tensors)];
    /// Outputs, and variables that take it when all is over.
    int outside[static_cast<size_t>(Tensors)];

    /// Whether one layer reads it, once, and nobody else.
    constexpr bool one(int tensor) const { return nodes[tensor] == 1 && outside[tensor] == 0; }
};

/// Those of `Graph`, counted when somebody asks.
template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct Readers;
template <class Graph, int... Indices>
struct Readers<Graph, detail::sequence<Indices...>> {
   private:
    using Result = ReaderCounts<Graph::node_count + 1>;

    template <int... Ids>
    static constexpr void count(Result& result, detail::sequence<Ids...>) {
        detail::in_turn({true, (++result.nodes[Ids], true)...});
    }
    static constexpr Result find() {
        Result result{};
        detail::in_turn(
            {(count(result, typename Graph::template NodeType<Indices>::Inputs{}), true)...});
        for (int i = 0; i < Graph::output_count; ++i) ++result.outside[Graph::output(i)];
        for (int i = 0; i < Graph::variable_count; ++i) ++result.outside[Graph::assigned(i)];
        return result;
    }

   public:
    static constexpr Result value = find();
};

}  // namespace pass
}  // namespace mote
