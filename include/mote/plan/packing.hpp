// Where blocks of bytes with lifetimes lie so that the arena is small: blocks that live at the same
// time must not overlap. Finding the least arena is NP-hard; this is exact when a greedy order
// meets the lower bound, or when the search over orders ends within its budget.
#pragma once

#include <stdint.h>

#include "../detail/array.hpp"

namespace mote {
namespace plan {

/// A block lives from time `first` to time `last`, both included.
struct Block {
    int32_t bytes;
    int first;
    int last;
};

template <int Count>
struct Packing {
    int32_t offsets[Count];
    int32_t bytes;
};

constexpr bool alive_together(const Block& one, const Block& other) {
    return one.bytes > 0 && other.bytes > 0 && one.first <= other.last && other.first <= one.last;
}

/// The most bytes that live at one time: no packing needs less.
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

/// The lowest place for `block` beside those of `placed` blocks already in `order`.
template <int Count>
constexpr int32_t lowest_place(const detail::array<Block, Count>& blocks,
                               const Packing<Count>& packing, const int* order, int placed,
                               int block) {
    int32_t place = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (int i = 0; i < placed; ++i) {
            const int other = order[i];
            const int32_t begin = packing.offsets[other];
            const int32_t end = begin + blocks[other].bytes;
            if (alive_together(blocks[block], blocks[other]) &&
                begin < place + blocks[block].bytes && place < end) {
                place = end;
                moved = true;
            }
        }
    }
    return place;
}

/// Puts block after block, in `order`, to its lowest place.
template <int Count>
constexpr Packing<Count> pack_in_order(const detail::array<Block, Count>& blocks,
                                       const int* order) {
    Packing<Count> packing{};
    for (int i = 0; i < Count; ++i) {
        const int block = order[i];
        packing.offsets[block] = lowest_place(blocks, packing, order, i, block);
        packing.bytes = detail::larger(packing.bytes, packing.offsets[block] + blocks[block].bytes);
    }
    return packing;
}

namespace detail_packing {

/// Depth-first search over orders: every packing can be pushed down until each block lies on
/// another or on 0, and then some order reaches it by lowest places.
template <int Count>
struct Search {
    detail::array<Block, Count> blocks;
    int32_t bound;
    Packing<Count> best;
    int32_t budget;

    constexpr void run(Packing<Count>& packing, int* order, int placed) {
        if (best.bytes == bound || budget <= 0) return;
        --budget;
        if (placed == Count) {
            if (packing.bytes < best.bytes) best = packing;
            return;
        }
        for (int i = placed; i < Count; ++i) {
            const int block = order[i];
            order[i] = order[placed];
            order[placed] = block;
            const int32_t place = lowest_place(blocks, packing, order, placed, block);
            const int32_t end = place + blocks[block].bytes;
            if (end < best.bytes) {
                const int32_t before = packing.bytes;
                packing.offsets[block] = place;
                packing.bytes = detail::larger(before, end);
                run(packing, order, placed + 1);
                packing.bytes = before;
            }
            order[placed] = order[i];
            order[i] = block;
        }
    }
};

}  // namespace detail_packing

/// The smallest packing found; `budget` bounds the search when no greedy order meets the lower
/// bound.
template <int Count>
constexpr Packing<Count> pack(const detail::array<Block, Count>& blocks, int32_t budget = 4000) {
    const int32_t bound = most_alive(blocks);
    int order[Count] = {};
    for (int i = 0; i < Count; ++i) order[i] = i;
    Packing<Count> best = pack_in_order(blocks, order);
    // Largest first.
    for (int i = 1; i < Count; ++i)
        for (int j = i; j > 0 && blocks[order[j]].bytes > blocks[order[j - 1]].bytes; --j) {
            const int block = order[j];
            order[j] = order[j - 1];
            order[j - 1] = block;
        }
    if (best.bytes > bound) {
        const Packing<Count> other = pack_in_order(blocks, order);
        if (other.bytes < best.bytes) best = other;
    }
    if (best.bytes > bound) {
        detail_packing::Search<Count> search{blocks, bound, best, budget};
        Packing<Count> packing{};
        search.run(packing, order, 0);
        best = search.best;
    }
    return best;
}

}  // namespace plan
}  // namespace mote
