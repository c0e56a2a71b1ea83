// Where blocks of bytes with lifetimes lie so that the arena is small: bytes that live at the same
// time must not overlap. Finding the least arena is NP-hard; this is exact when an order meets the
// lower bound, or when the search over orders ends within its budget.
//
// What two blocks that live together need of each other is one pair of distances, whatever their
// places: so a block's place is found by one walk over the placed blocks that it meets.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../detail/array.hpp"

namespace mote {
namespace plan {

/// A block that is written and read out within each step of one segment, from one node to another;
/// segment -1: it lives on between steps.
struct Turn {
    int segment = -1;
    int from = 0;
    int to = 0;
};

/// A block lives from time `first` to time `last`, both included.
struct Block {
    int32_t bytes;
    int32_t first;
    int32_t last;
    /// Its rows come and go one by one; `Lives` knows when.
    bool in_rows = false;
    /// Its place is a multiple of this.
    int alignment = 1;
    Turn turn = {};
};

/// More blocks than these are not searched through.
constexpr int most_searched = 40;

template <int Count>
struct Packing {
    int32_t offsets[static_cast<size_t>(Count)];
    int32_t bytes;
};

/// How far from the beginning of a fixed block another one may begin: `below` or less, `above` or
/// more.
struct Clearance {
    int32_t below;
    int32_t above;
};

/// Blocks that live as a whole.
struct WholeLives {
    const Block* blocks;

    constexpr Clearance clearance(int fixed, int moving) const {
        return {-blocks[moving].bytes, blocks[fixed].bytes};
    }
};

constexpr bool alive_together(const Block& one, const Block& other) {
    if (one.bytes == 0 || other.bytes == 0) return false;
    if (one.first > other.last || other.first > one.last) return false;
    const bool take_turns = one.turn.segment >= 0 && one.turn.segment == other.turn.segment &&
                            (one.turn.from > other.turn.to || other.turn.from > one.turn.to);
    return !take_turns;
}

/// Sorts `count` indices so that `key` rises; equals keep their order. n log n.
template <size_t Count, class Key>
constexpr void sort_by(int (&order)[Count], int count, Key key) {
    int other[Count] = {};
    for (int width = 1; width < count; width *= 2) {
        for (int begin = 0; begin < count; begin += 2 * width) {
            const int middle = detail::smaller(begin + width, count);
            const int end = detail::smaller(begin + 2 * width, count);
            int left = begin;
            int right = middle;
            for (int at = begin; at < end; ++at) {
                const bool from_left =
                    right == end || (left < middle && key(order[left]) <= key(order[right]));
                other[at] = from_left ? order[left++] : order[right++];
            }
        }
        for (int at = 0; at < count; ++at) order[at] = other[at];
    }
}

/// Keys for sort_by().
struct Birth {
    const Block* blocks;
    constexpr int32_t operator()(int block) const { return blocks[block].first; }
};
struct Smallness {
    const Block* blocks;
    constexpr int32_t operator()(int block) const { return -blocks[block].bytes; }
};

/// Puts blocks to their lowest places, one after the other.
template <int Count, class Lives>
class Packer {
   public:
    constexpr Packer(const detail::array<Block, Count>& blocks, const Lives& lives)
        : blocks_(blocks), lives_(lives) {
        for (int block = 0; block < Count; ++block)
            if (blocks[block].bytes > 0) by_birth_[used_++] = block;
        sort_by(by_birth_, used_, Birth{blocks_.values});
        find_neighbours();
    }

    constexpr int used() const { return used_; }
    /// The most bytes that live at one time when blocks live as a whole: no packing needs less.
    constexpr int32_t most_alive() const { return most_alive_; }
    /// Whether so many blocks live together that only one order is tried.
    constexpr bool crowded() const { return crowded_; }
    constexpr const int* by_birth() const { return by_birth_; }

    /// Puts the blocks, by birth, to the lowest places beside those that still live.
    constexpr Packing<Count> pack_by_birth() {
        Packing<Count> packing{};
        int alive = 0;
        for (int i = 0; i < used_; ++i) {
            const int block = by_birth_[i];
            alive = keep_alive(alive, block);
            gaps_ = 0;
            for (int j = 0; j < alive; ++j)
                if (alive_together(blocks_[alive_[j]], blocks_[block]))
                    forbid(packing.offsets[alive_[j]], lives_.clearance(alive_[j], block));
            put(packing, block, lowest(blocks_[block].alignment));
            alive_[alive++] = block;
        }
        return packing;
    }

