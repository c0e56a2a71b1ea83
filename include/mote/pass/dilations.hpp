// Pixels of a step go to batches of their own, are convolved there and come back: that is a
// dilated convolution.
#pragma once

#include "../layer/conv2d.hpp"
#include "../layer/depthwise_conv2d.hpp"
#include "../layer/space.hpp"
#include "../layer/time_distributed.hpp"
#include "called.hpp"
#include "hints.hpp"
#include "readers.hpp"
#include "rewritten.hpp"

namespace mote {
namespace pass {

/// A convolution that might be dilated.
template <class Layer>
struct Undilated {
    static constexpr bool value = false;
};
template <class Weights, class Affine, class Activation, class Rounding>
struct Undilated<Conv2D<Weights, Affine, Strides<1>, Valid, Activation, Dilation<1>, Rounding>> {
    static constexpr bool value = true;
    static constexpr int height = Weights::height;
    static constexpr int width = Weights::width;
    template <class Padding, class Dilation>
    using With = Conv2D<Weights, Affine, Strides<1>, Padding, Activation, Dilation, Rounding>;
};
template <class Weights, class Affine, class Activation, class Rounding>
struct Undilated<
    DepthwiseConv2D<Weights, Affine, Strides<1>, Valid, Activation, Dilation<1>, Rounding>> {
    static constexpr bool value = true;
    static constexpr int height = Weights::height;
    static constexpr int width = Weights::width;
    template <class Padding, class Dilation>
    using With =
        DepthwiseConv2D<Weights, Affine, Strides<1>, Padding, Activation, Dilation, Rounding>;
};

/// The three layers as one; `value`: whether they are that.
template <class First, class Second, class Third>
struct Dilated {
    static constexpr bool value = false;
};
template <class Batches, class Dims, class Size, class Parts, class Before, int Times, class Layer,
          class Map, class BackDims, class Out, class Cut>
struct Dilated<Move<Batches, SpaceToBatchMap<Dims, Size, Parts, Before>>,
               TimeDistributed<Times, Layer>,
               Move<Map, BatchToSpaceMap<BackDims, Size, Out, Cut>>> {
   private:
    using Made = Undilated<Layer>;
    static constexpr int height = static_cast<int>(Size::at(0));
    static constexpr int width = static_cast<int>(Size::at(1));

    template <class Padding>
    static constexpr bool goes(int axis, int taps) {
        const int input = static_cast<int>(Dims::at(axis + 1));
        const int extent = (taps - 1) * static_cast<int>(Size::at(axis)) + 1;
        return Padding::before(input, extent, 1) == Before::at(axis) - Cut::at(axis) &&
               Padding::outputs(input, extent, 1) == Out::at(axis);
    }
    template <class Padding>
    static constexpr bool pads() {
        if constexpr (Made::value)
            return Dims::at(0) == 1 && Times == height * width && goes<Padding>(0, Made::height) &&
                   goes<Padding>(1, Made::width);
        else
            return false;
    }
    template <bool Is, class Unused = void>
    struct Convolution {
        using type = typename Made::template With<detail::conditional_t<pads<Same>(), Same, Valid>,
                                                  Dilation<height, width>>;
    };

   public:
    static constexpr bool value = pads<Same>() || pads<Valid>();
    template <bool Is = value>
    using LayerOf = typename Convolution<Is>::type;
};

/// A layer that reads one tensor.
template <class NodeType>
struct OfOne {
    using Layer = void;
    static constexpr int from = -1;
    static constexpr bool comes_back = false;
};
template <class LayerType, int From>
struct OfOne<Node<LayerType, From>> {
    using Layer = LayerType;
    static constexpr int from = From;
    static constexpr bool comes_back = false;
};
template <class Shape, class Dims, class Size, class Out, class Cut, int From>
struct OfOne<Node<Move<Shape, BatchToSpaceMap<Dims, Size, Out, Cut>>, From>> {
    using Layer = Move<Shape, BatchToSpaceMap<Dims, Size, Out, Cut>>;
    static constexpr int from = From;
    static constexpr bool comes_back = true;
};
template <class Written, int Tensor>
struct ComputedBy : OfOne<typename Written::template NodeAt<Tensor - 1>> {};
template <class Written>
struct ComputedBy<Written, 0> : OfOne<void> {};

/// The pass, on `Written` with the layers of `Arch`: a change as Rewritten takes it.
template <class WrittenType, class Arch>
struct Dilations {
    using Written = WrittenType;

   private:
    using Graph = graph::Bound<Written, Arch>;
    using Stands = detail::array<int, Graph::node_count + 1>;
    using Nodes = detail::make_sequence_t<Graph::node_count>;
    static constexpr int or_input(int tensor) { return tensor < 0 ? 0 : tensor; }

    /// What becomes of the layer that computes a tensor.
    template <int Tensor, bool ComesBack = ComputedBy<Written, Tensor>::comes_back>
    struct Change {
        static constexpr bool value = false;
        static constexpr int second = -1, first = -1;
        using Node = typename Written::template NodeAt<Tensor - 1>;
    };
    template <int Tensor>
    struct Change<Tensor, true> {
        using Third = ComputedBy<Written, Tensor>;
        static constexpr int second = Third::from;
        using Second = ComputedBy<Written, second>;
        static constexpr int first = or_input(Second::from);
        using First = ComputedBy<Written, first>;
        using Three = Dilated<typename First::Layer, typename Second::Layer, typename Third::Layer>;

        static constexpr bool find() {
            if constexpr (Three::value)
                return Readers<Graph>::value.one(second) && Readers<Graph>::value.one(first);
            else
                return false;
        }
        static constexpr bool value = find();

        template <bool Is, class Unused = void>
        struct Made {
            using type = mote::Node<Called<typename Three::template LayerOf<>,
                                           Joined<NamesBetween<Graph, Tensor, First::from>>>,
                                    First::from>;
        };
        template <class Unused>
        struct Made<false, Unused> {
            using type = typename Written::template NodeAt<Tensor - 1>;
        };
        using Node = typename Made<value>::type;
    };

    template <int... Indices>
    static constexpr Stands stands(detail::sequence<Indices...>) {
        Stands result{{0, (Indices + 1)...}};
        const bool goes[] = {Change<Indices + 1>::value...};
        const int second[] = {Change<Indices + 1>::second...};
        const int first[] = {Change<Indices + 1>::first...};
        for (int node = 0; node < Graph::node_count; ++node)
            if (goes[node]) result[first[node]] = result[second[node]] = -1;
        return result;
    }
    template <int... Indices>
    static constexpr bool any_comes_back(detail::sequence<Indices...>) {
        return !detail::all({!OfOne<typename Written::template NodeAt<Indices>>::comes_back...});
    }
    template <int... Indices>
    static constexpr bool any_changes(detail::sequence<Indices...>) {
        return !detail::all({!Change<Indices + 1>::value...});
    }

   public:
    static constexpr bool find_changes() { return any_changes(Nodes{}); }
    static constexpr bool changes = Changes<Dilations, any_comes_back(Nodes{})>::value;

    static constexpr Stands stands() { return stands(Nodes{}); }
    template <int Index>
    using NodeAt = typename Change<Index + 1>::Node;
};

}  // namespace pass
}  // namespace mote
