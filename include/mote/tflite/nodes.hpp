// From the operators of a file to the nodes of a graph.
#pragma once

#include <stddef.h>

#include "../detail/fold.hpp"
#include "../graph/graph.hpp"
#include "input_output.hpp"
#include "op.hpp"

namespace mote {
namespace tflite {

/// The operator of this code in a list.
template <Builtin Code, class Operators>
struct Find;
template <Builtin Code, class First, class... Rest>
struct Find<Code, detail::list<First, Rest...>>
    : detail::conditional_t<First::code == Code, detail::identity<First>,
                            Find<Code, detail::list<Rest...>>> {};

/// What becomes of an operator: which of its inputs it sees in another shape than the file gives,
/// which are constants or what it keeps itself, which of its results lead to an output, and which
/// of these come out in another shape than the file's. A bit each; none of an operator that is left
/// out.
struct Use {
    uint32_t views;
    uint32_t constants;
    uint32_t results;
    uint32_t turned;
};
constexpr int most_bits = 32;
constexpr int ones(uint32_t bits) {
    int count = 0;
    for (; bits != 0; bits &= bits - 1) ++count;
    return count;
}
constexpr bool has_bit(uint32_t bits, int index) {
    return index < most_bits && (bits >> index & 1) != 0;
}

template <class Source, int Index, bool Layer = Source::template Operation<Index>::is_layer>
struct UseOf {
    using Operator = typename Find<Source::template Operation<Index>::info.code, Operators>::type;

    static constexpr int maps =
        detail::smaller(Operator::maps, Source::template Operation<Index>::info.input_count);

    static constexpr Use find() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
        Use found{};
        for (int i = 0; i < maps && i < most_bits; ++i) {
            const TensorInfo in = at.input(i);
            const bool delayed = i == 0 && Source::variables.delay(Index) >= 0;
            if (i < Operator::first_map || in.data.length != 0 || delayed)
                found.constants |= uint32_t{1} << i;
            else if (!(in.extents() == Operator::sees(at, i)))
                found.views |= uint32_t{1} << i;
        }
        for (int i = 0; i < at.operation.output_count && i < most_bits; ++i)
            if (Source::needed.has(
                    copy.index_at(at.operation.all_outputs, static_cast<uint32_t>(i))))
                found.results |= uint32_t{1} << i;
        if constexpr (Operator::turns)
            if (found.results != 0 && !(Operator::makes(at) == at.output().extents()))
                found.turned = 1;
        return found;
    }
    static constexpr Use use = find();
    static constexpr int nodes = ones(use.views) + ones(use.results) + ones(use.turned);
};
template <class Source, int Index>
struct UseOf<Source, Index, false> {
    static constexpr int maps = 0;
    static constexpr Use use{0, 0, 0, 0};
    static constexpr int nodes = 0;
};

/// Where a node of the graph is from: one of the model's inputs, a variable, a view that an
/// operator has of one of its inputs, what it computes as one of its results, or that result in the
/// file's shape. `number`: of that.
enum class NodeKind : int { input, variable, view, result, turned };
struct Origin {
    NodeKind kind;
    int operation;
    int number;
};

/// The graph's nodes: further inputs, variables, then the operators in their order, views before
/// their reader.
template <int OperatorCount, int NodeCount>
struct NodeTable {
    Origin origins[static_cast<size_t>(NodeCount)];
    int node_of[static_cast<size_t>(OperatorCount)];
    int count;

    constexpr void add_given(NodeKind kind, int number) { origins[count++] = {kind, -1, number}; }
    constexpr void add(int operation, const Use& use) {
        add(NodeKind::view, operation, use.views);
        node_of[operation] = count;
        add(NodeKind::result, operation, use.results);
        add(NodeKind::turned, operation, use.turned);
    }
    constexpr void add(NodeKind kind, int operation, uint32_t numbers) {
        for (int i = 0; i < most_bits; ++i)
            if (has_bit(numbers, i)) origins[count++] = {kind, operation, i};
    }
    /// The node that gives `operation` its input `operand` as a view; -1: none.
    constexpr int view(int operation, int operand) const {
        for (int node = node_of[operation] - 1; node >= 0 && origins[node].operation == operation;
             --node)
            if (origins[node].number == operand) return node;
        return -1;
    }
    /// The node that computes result `result` of `operation`, and the one that has it in the file's
    /// shape.
    constexpr int computed(int operation, int result) const {
        int node = node_of[operation];
        while (origins[node].number != result) ++node;
        return node;
    }
    constexpr int result(int operation, int result) const {
        const int node = computed(operation, result);
        const bool turned = node + 1 < count && origins[node + 1].kind == NodeKind::turned;
        return turned ? node + 1 : node;
    }
};

template <class Source, class Indices>
struct Nodes;
template <class Source, int... Indices>
struct Nodes<Source, detail::sequence<Indices...>> {
    static constexpr int operator_count = static_cast<int>(sizeof...(Indices));
    static constexpr int inputs = static_cast<int>(Source::opened.inputs.length);
    static constexpr int outputs = static_cast<int>(Source::opened.outputs.length);
    static constexpr int variables = Source::variables.kept();
    static constexpr int count =
        inputs - 1 + variables + detail::sum({int32_t{UseOf<Source, Indices>::nodes}...});