    /// Puts block after block, in `order`, to its lowest place. Not for crowds.
    constexpr Packing<Count> pack_in_order(const int (&order)[static_cast<size_t>(Count)]) {
        Packing<Count> packing{};
        for (int i = 0; i < used_; ++i) {
            put(packing, order[i], lowest_place(packing, order[i]));
            placed_[order[i]] = true;
        }
        for (int i = 0; i < used_; ++i) placed_[order[i]] = false;
        return packing;
    }

    /// Depth-first search over orders: every packing of blocks that live as a whole can be pushed
    /// down until each block lies on another or on 0, and then some order reaches it by lowest
    /// places. Stops at `bound` bytes, or when `budget` blocks have been placed beside others.
    constexpr Packing<Count> search(const Packing<Count>& best,
                                    int (&order)[static_cast<size_t>(Count)], int32_t bound,
                                    int32_t budget) {
        best_ = best;
        bound_ = bound;
        budget_ = budget;
        Packing<Count> packing{};
        search_from(packing, order, 0);
        return best_;
    }

   private:
    /// A pair of blocks that live together.
    struct Neighbour {
        int block;
        Clearance clearance;
        int next;
    };
    static constexpr int most_neighbours = detail::smaller(32 * Count, 4096);

    constexpr int keep_alive(int alive, int block) {
        int kept = 0;
        for (int i = 0; i < alive; ++i)
            if (blocks_[alive_[i]].last >= blocks_[block].first) alive_[kept++] = alive_[i];
        return kept;
    }

    constexpr void find_neighbours() {
        for (int block = 0; block < Count; ++block) {
            neighbours_of_[block] = -1;
            last_neighbour_[block] = -1;
        }
        int alive = 0;
        for (int i = 0; i < used_; ++i) {
            const int block = by_birth_[i];
            alive = keep_alive(alive, block);
            int32_t sum = blocks_[block].bytes;
            for (int j = 0; j < alive; ++j) {
                sum += blocks_[alive_[j]].bytes;
                if (!crowded_ && alive_together(blocks_[alive_[j]], blocks_[block]))
                    meet(alive_[j], block);
            }
            most_alive_ = detail::larger(most_alive_, sum);
            alive_[alive++] = block;
        }
    }
    constexpr void meet(int fixed, int moving) {
        crowded_ = neighbours_ + 2 > most_neighbours;
        if (crowded_) return;
        const Clearance apart = lives_.clearance(fixed, moving);
        append(moving, fixed, apart);
        append(fixed, moving, {-apart.above, -apart.below});
    }
    constexpr void append(int block, int other, Clearance apart) {
        const int last = last_neighbour_[block];
        (last < 0 ? neighbours_of_[block] : neighbour_[last].next) = neighbours_;
        last_neighbour_[block] = neighbours_;
        neighbour_[neighbours_++] = {other, apart, -1};
    }

    /// Takes the places around a block at `offset` that the moving one must not begin at, sorted by
    /// their beginning.
    constexpr void forbid(int32_t offset, const Clearance& apart) {
        if (apart.above - apart.below <= 1 || offset + apart.above <= 0) return;
        int at = gaps_++;
        for (; at > 0 && begins_[at - 1] > offset + apart.below; --at) {
            begins_[at] = begins_[at - 1];
            ends_[at] = ends_[at - 1];
        }
        begins_[at] = offset + apart.below;
        ends_[at] = offset + apart.above;
    }
    constexpr void put(Packing<Count>& packing, int block, int32_t place) const {
        packing.offsets[block] = place;
        packing.bytes = detail::larger(packing.bytes, place + blocks_[block].bytes);
    }
    constexpr int32_t lowest(int alignment) const {
        int32_t place = 0;
        for (int i = 0; i < gaps_ && begins_[i] < place; ++i)
            if (place < ends_[i]) place = (ends_[i] + alignment - 1) / alignment * alignment;
        return place;
    }
    constexpr int32_t lowest_place(const Packing<Count>& packing, int block) {
        gaps_ = 0;
        for (int at = neighbours_of_[block]; at >= 0; at = neighbour_[at].next)
            if (placed_[neighbour_[at].block])
                forbid(packing.offsets[neighbour_[at].block], neighbour_[at].clearance);
        return lowest(blocks_[block].alignment);
    }

