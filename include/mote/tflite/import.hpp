// A .tflite file becomes a graph, and the graph a network.
#pragma once

#include "../network.hpp"
#include "array_size.hpp"
#include "sentences.hpp"
#include "verify.hpp"

namespace mote {
namespace tflite {

/// The number that was found, as what it is: an element type, an operator, or a number.
template <Type Value>
struct type {};
template <long Value>
struct number {};

/// The file as a type; its parts are constants, each evaluated by itself.
template <const unsigned char* File>
struct Source {
    static constexpr uint32_t size = array_size::of<File>::value;
    static constexpr const unsigned char* data() { return File; }

    static constexpr Model model = open(File, size);
    static constexpr int operator_count = model.operator_count();
    static constexpr int input = Model(model).input();

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
    };
};

/// The first fault: of the file, or of operator `Index` and those after it.
template <class Source, int Index>
struct Verified {
    static constexpr Status inspect() {
        Model copy = Source::model;
        return Index < 0 ? verify::file(copy) : verify::operation(copy, Index);
    }
    static constexpr Status status = inspect();
    static constexpr Builtin code() {
        Model copy = Source::model;
        return Index < 0 ? Builtin{} : copy.operation(Index).code;
    }
    static constexpr bool typed = status.fault == Fault::element_type ||
                                  status.fault == Fault::weights_type ||
                                  status.fault == Fault::bias_type;
    using Found =
        detail::conditional_t<typed, type<typed ? static_cast<Type>(status.found) : Type{}>,
                              number<status.found>>;
    static constexpr bool ok = refused<status.fault, Index, code(), Found>::value && status.ok();
};

/// The operator of this code in a list.
template <Builtin Code, class Operators>
struct Find;
template <Builtin Code, class First, class... Rest>
struct Find<Code, detail::list<First, Rest...>>
    : detail::conditional_t<First::code == Code, detail::identity<First>,
                            Find<Code, detail::list<Rest...>>> {};

/// Node `Index`: its layer, and the graph's tensors that its feature maps are.
template <class Source, int Index>
struct NodeOf {
   private:
    static constexpr OperatorInfo info = Source::template Operation<Index>::info;
    using Operator = typename Find<info.code, Operators>::type;

    static constexpr int graph_tensor(int position) {
        Model copy = Source::model;
        return copy.producer(info.inputs[position], Index) + 1;
    }
    template <class Layer, class Positions>
    struct Make;
    template <class Layer, int... Positions>
    struct Make<Layer, detail::sequence<Positions...>> {
        using type = Node<Layer, graph_tensor(Positions)...>;
    };

   public:
    using type = typename Make<typename Operator::template Import<Source, Index>::Layer,
                               detail::make_sequence_t<Operator::maps>>::type;
};

/// The graph, once all operators have passed. A name of its own keeps symbols short.
template <class Source, bool Passed, class Indices>
struct ImportedGraph;
template <class Source, int... Indices>
struct ImportedGraph<Source, true, detail::sequence<Indices...>>
    : Graph<typename MapOf<Source, Source::input>::type,
            typename NodeOf<Source, Indices>::type...> {
    /// Index of graph tensor `tensor` in the file.
    static constexpr int file_tensor(int tensor) {
        Model copy = Source::model;
        return tensor == 0 ? copy.input() : copy.operation(tensor - 1).output;
    }
};

template <class Source, class Indices>
struct AllVerified;
template <class Source, int... Indices>
struct AllVerified<Source, detail::sequence<Indices...>> {
    static constexpr bool value = (Verified<Source, Indices>::ok && ...);
};

/// Stands in for a model that was refused, so that the compiler prints the reason and no more.
template <class Source, class Indices>
struct ImportedGraph<Source, false, Indices>
    : Graph<mote::Tensor<int8_t, Shape<1, 1, 1>, Quantization<0x3f800000U, 0>>,
            Node<Reshape<Shape<1, 1, 1>>, 0>> {};

template <class Source, bool FileOk = Verified<Source, -1>::ok>
struct Imported {
    using Indices = detail::make_sequence_t<Source::operator_count>;
    using type = ImportedGraph<Source, AllVerified<Source, Indices>::value, Indices>;
};
template <class Source>
struct Imported<Source, false> {
    using type = ImportedGraph<Source, false, detail::sequence<>>;
};

/// The network in a .tflite file: `File` names a constexpr array of its bytes.
template <const unsigned char* File, class Plan = plan::LeastRam, class Arch = arch::best>
class Import : public Runner<typename Imported<Source<File>>::type, Plan, Arch> {};

}  // namespace tflite
}  // namespace mote
