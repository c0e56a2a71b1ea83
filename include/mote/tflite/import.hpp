// A .tflite file becomes a graph, and the graph a network.
#pragma once

#include <stddef.h>

#include "../detail/fold.hpp"
#include "../network.hpp"
#include "array_size.hpp"
#include "refused.hpp"
#include "verify.hpp"

namespace mote {
namespace tflite {

/// The file as a type; its parts are constants, each evaluated by itself.
template <const unsigned char* File>
struct Source {
    static constexpr uint32_t size = array_size::of<File>::value;
    static constexpr const unsigned char* data() { return File; }

    static constexpr Model opened = open(File, size);
    static constexpr int operator_count = opened.operator_count();
    static constexpr int input = Model(opened).input();

    static constexpr Status read_file() {
        Model copy = opened;
        return verify::file(copy);
    }
    static constexpr Status file = read_file();

    /// One sweep over all operators finds what computes each tensor.
    static constexpr int tensors_known =
        file.ok() && opened.tensor_count() <= most_tensors ? opened.tensor_count() : 0;
    static constexpr auto find_producers() {
        detail::array<int16_t, tensors_known> first{};
        Model copy = opened;
        for (int index = 0; tensors_known > 0 && index < operator_count; ++index) {
            const flatbuffer::Vector out = copy.operands(index, slot::operation::outputs);
            for (uint32_t k = 0; k < out.length; ++k) {
                const int tensor = copy.index_at(out, k);
                if (copy.has_tensor(tensor) && first[tensor] == 0)
                    first[tensor] = static_cast<int16_t>(index + 1);
            }
        }
        return first;
    }
    static constexpr detail::array<int16_t, tensors_known> producers = find_producers();

    static constexpr Model remember_producers() {
        Model copy = opened;
        copy.first_producers = producers.values;
        copy.knows_producers = tensors_known > 0;
        return copy;
    }
    static constexpr Model model = remember_producers();

    static constexpr TensorSet find_needed() {
        Model copy = model;
        return file.ok() ? verify::needed(copy) : TensorSet{};
    }
    static constexpr TensorSet needed = find_needed();

    static constexpr Borders find_borders() {
        Model copy = model;
        return tflite::find_borders(copy);
    }
    static constexpr Borders borders = find_borders();

    template <int Index>
    struct Tensor {
        static constexpr TensorInfo read() {
            Model copy = model;
            return copy.tensor(Index);
        }
        static constexpr TensorInfo info = read();
    };

    template <int Index>
    struct Operation {
        static constexpr OperatorInfo read() {
            Model copy = model;
            return copy.operation(Index);
        }
        static constexpr OperatorInfo info = read();
        static constexpr bool find_whether_needed() {
            Model copy = model;
            return copy.computes(Index, needed);
        }
        static constexpr bool is_needed = find_whether_needed();
        static constexpr bool is_layer = is_needed && !borders.has(Index);
    };
};

/// What is wrong with operator `Index`; with those that are left out, nothing.
template <class Source, int Index, bool Needed = Source::template Operation<Index>::is_needed>
struct Verified {
    static constexpr Status inspect() {
        Model copy = Source::model;
        return verify::operation(copy, Index, Source::borders);
    }
    static constexpr Status status = inspect();
};
template <class Source, int Index>
struct Verified<Source, Index, false> {
    static constexpr Status status = verify::status_of(Fault::none, 0);
};

/// All that is wrong, each fault once; `times` says with how many operators.
template <int Most>
struct Findings {
    Status faults[static_cast<size_t>(Most)];
    int times[static_cast<size_t>(Most)];
    int count;
    int64_t macs;
    int64_t bytes;

    constexpr void add(const Status& status) {
        macs += status.macs;
        bytes += status.bytes;
        if (status.ok()) return;
        int same = 0;
        while (same < count && !faults[same].like(status)) ++same;
        if (same == count) faults[count++] = status;
        ++times[same];
    }
};

template <class Source, class Indices>
struct Inspected;
template <class Source, int... Indices>
struct Inspected<Source, detail::sequence<Indices...>> {
    using All = Findings<static_cast<int>(sizeof...(Indices)) + verify::rules + 3>;

