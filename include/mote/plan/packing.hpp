// Where blocks of bytes with lifetimes lie so that the arena is small: bytes that live at the same
// time must not overlap. Finding the least arena is NP-hard; this is exact when an order meets the
// lower bound, or when the search over orders ends within its budget.
#pragma once

#include <stdint.h>

#include "../detail/array.hpp"

namespace mote {
namespace plan {

/// A block lives from time `first` to time `last`, both included. Its rows may live shorter: the
/// `Lives` given to pack() say when.
struct Block {
    int32_t bytes;
    int32_t first;
    int32_t last;
    /// Rows with lifetimes of their own; 1: the block lives as a whole.
    int rows = 1;
    /// A block that is written and read out within each step of one segment, between two of its
    /// nodes; segment -1: it lives on between steps.
    int segment = -1;
    int from = 0;
    int to = 0;
    /// Its place is a multiple of this.
    int alignment = 1;
};

template <int Count>
struct Packing {
    int32_t offsets[Count];
    int32_t bytes;
};

/// Rows that live as long as their blocks.
struct WholeLives {
    const Block* blocks;

    constexpr int32_t birth(int block, int) const { return blocks[block].first; }
    constexpr int32_t death(int block, int) const { return blocks[block].last; }
};

constexpr bool alive_together(const Block& one, const Block& other) {
    if (one.bytes == 0 || other.bytes == 0) return false;
    if (one.first > other.last || other.first > one.last) return false;
    const bool take_turns = one.segment >= 0 && one.segment == other.segment &&
                            (one.from > other.to || other.from > one.to);
    return !take_turns;
}

/// The most bytes that live at one time when blocks live as a whole: no packing needs less.
template <int Count>
constexpr int32_t most_alive(const detail::array<Block, Count>& blocks) {
    int32_t most = 0;
    for (int i = 0; i < Count; ++i) {
        int32_t sum = 0;
        for (int j = 0; j < Count; ++j)
            if (blocks[j].first <= blocks[i].first && blocks[i].first <= blocks[j].last)
                sum += blocks[j].bytes;
        most = detail::larger(most, sum);
    }
    return most;
}

/// The lowest place from `place` on where `block` does not collide with `other`, which lies at
/// `begin`.
template <int Count, class Lives>
constexpr int32_t beside(const detail::array<Block, Count>& blocks, const Lives& lives, int other,
                         int32_t begin, int block, int32_t place) {
    const Block& fixed = blocks[other];
    const Block& moving = blocks[block];
    if (!alive_together(fixed, moving)) return place;
    if (begin + fixed.bytes <= place || place + moving.bytes <= begin) return place;
    if (fixed.rows == 1 && moving.rows == 1) return begin + fixed.bytes;
    // A colliding pair of rows has to be passed; the caller comes back for the next one.
    const int32_t fixed_row = fixed.bytes / fixed.rows;
    const int32_t moving_row = moving.bytes / moving.rows;
    const int32_t low = detail::larger(begin, place);
    const int32_t high = detail::smaller(begin + fixed.bytes, place + moving.bytes);
    for (int i = static_cast<int>((high - 1 - begin) / fixed_row); i >= 0; --i) {
        const int32_t end = begin + (i + 1) * fixed_row;
        if (end <= low) break;
        const int32_t birth = lives.birth(other, i);
        const int32_t death = lives.death(other, i);
        const int32_t from = detail::larger(end - fixed_row, low) - place;
        for (int j = static_cast<int>(from / moving_row);
             j < moving.rows && place + j * moving_row < end; ++j)
            if (birth <= lives.death(block, j) && lives.birth(block, j) <= death)
                return end - j * moving_row;
    }
    return place;
}

/// The lowest place for `block` beside those of the `placed` blocks that stand first in `order`.
template <int Count, class Lives>
constexpr int32_t lowest_place(const detail::array<Block, Count>& blocks, const Lives& lives,
                               const Packing<Count>& packing, const int* order, int placed,
                               int block) {
    const int32_t unit = blocks[block].alignment;
    int32_t place = 0;
    for (bool moved = blocks[block].bytes > 0; moved;) {
        moved = false;
        for (int i = 0; i < placed; ++i) {
            const int32_t next =
                beside(blocks, lives, order[i], packing.offsets[order[i]], block, place);
            if (next == place) continue;
            place = (next + unit - 1) / unit * unit;
            moved = true;
        }
    }
    return place;
}

/// Puts block after block, in `order`, to its lowest place.
template <int Count, class Lives>
constexpr Packing<Count> pack_in_order(const detail::array<Block, Count>& blocks,
                                       const Lives& lives, const int* order, int used) {
    Packing<Count> packing{};
    for (int i = 0; i < used; ++i) {
        const int block = order[i];
        packing.offsets[block] = lowest_place(blocks, lives, packing, order, i, block);
        packing.bytes = detail::larger(packing.bytes, packing.offsets[block] + blocks[block].bytes);
    }
    return packing;
}

/// Depth-first search over orders: every packing of blocks that live as a whole can be pushed down
/// until each block lies on another or on 0, and then some order reaches it by lowest places.
template <int Count, class Lives>
struct Search {
    const detail::array<Block, Count>& blocks;
    const Lives& lives;
    int32_t bound;
    Packing<Count> best;
    int32_t budget;
    int used;

