// Slices of what is kept from one inference to the next are read where they stand: it is there as a
// whole at all times, so that this costs no memory.
//
// Who reads them has to go row by row: one that needs all rows for each finds them side by side.
#pragma once

#include <stddef.h>

#include "rewritten.hpp"

namespace mote {
namespace pass {

/// Which tensors are read where they stand.
template <int Tensors>
struct Slices {
    /// A view of as many rows of the same size.
    bool same_rows[static_cast<size_t>(Tensors)];
    bool stands[static_cast<size_t>(Tensors)];
};

template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct FindSlices;
template <class Graph, int... Indices>
struct FindSlices<Graph, detail::sequence<Indices...>> {
   private:
    static constexpr int tensors = Graph::node_count + 1;
    using Result = Slices<tensors>;
    static constexpr int read(int node) {
        return Graph::operands()[Graph::nodes()[node].first_operand].tensor;
    }

    static constexpr Result find() {
        const bool may_stand[] = {Graph::template NodeType<Indices>::On::may_stand...};
        Result found{};
        // Who reads each goes row by row, or is read where it stands in turn.
        bool by_row[static_cast<size_t>(tensors)] = {};
        for (int tensor = 0; tensor < tensors; ++tensor) by_row[tensor] = true;
        for (int i = 0; i < Graph::output_count; ++i) by_row[Graph::output(i)] = false;
        for (int i = 0; i < Graph::variable_count; ++i) by_row[Graph::assigned(i)] = false;
        for (int node = Graph::node_count - 1; node >= 0; --node) {
            const graph::NodeFacts& facts = Graph::nodes()[node];
            const graph::TensorFacts& out = Graph::tensors()[node + 1];
            if (facts.view) {
                const graph::TensorFacts& in = Graph::tensors()[read(node)];
                found.same_rows[node + 1] = in.rows == out.rows && in.row_bytes == out.row_bytes;
            }
            const bool passes_on =
                (may_stand[node] || found.same_rows[node + 1]) && by_row[node + 1];
            for (int i = 0; i < facts.operand_count; ++i) {
                const graph::OperandFacts& operand = Graph::operands()[facts.first_operand + i];
                const bool row_by_row = !facts.view && operand.window.stride != 0;
                if (!row_by_row && !passes_on) by_row[operand.tensor] = false;
            }
        }
        // From what is kept, side by side or in parts.
        bool kept[static_cast<size_t>(tensors)] = {};
        bool parts[static_cast<size_t>(tensors)] = {};
        for (int node = 0; node < Graph::node_count; ++node) {
            const graph::NodeFacts& facts = Graph::nodes()[node];
            const int tensor = node + 1;
            if (facts.lasting) {
                kept[tensor] = true;
            } else if (facts.operand_count == 1 && kept[read(node)]) {
                found.stands[tensor] = may_stand[node] && by_row[tensor];
                parts[tensor] = found.stands[tensor] || parts[read(node)];
                kept[tensor] = found.stands[tensor] ||
                               (facts.view && (found.same_rows[tensor] || !parts[read(node)]));
            }
        }
        return found;
    }

   public:
    static constexpr Result value = find();
};

/// The pass: a change as Rewritten takes it.
template <class WrittenType, class Arch>
struct Stand {
    using Written = WrittenType;

   private:
    using Graph = graph::Bound<Written, Arch>;

    template <bool Lasting, class Unused = void>
    struct Find {
        static constexpr bool stands(int tensor) { return FindSlices<Graph>::value.stands[tensor]; }
    };
    template <class Unused>
    struct Find<false, Unused> {
        static constexpr bool stands(int) { return false; }
    };
    using Found = Find<Graph::lasting>;

    static constexpr bool find_any() {
        bool any = false;
        for (int tensor = 0; tensor <= Graph::node_count; ++tensor)
            any = any || Found::stands(tensor);
        return any;
    }

    template <class NodeType, bool Stands>
    struct Made {
        using type = NodeType;
    };
    template <class Layer, int Id>
    struct Made<Node<Layer, Id>, true> {
        using On = typename Layer::template On<Arch, typename Graph::template TensorType<Id>>;
        using type = Node<typename On::Standing, Id>;
    };

   public:
    static constexpr bool changes = find_any();

    static constexpr auto stands() {
        detail::array<int, Graph::node_count + 1> result{};
        for (int tensor = 0; tensor <= Graph::node_count; ++tensor) result[tensor] = tensor;
        return result;
    }
    template <int Index>
    using NodeAt =
        typename Made<typename Written::template NodeAt<Index>, Found::stands(Index + 1)>::type;
};

}  // namespace pass
}  // namespace mote