    static constexpr All inspect() {
        All all{};
        all.add(Source::file);
        if (Source::file.ok()) {
            Model copy = Source::model;
            for (int rule = 0; rule < verify::rules; ++rule)
                all.add(verify::rule(copy, rule, Source::needed, Source::borders));
            // An array, since clang nests a fold only so deep.
            const Status each[] = {verify::status_of(Fault::none, 0),
                                   Verified<Source, Indices>::status...};
            if (Source::needed.damaged)
                all.add(verify::status_of(Fault::truncated, static_cast<long>(Source::size)));
            else
                for (const Status& status : each) all.add(status);
            all.add(verify::costs(all.macs, all.bytes));
        }
        return all;
    }
    static constexpr All findings = inspect();
};

/// What was found, as a type that says what it is.
template <class Source, class All, int Number>
struct Found {
   private:
    static constexpr Status status = All::findings.faults[Number];
    template <class Letters, class Unused = void>
    struct Name;
    template <int... Letters, class Unused>
    struct Name<detail::sequence<Letters...>, Unused> {
        using type = custom<static_cast<char>(Source::data()[status.custom_name.at + Letters])...>;
    };
    static constexpr int letters =
        static_cast<int>(status.custom_name.length < 64 ? status.custom_name.length : 64);
    using Value = detail::conditional_t<
        status.found_type(),
        tflite::type<status.found_type() ? static_cast<Type>(status.found) : Type{}>,
        number<status.found>>;

   public:
    using type =
        typename detail::conditional_t<(letters > 0), Name<detail::make_sequence_t<letters>>,
                                       detail::identity<Value>>::type;
};

/// The sentence of finding `Number`.
template <class Source, class All, int Number,
          bool OfOperator = (All::findings.faults[Number].operation >= 0)>
struct Said
    : refused_file<All::findings.faults[Number].fault, typename Found<Source, All, Number>::type> {
};
template <class Source, class All, int Number>
struct Said<Source, All, Number, true>
    : refused<All::findings.faults[Number].fault, All::findings.faults[Number].operation,
              All::findings.faults[Number].code, typename Found<Source, All, Number>::type,
              times<All::findings.times[Number]>> {};

/// Each is said when this type is completed.
template <class Source, class All, class Numbers>
struct AllSaid;
template <class Source, class All, int... Numbers>
struct AllSaid<Source, All, detail::sequence<Numbers...>> : Said<Source, All, Numbers>... {};

/// The operator of this code in a list.
template <Builtin Code, class Operators>
struct Find;
template <Builtin Code, class First, class... Rest>
struct Find<Code, detail::list<First, Rest...>>
    : detail::conditional_t<First::code == Code, detail::identity<First>,
                            Find<Code, detail::list<Rest...>>> {};

/// What becomes of an operator: which of its inputs it sees in another shape than the file gives,
/// which are constants, and which of its results lead to an output. A bit each; none of an operator
/// that is left out.
struct Use {
    uint32_t views;
    uint32_t constants;
    uint32_t results;
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
            if (i < Operator::first_map || in.data.length != 0)
                found.constants |= uint32_t{1} << i;
            else if (!(in.extents() == Operator::sees(at, i)))
                found.views |= uint32_t{1} << i;
        }
        for (int i = 0; i < at.operation.output_count && i < most_bits; ++i)
            if (Source::needed.has(
                    copy.index_at(at.operation.all_outputs, static_cast<uint32_t>(i))))
                found.results |= uint32_t{1} << i;
        return found;
    }
    static constexpr Use use = find();
    static constexpr int nodes = ones(use.views) + ones(use.results);
};
template <class Source, int Index>
struct UseOf<Source, Index, false> {
    static constexpr int maps = 0;
    static constexpr Use use{0, 0, 0};
    static constexpr int nodes = 0;
};

/// Where a node of the graph is from: the model's input `result`, a view that an operator has of
/// its input `operand`, or its result.
struct Origin {
    int operation;
    int operand;
    int result;

    constexpr bool is_input() const { return operation < 0; }
    constexpr bool is_view() const { return operand >= 0; }
};

