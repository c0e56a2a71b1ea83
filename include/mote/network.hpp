// The object: a graph, its plan, and the bytes they need.
#pragma once

#include <stddef.h>

#include "given.hpp"
#include "graph/sequential.hpp"
#include "layer/layer.hpp"
#include "observer.hpp"
#include "pass/pass.hpp"
#include "plan/certify.hpp"
#include "plan/play.hpp"
#include "plan/within_ram.hpp"
#include "progress.hpp"

namespace mote {

/// What debuggers show of a layer: no more than its template, Kind<Conv2D>.
template <template <class...> class Layer>
struct Kind {};
template <class Layer>
struct KindOf {
    using type = Layer;
};
template <template <class...> class Layer, class... Parameters>
struct KindOf<Layer<Parameters...>> {
    using type = Kind<Layer>;
};
template <class Layer, class Name>
struct KindOf<pass::Called<Layer, Name>> : KindOf<Layer> {};

namespace check {

/// Values that are still what they were when the network has taken its first row.
template <bool Pushed, class Output, class Values>
struct outlives_rows {
    static constexpr bool value = true;
};
template <class Output>
struct outlives_rows<true, Output, Output> {
    static constexpr bool value = true;
    static_assert(sizeof(Output) == 0,
                  "net(net.output()): where rows are pushed, the first of them overwrites the "
                  "output; copy the values first. If they are another network's, give data()");
};

}  // namespace check

/// A network that runs. `sizeof` is all the RAM it uses beside the stack; a copy is an independent
/// network. Constants lie in flash, once for all objects of a type. `ArchType`: the CPU whose
/// kernels compute it; networks of different CPUs share nothing that depends on one.
template <class GraphType, class PlanPolicy, class ArchType = arch::best>
class Runner : private RowCounter<PlanPolicy::pushed, ArchType>,
               private Memory<pass::Ready<GraphType, ArchType>::type::lasting, ArchType> {
   public:
    using Arch = ArchType;
    using Graph = typename pass::Ready<GraphType, Arch>::type;
    using Plan = typename PlanPolicy::template Of<Graph>;
    static_assert(plan::Certified<Graph, PlanPolicy>::value,
                  "the plan of this network is wrong, and so would its outputs be; this is a fault "
                  "of mote: please report it, and use plan::LayerByLayer until it is mended");

    static constexpr int inputs = Graph::input_count;
    static constexpr int outputs = Graph::output_count;
    static constexpr int layers = Graph::node_count - Graph::given_count;
    /// Input `Index` and output `Index`, as tensors.
    template <int Index>
    using InputAt = typename Graph::template InputBorder<Index>::template Outer<
        typename Graph::template TensorType<Index>>;
    template <int Index>
    using OutputAt = typename Graph::template OutputBorder<Index>::template Outer<
        typename Graph::template TensorType<Graph::output(Index)>>;
    using Input = InputAt<0>;
    using Output = OutputAt<0>;
    /// What input<Index>() and output<Index>() are: for int8 a pointer and a View; where the model
    /// takes or gives real numbers, they are converted as they are written and read.
    template <int Index>
    using Access = border::Access<typename Graph::template TensorType<Index>,
                                  typename Graph::template InputBorder<Index>>;
    template <int Index>
    using ResultAt = Result<typename Graph::template TensorType<Graph::output(Index)>,
                            typename Graph::template OutputBorder<Index>>;
    /// Bytes of RAM: sizeof(network).
    static constexpr int32_t ram_bytes =
        Plan::bytes +
        (PlanPolicy::pushed ? static_cast<int32_t>(sizeof(RowCounter<true, Arch>)) : 0) +
        (Graph::lasting ? static_cast<int32_t>(sizeof(Memory<true, Arch>)) : 0);
    /// Multiply-accumulates of one inference.
    static constexpr int32_t macs = Graph::macs();

    /// Facts of layer `Index`, 0 to layers - 1.
    template <int Index>
    using Layer = LayerFacts<Graph, Index + Graph::given_count,
                             Plan::schedule().first_use(Index + Graph::given_count).accumulates>;

   private:
    template <int Index>
    using LayerOfNode = Layer<Index - Graph::given_count>;
    template <int... Indices>
    static constexpr int32_t sum_of_tables(detail::sequence<Indices...>) {
        return detail::sum({Layer<Indices>::flash_bytes()...});
    }

   public:
    /// Bytes of constants in flash; code comes on top.
    static constexpr int32_t flash_bytes = sum_of_tables(detail::make_sequence_t<layers>{});

    /// Where the arena holds tensor `index` of the graph.
    static constexpr int32_t offset(int index) { return Plan::offset(index); }

    /// The place to write `Input::size` elements to; of input `Index`, InputAt<Index>::size. A run
    /// may overwrite them.
    typename Access<0>::In input() { return input<0>(); }
    template <int Index>
    typename Access<Index>::In input() {
        static_assert(!PlanPolicy::pushed || Index > 0,
                      "input(): this network's input comes row by row and is nowhere as a whole; "
                      "use push_row(row) or net(values), or the policy plan::LeastRam");
        return Access<Index>::in(stored_input<Index>());
    }

    /// Rows of the input and their size, for push_row().
    static constexpr int input_rows = Plan::schedule().stores[0].rows;
    static constexpr int32_t input_row_size =
        Graph::template TensorType<Graph::input_shape()>::Shape::row_size;

    /// Takes the next row of the input, from the top, and computes all that it makes possible. True
    /// when it was the last one and output() is ready; the row after that begins the next input.
    template <class Values>
    bool push_row(const Values& row) {
        Unobserved nobody;
        return push_row(row, nobody);
    }
    template <class Values, class Observer>
    bool push_row(const Values& row, Observer&& observer) {
        static_assert(PlanPolicy::pushed,
                      "push_row(): this network's plan keeps the whole input; "
                      "use Import<file, plan::PushedRows>");
        if (ready()) this->pushed_rows = 0;
        if (this->pushed_rows == 0) remember();
        Access<0>::copy(given::first<Element, input_row_size>(row, 0),
                        rows<0>().row(static_cast<int>(this->pushed_rows)), input_row_size);
        PushedNodes::play(play_for(observer), this->pushed_rows, this->pushed_rows + 1);
        ++this->pushed_rows;
        if (!ready()) return false;
        PushedNodes::play(play_for(observer), input_rows, Plan::schedule().step_count[0]);
        run_after_first(observer, detail::make_sequence_t<Plan::schedule().segments - 1>{});
        return true;
    }

    /// Whether all rows are in and output() holds their result.
    bool ready() const {
        static_assert(PlanPolicy::pushed,
                      "ready(): this network's plan keeps the whole input; "
                      "use Import<file, plan::PushedRows>");
        return this->pushed_rows == input_rows;
    }

    /// Forgets the rows pushed so far: the next one is the first of an input. Variables, and what
    /// layers keep from one inference to the next, begin anew.
    void reset() {
        RowCounter<PlanPolicy::pushed, Arch>::reset();
        Memory<Graph::lasting, Arch>::reset();
    }

    /// The result of the last run, until the input is written again.
    ResultAt<0> output() const { return output<0>(); }
    template <int Index>
    ResultAt<Index> output() const {
        constexpr int tensor = Graph::output(Index);
        return ResultAt<Index>{
            place<typename Graph::template TensorType<tensor>::Element>(Plan::offset(tensor))};
    }

    /// Runs on what input() holds.
    ResultAt<0> operator()() {
        Unobserved nobody;
        run(nobody, Segments{});
        return output();
    }

    /// With values (an array of Input::size elements, a container of that size, a pointer to as
    /// many): copies them to input() and runs. They may lie anywhere, even in this network, except
    /// that pushed rows overwrite it while they are taken. With an observer: runs on what input()
    /// holds and calls observer(LayerFacts, Band) whenever rows of a layer are ready. If the
    /// observer has a function absorbed(LayerFacts), that is called when a layer has added up rows
    /// and has none ready yet.
    template <class Argument>
    ResultAt<0> operator()(Argument&& argument) {
        if constexpr (is_observer<Argument>(0)) {
            run(argument, Segments{});
        } else {
            Unobserved nobody;
            take(argument, nobody);
            if constexpr (!PlanPolicy::pushed) run(nobody, Segments{});
        }
        return output();
    }

    template <class Values, class Observer>
    ResultAt<0> operator()(const Values& values, Observer&& observer) {
        take(values, observer);
        if constexpr (!PlanPolicy::pushed) run(observer, Segments{});
        return output();
    }

    /// Writes real values, as many as the input has, to input().
    template <class Values>
    void quantize(const Values& values) {
        const float* const real = given::first<float, Input::size>(values, 0);
        const auto in = stored_input<0>();
        for (int32_t i = 0; i < Input::size; ++i) in[i] = Graph::Input::quantize(real[i]);
    }

   private:
    using Element = typename Input::Element;

    template <class Argument>
    static constexpr auto is_observer(int)
        -> decltype((*static_cast<detail::remove_reference_t<Argument>*>(nullptr))(
                        Layer<0>{}, Band<typename Graph::template TensorType<inputs>>{}),
                    true) {
        return true;
    }
    template <class Argument>
    static constexpr bool is_observer(...) {
        return false;
    }

    /// Rows that are pushed are computed with when they are taken: nothing is left to run.
    template <class Values, class Observer>
    void take(const Values& values, Observer& observer) {
        static_assert(check::outlives_rows<PlanPolicy::pushed, ResultAt<0>, Values>::value,
                      "the reason stands above");
        const Element* const from = given::first<Element, Input::size>(values, 0);
        if constexpr (PlanPolicy::pushed) {
            this->pushed_rows = 0;
            for (int row = 0; row < input_rows; ++row)
                push_row(from + int32_t{row} * input_row_size, observer);
        } else {
            Access<0>::copy(from, stored_input<0>(), Input::size);
            static_cast<void>(observer);
        }
    }

    using Segments = detail::make_sequence_t<Plan::schedule().segments>;

    /// Sees to it that what is kept between inferences holds something.
    void remember() {
        if constexpr (Graph::lasting) {
            if (this->begun == 0) begin(detail::make_sequence_t<Graph::node_count>{});
            this->begun = 1;
        }
    }
    template <int... Indices>
    void begin(detail::sequence<Indices...>) {
        detail::in_turn({true, (begin_node<Indices>(), true)...});
    }
    template <int Index>
    void begin_node() {
        using On = typename Graph::template NodeType<Index>::On;
        if constexpr (On::lasting) On::begin(rows<Index + 1>());
    }
    /// Variables take their new values.
    template <int... Indices>
    void assign(detail::sequence<Indices...>) {
        detail::in_turn({true, (assign_to<Indices>(), true)...});
    }
    template <int Index>
    void assign_to() {
        constexpr int to = Graph::variable(Index);
        constexpr int from = Graph::assigned(Index);
        using Values = typename Graph::template TensorType<to>;
        static_assert(Values::bytes == Graph::template TensorType<from>::bytes,
                      "Graph: a variable takes as many values as it holds");
        if constexpr (Plan::offset(to) != Plan::offset(from))
            kernel::copy(place<typename Values::Element>(Plan::offset(from)),
                         place<typename Values::Element>(Plan::offset(to)), Values::size, Arch{});
    }

    /// Runs segments, the last ones of an inference.
    template <class Observer, int... Indices>
    void run(Observer& observer, detail::sequence<Indices...>) {
        static_cast<void>(observer);
        remember();
        detail::in_turn({true, (NodesOf<Indices>::play(play_for(observer), 0,
                                                       Plan::schedule().step_count[Indices]),
                                true)...});
        assign(detail::make_sequence_t<Graph::variable_count>{});
    }
    template <class Observer, int... Indices>
    void run_after_first(Observer& observer, detail::sequence<Indices...>) {
        run(observer, detail::sequence<(Indices + 1)...>{});
    }

    template <int Segment>
    using NodesOf = plan::SegmentNodes<Plan::schedule().first_node[Segment],
                                       Plan::schedule().first_node[Segment + 1] -
                                           Plan::schedule().first_node[Segment]>;
    /// Of the first segment, row by row even if it is one node.
    using PushedNodes =
        plan::Nodes<Plan::schedule().first_node[0],
                    Plan::schedule().first_node[1] - Plan::schedule().first_node[0]>;

    /// Layer `Number`, what it is, and the tensors that it reads.
    template <int Number, class Kind, int... Inputs>
    struct LayerNode {};
    template <int Index, class Inputs = typename Graph::template NodeType<Index>::Inputs>
    struct MakeNode;
    template <int Index, int... Inputs>
    struct MakeNode<Index, detail::sequence<Inputs...>> {
        using Layer = typename Graph::template NodeType<Index>::Layer;
        using type = LayerNode<Index - Graph::given_count, typename KindOf<Layer>::type, Inputs...>;
    };

    /// Does what the nodes' turns ask for: see plan/play.hpp.
    template <class Observer>
    struct Player {
        Runner& network;
        Observer& observer;

        template <int Index>
        static MOTE_INLINE constexpr plan::Turns turns(detail::constant<Index>) {
            constexpr plan::Turns result = Plan::schedule().turns(Index);
            return result;
        }
        template <int Index>
        using Node = typename MakeNode<Index>::type;

        template <int Number, class Kind, int... Inputs>
        MOTE_INLINE void layer(LayerNode<Number, Kind, Inputs...>, int row) const {
            constexpr int index = Number + Graph::given_count;
            if (row < 0) return;
            if constexpr (Graph::template NodeType<index>::is_view) {
                network.template look<index>(observer, row);
            } else if constexpr (Plan::schedule().first_use(index).accumulates) {
                network.template accumulate<index>(observer, row);
            } else {
                Graph::template NodeType<index>::On::rows(row, row + 1,
                                                          network.template rows<index + 1>(),
                                                          network.template rows<Inputs>()...);
                network.template show<index, index + 1>(observer, row, row + 1);
            }
        }
        template <int Number, class Kind, int... Inputs>
        MOTE_INLINE void whole_layer(LayerNode<Number, Kind, Inputs...>) const {
            constexpr int index = Number + Graph::given_count;
            constexpr int last = Plan::schedule().steps[index].rows;
            if constexpr (Graph::template NodeType<index>::is_view) {
                network.template show_view<index>(observer);
            } else {
                using On = typename Graph::template NodeType<index>::On;
                if constexpr (Plan::by_rows || (stands<Inputs>() || ...) ||
                              detail::is_same<typename On::Along, void>::value)
                    On::rows(0, last, network.template rows<index + 1>(),
                             network.template rows<Inputs>()...);
                else
                    network.template compute_along<typename On::Along, index + 1, Inputs...>();
                network.template show<index, index + 1>(observer, 0, last);
            }
        }
    };
    template <class Observer>
    MOTE_INLINE Player<Observer> play_for(Observer& observer) {
        return {*this, observer};
    }

    /// Tensor `Index` in the shape that its rows have in memory.
    template <int Index>
    using Stored = typename Graph::template TensorType<Index == 0 ? Graph::input_shape() : Index>;
    template <int Index>
    static constexpr RowPlace row_place() {
        return Graph::template place_of < Index == 0 ? Graph::input_shape() : Index > ();
    }
    /// Whether a tensor's rows are parts of another one's.
    template <int Index>
    static constexpr bool stands() {
        return row_place<Index>().begin != 0 ||
               row_place<Index>().step != Stored<Index>::Shape::row_size;
    }
    template <int Index>
    using RowsOf = Rows<Stored<Index>, Plan::capacity(Index), row_place<Index>().step>;

    template <int Index>
    RowsOf<Index> rows() {
        return RowsOf<Index>{place<typename Stored<Index>::Element>(Plan::offset(Index)) +
                             row_place<Index>().begin};
    }

    template <class Along, int To, int From>
    MOTE_INLINE void compute_along() {
        using Written = typename Along::Output;
        using Read = typename Along::Input;
        Along::rows(0, 1, Rows<Written>{place<typename Written::Element>(Plan::offset(To))},
                    Rows<Read>{place<typename Read::Element>(Plan::offset(From))});
    }

    template <int Index, class Observer>
    MOTE_INLINE void show_view(Observer& observer) {
        constexpr int source = Graph::computed(Index + 1);
        if constexpr (stands<Index + 1>())
            for (int row = 0; row < Stored<Index + 1>::Shape::height; ++row)
                show<Index, Index + 1>(observer, row, row + 1);
        else
            show<Index, source>(observer, 0, Stored<source>::Shape::height);
    }
    /// A view shows a row that has come, or the map that was there before.
    template <int Index, class Observer>
    MOTE_INLINE void look(Observer& observer, int row) {
        constexpr int source = Graph::computed(Index + 1);
        if constexpr (!Plan::schedule().first_use(Index).arrives) {
            show_view<Index>(observer);
        } else if constexpr (stands<Index + 1>()) {
            if (row == Stored<source>::Shape::height - 1) show_view<Index>(observer);
        } else {
            show<Index, source>(observer, row, row + 1);
        }
    }
    template <int Index, class Observer>
    MOTE_INLINE void accumulate(Observer& observer, int row) {
        using On = typename Graph::template NodeType<Index>::On;
        constexpr int source = Plan::schedule().first_use(Index).source + 1;
        constexpr int32_t count = Stored<source>::Shape::row_size;
        int32_t* state = place<int32_t>(Plan::state(Index));
        if (row == 0) On::begin(state);
        On::accumulate(rows<source>().row(row), row * count, count, state);
        if (row != Stored<source>::Shape::height - 1)
            return tell_absorbed<LayerOfNode<Index>>(observer, 0);
        On::finish(state, rows<Index + 1>().row(0));
        show<Index, Index + 1>(observer, 0, 1);
    }

    template <class Facts, class Observer>
    static MOTE_INLINE auto tell_absorbed(Observer& observer, int)
        -> decltype(observer.absorbed(Facts{})) {
        observer.absorbed(Facts{});
    }
    template <class Facts, class Observer>
    static MOTE_INLINE void tell_absorbed(Observer&, ...) {}

    /// Tells the observer of rows of layer `Index` that lie in tensor `Tensor`.
    template <int Index, int Tensor, class Observer>
    MOTE_INLINE void show(Observer& observer, int first, int last) {
        observer(LayerOfNode<Index>{},
                 Band<Stored<Tensor>>{first, last - first, rows<Tensor>().row(first)});
    }

    template <int Index>
    MOTE_INLINE typename Graph::template TensorType<Index>::Element* stored_input() {
        return place<typename Graph::template TensorType<Index>::Element>(Plan::offset(Index));
    }

    /// Elements that lie in the arena from a byte on.
    template <class Type>
    MOTE_INLINE Type* place(int32_t offset) {
        return static_cast<Type*>(static_cast<void*>(arena_ + offset));
    }
    template <class Type>
    MOTE_INLINE const Type* place(int32_t offset) const {
        return static_cast<const Type*>(static_cast<const void*>(arena_ + offset));
    }

    alignas(plan::alignment) unsigned char arena_[static_cast<size_t>(Plan::bytes)];
};

/// A network written by hand: Network<Input<...>, layers and branches...>.
template <class... Parts>
using Network = Runner<graph::Sequential<Parts...>, plan::LeastRam>;

/// The same with another plan: PlannedNetwork<plan::LayerByLayer, Input<...>, ...>. For the kernels
/// of another CPU: Runner<Network<...>::Graph, plan::LeastRam, arch::portable>.
template <class Plan, class... Parts>
using PlannedNetwork = Runner<graph::Sequential<Parts...>, Plan>;

}  // namespace mote
