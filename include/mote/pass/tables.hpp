// Layers that go element by element from one map to another become one table.
//
// Each tensor that some earlier one decides, element by element and alone, can be looked up in a
// table of 256 bytes: f(x), f(g(x)), x * f(x) alike. A tensor that somebody else reads, or that is
// an output, is kept, and what follows is looked up from there.
#pragma once

#include <stddef.h>

#include "../layer/lookup.hpp"
#include "called.hpp"
#include "hints.hpp"
#include "rewritten.hpp"

namespace mote {
namespace pass {

/// Which tensors decide which, element by element.
template <int Tensors>
struct Regions {
    /// The nearest tensor that alone decides each; -1: there is none.
    int above[static_cast<size_t>(Tensors)];
    bool kept[static_cast<size_t>(Tensors)];
    /// Whether the layer that computes each has that tensor as its one operand.
    bool reads_it[static_cast<size_t>(Tensors)];

    /// Whether a tensor is looked up in a table of several layers, or of one that reads its operand
    /// twice.
    constexpr bool looks(int tensor) const {
        return above[tensor] >= 0 && kept[tensor] && !(kept[above[tensor]] && reads_it[tensor]);
    }
    constexpr bool any_looks() const {
        bool found = false;
        for (int tensor = 0; tensor < Tensors; ++tensor) found = found || looks(tensor);
        return found;
    }
    /// The nearest tensor that is kept and decides `tensor`.
    constexpr int base(int tensor) const {
        int found = above[tensor];
        while (!kept[found]) found = above[found];
        return found;
    }
    /// The nearest tensor that decides two; -1: there is none.
    constexpr int common(int one, int other) const {
        while (one != other && one >= 0 && other >= 0) {
            if (one > other)
                one = above[one];
            else
                other = above[other];
        }
        return one == other ? one : -1;
    }
};

template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct FindRegions;
template <class Graph, int... Indices>
struct FindRegions<Graph, detail::sequence<Indices...>> {
   private:
    static constexpr int tensors = Graph::node_count + 1;
    using Result = Regions<tensors>;

    template <int Index>
    using NodeType = typename Graph::template NodeType<Index>;
    template <int Tensor>
    static constexpr bool has_bytes =
        detail::is_same<typename Graph::template TensorType<Tensor>::Element, int8_t>::value;

    template <int Node, int... Ids>
    static constexpr void relate(Result& found, detail::sequence<Ids...>) {
        found.above[Node + 1] = -1;
        if constexpr (NodeType<Node>::On::elementwise) {
            if (!detail::all({has_bytes<Node + 1>, has_bytes<Ids>...})) return;
            const int read[] = {Ids...};
            int above = read[0];
            for (const int tensor : read) above = found.common(above, tensor);
            found.above[Node + 1] = above;
            found.reads_it[Node + 1] = sizeof...(Ids) == 1;
        }
    }
    template <int... Ids>
    static constexpr void keep_inputs(Result& found, int node, detail::sequence<Ids...>) {
        if (found.above[node + 1] < 0) detail::in_turn({true, (found.kept[Ids] = true)...});
    }
    static constexpr Result find() {
        Result found{};
        found.above[0] = -1;
        detail::in_turn({(relate<Indices>(found, typename NodeType<Indices>::Inputs{}), true)...});
        for (int tensor = 0; tensor < tensors; ++tensor)
            found.kept[tensor] = found.above[tensor] < 0;
        for (int i = 0; i < Graph::output_count; ++i) found.kept[Graph::output(i)] = true;
        for (int i = 0; i < Graph::variable_count; ++i) found.kept[Graph::assigned(i)] = true;
        detail::in_turn(
            {(keep_inputs(found, Indices, typename NodeType<Indices>::Inputs{}), true)...});
        return found;
    }

   public:
    static constexpr Result value = find();
};

/// What tensor `Tensor` is for each value of tensor `Base`, which decides it.
template <class Graph, int Tensor, int Base>
struct Composed {
   private:
    using Node = typename Graph::template NodeType<Tensor - 1>;
    using Values = kernel::LookupTable;

    template <int... Ids>
    static constexpr Values compose(detail::sequence<Ids...>) {
        Values made{};
        for (int i = 0; i < 256; ++i)
            made.values[i] = Node::On::value(Composed<Graph, Ids, Base>::at(i)...);
        return made;
    }

   public:
    static inline constexpr Values table MOTE_FLASH = compose(typename Node::Inputs{});
    static constexpr int8_t at(int index) { return table.values[index]; }
};
template <class Graph, int Base>
struct Composed<Graph, Base, Base> {
    static constexpr int8_t at(int index) { return static_cast<int8_t>(index - 128); }
};

/// What leads from a tensor to another, as a layer.
template <class From, class Values, class Name>
struct Fused {
    static MOTE_INLINE constexpr const char* name() { return Name::get(); }

    template <class Arch, class Input>
    using On = LookedUp<Arch, Input, From, Values>;
};

/// The pass, on `Written` with the layers of `Arch`: a change as Rewritten takes it.
template <class WrittenType, class Arch>
struct Tables {
    using Written = WrittenType;

   private:
    using Graph = graph::Bound<Written, Arch>;
    using Found = FindRegions<Graph>;

    /// Nodes that stay as they are.
    template <int Index, bool Looks, class Unused = void>
    struct Made {
        using type = typename Written::template NodeAt<Index>;
    };
    template <int Index, class Unused>
    struct Made<Index, true, Unused> {
        static constexpr int tensor = Index + 1;
        static constexpr int base = Found::value.base(tensor);
        using type =
            Node<Fused<typename Graph::template TensorType<tensor>, Composed<Graph, tensor, base>,
                       Joined<NamesBetween<Graph, tensor, base>>>,
                 base>;
    };

   public:
    static constexpr bool find_changes() { return Found::value.any_looks(); }
    static constexpr bool changes = Changes<Tables, Hints<Graph>::elementwise>::value;

    static constexpr auto stands() {
        detail::array<int, Graph::node_count + 1> result{};
        for (int tensor = 0; tensor <= Graph::node_count; ++tensor)
            result[tensor] = Found::value.kept[tensor] ? tensor : -1;
        return result;
    }
    template <int Index>
    using NodeAt = typename Made<Index, Found::value.looks(Index + 1)>::type;
};

}  // namespace pass
}  // namespace mote
