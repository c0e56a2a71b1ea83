// The object: a graph, its plan, and the bytes they need.
#pragma once

#include "graph/sequential.hpp"
#include "plan/least_ram.hpp"

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
    /// Elements of the output before this band.
    int32_t offset() const { return static_cast<int32_t>(first) * TensorType::Shape::row_size; }
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
        return run(nobody);
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
        return run(observer);
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
        return run(observer);
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

    template <class Observer>
    View<Output> run(Observer& observer) {
        run_segments(observer, detail::make_sequence_t<Plan::schedule().segments>{});
        return output();
    }

    template <class Observer, int... Segments>
    void run_segments(Observer& observer, detail::sequence<Segments...>) {
        (run_segment<Segments>(observer, Nodes<Segments>{}), ...);
    }

    /// The nodes of a segment, counted from its first.
    template <int Segment>
    using Nodes = detail::make_sequence_t<Plan::schedule().first_node[Segment + 1] -
                                          Plan::schedule().first_node[Segment]>;

    template <int Segment, class Observer, int... Indices>
    void run_segment(Observer& observer, detail::sequence<Indices...> nodes) {
        constexpr int first = Plan::schedule().first_node[Segment];
        if constexpr (sizeof...(Indices) == 1) {
            compute<first>(observer, 0, Plan::schedule().steps[first].rows);
        } else {
            for (int32_t step = 0; step < Plan::schedule().step_count[Segment]; ++step)
                run_step<first>(observer, step, nodes);
        }
    }

    template <int First, class Observer, int... Indices>
    void run_step(Observer& observer, int32_t step, detail::sequence<Indices...>) {
        (advance<First + Indices>(observer, step), ...);
    }

    /// The row that `Source` (-1: the input) has ready in `step`, or -1.
    template <int Source>
    static MOTE_INLINE int row_in(int32_t step) {
        constexpr int32_t phase = Source < 0 ? 0 : Plan::schedule().steps[at(Source)].phase;
        constexpr int32_t pace = Source < 0 ? 1 : Plan::schedule().steps[at(Source)].pace;
        constexpr int rows =
            Source < 0 ? Plan::schedule().stores[0].rows : Plan::schedule().steps[at(Source)].rows;
        const uint32_t since = static_cast<uint32_t>(step - phase);
        if (pace > 1 && since % pace != 0) return -1;
        return since / pace < static_cast<uint32_t>(rows) ? static_cast<int>(since / pace) : -1;
    }
    static constexpr int at(int node) { return node < 0 ? 0 : node; }

    /// What node `Index` does in a step of its segment.
    template <int Index, class Observer>
    MOTE_INLINE void advance(Observer& observer, int32_t step) {
        constexpr plan::Step plan = Plan::schedule().steps[Index];
        if constexpr (Graph::template NodeType<Index>::is_view) {
            constexpr int source = Graph::computed(Index + 1) - 1;
            constexpr bool here = source < 0
                                      ? plan.segment == 0
                                      : Plan::schedule().steps[at(source)].segment == plan.segment;
            if (here) {
                const int row = row_in<source>(step);
                if (row >= 0) show<Index, source + 1>(observer, row, row + 1);
            } else if (step == 0) {
                compute<Index>(observer, 0, 1);
            }
        } else if constexpr (plan.uses[0].accumulates) {
            const int row = row_in<plan.uses[0].source>(step);
            if (row >= 0) accumulate<Index>(observer, row);
        } else {
            const int row = row_in<Index>(step);
            if (row >= 0) compute<Index>(observer, row, row + 1);
        }
    }

    template <int Index>
    using RowsOf = Rows<typename Graph::template TensorType<Index>, Plan::capacity(Index)>;

    template <int Index>
    RowsOf<Index> rows() {
        return RowsOf<Index>{arena_ + Plan::offset(Index)};
    }

    template <int Index, class Observer>
    MOTE_INLINE void compute(Observer& observer, int first, int last) {
        using Node = typename Graph::template NodeType<Index>;
        if constexpr (Node::is_view) {
            constexpr int source = Graph::computed(Index + 1);
            show<Index, source>(observer, 0, Graph::template TensorType<source>::Shape::height);
        } else {
            compute_rows<Index>(first, last, typename Node::Inputs{});
            show<Index, Index + 1>(observer, first, last);
        }
    }
    template <int Index, int... Inputs>
    MOTE_INLINE void compute_rows(int first, int last, detail::sequence<Inputs...>) {
        Graph::template NodeType<Index>::On::rows(first, last, rows<Index + 1>(),
                                                  rows<Inputs>()...);
    }

    template <int Index, class Observer>
    MOTE_INLINE void accumulate(Observer& observer, int row) {
        using On = typename Graph::template NodeType<Index>::On;
        constexpr plan::Use use = Plan::schedule().steps[Index].uses[0];
        constexpr int32_t count = Plan::schedule().stores[use.store].row_bytes;
        constexpr int last = Plan::schedule().stores[use.store].rows - 1;
        constexpr int capacity = Plan::schedule().stores[use.store].capacity;
        int32_t* state = static_cast<int32_t*>(static_cast<void*>(arena_ + Plan::state(Index)));
        if (row == 0) On::begin(state);
        On::accumulate(arena_ + Plan::offset(use.source + 1) + row % capacity * count, row * count,
                       count, state);
        if (row != last) return;
        On::finish(state, rows<Index + 1>().row(0));
        show<Index, Index + 1>(observer, 0, 1);
    }

    /// Tells the observer of rows of layer `Index` that lie in tensor `Tensor`.
    template <int Index, int Tensor, class Observer>
    MOTE_INLINE void show(Observer& observer, int first, int last) {
        using Shown =
            typename Graph::template TensorType<Tensor == 0 ? Graph::input_shape() : Tensor>;
        observer(LayerFacts<Graph, Index>{},
                 Band<Shown>{first, last - first, rows<Tensor>().row(first)});
    }

    alignas(plan::alignment) int8_t arena_[static_cast<size_t>(Plan::bytes)];
};

/// A network written by hand: Network<Input<...>, layers and branches...>.
template <class... Parts>
class Network : public Runner<graph::Sequential<Parts...>, plan::LeastRam> {};

}  // namespace mote
