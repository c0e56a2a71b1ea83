// The canonical form of every network: layers and the tensors between them. Written down it knows
// no CPU; bound to one it knows what its layers are made of.
//
// Tensor 0 is the first input, tensor n + 1 the output of node n. The first nodes may compute
// nothing: they stand for further inputs, then for variables. The last node's output is the
// graph's, unless it names others.
#pragma once

#include "../arch.hpp"
#include "../border.hpp"
#include "../detail/array.hpp"
#include "../detail/fold.hpp"
#include "../detail/meta.hpp"
#include "../rows.hpp"

namespace mote {

/// `Layer` on the tensors `Inputs`.
template <class Layer, int... Inputs>
struct Node {};

/// A further input of a graph. Such nodes come before all others.
template <class TensorType>
struct Given {};

/// What a graph reads as the last inference left it; `Initial` says what the first one finds: see
/// layer/initial.hpp. Such nodes come behind the further inputs.
template <class TensorType, class Initial>
struct Variable {};

namespace graph {

/// How many nodes a graph has, and how many tensors they read in all.
template <int Nodes, int Operands>
struct Size {
    static constexpr int nodes = Nodes;
    static constexpr int operands = Operands;
    static constexpr int tensors = Nodes + 1;
};

/// A tensor that a node reads, and which of its rows.
struct OperandFacts {
    int tensor;
    RowWindow window;
};

/// What the planner wants to know of a node; it knows no layer by name.
struct NodeFacts {
    /// Its operands, in the list of all.
    int first_operand;
    int operand_count;
    /// It computes nothing: its tensor is there before the first node computes.
    bool given;
    bool in_place;
    bool view;
    /// Its tensor is kept from one inference to the next.
    bool lasting;
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
    /// The tensors that are its outputs.
    using Outputs = detail::sequence<node_count>;
    /// For each variable the tensor whose values it takes when all is over: maybe its own.
    using Assigned = detail::sequence<>;
    /// What is taken for input `Index`, and given for output `Index`: see border.hpp.
    template <int Index>
    using InputBorder = border::Same;
    template <int Index>
    using OutputBorder = border::Same;

    /// Index of a tensor in the file the graph came from; -1 when it came from none.
    static constexpr int file_tensor(int) { return -1; }
};

namespace graph {

/// The rows that a layer reads of operand `index`: its `windows` say it for each, or its `window`
/// for all.
template <class On>
constexpr auto window_of(int index, int) -> decltype(RowWindow(On::windows[0])) {
    return On::windows[index];
}
template <class On>
constexpr RowWindow window_of(int, ...) {
    return On::window;
}

/// The place of a view's rows, from the place of the rows that it is a view of.
template <class On, class Input>
constexpr RowPlace viewed(RowPlace from) {
    if constexpr (On::standing)
        return {from.begin + On::first_row * from.step + On::offset, On::row_step * from.step};
    else if (from.step == Input::Shape::row_size)
        return {from.begin, On::Output::Shape::row_size};
    else  // Only what has the same rows is a view of these.
        return from;
}

/// What stands in the place of a layer for a tensor that is given.
template <class TensorType>
struct NoLayer : Rowwise {
    static constexpr const char* name() { return "Input"; }
    using Output = TensorType;
    static constexpr int32_t macs = 0;
    static constexpr int32_t table_bytes() { return 0; }
};

/// The same for a variable.
template <class TensorType, class Initial>
struct Remembered : NoLayer<TensorType> {
    static constexpr const char* name() { return "Variable"; }
    static constexpr bool lasting = true;

    template <class Out>
    static void begin(Out out) {
        Initial::template write<TensorType, TensorType::size>(out.row(0));
    }
};

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
        static_assert(sizeof...(Ids) > 0, "Graph: a layer reads at least one tensor");
        using Layer = LayerType;
        using On = typename Layer::template On<Arch, typename TensorAt<Ids>::type...>;
        using Inputs = detail::sequence<Ids...>;
        static constexpr bool is_given = false;
        static constexpr bool is_variable = false;
        static constexpr bool is_view = On::view;
        static constexpr int operands = sizeof...(Ids);

        static constexpr void add(OperandFacts* list) {
            const int ids[] = {Ids...};
            for (int i = 0; i < operands; ++i) list[i] = {ids[i], window_of<On>(i, 0)};
        }
        static constexpr NodeFacts facts(int first_operand) {
            return {first_operand, operands,    false,           On::in_place,
                    is_view,       On::lasting, On::accumulates, On::state_bytes};
        }
    };
    template <class LayerType>
    struct Source {
        using Layer = LayerType;
        using On = Layer;
        using Inputs = detail::sequence<>;
        static constexpr bool is_given = true;
        static constexpr bool is_variable = On::lasting;
        static constexpr bool is_view = false;
        static constexpr int operands = 0;

        static constexpr void add(OperandFacts*) {}
        static constexpr NodeFacts facts(int first_operand) {
            return {first_operand, 0, true, false, false, On::lasting, false, 0};
        }
    };
    template <class TensorType>
    struct Bind<Given<TensorType>> : Source<NoLayer<TensorType>> {};
    template <class TensorType, class Initial>
    struct Bind<Variable<TensorType, Initial>> : Source<Remembered<TensorType, Initial>> {};

    template <class Indices>
    struct Facts;
    template <int... Indices>
    struct Facts<detail::sequence<Indices...>> {
        static constexpr int operands = detail::sum({int32_t{Bind<NodeAt<Indices>>::operands}...});
        using NodeList = detail::array<NodeFacts, node_count>;
        using OperandList = detail::array<OperandFacts, operands>;