    static constexpr NodeTable<operator_count, count> make() {
        NodeTable<operator_count, count> made{};
        const Use uses[] = {UseOf<Source, Indices>::use...};
        for (int input = 1; input < inputs; ++input) made.add_given(NodeKind::input, input);
        for (int i = 0; i < variables; ++i)
            made.add_given(NodeKind::variable, Source::variables.at(i));
        for (int index = 0; index < operator_count; ++index) made.add(index, uses[index]);
        return made;
    }
    static constexpr NodeTable<operator_count, count> table = make();

    /// The graph's tensor that is the file's tensor `index`, as operators before `end` leave it.
    static constexpr int tensor(Model& model, int index, int end) {
        const int producer = model.producer(index, end);
        if (variables > 0 && producer >= 0) {
            const OperatorInfo operation = model.operation(producer);
            if (operation.code == Builtin::READ_VARIABLE) return held(model, operation, producer);
        }
        if (producer < 0) return model.input_number(index);
        const int input = Source::borders.input_of(producer);
        if (input >= 0) return input;
        return table.result(producer, model.result_number(model.operation(producer), index)) + 1;
    }
    /// The graph's tensor that a variable holds before operator `end`, which reads it.
    static constexpr int held(Model& model, const OperatorInfo& read, int end) {
        Variables list = Source::variables;
        return held(model, tflite::variables::behind(model, read.inputs[0], list), end);
    }
    static constexpr int held(Model& model, int variable, int end) {
        const int assigns = assigner(model, Source::variables, variable, end);
        if (assigns < 0) return inputs + Source::variables.position(variable);
        return tensor(model, model.operand(model.operation(assigns), 1), assigns);
    }
    /// The graph's tensor that variable `position` of the graph takes its new values from.
    static constexpr int assigned(int position) {
        Model copy = Source::model;
        return held(copy, Source::variables.at(position), operator_count);
    }
    /// The graph's tensor that is input `operand` of an operator, as the file has it.
    static constexpr int tensor(int operation, int operand) {
        Model copy = Source::model;
        return tensor(copy, copy.operand(copy.operation(operation), operand), operation);
    }
    /// The same as the operator sees it.
    static constexpr int seen(int operation, int operand) {
        const int view = table.view(operation, operand);
        return view < 0 ? tensor(operation, operand) : view + 1;
    }
    static constexpr int output(int number) {
        Model copy = Source::model;
        const int border = Source::borders.out[number];
        return border < 0 ? tensor(copy, copy.output(number), operator_count)
                          : tensor(copy, copy.operation(border).inputs[0], border);
    }
};

/// The positions of an operator's inputs that are tensors of the graph.
template <uint32_t Constants, int Maps>
struct Positions {
    struct List {
        int at[static_cast<size_t>(Maps + 1)];
    };
    static constexpr int count = Maps - ones(Constants);
    static constexpr List list() {
        List found{};
        int next = 0;
        for (int i = 0; i < Maps; ++i)
            if (!has_bit(Constants, i)) found.at[next++] = i;
        return found;
    }
    static constexpr int at(int index) { return list().at[index]; }
};

/// A layer for `Batch` maps below each other.
template <int Batch, class Layer>
struct OfBatch {
    using type = TimeDistributed<Batch, Layer>;
};
template <class Layer>
struct OfBatch<1, Layer> {
    using type = Layer;
};

/// What variable `Number` of the file holds, and what it begins with.
template <class Source, int Number>
struct InitialOf {
    static constexpr Variable variable = Source::variables.all[Number];
    using Map = typename MapOf<Source, variable.read>::type;