    constexpr void run(Packing<Count>& packing, int* order, int placed) {
        if (best.bytes == bound || budget <= 0) return;
        --budget;
        if (placed == used) {
            best = packing;
            return;
        }
        for (int i = placed; i < used; ++i) {
            const int block = order[i];
            order[i] = order[placed];
            order[placed] = block;
            const int32_t place = lowest_place(blocks, lives, packing, order, placed, block);
            const int32_t before = packing.bytes;
            const int32_t bytes = detail::larger(before, place + blocks[block].bytes);
            if (bytes < best.bytes) {
                packing.offsets[block] = place;
                packing.bytes = bytes;
                run(packing, order, placed + 1);
                packing.bytes = before;
            }
            order[placed] = order[i];
            order[i] = block;
        }
    }
};

/// Puts the indices of the blocks that have bytes into `order`, largest first, and returns how
/// many.
template <int Count>
constexpr int sort_by_size(const detail::array<Block, Count>& blocks, int* order) {
    int used = 0;
    for (int block = 0; block < Count; ++block) {
        if (blocks[block].bytes == 0) continue;
        int place = used++;
        for (; place > 0 && blocks[order[place - 1]].bytes < blocks[block].bytes; --place)
            order[place] = order[place - 1];
        order[place] = block;
    }
    return used;
}

/// The smallest packing found: by size, by time, then by a search of `budget` steps; it stops where
/// `bound` is met (0: unknown).
template <int Count, class Lives>
constexpr Packing<Count> pack(const detail::array<Block, Count>& blocks, const Lives& lives,
                              int32_t bound, int32_t budget) {
    int by_size[Count] = {};
    const int used = sort_by_size(blocks, by_size);
    Packing<Count> best = pack_in_order(blocks, lives, by_size, used);
    // By time, forwards and backwards; then the maps whose rows come and go before the rest,
    // forwards and backwards: what is written later may lie below what it replaces.
    for (int kind = 0; kind < 4 && best.bytes != bound; ++kind) {
        const bool maps_first = kind >= 2;
        int order[Count] = {};
        int filled = 0;
        for (int i = 0; i < Count; ++i) {
            const int block = kind % 2 == 0 ? i : Count - 1 - i;
            if (blocks[block].bytes > 0 && (!maps_first || blocks[block].rows > 1))
                order[filled++] = block;
        }
        for (int i = 0; i < used && maps_first; ++i)
            if (blocks[by_size[i]].rows == 1) order[filled++] = by_size[i];
        const Packing<Count> other = pack_in_order(blocks, lives, order, used);
        if (other.bytes < best.bytes) best = other;
    }
    if (best.bytes == bound || budget == 0) return best;
    Search<Count, Lives> search{blocks, lives, bound, best, budget, used};
    Packing<Count> packing{};
    search.run(packing, by_size, 0);
    return search.best;
}

/// The same for blocks that live as a whole.
template <int Count>
constexpr Packing<Count> pack(const detail::array<Block, Count>& blocks, int32_t budget = 4000) {
    return pack(blocks, WholeLives{blocks.values}, most_alive(blocks), budget);
}

}  // namespace plan
}  // namespace mote
