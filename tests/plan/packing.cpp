#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "mote.hpp"

namespace {

using mote::plan::Block;

template <int Count>
using Blocks = mote::detail::array<Block, Count>;

bool same_time(const Block& one, const Block& other) {
    return one.first <= other.last && other.first <= one.last;
}

template <int Count>
int32_t most_alive(const Blocks<Count>& blocks) {
    const mote::plan::WholeLives lives{blocks.values};
    return mote::plan::Packer<Count, mote::plan::WholeLives>(blocks, lives).most_alive();
}

/// No two blocks share a byte at one time, and none leaves the arena.
template <int Count>
bool valid(const Blocks<Count>& blocks, const mote::plan::Packing<Count>& packing) {
    for (int i = 0; i < Count; ++i) {
        const int32_t begin = packing.offsets[i], end = begin + blocks[i].bytes;
        if (begin < 0 || end > packing.bytes) return false;
        for (int j = 0; j < i; ++j) {
            const int32_t from = packing.offsets[j], to = from + blocks[j].bytes;
            if (same_time(blocks[i], blocks[j]) && begin < to && from < end) return false;
        }
    }
    return true;
}

/// Whether blocks `block` and later fit below `height`, trying all offsets.
template <int Count>
bool fits(const Blocks<Count>& blocks, int32_t height, int block, int32_t* offsets) {
    if (block == Count) return true;
    for (int32_t at = 0; at + blocks[block].bytes <= height; ++at) {
        bool free = true;
        for (int i = 0; i < block && free; ++i)
            free = !same_time(blocks[i], blocks[block]) || at + blocks[block].bytes <= offsets[i] ||
                   offsets[i] + blocks[i].bytes <= at;
        offsets[block] = at;
        if (free && fits(blocks, height, block + 1, offsets)) return true;
    }
    return false;
}

/// Blocks as the tensors of a graph make them: tensor n is born at time n.
template <int Count>
Blocks<Count> random_blocks(std::mt19937& random, unsigned most_bytes, unsigned most_reach,
                            bool in_order) {
    Blocks<Count> blocks{};
    for (int i = 0; i < Count; ++i) {
        blocks[i].bytes = static_cast<int32_t>(random() % most_bytes + 1);
        blocks[i].first = in_order ? i : static_cast<int32_t>(random() % Count);
        blocks[i].last = blocks[i].first + static_cast<int32_t>(random() % most_reach);
    }
    return blocks;
}

template <int Count>
void check_optimal(int rounds, bool in_order) {
    std::mt19937 random(Count);
    int found_by_search = 0;
    for (int round = 0; round < rounds; ++round) {
        const Blocks<Count> blocks = random_blocks<Count>(random, 7, 4, in_order);
        const auto packing = mote::plan::pack(blocks);
        REQUIRE(valid(blocks, packing));
        const int32_t bound = most_alive(blocks);
        REQUIRE(packing.bytes >= bound);
        found_by_search += packing.bytes < mote::plan::pack(blocks, 0).bytes;
        if (packing.bytes == bound) continue;
        int32_t offsets[Count] = {};
        REQUIRE_FALSE(fits(blocks, packing.bytes - 1, 0, offsets));
    }
    // In some graphs no simple order is optimal.
    if (Count == 6) CHECK(found_by_search > 0);
}

template <int Count>
void check_large(int rounds) {
    std::mt19937 random(Count);
    for (int round = 0; round < rounds; ++round) {
        const Blocks<Count> blocks = random_blocks<Count>(random, 5000, 6, round % 2 == 0);
        const auto packing = mote::plan::pack(blocks, 500);
        REQUIRE(valid(blocks, packing));
        REQUIRE(packing.bytes >= most_alive(blocks));
    }
}

}  // namespace

TEST_CASE("pack is optimal for up to six blocks: no offsets at all give less") {
    for (const bool in_order : {true, false}) {
        check_optimal<2>(1000, in_order);
        check_optimal<3>(3000, in_order);
        check_optimal<4>(3000, in_order);
        check_optimal<5>(3000, in_order);
        check_optimal<6>(3000, in_order);
    }
}

TEST_CASE("blocks never overlap in large random graphs") {
    check_large<12>(500);
    check_large<30>(200);
    check_large<80>(50);
}

TEST_CASE("blocks without bytes take no place") {
    Blocks<3> blocks{};
    blocks[0] = {8, 0, 2};
    blocks[1] = {0, 0, 2};
    blocks[2] = {4, 1, 2};
    CHECK(mote::plan::pack(blocks).bytes == 12);
}

TEST_CASE("pack in a constant expression") {
    constexpr Blocks<3> blocks{{{8, 0, 1}, {4, 1, 2}, {8, 2, 3}}};
    static_assert(mote::plan::pack(blocks).bytes == 12, "");
    CHECK(valid(blocks, mote::plan::pack(blocks)));
}
