// A .tflite file becomes a graph, and the graph a network.
#pragma once

#include "../network.hpp"
#include "findings.hpp"
#include "names.hpp"
#include "nodes.hpp"

namespace mote {
namespace tflite {

/// The graph, once all operators have passed. A name of its own keeps symbols short.
template <class Source, bool Passed, class Nodes, class Indices, class Outputs, class Variables>
struct ImportedGraph;
template <class Source, class Nodes, int... Indices, int... Numbers, int... Positions>
struct ImportedGraph<Source, true, Nodes, detail::sequence<Indices...>,
                     detail::sequence<Numbers...>, detail::sequence<Positions...>>
    : Graph<typename InputOf<Source, 0>::type, typename NodeOf<Source, Nodes, Indices>::type...> {
    template <int Number>
    using InputBorder = typename InputOf<Source, Number>::Border;
    template <int Number>
    using OutputBorder = typename OutputOf<Source, Number>::Border;
    using Outputs = detail::sequence<Nodes::output(Numbers)...>;
    using Assigned = detail::sequence<Nodes::assigned(Positions)...>;

    /// Index of graph tensor `tensor` in the file.
    static constexpr int file_tensor(int tensor) {
        Model copy = Source::model;
        if (tensor == 0) return copy.input();
        const Origin origin = Nodes::table.origins[tensor - 1];
        if (origin.kind == NodeKind::input) return copy.input(origin.number);
        if (origin.kind == NodeKind::variable) return Source::variables.all[origin.number].read;
        const OperatorInfo operation = copy.operation(origin.operation);
        return origin.kind == NodeKind::view
                   ? copy.operand(operation, origin.number)
                   : copy.index_at(operation.all_outputs, static_cast<uint32_t>(origin.number));
    }
};

/// Stands in for a model that was refused, so that the compiler prints the reason and no more.
template <class Source, class Nodes, class Indices, class Outputs, class Variables>
struct ImportedGraph<Source, false, Nodes, Indices, Outputs, Variables>
    : Graph<mote::Tensor<int8_t, Shape<1, 1, 1>, Quantization<0x3f800000U, 0>>,
            Node<Reshape<Shape<1, 1, 1>>, 0>> {};

template <class Source, bool Passed = (Inspected<Source, Operations<Source>>::findings.count == 0)>
struct Imported {
    using All = Nodes<Source, Operations<Source>>;
    using type = ImportedGraph<Source, true, All, detail::make_sequence_t<All::count>,
                               detail::make_sequence_t<All::outputs>,
                               detail::make_sequence_t<All::variables>>;
};
template <class Source>
struct Imported<Source, false> {
    using type = ImportedGraph<Source, false, void, detail::sequence<>, detail::sequence<>,
                               detail::sequence<>>;
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

    static constexpr int named(bool input, int index) {
        Model copy = Source<File>::model;
        return input ? copy.input(index) : copy.output(index);
    }

   public:
    /// What the file calls input `Index` and output `Index`.
    template <int Index = 0>
    static constexpr const char* input_name() {
        return NameOf<Source<File>, named(true, Index)>::get();
    }
    template <int Index = 0>
    static constexpr const char* output_name() {
        return NameOf<Source<File>, named(false, Index)>::get();
    }
};

}  // namespace tflite
}  // namespace mote
