// Layers that put values in another order: of two, one behind the other, becomes one, and one that
// leaves the order as it is is a view.
#pragma once

#include <stddef.h>

#include "../layer/reshape.hpp"
#include "../layer/transpose.hpp"
#include "called.hpp"
#include "hints.hpp"
#include "readers.hpp"
#include "rewritten.hpp"

namespace mote {
namespace pass {

/// The order of an output's values: axes as in a MovePlan, in turn, each with its extent and how
/// far apart in the input what its indices name is.
struct Order {
    static constexpr int most_axes = kernel::MovePlan::most_axes;
    int32_t counts[most_axes];
    int32_t steps[most_axes];
    int axes;
    /// False: there is none, or too many axes.
    bool known;

    constexpr void add(int32_t count, int32_t step) {
        if (axes == most_axes) known = false;
        if (count == 1 || !known) return;
        counts[axes] = count;
        steps[axes] = step;
        ++axes;
    }
    static constexpr Order of(const kernel::MovePlan& plan, int32_t size) {
        Order order{{}, {}, 0, plan.entries == 0 && plan.base == 0};
        for (int axis = 0; axis < plan.count; ++axis)
            order.add(plan.axes[axis].count, plan.axes[axis].step);
        order.add(plan.run, 1);
        order.known = order.permutes(size);
        return order;
    }
    /// Each of `size` values once.
    constexpr bool permutes(int32_t size) const {
        int32_t reached = 1;
        for (int turn = 0; turn < axes; ++turn) {
            int next = -1;
            for (int axis = 0; axis < axes; ++axis)
                if (steps[axis] == reached) next = axis;
            if (next < 0) return false;
            reached *= counts[next];
        }
        return known && reached == size;
    }
    constexpr bool moves_nothing() const {
        int32_t step = 1;
        for (int axis = axes - 1; axis >= 0; --axis) {
            if (steps[axis] != step) return false;
            step *= counts[axis];
        }
        return known;
    }
    /// Adds an axis of a later layer, which counts along this order's output.
    constexpr void follow(const Order& first, int32_t count, int32_t step) {
        // The axes of the first one, from the innermost one that `step` reaches.
        int32_t inner_counts[most_axes] = {}, inner_steps[most_axes] = {};
        int found = 0;
        int32_t width = 1;
        for (int axis = first.axes - 1; axis >= 0 && count > 1; --axis) {
            const int32_t whole = first.counts[axis];
            if (step < width * whole) {
                const int32_t skip = step / width;
                if (step % width != 0 || whole % skip != 0) break;
                const int32_t room = whole / skip;
                const int32_t taken = count < room ? count : room;
                if (count % taken != 0) break;
                inner_counts[found] = taken;
                inner_steps[found] = skip * first.steps[axis];
                ++found;
                count /= taken;
                step *= taken;
            }
            width *= whole;
        }
        if (count > 1) known = false;
        for (int i = found - 1; i >= 0; --i) add(inner_counts[i], inner_steps[i]);
    }
    /// This order and then another one.
    constexpr Order then(const Order& second) const {
        Order result{{}, {}, 0, known && second.known};
        for (int axis = 0; axis < second.axes && result.known; ++axis)
            result.follow(*this, second.counts[axis], second.steps[axis]);
        return result;
    }
};

/// The tensors that layers which put values in another order read, maybe through views.
template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct FindMoves;
template <class Graph, int... Indices>
struct FindMoves<Graph, detail::sequence<Indices...>> {
    static constexpr int tensors = Graph::node_count + 1;
    struct Result {
        /// Whether a layer that puts values in another order computes each tensor.
        bool moved[static_cast<size_t>(tensors)];
        /// The one tensor that a view or such a layer reads; -1: others.
        int from[static_cast<size_t>(tensors)];
    };

   private:
    template <int Index>
    using NodeType = typename Graph::template NodeType<Index>;

    template <int Node, int... Ids>
    static constexpr void add(Result& result, detail::sequence<Ids...>) {
        const int read[] = {Ids..., -1};
        result.moved[Node + 1] = NodeType<Node>::On::reorders;
        result.from[Node + 1] =
            NodeType<Node>::On::reorders || NodeType<Node>::is_view ? read[0] : -1;
    }
    static constexpr Result find() {
        Result result{};
        result.from[0] = -1;
        detail::in_turn({(add<Indices>(result, typename NodeType<Indices>::Inputs{}), true)...});
        return result;
    }

   public:
    static constexpr Result value = find();

