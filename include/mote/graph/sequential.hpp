// Networks written by hand: a chain of layers, with branches, lowered to a Graph.
//
//   Input<Shape<8, 8, 1>, quantization>, Conv2D<...>,
//   Branch<Path<Conv2D<...>, Conv2D<...>>, Path<>, Add<...>>, Flatten, Dense<...>, Softmax<>
#pragma once

#include "graph.hpp"

namespace mote {

/// The input of a network written by hand.
template <class Shape, class Affine>
struct Input {
    using TensorType = Tensor<int8_t, Shape, typename Quantized<Affine>::type>;
};

/// Layers one after the other; empty: the tensor as it is.
template <class... Layers>
struct Path {};

/// Paths that start at one tensor, and as the last argument the layer that joins them.
template <class... PathsAndJoin>
struct Branch {};

namespace graph {

/// Nodes so far, and the tensor that the next layer reads.
template <int Current, class... Nodes>
struct Chain {
    static constexpr int current = Current;
    static constexpr int tensors = static_cast<int>(sizeof...(Nodes)) + 1;

    template <class Layer, int... Inputs>
    using Append = Chain<tensors, Nodes..., Node<Layer, Inputs...>>;
    template <int Tensor>
    using From = Chain<Tensor, Nodes...>;
    template <class InputTensor>
    using Graph = mote::Graph<InputTensor, Nodes...>;
};

/// `So far` with `Layers` behind it.
template <class SoFar, class... Layers>
struct Lower {
    using type = SoFar;
};
template <class SoFar, class Layer, class... Rest>
struct Lower<SoFar, Layer, Rest...>
    : Lower<typename SoFar::template Append<Layer, SoFar::current>, Rest...> {};

/// Lowers one path after the other from tensor `Start`; `Ends` are the tensors they end at.
template <class SoFar, int Start, class Ends, class... PathsAndJoin>
struct LowerBranch;
template <class SoFar, int Start, int... Ends, class... Layers, class... Rest>
struct LowerBranch<SoFar, Start, detail::sequence<Ends...>, Path<Layers...>, Rest...> {
    using Walked = typename Lower<typename SoFar::template From<Start>, Layers...>::type;
    using type = typename LowerBranch<Walked, Start, detail::sequence<Ends..., Walked::current>,
                                      Rest...>::type;
};
template <class SoFar, int Start, int... Ends, class Join>
struct LowerBranch<SoFar, Start, detail::sequence<Ends...>, Join> {
    static_assert(sizeof...(Ends) > 1,
                  "Branch: give at least two paths, then the layer that joins them");
    using type = typename SoFar::template Append<Join, Ends...>;
};

template <class SoFar, class... PathsAndJoin, class... Rest>
struct Lower<SoFar, Branch<PathsAndJoin...>, Rest...>
    : Lower<typename LowerBranch<SoFar, SoFar::current, detail::sequence<>, PathsAndJoin...>::type,
            Rest...> {};

/// The graph of a hand-written list.
template <class... Parts>
struct Sequential {
    static_assert(sizeof...(Parts) == 0,
                  "Network: the list has to begin with Input<Shape<height, width, channels>, "
                  "quantization>");
};
template <class Shape, class Affine, class... Layers>
struct Sequential<Input<Shape, Affine>, Layers...>
    : Lower<Chain<0>, Layers...>::type::template Graph<typename Input<Shape, Affine>::TensorType> {
};

}  // namespace graph
}  // namespace mote