/// The graph's nodes: further inputs, then the operators in their order, views before their reader.
template <int OperatorCount, int NodeCount>
struct NodeTable {
    Origin origins[static_cast<size_t>(NodeCount)];
    int node_of[static_cast<size_t>(OperatorCount)];
    int count;

    constexpr void add_input(int number) { origins[count++] = {-1, -1, number}; }
    constexpr void add(int operation, const Use& use) {
        for (int i = 0; i < most_bits; ++i)
            if (has_bit(use.views, i)) origins[count++] = {operation, i, -1};
        node_of[operation] = count;
        for (int i = 0; i < most_bits; ++i)
            if (has_bit(use.results, i)) origins[count++] = {operation, -1, i};
    }
    /// The node that gives `operation` its input `operand` as a view; -1: none.
    constexpr int view(int operation, int operand) const {
        for (int node = node_of[operation] - 1; node >= 0 && origins[node].operation == operation;
             --node)
            if (origins[node].operand == operand) return node;
        return -1;
    }
    /// The node that computes result `result` of `operation`.
    constexpr int result(int operation, int result) const {
        int node = node_of[operation];
        while (origins[node].result != result) ++node;
        return node;
    }
};

template <class Source, class Indices>
struct Nodes;
template <class Source, int... Indices>
struct Nodes<Source, detail::sequence<Indices...>> {
    static constexpr int operator_count = static_cast<int>(sizeof...(Indices));
    static constexpr int inputs = static_cast<int>(Source::opened.inputs.length);
    static constexpr int outputs = static_cast<int>(Source::opened.outputs.length);
    static constexpr int count =
        inputs - 1 + detail::sum({int32_t{UseOf<Source, Indices>::nodes}...});

    static constexpr NodeTable<operator_count, count> make() {
        NodeTable<operator_count, count> made{};
        const Use uses[] = {UseOf<Source, Indices>::use...};
        for (int input = 1; input < inputs; ++input) made.add_input(input);
        for (int index = 0; index < operator_count; ++index) made.add(index, uses[index]);
        return made;
    }
    static constexpr NodeTable<operator_count, count> table = make();

