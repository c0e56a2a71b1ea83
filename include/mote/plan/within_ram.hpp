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
    struct Made {
        static constexpr int nodes = Graph::node_count;
        using Least = typename LeastRam::Made<Graph>;

        /// The least plan's first `Streamed` segments, then node by node.
        template <int Streamed>
        struct Partly {
            static constexpr Cuts<nodes> cut() {
                Cuts<nodes> cuts{};
                for (int node = 0; node < nodes; ++node) {
                    const int segment = Least::smallest().schedule.steps[node].segment;
                    cuts.begins[node] = segment >= Streamed ||
                                        Least::smallest().schedule.first_node[segment] == node;
                }
                return cuts;
            }
            static inline constexpr Layout<Graph> layout = lay_out<Graph>(cut(), true, 0);
        };

        template <int Streamed, bool Last = (Streamed == Least::smallest().schedule.segments)>
        struct First {
            static constexpr const Layout<Graph>& layout() {
                return Partly<Streamed>::layout.bytes() <= Bytes ? Partly<Streamed>::layout
                                                                 : First<Streamed + 1>::layout();
            }
        };
        template <int Streamed>
        struct First<Streamed, true> {
            static constexpr const Layout<Graph>& layout() { return Least::smallest(); }
        };

        using Whole = typename LayerByLayer::Made<Graph>;
        static constexpr bool fits = within<Bytes, Least::smallest().bytes()>::value;
        static inline constexpr Layout<Graph> layout =
            fits && Whole::layout.bytes() <= Bytes ? Whole::layout : First<0>::layout();
    };
    template <class Graph>
    using Of = Plan<Graph, Made<Graph>>;
};

}  // namespace plan
}  // namespace mote
