// What a schedule needs memory for: a block for each store, and one for each node that adds up
// rows.
#pragma once

#include "packing.hpp"
#include "schedule.hpp"

namespace mote {
namespace plan {

/// The arena's alignment in bytes; tensors begin at multiples of it.
constexpr int alignment = 4;

constexpr int32_t aligned(int32_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// The blocks of a schedule: first those of stores, then those of nodes. `by_rows`: rows of whole
/// maps come and go one by one.
template <class Size>
class ScheduledBlocks {
   public:
    static constexpr int count = Size::tensors + Size::nodes;

    detail::array<Block, count> blocks{};

    constexpr ScheduledBlocks(const Outline<Size>& outline, const Schedule<Size>& schedule,
                              bool by_rows)
        : schedule_(schedule) {
        for (int tensor = 0; tensor < Size::tensors; ++tensor)
            if (schedule.store_of[tensor] == tensor) add_store(outline, tensor, by_rows);
        for (int node = 0; node < Size::nodes; ++node) add_sums(outline, node);
    }

    /// How far from block `fixed` block `moving` may begin: see packing.hpp.
    constexpr Clearance clearance(int fixed, int moving) const {
        const Block& one = blocks[fixed];
        const Block& other = blocks[moving];
        if (!one.in_rows && !other.in_rows) return {-other.bytes, one.bytes};
        const int32_t below = room(fixed, moving);
        const int32_t above = room(moving, fixed);
        return below == Gap::none || above == Gap::none ? Clearance{0, 0}
                                                        : Clearance{below, -above};
    }

   private:
    constexpr void add_store(const Outline<Size>& outline, int tensor, bool by_rows) {
        const Store& store = schedule_.stores[tensor];
        const bool lasting = outline.is_lasting(tensor);
        Block& block = blocks[tensor];
        block.in_rows = by_rows && store.whole && store.rows > 1 && !lasting;
        block.bytes = store.row_bytes * store.capacity;
        if (!block.in_rows) block.bytes = aligned(block.bytes);
        // What lasts is there before all else.
        block.first = lasting ? -1 : store.written.start;
        block.last = schedule_.death(tensor);
        block.alignment = alignment;
        if (!store.passing) return;
        block.turn = {store.producer < 0 ? 0 : schedule_.steps[store.producer].segment,
                      store.producer, store.last_reader};
    }
    constexpr void add_sums(const Outline<Size>& outline, int node) {
        const Step& step = schedule_.steps[node];
        for (int i = 0; i < step.use_count; ++i) {
            const Use& use = schedule_.uses[step.first_use + i];
            if (use.accumulates) {
                Block& block = blocks[Size::tensors + node];
                block.bytes = aligned(outline.nodes[node].state_bytes);
                block.first = use.read.turns.start;
                block.last = schedule_.times(node).start;
                block.alignment = alignment;
            }
        }
    }

    constexpr RowsAt rows_of(int block) const {
        if (!blocks[block].in_rows) return {1, blocks[block].bytes, {blocks[block].first, 0}};
        const Store& store = schedule_.stores[block];
        return {store.rows, store.row_bytes, store.written};
    }

    /// How far from `fixed` block `moving` may begin so that it ends before whatever still lives.
    constexpr int32_t room(int fixed, int moving) const {
        const RowsAt of = rows_of(fixed);
        const RowsAt beside = rows_of(moving);
        if (!blocks[fixed].in_rows || schedule_.stores[fixed].output)
            return Gap{{{blocks[fixed].last, 0}, 0, 0, 1}, of.rows, of.row_bytes, beside}.least();
        int32_t least = Gap{{of.written, forever, 0, 1}, of.rows, of.row_bytes, beside}.least();
        for (int id = schedule_.stores[fixed].first_use; id >= 0; id = schedule_.uses[id].next)
            least = detail::smaller(
                least, Gap{schedule_.uses[id].read, of.rows, of.row_bytes, beside}.least());
        return least;
    }

    const Schedule<Size>& schedule_;
};

}  // namespace plan
}  // namespace mote
