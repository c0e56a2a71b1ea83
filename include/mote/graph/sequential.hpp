// Networks written by hand: a chain of layers, with branches, lowered to a Graph.
//
//   Input<Shape<8, 8, 1>, quantization>, Conv2D<...>,
//   Branch<Path<Conv2D<...>, Conv2D<...>>, Path<>, Add<...>>, Flatten, Dense<...>, Softmax<>
//
// Further inputs begin paths; a last branch without a layer that joins it gives several outputs:
//
//   Input<Frames, sound>, Conv2D<...>,
//   Branch<Path<>, Path<Input<Axes, motion>, Conv2D<...>>, Concatenate<...>>,
//   Branch<Path<Dense<...>, Softmax<>>, Path<Dense<...>>>
#pragma once

#include "graph.hpp"

namespace mote {

/// An input of a network written by hand.
template <class Shape, class Affine>
struct Input {
    using TensorType = Tensor<int8_t, Shape, typename Quantized<Affine>::type>;
};

/// Layers one after the other; empty: the tensor as it is. One that begins with an Input begins at
/// a further input of the network; they are numbered as they stand.
template <class... Layers>
struct Path {};

/// Paths that start at one tensor, and as the last argument the layer that joins them. At the end
/// of a network that may be missing: each path then ends in an output.
template <class... PathsAndJoin>
struct Branch {};

namespace graph {

/// Nodes so far, the tensor that the next layer reads, and how many further inputs were used.
template <int Current, int Used, class... Nodes>
struct Chain {
    static constexpr int current = Current;
    static constexpr int tensors = static_cast<int>(sizeof...(Nodes)) + 1;

    template <class Layer, int... Inputs>
    using Append = Chain<tensors, Used, Nodes..., Node<Layer, Inputs...>>;
    template <int Tensor>
    using From = Chain<Tensor, Used, Nodes...>;
    using FromInput = Chain<Used + 1, Used + 1, Nodes...>;
    template <class InputTensor>
    using Graph = mote::Graph<InputTensor, Nodes...>;
};

/// What ends in several outputs.
template <class SoFar, int... Ends>
struct Fork {
    template <class InputTensor>
    struct Graph : SoFar::template Graph<InputTensor> {
        using Outputs = detail::sequence<Ends...>;
    };
};

/// `SoFar` with `Layers` behind it.
template <class SoFar, class... Layers>
struct Lower {
    using type = SoFar;
};
template <class SoFar, class Layer, class... Rest>
struct Lower<SoFar, Layer, Rest...>
    : Lower<typename SoFar::template Append<Layer, SoFar::current>, Rest...> {};
template <class SoFar, class Shape, class Affine, class... Rest>
struct Lower<SoFar, Input<Shape, Affine>, Rest...> {
    static_assert(sizeof(SoFar) == 0,
                  "Input: it begins a network, or a Path that starts at a further input");
    using type = SoFar;
};
template <class SoFar, int... Ends, class Layer, class... Rest>
struct Lower<Fork<SoFar, Ends...>, Layer, Rest...> {
    static_assert(sizeof(SoFar) == 0,
                  "Branch: without a layer that joins its paths they end in outputs, and nothing "
                  "may follow; give the layer as its last argument");
    using type = SoFar;
};

/// Layers of a path, from tensor `Start`.
template <class SoFar, int Start, class... Layers>
struct Walk : Lower<typename SoFar::template From<Start>, Layers...> {};
template <class SoFar, int Start, class Shape, class Affine, class... Layers>
struct Walk<SoFar, Start, Input<Shape, Affine>, Layers...>
    : Lower<typename SoFar::FromInput, Layers...> {};

/// Lowers one path after the other from tensor `Start`; `Ends` are the tensors they end at.
template <class SoFar, int Start, class Ends, class... PathsAndJoin>
struct LowerBranch;
template <class SoFar, int Start, int... Ends, class... Layers, class... Rest>
struct LowerBranch<SoFar, Start, detail::sequence<Ends...>, Path<Layers...>, Rest...> {
    using Walked = typename Walk<SoFar, Start, Layers...>::type;
    using type = typename LowerBranch<Walked, Start, detail::sequence<Ends..., Walked::current>,
                                      Rest...>::type;
};
template <class SoFar, int Start, int... Ends, class Join>
struct LowerBranch<SoFar, Start, detail::sequence<Ends...>, Join> {
    static_assert(sizeof...(Ends) > 1,
                  "Branch: give at least two paths, then the layer that joins them");
    using type = typename SoFar::template Append<Join, Ends...>;
};
template <class SoFar, int Start, int... Ends, class... Layers>
struct LowerBranch<SoFar, Start, detail::sequence<Ends...>, Path<Layers...>> {
    static_assert(sizeof...(Ends) > 0,
                  "Branch: give at least two paths, then the layer that joins them");
    using Walked = typename Walk<SoFar, Start, Layers...>::type;
    using type = Fork<Walked, Ends..., Walked::current>;
};

template <class SoFar, class... PathsAndJoin, class... Rest>
struct Lower<SoFar, Branch<PathsAndJoin...>, Rest...>
    : Lower<typename LowerBranch<SoFar, SoFar::current, detail::sequence<>, PathsAndJoin...>::type,
            Rest...> {};

/// The further inputs among parts, as they stand, as nodes.
template <class Found, class... Parts>
struct FurtherInputs;
template <class... Found>
struct FurtherInputs<detail::list<Found...>> {
    using Begin = Chain<0, 0, Found...>;
};
template <class... Found, class Part, class... Rest>
struct FurtherInputs<detail::list<Found...>, Part, Rest...>
    : FurtherInputs<detail::list<Found...>, Rest...> {};
template <class... Found, class Shape, class Affine, class... Rest>
struct FurtherInputs<detail::list<Found...>, Input<Shape, Affine>, Rest...>
    : FurtherInputs<detail::list<Found..., Given<typename Input<Shape, Affine>::TensorType>>,
                    Rest...> {};
template <class... Found, class... Parts, class... Rest>
struct FurtherInputs<detail::list<Found...>, Path<Parts...>, Rest...>
    : FurtherInputs<detail::list<Found...>, Parts..., Rest...> {};
template <class... Found, class... Parts, class... Rest>
struct FurtherInputs<detail::list<Found...>, Branch<Parts...>, Rest...>
    : FurtherInputs<detail::list<Found...>, Parts..., Rest...> {};

/// The graph of a hand-written list.
template <class... Parts>
struct Sequential {
    static_assert(sizeof...(Parts) == 0,
                  "Network: the list has to begin with Input<Shape<height, width, channels>, "
                  "quantization>");
};
template <class Shape, class Affine, class... Layers>
struct Sequential<Input<Shape, Affine>, Layers...>
    : Lower<typename FurtherInputs<detail::list<>, Layers...>::Begin,
            Layers...>::type::template Graph<typename Input<Shape, Affine>::TensorType> {};

}  // namespace graph
}  // namespace mote
