// Functions of one value that only clamp join the layer before, and those that change nothing go.
//
// The layer before has to have an activation (`Clamped`), and nobody else may read its output.
#pragma once

#include "called.hpp"
#include "hints.hpp"
#include "readers.hpp"
#include "rewritten.hpp"

namespace mote {
namespace pass {

/// What a layer does to values that keep their quantization: clamp to [low, high], or more.
struct Effect {
    bool clamps;
    int low;
    int high;

    constexpr bool nothing() const { return clamps && low == -128 && high == 127; }
};

/// The one operand of a layer that computes bytes from bytes of the same kind, element by element;
/// -1 for other layers.
template <class Graph, int Node, class Inputs = typename Graph::template NodeType<Node>::Inputs>
struct OnlyOperand {
    static constexpr int tensor = -1;
};
template <class Graph, int Node, int Input>
struct OnlyOperand<Graph, Node, detail::sequence<Input>> {
    using From = typename Graph::template TensorType<Input>;
    using To = typename Graph::template TensorType<Node + 1>;
    static constexpr int tensor = Graph::template NodeType<Node>::On::elementwise &&
                                          detail::is_same<From, To>::value &&
                                          detail::is_same<typename From::Element, int8_t>::value
                                      ? Input
                                      : -1;
};

template <class Graph, int Node, bool Candidate = (OnlyOperand<Graph, Node>::tensor >= 0)>
struct EffectOf {
    static constexpr Effect value{false, 0, 0};
};
template <class Graph, int Node>
struct EffectOf<Graph, Node, true> {
    using On = typename Graph::template NodeType<Node>::On;

    static constexpr Effect find() {
        Effect found{true, On::value(-128), On::value(127)};
        for (int i = -128; i < 128; ++i) {
            const int clamped = i < found.low ? found.low : i > found.high ? found.high : i;
            found.clamps = found.clamps && On::value(static_cast<int8_t>(i)) == clamped;
        }
        return found;
    }
    static constexpr Effect value = find();
};

template <class Type>
struct made {
    using type = void;
};
template <class Layer, class = void>
struct can_clamp {
    static constexpr bool value = false;
};
template <class Layer>
struct can_clamp<Layer, typename made<typename Layer::template Clamped<-128, 127>>::type> {
    static constexpr bool value = true;
};

/// What becomes of each node: -1, or the tensor that stands for its output.
template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct FindClamps;
template <class Graph, int... Indices>
struct FindClamps<Graph, detail::sequence<Indices...>> {
    struct Result {
        /// The tensor that stands for each.
        int stands[Graph::node_count + 1];
        /// The node whose clamping joins what computes each tensor; -1: none.
        int joins[Graph::node_count + 1];
        bool changes;
    };

   private:
    template <int Index>
    using NodeType = typename Graph::template NodeType<Index>;

    template <int Node>
    static constexpr void decide(Result& result) {
        constexpr int from = OnlyOperand<Graph, Node>::tensor;
        if constexpr (from >= 0) {
            constexpr Effect effect = EffectOf<Graph, Node>::value;
            constexpr const auto& readers = Readers<Graph>::value;
            bool goes = false;
            if (effect.nothing()) {
                // No input is an output, or what a variable takes.
                goes = readers.outside[Node + 1] == 0 || result.stands[from] > Graph::given_count;
            } else if (effect.clamps && clamps<from - 1>()) {
                goes = readers.one(from);
                if (goes) result.joins[from] = Node;
            }
            if (goes) result.stands[Node + 1] = result.stands[from];
            result.changes = result.changes || goes;
        }
    }

    template <int Node>
    static constexpr bool computes() {
        if constexpr (Node < 0)
            return false;
        else
            return !NodeType<Node>::is_given;
    }
    template <int Node>
    static constexpr bool clamps() {
        if constexpr (computes<Node>())
            return can_clamp<typename NodeType<Node>::Layer>::value;
        else
            return false;
    }

    static constexpr Result find() {
        Result result{};
        for (int tensor = 0; tensor <= Graph::node_count; ++tensor) {
            result.stands[tensor] = tensor;
            result.joins[tensor] = -1;
        }
        if (detail::all({(OnlyOperand<Graph, Indices>::tensor < 0)...})) return result;
        detail::in_turn({(decide<Indices>(result), true)...});
        return result;
    }

   public:
    static constexpr Result value = find();
};

/// The pass, on `Written` with the layers of `Arch`: a change as Rewritten takes it.
template <class WrittenType, class Arch>
struct Clamps {
    using Written = WrittenType;

   private:
    using Graph = graph::Bound<Written, Arch>;
    using Found = FindClamps<Graph>;

    template <class First, class Second>
    struct Both {
        static constexpr int count = 2;
        static constexpr const char* at(int index) {
            return index == 0 ? First::name() : Second::name();
        }
    };

    template <class Node, int By>
    struct Joined {
        using type = Node;
    };
    template <class Layer, int... Ids, int By>
    struct Joined<Node<Layer, Ids...>, By> {
        using Joining = typename Graph::template NodeType<By>::Layer;
        static constexpr Effect effect = EffectOf<Graph, By>::value;
        using type = Node<Called<typename Layer::template Clamped<effect.low, effect.high>,
                                 pass::Joined<Both<Layer, Joining>>>,
                          Ids...>;
    };
    template <class Layer, int... Ids>
    struct Joined<Node<Layer, Ids...>, -1> {
        using type = Node<Layer, Ids...>;
    };

   public:
    static constexpr bool find_changes() { return Found::value.changes; }
    static constexpr bool changes = Changes<Clamps, Hints<Graph>::elementwise>::value;

    static constexpr auto stands() {
        detail::array<int, Graph::node_count + 1> result{};
        for (int tensor = 0; tensor <= Graph::node_count; ++tensor)
            result[tensor] = Found::value.stands[tensor];
        return result;
    }
    template <int Index>
    using NodeAt = typename Joined<typename Written::template NodeAt<Index>,
                                   Found::value.joins[Index + 1]>::type;
};

}  // namespace pass
}  // namespace mote
