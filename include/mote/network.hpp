// The object: a graph, its plan, and the bytes they need.
#pragma once

#include "graph/sequential.hpp"
#include "plan/plan.hpp"

namespace mote {

/// What an observer is told about the layer that just ran: all constants.
template <class Graph, int Index>
struct LayerFacts {
   private:
    using Node = typename Graph::template NodeType<Index>;

   public:
    using Layer = typename Node::Layer;
    using Inputs = typename Node::Inputs;
    using Output = typename Node::On::Output;

    static constexpr int index = Index;
    static constexpr int tensor = Graph::file_tensor(Index + 1);
    static constexpr int32_t macs = Node::On::macs;

    static constexpr const char* name() { return Layer::name(); }
    /// Bytes of constants in flash.
    static constexpr int32_t flash_bytes() { return Node::On::table_bytes(); }
};

/// Rows of a layer's output that were just computed, one after the other in memory.
template <class TensorType>
struct Band {
    int first;
    int count;
    const typename TensorType::Element* values;

    const typename TensorType::Element* data() const { return values; }
    int32_t size() const { return static_cast<int32_t>(count) * TensorType::Shape::row_size; }
};

/// Watches nothing and costs nothing.
struct Unobserved {
    template <class Facts, class Band>
    constexpr void operator()(Facts, Band) const {}
};

/// A network that runs. `sizeof` is all the RAM it uses beside the stack; a copy is an independent
/// network. Constants lie in flash, once for all objects of a type.
template <class GraphType, class PlanPolicy>
class Runner {
   public:
    using Graph = GraphType;
    using Plan = typename PlanPolicy::template Of<Graph>;
    using Input = typename Graph::Input;
    using Output = typename Graph::Output;

    static constexpr int layers = Graph::node_count;
    /// Bytes of RAM: sizeof(network).
    static constexpr int32_t ram_bytes = Plan::bytes;
    /// Bytes of constants in flash; code comes on top.
    static constexpr int32_t flash_bytes = Graph::table_bytes();
    /// Multiply-accumulates of one inference.
    static constexpr int32_t macs = Graph::macs();

    /// Facts of layer `Index`, 0 to layers - 1.
    template <int Index>
    using Layer = LayerFacts<Graph, Index>;

    /// Where the arena holds tensor `index`: 0 is the input, n + 1 the output of layer n.
    static constexpr int32_t offset(int index) { return Plan::offset(index); }

    /// The place to write `Input::size` elements to. A run may overwrite them.
    int8_t* input() { return arena_ + Plan::offset(0); }

    /// The result of the last run, until the input is written again.
    View<Output> output() const { return View<Output>{arena_ + Plan::offset(Graph::node_count)}; }

    /// Runs on what input() holds.
    View<Output> operator()() {
        Unobserved nobody;
        return run(nobody, detail::make_sequence_t<layers>{});
    }

    /// With values (an array of Input::size elements, a pointer to as many, anything with data()):
    /// copies them to input() and runs. With an observer: runs on what input() holds and calls
    /// observer(LayerFacts, Band) whenever rows of a layer are ready.
    template <class Argument>
    View<Output> operator()(Argument&& argument) {
        return call(argument, detail::constant<is_observer<Argument>(0)>{});
    }

    template <class Values, class Observer>
    View<Output> operator()(const Values& values, Observer&& observer) {
        write(values);
        return run(observer, detail::make_sequence_t<layers>{});
    }

   private:
    template <class Argument>
    static constexpr auto is_observer(int)
        -> decltype((*static_cast<detail::remove_reference_t<Argument>*>(nullptr))(
                        LayerFacts<Graph, 0>{}, Band<typename Graph::template TensorType<1>>{}),
                    true) {
        return true;
    }
    template <class Argument>
    static constexpr bool is_observer(...) {
        return false;
    }

    template <class Observer>
    View<Output> call(Observer& observer, detail::constant<1>) {
        return run(observer, detail::make_sequence_t<layers>{});
    }
    template <class Values>
    View<Output> call(const Values& values, detail::constant<0>) {
        write(values);
        return (*this)();
    }

    template <size_t Count>
    void write(const int8_t (&values)[Count]) {
        static_assert(Count == Input::size,
                      "the array given to the network has another size than its input; see "
                      "Input::size");
        copy(values);
    }
    void write(const int8_t* const& values) { copy(values); }
    void write(int8_t* const& values) { copy(values); }
    template <class Values>
    auto write(const Values& values) -> decltype(values.data(), void()) {
        copy(values.data());
    }
    void copy(const int8_t* values) {
        int8_t* in = input();
        for (int32_t i = 0; i < Input::size; ++i) in[i] = values[i];
    }

    template <class Observer, int... Indices>
    View<Output> run(Observer& observer, detail::sequence<Indices...>) {
        (compute<Indices>(observer, typename Graph::template NodeType<Indices>::Inputs{}), ...);
        return output();
    }

    template <int Index>
    using RowsOf = Rows<typename Graph::template TensorType<Index>>;

    template <int Index>
    RowsOf<Index> rows() {
        return RowsOf<Index>{arena_ + Plan::offset(Index)};
    }

    template <int Index, class Observer, int... Inputs>
    MOTE_INLINE void compute(Observer& observer, detail::sequence<Inputs...>) {
        using Node = typename Graph::template NodeType<Index>;
        using Result = typename Node::On::Output;
        if constexpr (!Node::is_view)
            Node::On::rows(0, Result::Shape::height, rows<Index + 1>(), rows<Inputs>()...);
        observer(LayerFacts<Graph, Index>{},
                 Band<Result>{0, Result::Shape::height, arena_ + Plan::offset(Index + 1)});
    }

    alignas(plan::alignment) int8_t arena_[static_cast<size_t>(Plan::bytes)];
};

/// A network written by hand: Network<Input<...>, layers and branches...>.
template <class... Parts>
class Network : public Runner<graph::Sequential<Parts...>, plan::LayerByLayer> {};

}  // namespace mote