        static constexpr NodeList list_nodes() {
            NodeList list{};
            int first = 0;
            detail::in_turn({(list[Indices] = Bind<NodeAt<Indices>>::facts(first),
                              first += Bind<NodeAt<Indices>>::operands, true)...});
            return list;
        }
        static constexpr OperandList list_operands() {
            OperandList list{};
            int first = 0;
            detail::in_turn({(Bind<NodeAt<Indices>>::add(list.values + first),
                              first += Bind<NodeAt<Indices>>::operands, true)...});
            return list;
        }
        static inline constexpr NodeList nodes = list_nodes();
        static inline constexpr OperandList operand_list = list_operands();
        static inline constexpr detail::array<TensorFacts, tensor_count> tensors{
            {{Input::bytes, Input::Shape::height, Input::row_bytes},
             {TensorAt<Indices + 1>::type::bytes, TensorAt<Indices + 1>::type::Shape::height,
              TensorAt<Indices + 1>::type::row_bytes}...}};

        static constexpr int given = detail::sum({int32_t{Bind<NodeAt<Indices>>::is_given}...});
        static constexpr int variables =
            detail::sum({int32_t{Bind<NodeAt<Indices>>::is_variable}...});
        static constexpr bool lasting =
            detail::sum({int32_t{Bind<NodeAt<Indices>>::On::lasting}...}) > 0;

        static constexpr int32_t macs() {
            return detail::sum({int32_t{Bind<NodeAt<Indices>>::On::macs}...});
        }
    };
    using All = Facts<detail::make_sequence_t<node_count>>;

    template <int... Tensors>
    static constexpr int tensor_at(int index, detail::sequence<Tensors...>) {
        const int tensors[] = {Tensors..., -1};
        return tensors[index];
    }
    /// Where the rows of a tensor are in the memory of the computed one behind it.
    template <int Index, class Node>
    struct PlaceOf {
        static constexpr RowPlace value{0, TensorAt<Index>::type::Shape::row_size};
    };
    template <int Index, class LayerType, int Id>
    struct PlaceOf<Index, Node<LayerType, Id>> {
       private:
        using On = typename Bind<Node<LayerType, Id>>::On;
        static constexpr RowPlace find() {
            if constexpr (!On::view)
                return {0, On::Output::Shape::row_size};
            else
                return viewed<On, typename TensorAt<Id>::type>(PlaceAt<Id>::value);
        }

       public:
        static constexpr RowPlace value = find();
    };
    template <int Index, class Unused = void>
    struct PlaceAt : PlaceOf<Index, NodeAt<Index - 1>> {};
    template <class Unused>
    struct PlaceAt<0, Unused> : PlaceOf<0, void> {};

    template <class Outputs>
    struct First;
    template <int Index, int... Rest>
    struct First<detail::sequence<Index, Rest...>> : TensorAt<Index> {};

   public:
    using Size = graph::Size<node_count, All::operands>;

    /// Where the rows of a tensor are in the memory of the computed one that it is a view of.
    template <int Index>
    static constexpr RowPlace place_of() {
        return PlaceAt<Index>::value;
    }

    /// Type of tensor `Index`.
    template <int Index>
    using TensorType = typename TensorAt<Index>::type;

    /// Node `Index`: Layer, On (the layer on its inputs), Inputs (their tensors' indices).
    template <int Index>
    using NodeType = Bind<NodeAt<Index>>;

    static constexpr const auto& nodes() { return All::nodes; }
    static constexpr const auto& operands() { return All::operand_list; }
    static constexpr const auto& tensors() { return All::tensors; }

    /// The tensors that are its outputs, and how many inputs it has.
    static constexpr int output_count = Written::Outputs::size;
    static constexpr int output(int index) { return tensor_at(index, typename Written::Outputs{}); }
    static constexpr int input_count = All::given - All::variables + 1;
    /// The nodes, the first ones, that compute nothing: further inputs and variables.
    static constexpr int given_count = All::given;
    /// Variables: the tensor of each, and the one whose values it takes when all is over.
    static constexpr int variable_count = All::variables;
    static_assert(variable_count == Written::Assigned::size,
                  "Graph: Assigned names a tensor for each variable");
    static constexpr int variable(int index) { return input_count + index; }
    static constexpr int assigned(int index) {
        return tensor_at(index, typename Written::Assigned{});
    }
    /// Whether something is kept from one inference to the next.
    static constexpr bool lasting = All::lasting;
    template <int Index>
    using InputBorder = typename Written::template InputBorder<Index>;
    template <int Index>
    using OutputBorder = typename Written::template OutputBorder<Index>;
    using Output = typename First<typename Written::Outputs>::type;

    /// The tensor that `tensor` is a view of.
    static constexpr int computed(int tensor) {
        const auto& facts = nodes();
        while (tensor > 0 && facts[tensor - 1].view)
            tensor = operands()[facts[tensor - 1].first_operand].tensor;
        return tensor;
    }
    /// The tensor whose shape the input's rows have: the view that alone reads it, or itself.
    static constexpr int input_shape() {
        const auto& facts = nodes();
        int readers = 0;
        int view = 0;
        for (int node = 0; node < node_count; ++node) {
            for (int i = 0; i < facts[node].operand_count; ++i) {
                const bool reads = operands()[facts[node].first_operand + i].tensor == 0;
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
