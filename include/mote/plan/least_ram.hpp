// The plan with the least RAM: rows where that helps, whole maps where it does not.
#pragma once

#include "cutting.hpp"

namespace mote {
namespace plan {

/// The least RAM found, or up to a twelfth more where that spares streaming. `Pushed`: input rows
/// come one by one (a camera, a sensor), so that the input as a whole is nowhere.
template <bool Pushed>
struct LeastRows {
    static constexpr bool pushed = Pushed;

    template <class Graph>
    struct Candidates {
        using Size = typename Graph::Size;
        static constexpr int nodes = Size::nodes;

        /// Larger networks are not tried as one segment, nor have their maps take the place of each
        /// other row by row: compilers limit what that takes.
        static constexpr int most_nodes = 96;

        static constexpr Layout<Size> rows(const Cuts<Size>& cuts) {
            return lay_out(OutlineOf<Graph>::value, cuts, nodes <= most_nodes, 0);
        }
        /// One streamed segment.
        struct Uncut {
            static inline constexpr Layout<Size> layout = rows({{}, Pushed});
        };
        struct Cut {
            static inline constexpr Layout<Size> layout = rows(Cutting<Graph, Pushed>::cuts());
        };
        struct FinelyCut {
            static inline constexpr Layout<Size> layout =
                rows(Cutting<Graph, Pushed>::finer_cuts());
        };
        /// Node by node, each in the place of what it reads as far as that goes: always possible.
        struct Single {
            static inline constexpr Layout<Size> layout = rows(cut_everywhere<Size>(Pushed));
        };
        using Whole = typename LayerByLayer::Made<Graph>;

        template <class One, class Other>
        using Smaller =
            detail::conditional_t<(Other::layout.bytes() < One::layout.bytes()), Other, One>;
        using Segmented = Smaller<Cut, FinelyCut>;
        using TriedUncut = detail::conditional_t<(nodes <= most_nodes), Uncut, Segmented>;
        using Streamed = Smaller<TriedUncut, Segmented>;

        /// What streaming has to spare: less than a twelfth is not worth it.
        static constexpr bool about(int32_t bytes, int32_t least) {
            return bytes - least <= least / 12;
        }

        /// Plans of whole maps cannot win when one map alone is too large: they are not tried.
        static constexpr bool maps_may_win() {
            int32_t largest = 0;
            for (int tensor = 0; tensor < Graph::tensor_count; ++tensor)
                largest = detail::larger(largest, Graph::tensors()[tensor].bytes);
            return about(largest, Streamed::layout.bytes());
        }
        using TriedSingle = detail::conditional_t<maps_may_win(), Single, Streamed>;
        using TriedWhole = detail::conditional_t<maps_may_win() && !Pushed, Whole, Streamed>;
        using Least = Smaller<Streamed, Smaller<TriedSingle, TriedWhole>>;

        /// Whole maps where rows gain little: they are faster.
        template <class Tried>
        static constexpr bool nearly_least() {
            return !Pushed && about(Tried::layout.bytes(), Least::layout.bytes());
        }
        using Best = detail::conditional_t<
            nearly_least<TriedWhole>(), TriedWhole,
            detail::conditional_t<nearly_least<TriedSingle>(), TriedSingle, Least>>;
    };
    template <class Graph>
    using Made = typename Candidates<Graph>::Best;
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

using LeastRam = LeastRows<false>;
using PushedRows = LeastRows<true>;

}  // namespace plan
}  // namespace mote