    /// The graph's tensor that is the file's tensor `index`, as operators before `end` leave it.
    static constexpr int tensor(Model& model, int index, int end) {
        const int producer = model.producer(index, end);
        if (producer < 0) return model.input_number(index);
        const int input = Source::borders.input_of(producer);
        if (input >= 0) return input;
        return table.result(producer, model.result_number(model.operation(producer), index)) + 1;
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

/// The layer of an operator's result: `Layer` of its import, or `Result<number>` of one that has
/// several.
template <class Operator, class Source, int Index, int Result, bool Several>
struct LayerOf {
    using type = typename Operator::template Import<Source, Index>::Layer;
};
template <class Operator, class Source, int Index, int Result>
struct LayerOf<Operator, Source, Index, Result, true> {
    using type = typename Operator::template Import<Source, Index>::template Result<Result>;
};

/// What the network computes with for input `Number`, and what the caller gives: `Border`.
template <class Source, int Tensor, Type Element>
struct BorderOf {
    using type = border::Same;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::FLOAT32> {
    using type = border::Real;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::UINT8> {
    using type = border::Integer<uint8_t, typename MapOf<Source, Tensor>::Quantization>;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::INT16> {
    using type = border::Integer<int16_t, typename MapOf<Source, Tensor>::Quantization>;
};
template <class Source, int Number>
struct InputOf {
   private:
    static constexpr int outer() {
        Model copy = Source::model;
        return copy.input(Number);
    }
    static constexpr int inner() {
        Model copy = Source::model;
        const int border = Source::borders.in[Number];
        return border < 0 ? copy.input(Number) : copy.operation(border).output;
    }

   public:
    using type = typename MapOf<Source, inner()>::type;
    using Border =
        typename BorderOf<Source, outer(), Source::template Tensor<outer()>::info.type>::type;
};
template <class Source, int Number>
struct OutputOf {
   private:
    static constexpr int outer() {
        Model copy = Source::model;
        return copy.output(Number);
    }

   public:
    using Border =
        typename BorderOf<Source, outer(), Source::template Tensor<outer()>::info.type>::type;
};

/// Node `Index` of the graph.
enum class NodeKind : int { input, view, result };
constexpr NodeKind kind_of(const Origin& origin) {
    return origin.is_input()  ? NodeKind::input
           : origin.is_view() ? NodeKind::view
                              : NodeKind::result;
}
template <class Source, class Nodes, int Index,
          NodeKind Kind = kind_of(Nodes::table.origins[Index])>
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

   public:
    using type = typename Make<typename LayerOf<Operator, Source, operation, origin.result,
                                                (Operator::most_outputs > 1)>::type,
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
        return Operator::sees(at, origin.operand);
    }
    static constexpr Extents seen = find();

   public:
    using type = Node<Reshape<ShapeOf<seen.height, seen.width, seen.channels>>,
                      Nodes::tensor(origin.operation, origin.operand)>;
};
/// A further input of the model.
template <class Source, class Nodes, int Index>
struct NodeOf<Source, Nodes, Index, NodeKind::input> {
    using type = Given<typename InputOf<Source, Nodes::table.origins[Index].result>::type>;
};

/// The graph, once all operators have passed. A name of its own keeps symbols short.
template <class Source, bool Passed, class Nodes, class Indices, class Outputs>
struct ImportedGraph;
template <class Source, class Nodes, int... Indices, int... Numbers>
struct ImportedGraph<Source, true, Nodes, detail::sequence<Indices...>,
                     detail::sequence<Numbers...>>
    : Graph<typename InputOf<Source, 0>::type, typename NodeOf<Source, Nodes, Indices>::type...> {
    template <int Number>
    using InputBorder = typename InputOf<Source, Number>::Border;
    template <int Number>
    using OutputBorder = typename OutputOf<Source, Number>::Border;
    using Outputs = detail::sequence<Nodes::output(Numbers)...>;

    /// Index of graph tensor `tensor` in the file.
    static constexpr int file_tensor(int tensor) {
        Model copy = Source::model;
        if (tensor == 0) return copy.input();
        const Origin origin = Nodes::table.origins[tensor - 1];
        if (origin.is_input()) return copy.input(origin.result);
        const OperatorInfo operation = copy.operation(origin.operation);
        return origin.is_view()
                   ? copy.operand(operation, origin.operand)
                   : copy.index_at(operation.all_outputs, static_cast<uint32_t>(origin.result));
    }
};

/// Stands in for a model that was refused, so that the compiler prints the reason and no more.
template <class Source, class Nodes, class Indices, class Outputs>
struct ImportedGraph<Source, false, Nodes, Indices, Outputs>
    : Graph<mote::Tensor<int8_t, Shape<1, 1, 1>, Quantization<0x3f800000U, 0>>,
            Node<Reshape<Shape<1, 1, 1>>, 0>> {};

template <class Source>
using Operations = detail::make_sequence_t<Source::file.ok() ? Source::operator_count : 0>;

template <class Source, bool Passed = (Inspected<Source, Operations<Source>>::findings.count == 0)>
struct Imported {
    using All = Nodes<Source, Operations<Source>>;
    using type = ImportedGraph<Source, true, All, detail::make_sequence_t<All::count>,
                               detail::make_sequence_t<All::outputs>>;
};
template <class Source>
struct Imported<Source, false> {
    using type = ImportedGraph<Source, false, void, detail::sequence<>, detail::sequence<>>;
};

/// The graph in a file: a name that is short in symbols and backtraces.
template <const unsigned char* File>
struct GraphOf : Imported<Source<File>>::type {};

/// Completes only for a file that is accepted; otherwise the compiler says why not.
template <class Source, class All = Inspected<Source, Operations<Source>>>
using Accepted = AllSaid<Source, All, detail::make_sequence_t<All::findings.count>>;

/// The network in a .tflite file: `File` names a constexpr array of its bytes.
template <const unsigned char* File, class Plan = plan::LeastRam, class Arch = arch::best>
class Import : public Runner<GraphOf<File>, Plan, Arch> {
    static_assert(sizeof(Accepted<Source<File>>) > 0, "the reasons stand above");
};

}  // namespace tflite
}  // namespace mote
