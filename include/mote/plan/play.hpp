// The loop that plays a schedule: which node has a turn, when, and with which row. A network plays
// it with the nodes as types; tests play any schedule with the nodes as numbers.
//
// A player has `turns(node)`, `layer(node, row)`: the node acts on that row, or has no turn if it
// is negative, and `whole_layer(node)`: the node acts on all rows at once. `Player::Node<index>`
// is a node as a type. A debugger shows every function on the way to a kernel, inlined or not: so
// there are few.
#pragma once

#include "../detail/fold.hpp"
#include "schedule.hpp"

namespace mote {
namespace plan {

/// Nodes from `First` on, as types.
template <int First, class Indices>
struct FewNodes;
template <int First, int... Indices>
struct FewNodes<First, detail::sequence<Indices...>> {
    /// Steps `from` to before `to` of a segment.
    template <class Player>
    static MOTE_INLINE void play(Player player, int32_t from, int32_t to) {
        for (int32_t step = from; step < to; ++step)
            detail::in_turn(
                {(player.layer(typename Player::template Node<First + Indices>{},
                               player.turns(detail::constant<First + Indices>{}).row_in(step)),
                  true)...});
    }
};

/// So many that they act in groups, each a function of its own: compilers take far longer for one
/// large function than for two half as large.
template <int First, int Count>
struct ManyNodes;

constexpr int most_in_group = 24;
template <int First, int Count>
using Nodes = detail::conditional_t<(Count > most_in_group), ManyNodes<First, Count>,
                                    FewNodes<First, detail::make_sequence_t<Count>>>;

template <int First, int Count>
struct ManyNodes {
    template <class Player>
    static MOTE_INLINE void play(Player player, int32_t from, int32_t to) {
        for (int32_t step = from; step < to; ++step) play_step(player, step);
    }

   private:
    template <class Player>
    static MOTE_NOINLINE void play_step(Player player, int32_t step) {
        Nodes<First, Count / 2>::play(player, step, step + 1);
        Nodes<First + Count / 2, Count - Count / 2>::play(player, step, step + 1);
    }
};

/// A node alone computes its whole map.
template <int Index>
struct LoneNode {
    template <class Player>
    static MOTE_INLINE void play(Player player, int32_t, int32_t) {
        player.whole_layer(typename Player::template Node<Index>{});
    }
};

/// The nodes of a segment.
template <int First, int Count>
using SegmentNodes = detail::conditional_t<Count == 1, LoneNode<First>, Nodes<First, Count>>;

/// Nodes from `begin` to before `end`, as numbers.
struct CountedNodes {
    int begin;
    int end;

    template <class Player>
    void play(Player& player, int32_t from, int32_t to) const {
        for (int32_t step = from; step < to; ++step)
            for (int node = begin; node < end; ++node)
                player.layer(node, player.turns(node).row_in(step));
    }
    template <class Player>
    void play_segment(Player& player, int32_t steps) const {
        end - begin == 1 ? player.whole_layer(begin) : play(player, 0, steps);
    }
};

}  // namespace plan
}  // namespace mote