    /// The tensor of the layer before `tensor`'s, if both may become one; else -1.
    static constexpr int before(int tensor) {
        const auto& readers = Readers<Graph>::value;
        int found = value.from[tensor];
        while (found > 0 && readers.one(found) && !value.moved[found]) found = value.from[found];
        return found > 0 && readers.one(found) ? found : -1;
    }
};

/// Tensor `Tensor`, which a layer that puts values in another order computes, with all such layers
/// before it that become one with it.
template <class Graph, int Tensor, int Before = FindMoves<Graph>::before(Tensor)>
struct Moved {
   private:
    using Earlier = Moved<Graph, Before>;
    using Alone = Moved<Graph, Tensor, -1>;
    static constexpr Order both = Earlier::order.then(Alone::order);

   public:
    static constexpr bool joins = both.known;
    static constexpr Order order = joins ? both : Alone::order;
    /// The tensor that is read.
    static constexpr int from = joins ? Earlier::from : Alone::from;
};
template <class Graph, int Tensor>
struct Moved<Graph, Tensor, -1> {
    static constexpr bool joins = false;
    static constexpr Order order = Order::of(Graph::template NodeType<Tensor - 1>::On::plan,
                                             Graph::template TensorType<Tensor>::size);
    static constexpr int from = FindMoves<Graph>::value.from[Tensor];
};

/// An order as the map of a layer: see layer/move.hpp.
template <class Counts, class Steps>
struct OrderMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "Transpose"; }
    static constexpr int axes() { return Counts::size; }
    static constexpr int32_t count(int axis) { return Counts::at(axis); }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return index * Steps::at(axis);
    }
};
/// The layer that puts values in the order `Made::order`.
template <class Shape, class Made, bool MovesNothing = Made::order.moves_nothing(),
          class Axes = detail::make_sequence_t<Made::order.axes>>
struct LayerOfOrder {
    using type = Reshape<Shape>;
};
template <class Shape, class Made, int... Axes>
struct LayerOfOrder<Shape, Made, false, detail::sequence<Axes...>> {
    using type =
        Move<Shape,
             OrderMap<Numbers<Made::order.counts[Axes]...>, Numbers<Made::order.steps[Axes]...>>>;
};

/// The pass, on `Written` with the layers of `Arch`: a change as Rewritten takes it.
template <class WrittenType, class Arch>
struct Moves {
    using Written = WrittenType;

   private:
    using Graph = graph::Bound<Written, Arch>;
    using Found = FindMoves<Graph>;
    using Stands = detail::array<int, Graph::node_count + 1>;

    template <int Tensor, bool IsMoved = Found::value.moved[Tensor]>
    struct Change {
        static constexpr bool joins = false;
        static constexpr bool changes = false;
        static constexpr int from = -1;
        using Node = typename Written::template NodeAt<Tensor - 1>;
    };
    template <int Tensor>
    struct Change<Tensor, true> {
        using Made = Moved<Graph, Tensor>;
        static constexpr bool joins = Made::joins;
        static constexpr int from = Made::from;
        static constexpr bool changes = joins || Made::order.moves_nothing();

       private:
        template <bool Changes, class Unused = void>
        struct Replaced {
            using Shape = typename Graph::template TensorType<Tensor>::Shape;
            using Node = mote::Node<Called<typename LayerOfOrder<Shape, Made>::type,
                                           Joined<NamesBetween<Graph, Tensor, from>>>,
                                    from>;
        };
        template <class Unused>
        struct Replaced<false, Unused> {
            using Node = typename Written::template NodeAt<Tensor - 1>;
        };

       public:
        using Node = typename Replaced<changes>::Node;
    };

    template <int Tensor>
    static constexpr void leave_out(Stands& result) {
        if constexpr (Change<Tensor>::joins)
            for (int left = Found::value.from[Tensor]; left != Change<Tensor>::from;
                 left = Found::value.from[left])
                result[left] = -1;
    }
    template <int... Indices>
    static constexpr Stands stands(detail::sequence<Indices...>) {
        Stands result{{0, (Indices + 1)...}};
        detail::in_turn({(leave_out<Indices + 1>(result), true)...});
        return result;
    }
    template <int... Indices>
    static constexpr bool any_changes(detail::sequence<Indices...>) {
        return !detail::all({!Change<Indices + 1>::changes...});
    }
    using Nodes = detail::make_sequence_t<Graph::node_count>;

   public:
    static constexpr bool find_changes() { return any_changes(Nodes{}); }
    static constexpr bool changes = Changes<Moves, Hints<Graph>::reorders>::value;

    static constexpr Stands stands() { return stands(Nodes{}); }
    template <int Index>
    using NodeAt = typename Change<Index + 1>::Node;
};

}  // namespace pass
}  // namespace mote
