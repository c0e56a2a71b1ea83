// When and where a plan keeps what, as values that can be drawn.
#pragma once

#include <algorithm>
#include <mote.hpp>
#include <string>
#include <vector>

/// Time counts rows: in each step of a segment, every layer of it has one tick.
struct MemoryBlock {
    enum Kind { map, ring, turns, sums };

    std::string name;
    /// map: each row has a place of its own. ring: rows replace each other. turns: a ring that is
    /// read out in the step it is written in, so that others take turns in its place. sums: a layer
    /// adds up rows as they arrive.
    Kind kind;
    long offset, row_bytes;
    int rows;
    long first, last;
    /// Of each row of a map.
    std::vector<long> births, deaths;

    long bytes() const { return row_bytes * rows; }
};

struct MemoryFacts {
    long bytes, ticks;
    /// Where segments begin.
    std::vector<long> segments;
    std::vector<MemoryBlock> blocks;
};

template <class Network, int... Indices>
std::vector<std::string> layer_names(mote::detail::sequence<Indices...>) {
    return {(std::to_string(Indices) + " " + Network::template Layer<Indices>::name())...};
}

template <class Network>
MemoryFacts memory_facts() {
    constexpr int nodes = Network::layers;
    const auto& schedule = Network::Plan::schedule();
    const auto names = layer_names<Network>(mote::detail::make_sequence_t<nodes>{});
    const auto name = [&](int node) { return node < 0 ? "input" : names[size_t(node)]; };
    MemoryFacts facts{Network::Plan::bytes, 0, {}, {}};
    for (int segment = 0; segment < schedule.segments; ++segment) {
        facts.segments.push_back(schedule.base[segment]);
        facts.ticks = schedule.base[segment] +
                      schedule.step_count[segment] * schedule.segment_length(segment);
    }
    const auto clamped = [&](int32_t time) { return std::min<long>(time, facts.ticks); };

    for (int tensor = 0; tensor <= nodes; ++tensor) {
        if (schedule.store_of[tensor] != tensor) continue;
        const auto& store = schedule.stores[tensor];
        const bool whole = store.capacity == store.rows && !store.passing;
        MemoryBlock block{name(store.producer),
                          whole           ? MemoryBlock::map
                          : store.passing ? MemoryBlock::turns
                                          : MemoryBlock::ring,
                          Network::offset(tensor),
                          store.row_bytes,
                          store.capacity,
                          schedule.birth(tensor, 0),
                          clamped(schedule.death(tensor, store.rows - 1)),
                          {},
                          {}};
        if (store.last_producer != store.producer) block.name += " + " + name(store.last_producer);
        for (int row = 0; row < store.rows && whole; ++row) {
            block.births.push_back(schedule.birth(tensor, row));
            block.deaths.push_back(clamped(schedule.death(tensor, row)));
        }
        facts.blocks.push_back(block);
    }
    for (int node = 0; node < nodes; ++node) {
        const auto& step = schedule.steps[node];
        if (step.use_count == 0 || !step.uses[0].accumulates) continue;
        facts.blocks.push_back({"sums of " + name(node),
                                MemoryBlock::sums,
                                Network::Plan::state(node),
                                Network::Graph::nodes()[node].state_bytes,
                                1,
                                schedule.time(node, schedule.arrival(step.uses[0].source, 0)),
                                schedule.row_time(node, 0),
                                {},
                                {}});
    }
    return facts;
}
