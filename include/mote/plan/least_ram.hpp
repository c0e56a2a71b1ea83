// The plan with the least RAM: rows where that helps, whole maps where it does not.
#pragma once

#include "cutting.hpp"

namespace mote {
namespace plan {

/// The least RAM found. `Pushed`: input rows come one by one (a camera, a sensor), so that the
/// input as a whole is nowhere.
template <bool Pushed>
struct LeastRows {
    static constexpr bool pushed = Pushed;

    template <class Graph>
    struct Made {
        /// One streamed segment.
        struct Uncut {
            static inline constexpr Cuts<Graph::node_count> cuts{{}, Pushed};
            static inline constexpr Layout<Graph> layout = lay_out<Graph>(cuts, true, 0);
        };
        struct Cut {
            static inline constexpr Layout<Graph> layout =
                lay_out<Graph>(Cutting<Graph, Pushed>::cuts, true, 0);
        };
        using Whole = typename LayerByLayer::Made<Graph>;
        static inline constexpr Layout<Graph> fewest =
            Cut::layout.bytes() < Uncut::layout.bytes() ? Cut::layout : Uncut::layout;
        /// Whole maps where rows gain nothing: they are faster.
        static inline constexpr Layout<Graph> layout =
            !Pushed && Whole::layout.bytes() <= fewest.bytes() ? Whole::layout : fewest;
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

using LeastRam = LeastRows<false>;
using PushedRows = LeastRows<true>;

}  // namespace plan
}  // namespace mote
