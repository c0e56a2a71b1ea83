// The plan with the least RAM: rows where that helps, whole maps where it does not.
#pragma once

#include "cutting.hpp"

namespace mote {
namespace plan {

/// The least RAM found, or up to a sixteenth more where that spares streaming. `Pushed`: input rows
/// come one by one (a camera, a sensor), so that the input as a whole is nowhere.
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
        /// Node by node, each in the place of what it reads as far as that goes: always possible.
        struct Single {
            static constexpr Cuts<Graph::node_count> cut() {
                Cuts<Graph::node_count> cuts{{}, Pushed};
                for (int node = 0; node < Graph::node_count; ++node) cuts.begins[node] = true;
                return cuts;
            }
            static inline constexpr Layout<Graph> layout = lay_out<Graph>(cut(), true, 0);
        };
        using Whole = typename LayerByLayer::Made<Graph>;

        static constexpr const Layout<Graph>& smaller(const Layout<Graph>& one,
                                                      const Layout<Graph>& other) {
            return other.bytes() < one.bytes() ? other : one;
        }
        struct Rows {
            static inline constexpr const Layout<Graph>& layout =
                smaller(Uncut::layout, Cut::layout);
        };

        /// Plans of whole maps cannot win when one map alone is too large: they are not tried.
        static constexpr bool maps_may_win() {
            int32_t largest = 0;
            for (int tensor = 0; tensor < Graph::tensor_count; ++tensor)
                largest = detail::larger(largest, Graph::tensors()[tensor].bytes);
            return largest - Rows::layout.bytes() <= Rows::layout.bytes() / 16;
        }
        using TriedSingle = detail::conditional_t<maps_may_win(), Single, Rows>;
        using TriedWhole = detail::conditional_t<maps_may_win(), Whole, Rows>;

        static constexpr const Layout<Graph>& smallest() {
            return smaller(TriedSingle::layout, Rows::layout);
        }
        /// Whole maps where rows gain less than a sixteenth: they are faster.
        static constexpr bool nearly_least(const Layout<Graph>& plan) {
            return !Pushed && plan.bytes() - smallest().bytes() <= smallest().bytes() / 16;
        }
        static inline constexpr Layout<Graph> layout =
            nearly_least(TriedWhole::layout)    ? TriedWhole::layout
            : nearly_least(TriedSingle::layout) ? TriedSingle::layout
                                                : smallest();
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

using LeastRam = LeastRows<false>;
using PushedRows = LeastRows<true>;

}  // namespace plan
}  // namespace mote
