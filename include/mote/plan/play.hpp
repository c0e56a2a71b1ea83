// The loop that plays a schedule: which node has a turn, when, and with which row. A network plays
// it with the nodes as types; tests play any schedule with the nodes as numbers.
//
// A player has `turns(node)`, `turn(node, row)`: the node acts on that row, and `whole(node)`: the
// node acts on all rows at once.
#pragma once

#include "../detail/fold.hpp"
#include "schedule.hpp"

namespace mote {
namespace plan {

/// `Count` nodes from `First` on, as types. Many of them act in groups, each a function of its own:
/// compilers take far longer for one large function than for two half as large.
template <int First, int Count>
struct TypedNodes {
    static constexpr int group = 24;
    static MOTE_INLINE constexpr detail::constant<First> first() { return {}; }
    static MOTE_INLINE constexpr detail::constant<Count == 1> alone() { return {}; }

    template <class Act>
    static MOTE_INLINE void each(const Act& act) {
        each(act, detail::constant<(Count > group)>{});
    }

   private:
    template <class Act>
    static MOTE_INLINE void each(const Act& act, detail::constant<0>) {
        act_on(act, detail::make_sequence_t<Count>{});
    }
    template <class Act, int... Indices>
    static MOTE_INLINE void act_on(const Act& act, detail::sequence<Indices...>) {
        detail::in_turn({(act(detail::constant<First + Indices>{}), true)...});
    }
    template <class Act>
    static MOTE_NOINLINE void each(const Act& act, detail::constant<1>) {
        TypedNodes<First, Count / 2>::each(act);
        TypedNodes<First + Count / 2, Count - Count / 2>::each(act);
    }
};

/// Nodes from `begin` to before `end`, as numbers.
struct CountedNodes {
    int begin;
    int end;

    constexpr int first() const { return begin; }
    constexpr bool alone() const { return end - begin == 1; }

    template <class Act>
    void each(const Act& act) const {
        for (int node = begin; node < end; ++node) act(node);
    }
};

template <class Player>
struct TakeTurn {
    Player& player;
    int32_t step;

    template <class Node>
    MOTE_INLINE void operator()(Node node) const {
        const int row = player.turns(node).row_in(step);
        if (row >= 0) player.turn(node, row);
    }
};

/// One step of a segment.
template <class Player, class Nodes>
MOTE_INLINE void play_step(Player& player, Nodes nodes, int32_t step) {
    nodes.each(TakeTurn<Player>{player, step});
}

template <class Player, class Nodes>
MOTE_INLINE void play_segment(Player& player, Nodes nodes, int32_t steps, detail::constant<0>) {
    for (int32_t step = 0; step < steps; ++step) play_step(player, nodes, step);
}
template <class Player, class Nodes>
MOTE_INLINE void play_segment(Player& player, Nodes nodes, int32_t, detail::constant<1>) {
    player.whole(nodes.first());
}
template <class Player, class Nodes>
void play_segment(Player& player, Nodes nodes, int32_t steps, bool alone) {
    alone ? play_segment(player, nodes, steps, detail::constant<1>{})
          : play_segment(player, nodes, steps, detail::constant<0>{});
}

/// A segment of `steps` steps; one node alone computes its whole map.
template <class Player, class Nodes>
MOTE_INLINE void play_segment(Player& player, Nodes nodes, int32_t steps) {
    play_segment(player, nodes, steps, nodes.alone());
}

}  // namespace plan
}  // namespace mote
