// The canonical form of every network: layers and the tensors between them. Written down it knows
// no CPU; bound to one it knows what its layers are made of.
//
// Tensor 0 is the input, tensor n + 1 the output of node n; the last node's output is the graph's.
#pragma once

#include "../arch.hpp"
#include "../detail/array.hpp"
#include "../detail/fold.hpp"
#include "../detail/meta.hpp"
#include "../rows.hpp"

namespace mote {

/// `Layer` on the tensors `Inputs`.
template <class Layer, int... Inputs>
struct Node {};

namespace graph {

/// What the planner wants to know of a node; it knows no layer by name.
struct NodeFacts {
    int inputs[4];
    int input_count;
    RowWindow window;
    bool in_place;
    bool view;
    /// The layer can add up input rows as they arrive, in `state_bytes`.
    bool accumulates;
    int32_t state_bytes;
};

/// What the planner wants to know of a tensor.
struct TensorFacts {
    int32_t bytes;
    int rows;
    int row_bytes;
};

}  // namespace graph

template <class InputTensor, class... Nodes>
struct Graph {
    static_assert(sizeof...(Nodes) > 0, "Graph: a network needs at least one layer");
    static constexpr int node_count = sizeof...(Nodes);

    using Input = InputTensor;
    template <int Index>
    using NodeAt = detail::element<Index, Nodes...>;

    /// Index of a tensor in the file the graph came from; -1 when it came from none.
    static constexpr int file_tensor(int) { return -1; }
};

namespace graph {

/// A graph whose layers are computed by the kernels of a CPU.
template <class Written, class ArchType = arch::best>
struct Bound {
    using Arch = ArchType;
    static constexpr int node_count = Written::node_count;
    static constexpr int tensor_count = node_count + 1;
    using Input = typename Written::Input;
    template <int Index>
    using NodeAt = typename Written::template NodeAt<Index>;

   private:
    template <class Node>
    struct Bind;

    template <int Index, class Unused = void>
    struct TensorAt {
        using type = typename Bind<NodeAt<Index - 1>>::On::Output;
    };
    template <class Unused>
    struct TensorAt<0, Unused> {
        using type = Input;
    };

    template <class LayerType, int... Ids>
    struct Bind<Node<LayerType, Ids...>> {
        using Layer = LayerType;
        using On = typename Layer::template On<Arch, typename TensorAt<Ids>::type...>;
        using Inputs = detail::sequence<Ids...>;
        static constexpr bool is_view = On::view;

        static constexpr NodeFacts facts() {
            static_assert(sizeof...(Ids) <= 2,
                          "Graph: a layer reads more than two tensors; join them in pairs");
            return {{Ids...}, sizeof...(Ids),  On::window,     On::in_place,
                    is_view,  On::accumulates, On::state_bytes};
        }
    };

    template <class Indices>
    struct Facts;
    template <int... Indices>
    struct Facts<detail::sequence<Indices...>> {
        static inline constexpr detail::array<NodeFacts, node_count> nodes{
            {Bind<NodeAt<Indices>>::facts()...}};
        static inline constexpr detail::array<TensorFacts, tensor_count> tensors{
            {{Input::bytes, Input::Shape::height, Input::row_bytes},
             {TensorAt<Indices + 1>::type::bytes, TensorAt<Indices + 1>::type::Shape::height,
              TensorAt<Indices + 1>::type::row_bytes}...}};

        static constexpr int32_t macs() {
            return detail::sum({int32_t{Bind<NodeAt<Indices>>::On::macs}...});
        }
    };
    using All = Facts<detail::make_sequence_t<node_count>>;

   public:
    using Output = typename TensorAt<node_count>::type;

    /// Type of tensor `Index`.
    template <int Index>
    using TensorType = typename TensorAt<Index>::type;

    /// Node `Index`: Layer, On (the layer on its inputs), Inputs (their tensors' indices).
    template <int Index>
    using NodeType = Bind<NodeAt<Index>>;

    static constexpr const auto& nodes() { return All::nodes; }
    static constexpr const auto& tensors() { return All::tensors; }

    /// The tensor that `tensor` is a view of.
    static constexpr int computed(int tensor) {
        const auto& facts = nodes();
        while (tensor > 0 && facts[tensor - 1].view) tensor = facts[tensor - 1].inputs[0];
        return tensor;
    }
    /// The tensor whose shape the input's rows have: the view that alone reads it, or itself.
    static constexpr int input_shape() {
        const auto& facts = nodes();
        int readers = 0;
        int view = 0;
        for (int node = 0; node < node_count; ++node) {
            for (int i = 0; i < facts[node].input_count; ++i) {
                const bool reads = facts[node].inputs[i] == 0;
                if (reads) ++readers;
                if (reads && facts[node].view) view = node + 1;
            }
        }
        return readers == 1 ? view : 0;
    }

    /// Index of a tensor in the file the graph came from; -1 when it came from none.
    static constexpr int file_tensor(int tensor) { return Written::file_tensor(tensor); }

    static constexpr int32_t macs() { return All::macs(); }
};

/// `Written` bound to `Arch`, whatever it was bound to before.
template <class Written, class Arch>
struct Rebind {
    using type = Bound<Written, Arch>;
};
template <class Written, class Before, class Arch>
struct Rebind<Bound<Written, Before>, Arch> {
    using type = Bound<Written, Arch>;
};

}  // namespace graph
}  // namespace mote
