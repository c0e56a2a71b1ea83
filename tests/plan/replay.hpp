// Plays a plan on a memory that knows of every byte which value it holds, and complains when a
// layer would read anything but what it needs. The loop is the network's own (plan/play.hpp); what
// a turn reads and writes follows from the graph alone.
#pragma once

#include <string>
#include <vector>

#include "mote.hpp"

namespace replay {

struct Result {
    /// The first fault; empty if there is none.
    std::string fault;
    /// Bytes ever written or read.
    std::vector<bool> touched;
};

template <class Size>
class Replay {
   public:
    using Outline = mote::plan::Outline<Size>;
    using Schedule = mote::plan::Schedule<Size>;
    using Packing = mote::plan::Packing<Size::tensors + Size::nodes>;

    Replay(const Outline& outline, const Schedule& schedule, const Packing& packing, bool pushed)
        : outline_(outline),
          nodes_(outline.nodes),
          tensors_(outline.tensors),
          input_shape_(outline.input_shape),
          schedule_(schedule),
          packing_(packing),
          pushed_(pushed),
          memory_(static_cast<size_t>((packing.bytes + 3) / 4 * 4)),
          rows_done_(static_cast<size_t>(Size::nodes)) {
        result_.touched.resize(memory_.size());
    }

    Result run() {
        if (!pushed_)
            for (int row = 0; row < shape(0).rows; ++row) write(0, row);
        for (int tensor = 1; tensor < Size::tensors; ++tensor)
            for (int row = 0; row < shape(tensor).rows && outline_.is_lasting(tensor); ++row)
                fill(tensor - 1, place(tensor, row), tensor + before,
                     row * shape(tensor).row_bytes);
        for (int node = 0; node < outline_.givens; ++node)
            for (int row = 0; row < tensors_[node + 1].rows; ++row) write(node + 1, row);
        for (int segment = 0; segment < schedule_.segments; ++segment) {
            const mote::plan::CountedNodes nodes{schedule_.first_node[segment],
                                                 schedule_.first_node[segment + 1]};
            if (!pushed_ || segment > 0) {
                nodes.play_segment(*this, schedule_.step_count[segment]);
                continue;
            }
            for (int step = 0; step < schedule_.step_count[0]; ++step) {
                if (step < shape(0).rows) write(0, step);
                nodes.play(*this, step, step + 1);
            }
        }
        for (int node = outline_.givens; node < Size::nodes; ++node)
            if (!nodes_[node].view && rows_done_[size_t(node)] != tensors_[node + 1].rows)
                complain(node, "did not compute all rows");
        for (int tensor = 0; tensor < Size::tensors; ++tensor)
            for (int row = 0; row < shape(tensor).rows; ++row)
                if (computed(tensor) == tensor && outline_.is_output(tensor))
                    expect(Size::nodes - 1, tensor, tensor, row);
        return result_;
    }

    // What plan/play.hpp asks of a player.
    mote::plan::Turns turns(int node) const { return schedule_.turns(node); }
    void layer(int node, int row) {
        if (row < 0 || nodes_[node].view) return;
        if (schedule_.first_use(node).accumulates)
            accumulate(node, computed(outline_.read(node, 0).tensor), row);
        else
            compute(node, row);
    }
    void whole_layer(int node) {
        for (int row = 0; row < schedule_.steps[node].rows && !nodes_[node].view; ++row)
            compute(node, row);
    }

   private:
    /// What a byte holds: byte `index` of a tensor, or of the sums of node -1 - tensor.
    struct Value {
        int tensor = none;
        int32_t index = 0;
        bool operator==(const Value& other) const {
            return tensor == other.tensor && index == other.index;
        }
    };
    struct Span {
        int32_t begin, end;
    };
    static constexpr int none = -1000000;
    /// Added to a tensor: what the last inference left there.
    static constexpr int before = 1000000;

    void complain(int node, const std::string& what) {
        if (result_.fault.empty()) result_.fault = "node " + std::to_string(node) + " " + what;
    }

