// Whether a graph has anything for a pass to look at: most have not, and should cost nothing.
#pragma once

#include "../graph/graph.hpp"

namespace mote {
namespace pass {

template <class Graph, class Indices = detail::make_sequence_t<Graph::node_count>>
struct Hints;
template <class Graph, int... Indices>
struct Hints<Graph, detail::sequence<Indices...>> {
    static constexpr bool elementwise =
        !detail::all({!Graph::template NodeType<Indices>::On::elementwise...});
    static constexpr bool reorders =
        !detail::all({!Graph::template NodeType<Indices>::On::reorders...});
};

/// `Change::find_changes()`, asked only where there is something to look at.
template <class Change, bool Any>
struct Changes {
    static constexpr bool value = false;
};
template <class Change>
struct Changes<Change, true> {
    static constexpr bool value = Change::find_changes();
};

}  // namespace pass
}  // namespace mote
