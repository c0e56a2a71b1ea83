// The fastest plan here that fits into a given number of bytes.
//
// Whole maps take the fewest instructions, so they are tried first; then the segments of the plan
// with the least RAM are streamed one after the other, from the input on, until the rest fits as
// whole maps.
#pragma once

#include "least_ram.hpp"

namespace mote {
namespace plan {

/// `Least` in the compiler's message is the smallest number that can be given.
template <int32_t Bytes, int32_t Least>
struct within {
    static_assert(Least <= Bytes,
                  "plan::WithinRam: no plan of this network fits into so few bytes; the first "
                  "number is what was asked for, the second the least there is");
    static constexpr bool value = true;
};

template <int32_t Bytes>
struct WithinRam {
    static constexpr bool pushed = false;

    template <class Graph>
    struct Candidates {
        using Size = typename Graph::Size;
        static constexpr int nodes = Size::nodes;
        using Least = LeastRam::Made<Graph>;
        using Whole = LayerByLayer::Made<Graph>;

        /// The least plan's first `Streamed` segments, then node by node.
        template <int Streamed>
        struct Partly {
            static constexpr Cuts<Size> cut() {
                const Schedule<Size>& least = Least::layout.schedule;
                Cuts<Size> cuts = cut_everywhere<Size>(false);
                for (int node = 0; node < least.first_node[Streamed]; ++node)
                    cuts.begins[node] = least.first_node[least.steps[node].segment] == node;
                return cuts;
            }
            static inline constexpr Layout<Size> layout =
                lay_out(OutlineOf<Graph>::value, cut(),
                        nodes <= LeastRam::Candidates<Graph>::most_nodes, 0);
        };

        static constexpr int segments = Least::layout.schedule.segments;
        /// At most so many numbers of segments are tried.
        static constexpr int tries = 16;
        static constexpr int step = (segments + tries - 1) / tries;

        /// The first that fits, from `Streamed` segments on.
        template <int Streamed, bool Last = (Streamed >= segments)>
        struct First
            : detail::conditional_t<(Partly<Streamed>::layout.bytes() <= Bytes),
                                    detail::identity<Partly<Streamed>>, First<Streamed + step>> {};
        template <int Streamed>
        struct First<Streamed, true> : detail::identity<Least> {};

        static constexpr bool fits = within<Bytes, Least::layout.bytes()>::value;
        template <bool Maps, class Unused = void>
        struct Choose : detail::identity<Whole> {};
        template <class Unused>
        struct Choose<false, Unused> : First<0> {};
        using Best = typename Choose<(fits && Whole::layout.bytes() <= Bytes)>::type;
    };
    template <class Graph>
    using Made = typename Candidates<Graph>::Best;
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

}  // namespace plan
}  // namespace mote