    int computed(int tensor) const {
        while (tensor > 0 && nodes_[tensor - 1].view) tensor = outline_.read(tensor - 1, 0).tensor;
        return tensor;
    }
    const mote::graph::TensorFacts& shape(int tensor) const {
        return tensors_[tensor == 0 ? input_shape_ : tensor];
    }
    /// Where the network finds a row of a tensor.
    Span place(int tensor, int row) const {
        const int store = schedule_.store_of[tensor];
        const int capacity = schedule_.stores[store].capacity;
        const int32_t bytes = shape(tensor).row_bytes;
        const int held = capacity >= schedule_.stores[store].rows ? row : row % capacity;
        const int32_t begin = packing_.offsets[store] + held * bytes;
        return {begin, begin + bytes};
    }
    bool inside(int node, Span span) {
        const bool in = span.begin >= 0 && span.end <= static_cast<int32_t>(memory_.size());
        if (!in) complain(node, "leaves the arena");
        return in;
    }
    void fill(int node, Span span, int tensor, int32_t index) {
        if (!inside(node, span)) return;
        for (int32_t at = span.begin; at < span.end; ++at) {
            memory_[size_t(at)].tensor = tensor;
            memory_[size_t(at)].index = index++;
            result_.touched[size_t(at)] = true;
        }
    }
    void expect(int node, Span span, int tensor, int32_t index) {
        if (!inside(node, span)) return;
        Value wanted;
        wanted.tensor = tensor;
        wanted.index = index;
        for (int32_t at = span.begin; at < span.end; ++at, ++wanted.index) {
            if (memory_[size_t(at)] == wanted) continue;
            const Value& found = memory_[size_t(at)];
            complain(node, "needs byte " + std::to_string(wanted.index) + " of tensor " +
                               std::to_string(tensor) + " at " + std::to_string(at) +
                               ", which holds byte " + std::to_string(found.index) + " of tensor " +
                               std::to_string(found.tensor));
            return;
        }
    }
    /// `node` finds `row` of `tensor`, which it calls `seen`.
    Span expect(int node, int tensor, int seen, int row) {
        const Span span = place(seen, row);
        expect(node, span, tensor, row * shape(seen).row_bytes);
        return span;
    }
    void write(int tensor, int row) {
        fill(tensor - 1, place(tensor, row), tensor, row * shape(tensor).row_bytes);
    }

    void compute(int node, int row) {
        const Span out = place(node + 1, row);
        for (int i = 0; i < nodes_[node].operand_count; ++i) {
            const int tensor = outline_.read(node, i).tensor;
            const mote::RowWindow& window = outline_.read(node, i).window;
            const bool same_row = window.height == 1 && window.stride == 1 && window.before == 0;
            for (int k = 0; k < window.height; ++k) {
                const int from = row * window.stride - window.before + k * window.dilation;
                if (from < 0 || from >= shape(tensor).rows) continue;
                const Span in = expect(node, computed(tensor), tensor, from);
                const bool same = in.begin == out.begin && in.end == out.end;
                if (in.begin < out.end && out.begin < in.end &&
                    !(same && same_row && nodes_[node].in_place))
                    complain(node, "writes over what it reads");
            }
        }
        finish(node, row);
    }
    void finish(int node, int row) {
        const int kept = shape(node + 1).rows - shape(outline_.read(node, 0).tensor).rows;
        if (nodes_[node].lasting && row < kept) {
            const int above = row + shape(node + 1).rows - kept;
            expect(node, place(node + 1, above), node + 1 + before,
                   above * shape(node + 1).row_bytes);
        }
        if (row != rows_done_[size_t(node)]++) complain(node, "computes rows out of order");
        write(node + 1, row);
    }

    void accumulate(int node, int source, int row) {
        const Span in = expect(node, source, source, row);
        const int32_t begin = packing_.offsets[Size::tensors + node];
        const Span sums{begin, begin + nodes_[node].state_bytes};
        if (begin % 4 != 0) complain(node, "adds up in a place that is not aligned");
        if (sums.begin < in.end && in.begin < sums.end) complain(node, "adds up over its input");
        if (row > 0) expect(node, sums, -1 - node, 0);
        fill(node, sums, -1 - node, 0);
        if (row != shape(source).rows - 1) return;
        const Span out = place(node + 1, 0);
        if (out.begin < sums.end && sums.begin < out.end)
            complain(node, "writes its result over the sums");
        finish(node, 0);
    }

    const Outline& outline_;
    const typename Outline::NodeList& nodes_;
    const typename Outline::TensorList& tensors_;
    const int input_shape_;
    const Schedule& schedule_;
    const Packing& packing_;
    const bool pushed_;
    std::vector<Value> memory_;
    std::vector<int> rows_done_;
    Result result_;
};

/// The packing that a plan was made with.
template <class Policy, class Graph>
Result run() {
    using Layout = typename Policy::template Made<Graph>;
    return Replay<typename Graph::Size>(mote::plan::OutlineOf<Graph>::value,
                                        Layout::layout.schedule, Layout::layout.packing,
                                        Policy::pushed)
        .run();
}

}  // namespace replay