    constexpr void search_from(Packing<Count>& packing, int (&order)[static_cast<size_t>(Count)],
                               int placed) {
        if (best_.bytes == bound_ || budget_ <= 0) return;
        if (placed == used_) {
            best_ = packing;
            return;
        }
        for (int i = placed; i < used_; ++i) {
            const int block = order[i];
            order[i] = order[placed];
            order[placed] = block;
            const int32_t place = lowest_place(packing, block);
            budget_ -= gaps_ + 1;
            const int32_t before = packing.bytes;
            const int32_t bytes = detail::larger(before, place + blocks_[block].bytes);
            if (bytes < best_.bytes) {
                packing.offsets[block] = place;
                packing.bytes = bytes;
                placed_[block] = true;
                search_from(packing, order, placed + 1);
                placed_[block] = false;
                packing.bytes = before;
            }
            order[placed] = order[i];
            order[i] = block;
        }
    }
    const detail::array<Block, Count>& blocks_;
    const Lives& lives_;
    int used_ = 0;
    int by_birth_[static_cast<size_t>(Count)] = {};
    int32_t most_alive_ = 0;
    bool crowded_ = false;

    /// Pairs, linked for each block.
    Neighbour neighbour_[static_cast<size_t>(most_neighbours)] = {};
    int neighbours_ = 0;
    int neighbours_of_[static_cast<size_t>(Count)] = {};
    int last_neighbour_[static_cast<size_t>(Count)] = {};

    bool placed_[static_cast<size_t>(Count)] = {};
    int alive_[static_cast<size_t>(Count)] = {};
    /// Where the block that is being placed must not begin.
    int32_t begins_[static_cast<size_t>(Count)] = {};
    int32_t ends_[static_cast<size_t>(Count)] = {};
    int gaps_ = 0;

    Packing<Count> best_{};
    int32_t bound_ = 0;
    int32_t budget_ = 0;
};

/// The orders that are tried beside the one by birth.
enum class Order : int { size, backwards, rows_first, rows_first_backwards };

/// Puts the indices of `packer`'s blocks into `order`.
template <int Count, class Lives>
constexpr void arrange(const Packer<Count, Lives>& packer,
                       const detail::array<Block, Count>& blocks, Order kind,
                       int (&order)[static_cast<size_t>(Count)]) {
    const int used = packer.used();
    const bool back = kind == Order::backwards || kind == Order::rows_first_backwards;
    const bool rows_first = kind == Order::rows_first || kind == Order::rows_first_backwards;
    int filled = 0;
    for (int i = 0; i < used; ++i) {
        const int block = packer.by_birth()[back ? used - 1 - i : i];
        if (!rows_first || blocks[block].in_rows) order[filled++] = block;
    }
    if (kind == Order::size) sort_by(order, used, Smallness{blocks.values});
    for (int i = 0; i < used && rows_first; ++i)
        if (!blocks[packer.by_birth()[i]].in_rows) order[filled++] = packer.by_birth()[i];
}

/// The smallest packing found: by birth, by size, backwards, then with maps whose rows come and go
/// before the rest: what is written later may lie below what it replaces. Then, where blocks are
/// few, by a search of `budget` steps. `whole`: blocks live as a whole, so that the most bytes that
/// live at one time are a bound.
template <int Count, class Lives>
constexpr Packing<Count> pack(const detail::array<Block, Count>& blocks, const Lives& lives,
                              bool whole, int32_t budget) {
    Packer<Count, Lives> packer(blocks, lives);
    const int32_t bound = whole ? packer.most_alive() : 0;
    Packing<Count> best = packer.pack_by_birth();
    if (packer.crowded()) return best;
    int order[static_cast<size_t>(Count)] = {};
    for (int kind = 0; kind < 4 && best.bytes != bound; ++kind) {
        if (whole && kind > static_cast<int>(Order::backwards)) break;
        arrange(packer, blocks, static_cast<Order>(kind), order);
        const Packing<Count> other = packer.pack_in_order(order);
        if (other.bytes < best.bytes) best = other;
    }
    if (best.bytes == bound || budget == 0 || packer.used() > most_searched) return best;
    arrange(packer, blocks, Order::size, order);
    return packer.search(best, order, bound, budget);
}

/// The same for blocks that live as a whole.
template <int Count>
constexpr Packing<Count> pack(const detail::array<Block, Count>& blocks, int32_t budget = 4000) {
    return pack(blocks, WholeLives{blocks.values}, true, budget);
}

}  // namespace plan
}  // namespace mote