    template <bool Constant, class Unused = void>
    struct Find {
        using type = RealZero;
    };
    template <class Unused>
    struct Find<true, Unused> {
        using type = InitialValues<Find>;
        static constexpr int32_t size = Map::size;
        static constexpr int8_t at(int32_t index) {
            return static_cast<int8_t>(
                Source::data()[variable.initial.at + static_cast<uint32_t>(index)]);
        }
    };
    using type = typename Find<(variable.initial.length > 0)>::type;
};

/// The layer of an operator's result: `Layer` of its import, `Result<number>` of one that has
/// several, or a delay line.
enum class LayerKind : int { only, several, delay };
template <class Operator, class Source, int Index, int Result, LayerKind Kind>
struct LayerOf {
    static constexpr int batch =
        Operator::slides
            ? Source::template Tensor<
                  Source::template Operation<Index>::info.inputs[Operator::first_map]>::info.batch()
            : 1;
    using type =
        typename OfBatch<batch, typename Operator::template Import<Source, Index>::Layer>::type;
};
template <class Operator, class Source, int Index, int Result>
struct LayerOf<Operator, Source, Index, Result, LayerKind::several> {
    using type = typename Operator::template Import<Source, Index>::template Result<Result>;
};
template <class Operator, class Source, int Index, int Result>
struct LayerOf<Operator, Source, Index, Result, LayerKind::delay> {
    using Of = InitialOf<Source, Source::variables.delay(Index)>;
    using type = Delay<Of::Map::Shape::height, typename Of::type>;
};

/// Node `Index` of the graph.
template <class Source, class Nodes, int Index, NodeKind Kind = Nodes::table.origins[Index].kind>
struct NodeOf {
   private:
    static constexpr Origin origin = Nodes::table.origins[Index];
    static constexpr int operation = origin.operation;
    using Operator =
        typename Find<Source::template Operation<operation>::info.code, Operators>::type;
    using Of = UseOf<Source, operation>;
    using Maps = Positions<Of::use.constants, Of::maps>;

    template <class Layer, class Indices>
    struct Make;
    template <class Layer, int... Indices>
    struct Make<Layer, detail::sequence<Indices...>> {
        using type = Node<Layer, Nodes::seen(operation, Maps::at(Indices))...>;
    };
    static constexpr LayerKind kind = Source::variables.delay(operation) >= 0 ? LayerKind::delay
                                      : Operator::most_outputs > 1            ? LayerKind::several
                                                                              : LayerKind::only;

   public:
    using type =
        typename Make<typename LayerOf<Operator, Source, operation, origin.number, kind>::type,
                      detail::make_sequence_t<Maps::count>>::type;
};
template <class Source, class Nodes, int Index>
struct NodeOf<Source, Nodes, Index, NodeKind::view> {
   private:
    static constexpr Origin origin = Nodes::table.origins[Index];
    using Operator =
        typename Find<Source::template Operation<origin.operation>::info.code, Operators>::type;

    static constexpr Extents find() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(origin.operation), Fault::none, 0, 0};
        return Operator::sees(at, origin.number);
    }
    static constexpr Extents seen = find();

   public:
    using type = Node<Reshape<ShapeOf<seen.height, seen.width, seen.channels>>,
                      Nodes::tensor(origin.operation, origin.number)>;
};
template <class Source, class Nodes, int Index>
struct NodeOf<Source, Nodes, Index, NodeKind::turned> {
   private:
    static constexpr Origin origin = Nodes::table.origins[Index];
    static constexpr int tensor = Source::template Operation<origin.operation>::info.output;

   public:
    using type = Node<Reshape<typename MapOf<Source, tensor>::Shape>,
                      Nodes::table.computed(origin.operation, origin.number) + 1>;
};
/// A further input of the model.
template <class Source, class Nodes, int Index>
struct NodeOf<Source, Nodes, Index, NodeKind::input> {
    using type = Given<typename InputOf<Source, Nodes::table.origins[Index].number>::type>;
};
/// A variable of the model.
template <class Source, class Nodes, int Index>
struct NodeOf<Source, Nodes, Index, NodeKind::variable> {
   private:
    using Of = InitialOf<Source, Nodes::table.origins[Index].number>;

   public:
    using type = mote::Variable<typename Of::Map, typename Of::type>;
};

}  // namespace tflite
}  // namespace mote
