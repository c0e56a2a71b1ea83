// Graphs as the planner sees them: nodes with windows, views, sums and layers that work in place,
// on any earlier tensor. There are no layers behind them, so they may be anything, and many.
#pragma once

#include <vector>

#include "mote.hpp"
#include "plan/random_graph.hpp"

namespace any_graph {

using random_graph::Random;

enum Kind { window, in_place, add, view, sum };

/// One node. Windows have `height` rows, `stride` and `dilation`, and padding above and below;
/// views have `rows` rows.
struct Option {
    Kind kind;
    int from, other;
    int height, stride, dilation, above, below;
    int rows;
    int row_bytes;
};

template <int Nodes>
struct AnyGraph {
    using Outline = mote::plan::Outline<Nodes>;

    typename Outline::NodeList nodes;
    typename Outline::TensorList tensors;

    AnyGraph(int rows, int row_bytes) : nodes{}, tensors{} {
        tensors[0] = {rows * row_bytes, rows, row_bytes};
    }

    /// Makes node `node`; false when there is no such node.
    bool set(int node, const Option& option) {
        const mote::graph::TensorFacts from = tensors[option.from];
        mote::graph::NodeFacts facts{};
        facts.inputs[0] = option.from;
        facts.input_count = 1;
        facts.window = mote::same_row();
        int rows = from.rows;
        int row_bytes = option.row_bytes;
        switch (option.kind) {
            case window: {
                const int reach = (option.height - 1) * option.dilation;
                const int last = from.rows + option.above + option.below - reach - 1;
                if (last < 0) return false;
                rows = last / option.stride + 1;
                facts.window = {option.height, option.stride, option.dilation, option.above};
                break;
            }
            case in_place:
                facts.in_place = true;
                row_bytes = from.row_bytes;
                break;
            case add: {
                const mote::graph::TensorFacts& other = tensors[option.other];
                if (other.rows != from.rows || other.row_bytes != from.row_bytes) return false;
                facts.inputs[1] = option.other;
                facts.input_count = 2;
                facts.in_place = true;
                row_bytes = from.row_bytes;
                break;
            }
            case view:
                rows = option.rows;
                if (from.bytes % rows != 0) return false;
                row_bytes = from.bytes / rows;
                facts.window = mote::all_rows(from.rows);
                facts.view = true;
                break;
            case sum:
                rows = 1;
                facts.window = mote::all_rows(from.rows);
                facts.accumulates = true;
                facts.state_bytes = 4 * row_bytes;
                break;
        }
        nodes[node] = facts;
        tensors[node + 1] = {rows * row_bytes, rows, row_bytes};
        return true;
    }

    /// As Graph::input_shape() has it.
    int input_shape() const {
        int readers = 0, shape = 0;
        for (int node = 0; node < Nodes; ++node)
            for (int i = 0; i < nodes[node].input_count; ++i) {
                if (nodes[node].inputs[i] != 0) continue;
                ++readers;
                if (nodes[node].view) shape = node + 1;
            }
        return readers == 1 ? shape : 0;
    }
    Outline outline() const { return {nodes, tensors, input_shape()}; }
};

/// Every node there can be behind `tensors` earlier ones, with small windows.
inline std::vector<Option> all_options(int tensors) {
    std::vector<Option> options;
    for (int from = 0; from < tensors; ++from) {
        for (int height = 1; height <= 3; ++height)
            for (int stride = 1; stride <= 2; ++stride)
                for (int padding = 0; padding <= (height > 1 ? 1 : 0); ++padding)
                    options.push_back({window, from, 0, height, stride, 1,
                                       padding * (height - 1) / 2, padding * (height / 2), 0, 3});
        options.push_back({in_place, from, 0, 1, 1, 1, 0, 0, 0, 0});
        for (const int rows : {1, 2, 4}) options.push_back({view, from, 0, 1, 1, 1, 0, 0, rows, 0});
        options.push_back({sum, from, 0, 1, 1, 1, 0, 0, 0, 2});
        for (int other = 0; other <= from; ++other)
            options.push_back({add, from, other, 1, 1, 1, 0, 0, 0, 0});
    }
    return options;
}

/// A random graph: mostly on from the last tensor, at times from an earlier one, so that branches
/// come together and operators lead nowhere.
template <int Nodes>
AnyGraph<Nodes> random(Random& random) {
    AnyGraph<Nodes> graph(1 + random.below(16), 1 + random.below(12));
    const int wild = 1 + random.below(8);
    for (int node = 0; node < Nodes;) {
        Option option{};
        option.from = random.one_in(wild + 1) ? random.below(node + 1) : node;
        const int pick = random.below(20);
        option.kind = pick < 9    ? window
                      : pick < 12 ? in_place
                      : pick < 16 ? add
                      : pick < 19 ? view
                                  : sum;
        option.height = 1 + random.below(random.one_in(4) ? 6 : 3);
        option.stride = random.one_in(3) ? 1 + random.below(3) : 1;
        option.dilation = random.one_in(6) ? 2 : 1;
        const int reach = (option.height - 1) * option.dilation;
        option.above = random.one_in(3) ? random.below(reach + 2) : reach / 2;
        option.below = random.one_in(3) ? random.below(reach + 2) : reach - reach / 2;
        option.row_bytes = 1 + random.below(random.one_in(3) ? 24 : 8);
        const mote::graph::TensorFacts& from = graph.tensors[option.from];
        if (option.kind == view) {
            option.rows = random.one_in(3) ? 1 : 1 + random.below(12);
            if (random.one_in(4)) option.rows = from.rows;
            if (from.bytes / option.rows > 200) continue;
        }
        if (option.kind == add) option.other = random.below(node + 1);
        if (graph.set(node, option)) ++node;
    }
    return graph;
}

}  // namespace any_graph
