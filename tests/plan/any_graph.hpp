// Graphs as the planner sees them: nodes with windows, views, sums and layers that work in place,
// on any earlier tensor. There are no layers behind them, so they may be anything, and many.
#pragma once

#include <vector>

#include "mote.hpp"
#include "plan/random_graph.hpp"

namespace any_graph {

using random_graph::Random;
using random_graph::Size;

/// `stack` puts a map below another one, `spread` adds a map's only row to each row of another,
/// `slice` takes rows from the middle, `mix` needs all rows for each, `delay` keeps rows from one
/// inference to the next.
enum Kind { window, in_place, add, view, sum, stack, spread, slice, mix, delay };

/// One node. Windows have `height` rows, `stride` and `dilation`, and padding above and below;
/// views and what mixes have `rows` rows; slices begin at row `above` and leave out `below`; delays
/// keep `rows` rows.
struct Option {
    Kind kind;
    int from, other;
    int height, stride, dilation, above, below;
    int rows;
    int row_bytes;
};

template <int Nodes>
struct AnyGraph {
    using Outline = mote::plan::Outline<Size<Nodes>>;

    typename Outline::NodeList nodes;
    typename Outline::OperandList operands;
    typename Outline::TensorList tensors;
    bool output[Nodes + 1];

    AnyGraph(int rows, int row_bytes) : nodes{}, operands{}, tensors{}, output{} {
        tensors[0] = {rows * row_bytes, rows, row_bytes};
        output[Nodes] = true;
    }

    /// Makes node `node` a further input, or a variable.
    void give(int node, int rows, int row_bytes, bool lasting) {
        nodes[node] = {2 * node, 0, true, false, false, lasting, false, 0};
        tensors[node + 1] = {rows * row_bytes, rows, row_bytes};
    }

    /// Makes node `node`; false when there is no such node.
    bool set(int node, const Option& option) {
        const mote::graph::TensorFacts from = tensors[option.from];
        const mote::graph::TensorFacts other = tensors[option.other];
        mote::graph::NodeFacts facts{};
        facts.first_operand = 2 * node;
        facts.operand_count = 1;
        mote::RowWindow windows[2] = {mote::same_row(), mote::same_row()};
        int rows = from.rows;
        int row_bytes = option.row_bytes;
        switch (option.kind) {
            case window: {
                const int reach = (option.height - 1) * option.dilation;
                const int last = from.rows + option.above + option.below - reach - 1;
                if (last < 0) return false;
                rows = last / option.stride + 1;
                windows[0] = {option.height, option.stride, option.dilation, option.above};
                break;
            }
            case in_place:
                facts.in_place = true;
                row_bytes = from.row_bytes;
                break;
            case add:
                if (other.rows != from.rows || other.row_bytes != from.row_bytes) return false;
                facts.operand_count = 2;
                facts.in_place = true;
                row_bytes = from.row_bytes;
                break;
            case view:
                rows = option.rows;
                if (from.bytes % rows != 0) return false;
                row_bytes = from.bytes / rows;
                windows[0] = mote::all_rows(from.rows);
                facts.view = true;
                break;
            case sum:
                rows = 1;
                windows[0] = mote::all_rows(from.rows);
                facts.accumulates = true;
                facts.state_bytes = 4 * row_bytes;
                break;
            case stack:
                if (other.row_bytes != from.row_bytes || from.rows + other.rows > 64) return false;
                facts.operand_count = 2;
                rows = from.rows + other.rows;
                row_bytes = from.row_bytes;
                windows[1].before = from.rows;
                break;
            case spread:
                if (other.rows != 1 || other.row_bytes != from.row_bytes) return false;
                facts.operand_count = 2;
                facts.in_place = true;
                row_bytes = from.row_bytes;
                windows[1] = mote::all_rows(1);
                break;
            case slice:
                if (option.above + option.below >= from.rows) return false;
                rows = (from.rows - option.above - option.below - 1) / option.stride + 1;
                row_bytes = from.row_bytes;
                windows[0] = {1, option.stride, 1, -option.above};
                break;
            case mix:
                rows = option.rows;
                windows[0] = mote::all_rows(from.rows);
                break;
            case delay:
                if (from.rows + option.rows > 64) return false;
                rows = from.rows + option.rows;
                row_bytes = from.row_bytes;
                windows[0].before = option.rows;
                facts.lasting = true;
                break;
        }
        nodes[node] = facts;
        operands[2 * node] = {option.from, windows[0]};
        operands[2 * node + 1] = {option.other, windows[1]};
        tensors[node + 1] = {rows * row_bytes, rows, row_bytes};
        return true;
    }

    /// As Graph::input_shape() has it.
    int input_shape() const {
        int readers = 0, shape = 0;
        for (int node = 0; node < Nodes; ++node)
            for (int i = 0; i < nodes[node].operand_count; ++i) {
                if (operands[2 * node + i].tensor != 0) continue;
                ++readers;
                if (nodes[node].view) shape = node + 1;
            }
        return readers == 1 ? shape : 0;
    }
    Outline outline() const {
        Outline made{nodes, operands, tensors, input_shape()};
        for (int tensor = 0; tensor <= Nodes; ++tensor)
            if (output[tensor]) made.keep(tensor);
        return made;
    }
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
        options.push_back({slice, from, 0, 1, 1, 1, 1, 1, 0, 0});
        options.push_back({mix, from, 0, 1, 1, 1, 0, 0, 3, 3});
        options.push_back({delay, from, 0, 1, 1, 1, 0, 0, 2, 0});
        options.push_back({stack, from, tensors - 1, 1, 1, 1, 0, 0, 0, 0});
        options.push_back({spread, from, tensors - 1, 1, 1, 1, 0, 0, 0, 0});
    }
    return options;
}

/// A random graph: mostly on from the last tensor, at times from an earlier one, so that branches
/// come together and operators lead nowhere.
template <int Nodes>
AnyGraph<Nodes> random(Random& random) {
    AnyGraph<Nodes> graph(1 + random.below(16), 1 + random.below(12));
    const int wild = 1 + random.below(8);
    const int givens = Nodes > 2 && random.one_in(4) ? 1 + random.below(Nodes > 4 ? 3 : 1) : 0;
    for (int node = 0; node < givens; ++node) {
        const bool like = random.one_in(2);
        graph.give(node, like ? graph.tensors[0].rows : 1 + random.below(8),
                   like ? graph.tensors[0].row_bytes : 1 + random.below(8), random.one_in(3));
    }
    for (int output = random.one_in(4) ? 2 : 0; output > 0; --output)
        graph.output[random.below(Nodes + 1)] = true;
    for (int node = givens; node < Nodes;) {
        Option option{};
        option.from = random.one_in(wild + 1) ? random.below(node + 1) : node;
        const int pick = random.below(28);
        option.kind = pick < 9    ? window
                      : pick < 12 ? in_place
                      : pick < 16 ? add
                      : pick < 19 ? view
                      : pick < 20 ? sum
                      : pick < 22 ? stack
                      : pick < 23 ? spread
                      : pick < 25 ? slice
                      : pick < 26 ? mix
                                  : delay;
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
        if (option.kind == mix || option.kind == delay) option.rows = 1 + random.below(6);
        if (option.kind == add || option.kind == stack || option.kind == spread)
            option.other = random.below(node + 1);
        if (graph.set(node, option)) ++node;
    }
    return graph;
}

}  // namespace any_graph
