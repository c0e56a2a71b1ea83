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

/// Ticks of a schedule's times: its steps have a time for each layer of the network, but only those
/// of a segment act in its steps.
template <class Schedule>
class Clock {
   public:
    explicit Clock(const Schedule& schedule) : schedule_(schedule) {
        for (int segment = 0; segment < schedule.segments; ++segment)
            begins_.push_back(begins_.back() + schedule.step_count[segment] * length(segment));
    }
    long begin(int segment) const { return begins_[size_t(segment)]; }
    long end() const { return begins_.back(); }
    long tick(int32_t time) const {
        for (int segment = schedule_.segments - 1; segment >= 0; --segment) {
            const long since = long{time} - schedule_.base[segment];
            if (since < 0) continue;
            const long node = since % Schedule::step_time - schedule_.first_node[segment];
            return std::min(end(), begin(segment) + since / Schedule::step_time * length(segment) +
                                       std::max(0l, std::min(node, length(segment) - 1)));
        }
        return 0;
    }

   private:
    /// One tick for arriving input, one for each layer.
    long length(int segment) const {
        return schedule_.first_node[segment + 1] - schedule_.first_node[segment] + 1;
    }

    const Schedule& schedule_;
    std::vector<long> begins_{0};
};

/// The tensor that is written last in a store: its own, or one that is written in place.
template <class Network>
int last_writer(int store) {
    const auto& schedule = Network::Plan::schedule();
    int last = store;
    for (int tensor = store + 1; tensor <= Network::Graph::node_count; ++tensor)
        if (schedule.store_of[tensor] == store && schedule.steps[tensor - 1].use_count > 0)
            last = tensor;
    return last;
}

template <class Network>
MemoryFacts memory_facts() {
    constexpr int nodes = Network::Graph::node_count;
    constexpr int givens = Network::Graph::given_count;
    constexpr int inputs = Network::inputs;
    const auto& schedule = Network::Plan::schedule();
    const auto names = layer_names<Network>(mote::detail::make_sequence_t<Network::layers>{});
    const auto name = [&](int tensor) {
        if (tensor > givens) return names[size_t(tensor - givens - 1)];
        if (tensor >= inputs) return "variable " + std::to_string(tensor - inputs);
        return inputs == 1 ? std::string("input") : "input " + std::to_string(tensor);
    };
    const Clock<typename Network::Plan::Schedule> clock(schedule);
    MemoryFacts facts{Network::Plan::bytes, clock.end(), {}, {}};
    for (int segment = 0; segment < schedule.segments; ++segment)
        facts.segments.push_back(clock.begin(segment));

    for (int tensor = 0; tensor <= nodes; ++tensor) {
        if (schedule.store_of[tensor] != tensor) continue;
        const auto& store = schedule.stores[tensor];
        const bool whole = store.capacity == store.rows && !store.passing;
        MemoryBlock block{name(tensor),
                          whole           ? MemoryBlock::map
                          : store.passing ? MemoryBlock::turns
                                          : MemoryBlock::ring,
                          Network::offset(tensor),
                          store.row_bytes,
                          store.capacity,
                          clock.tick(store.written.start),
                          clock.tick(schedule.death(tensor)),
                          {},
                          {}};
        const int last = last_writer<Network>(tensor);
        if (last != tensor) block.name += " + " + name(last);
        for (int row = 0; row < store.rows && whole; ++row) {
            block.births.push_back(clock.tick(store.written.at(row)));
            block.deaths.push_back(clock.tick(schedule.death(tensor, row)));
        }
        facts.blocks.push_back(block);
    }
    for (int node = 0; node < nodes; ++node) {
        const auto& step = schedule.steps[node];
        if (step.use_count == 0 || !schedule.first_use(node).accumulates) continue;
        facts.blocks.push_back({"sums of " + name(node + 1),
                                MemoryBlock::sums,
                                Network::Plan::state(node),
                                Network::Graph::nodes()[node].state_bytes,
                                1,
                                clock.tick(schedule.first_use(node).read.turns.start),
                                clock.tick(schedule.times(node).start),
                                {},
                                {}});
    }
    return facts;
}
