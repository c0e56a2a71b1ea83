// Random graphs of the catalogues' layers under random plans: views anywhere, operators that lead
// nowhere, tensors read again, further inputs, several outputs. The layers are compiled once;
// graphs and plans are made while the test runs, so there may be many.
#include <doctest/doctest.h>

#include <cstdlib>

#include "oracle/catalogue.hpp"
#include "oracle/random_model.hpp"

namespace {

using catalogue::Entry;
using catalogue::library;
using catalogue::most_operands;
using catalogue::Place;
using oracle::Random;

using Bytes = std::vector<int8_t>;
using Values = std::vector<int64_t>;

template <int Nodes>
using Size = mote::graph::Size<Nodes, most_operands * Nodes>;

template <int Nodes>
struct Composition {
    mote::plan::Outline<Size<Nodes>> outline;
    /// Null for further inputs.
    const Entry* entries[Nodes];
    std::vector<int> outputs;

    std::string names() const {
        std::string text;
        for (int node = 0; node < Nodes; ++node) {
            text += " " + std::to_string(node + 1) + ":";
            if (entries[node] == nullptr) {
                text += "Input";
                continue;
            }
            text += entries[node]->name + "(";
            for (size_t i = 0; i < entries[node]->from.size(); ++i)
                text += (i > 0 ? "," : "") + std::to_string(outline.read(node, int(i)).tensor);
            text += ")";
        }
        return text;
    }
};

template <int Nodes>
Composition<Nodes> compose(Random& random) {
    const std::vector<Entry>& entries = library().entries;
    const int kinds = int(library().kinds.size());
    using Outline = mote::plan::Outline<Size<Nodes>>;
    typename Outline::NodeList nodes{};
    typename Outline::OperandList operands{};
    typename Outline::TensorList tensors{};
    const Entry* chosen[Nodes] = {};
    int kind[Nodes + 1] = {};
    // Mostly the tall maps, where rows matter.
    kind[0] = random.one_in(3) ? random.below(kinds) : random.pick({0, 0, 3, 1});
    tensors[0] = library().kinds[size_t(kind[0])];
    const int wild = 2 + random.below(6);
    const int givens = Nodes > 3 && random.one_in(3) ? 1 + random.below(2) : 0;
    int readers = 0, view = 0;
    for (int node = 0; node < Nodes;) {
        nodes[node].first_operand = most_operands * node;
        if (node < givens) {
            nodes[node].given = true;
            kind[node + 1] = random.one_in(2) ? kind[0] : random.below(kinds);
        } else {
            const int from = random.one_in(wild) ? random.below(node + 1) : node;
            const Entry& entry = entries[size_t(random.below(int(entries.size())))];
            if (entry.facts.view && random.one_in(3)) continue;
            const int place = random.below(int(entry.from.size()));
            if (entry.from[size_t(place)] != kind[from]) continue;
            bool complete = true;
            for (int i = 0; i < int(entry.from.size()); ++i) {
                int found = i == place ? from : -1;
                for (int tries = 0; tries < 4 * Nodes && found < 0; ++tries) {
                    const int tried = random.below(node + 1);
                    if (kind[tried] == entry.from[size_t(i)]) found = tried;
                }
                complete = complete && found >= 0;
                operands[most_operands * node + i] = {found, entry.windows[i]};
            }
            if (!complete) continue;
            nodes[node] = entry.facts;
            nodes[node].first_operand = most_operands * node;
            for (size_t i = 0; i < entry.from.size(); ++i) {
                if (operands[most_operands * node + int(i)].tensor != 0) continue;
                ++readers;
                if (entry.facts.view) view = node + 1;
            }
            chosen[node] = &entry;
            kind[node + 1] = entry.to;
        }
        ++node;
        tensors[node] = library().kinds[size_t(kind[node])];
    }
    Composition<Nodes> made{{nodes, operands, tensors, readers == 1 ? view : 0}, {}, {Nodes}};
    for (int i = random.one_in(3) ? 1 + random.below(2) : 0; i > 0; --i)
        made.outputs.push_back(random.between(givens + 1, Nodes));
    for (const int output : made.outputs) made.outline.keep(output);
    for (int node = 0; node < Nodes; ++node) made.entries[node] = chosen[node];
    return made;
}

/// Runs a graph under a plan as a network does (plan/play.hpp), in an arena between guards.
template <int Nodes>
class Machine {
   public:
    Machine(const Composition<Nodes>& graph, const mote::plan::Layout<Size<Nodes>>& layout,
            bool pushed)
        : graph_(graph),
          layout_(layout),
          pushed_(pushed),
          memory_(size_t(layout.bytes()) / 4 + 2 * guards, 0x5c5c5c5c) {}

    /// From the values of all tensors those of the outputs; only inputs are read.
    std::vector<Bytes> run(const std::vector<Values>& values) {
        const auto& plan = layout_.schedule;
        const mote::graph::TensorFacts& rows = graph_.outline.stored(0);
        for (int node = 0; node < Nodes; ++node)
            if (graph_.entries[node] == nullptr) write(node + 1, values, 0, -1);
        if (!pushed_) write(0, values, 0, rows.rows);
        for (int segment = 0; segment < plan.segments; ++segment) {
            const mote::plan::CountedNodes nodes{plan.first_node[segment],
                                                 plan.first_node[segment + 1]};
            if (!pushed_ || segment > 0) {
                nodes.play_segment(*this, plan.step_count[segment]);
                continue;
            }
            for (int step = 0; step < plan.step_count[0]; ++step) {
                if (step < rows.rows) write(0, values, step, step + 1);
                nodes.play(*this, step, step + 1);
            }
        }
        std::vector<Bytes> results;
        for (const int output : graph_.outputs) {
            const int8_t* result = place(output).base;
            results.emplace_back(result, result + graph_.outline.tensors[output].bytes);
        }
        return results;
    }
    bool intact() const {
        for (int i = 0; i < guards; ++i)
            if (memory_[size_t(i)] != 0x5c5c5c5c ||
                memory_[memory_.size() - 1 - size_t(i)] != 0x5c5c5c5c)
                return false;
        return true;
    }

    mote::plan::Turns turns(int node) const { return layout_.schedule.turns(node); }
    void layer(int node, int row) {
        if (row < 0 || graph_.outline.nodes[node].view) return;
        if (layout_.schedule.first_use(node).accumulates)
            accumulate(node, row);
        else
            compute(node, row, row + 1);
    }
    void whole_layer(int node) {
        if (!graph_.outline.nodes[node].view) compute(node, 0, layout_.schedule.steps[node].rows);
    }

   private:
    static constexpr int guards = 16;

    int8_t* arena() { return reinterpret_cast<int8_t*>(memory_.data() + guards); }
    Place place(int tensor) {
        const int store = layout_.schedule.store_of[tensor];
        const mote::plan::Store& memory = layout_.schedule.stores[store];
        return {arena() + layout_.packing.offsets[store], memory.capacity < memory.rows
                                                              ? memory.capacity
                                                              : graph_.outline.stored(tensor).rows};
    }
    /// Rows `first` to before `last`, all if that is negative.
    void write(int tensor, const std::vector<Values>& values, int first, int last) {
        const Place to = place(tensor);
        const mote::graph::TensorFacts& rows = graph_.outline.stored(tensor);
        for (int row = first; row < (last < 0 ? rows.rows : last); ++row)
            for (int i = 0; i < rows.row_bytes; ++i)
                to.base[row % to.capacity * rows.row_bytes + i] =
                    static_cast<int8_t>(values[size_t(tensor)][size_t(row * rows.row_bytes + i)]);
    }
    void compute(int node, int first, int last) {
        const Place out = place(node + 1);
        bool rings = out.capacity < graph_.outline.tensors[node + 1].rows;
        Place in[most_operands] = {};
        for (int i = 0; i < graph_.outline.nodes[node].operand_count; ++i) {
            const int from = graph_.outline.read(node, i).tensor;
            in[i] = place(from);
            rings = rings || in[i].capacity < graph_.outline.stored(from).rows;
        }
        (rings ? graph_.entries[node]->ring : graph_.entries[node]->whole)(first, last, out, in);
    }
    void accumulate(int node, int row) {
        const mote::plan::Use& use = layout_.schedule.first_use(node);
        const mote::plan::Store& store = layout_.schedule.stores[use.store];
        const Entry& entry = *graph_.entries[node];
        int32_t* state =
            reinterpret_cast<int32_t*>(arena() + layout_.packing.offsets[Nodes + 1 + node]);
        if (row == 0) entry.begin(state);
        entry.accumulate(place(use.source + 1).base + row % store.capacity * store.row_bytes,
                         row * store.row_bytes, store.row_bytes, state);
        if (row == store.rows - 1) entry.finish(state, place(node + 1).base);
    }

    const Composition<Nodes>& graph_;
    const mote::plan::Layout<Size<Nodes>>& layout_;
    bool pushed_;
    std::vector<uint32_t> memory_;
};

/// The values of all tensors: random ones for inputs, the oracle's for all others.
template <int Nodes>
std::vector<Values> answers(const Composition<Nodes>& graph, Random& random) {
    std::vector<Values> values;
    for (int tensor = 0; tensor <= Nodes; ++tensor) {
        const Entry* entry = tensor == 0 ? nullptr : graph.entries[tensor - 1];
        if (entry == nullptr) {
            Values some(size_t(graph.outline.tensors[tensor].bytes));
            for (int64_t& value : some) value = random.between(-128, 127);
            values.push_back(some);
            continue;
        }
        std::vector<const Values*> maps;
        for (size_t i = 0; i < entry->from.size(); ++i)
            maps.push_back(&values[size_t(graph.outline.read(tensor - 1, int(i)).tensor)]);
        values.push_back(entry->answer(maps));
    }
    return values;
}

struct Tally {
    long graphs = 0, plans = 0, impossible = 0, wrong = 0;
};

template <int Nodes>
void check(int seed, Tally& tally) {
    Random random(uint32_t(seed) * 64 + Nodes);
    const Composition<Nodes> graph = compose<Nodes>(random);
    const std::vector<Values> values = answers<Nodes>(graph, random);
    std::vector<Bytes> wanted;
    for (const int output : graph.outputs)
        wanted.emplace_back(values[size_t(output)].begin(), values[size_t(output)].end());
    ++tally.graphs;
    // Whole maps, node by node, uncut and pushed, then cut at random.
    for (int plan = 0; plan < 7; ++plan) {
        mote::plan::Cuts<Size<Nodes>> cuts{};
        cuts.pushed = plan == 3 || plan == 5;
        for (int node = 1; node < Nodes; ++node)
            cuts.begins[node] = plan < 2 || (plan > 3 && random.one_in(3));
        const auto layout = mote::plan::lay_out(graph.outline, cuts, plan > 0, 0);
        if (!layout.schedule.possible) {
            ++tally.impossible;
            continue;
        }
        Machine<Nodes> machine(graph, layout, cuts.pushed);
        const bool right = machine.run(values) == wanted && machine.run(values) == wanted;
        ++tally.plans;
        if (right && machine.intact()) continue;
        ++tally.wrong;
        FAIL_CHECK("seed ", seed, ", ", Nodes, " nodes, plan ", plan, ":", graph.names());
    }
}

}  // namespace

TEST_CASE("random graphs of catalogued layers equal the oracle under all plans") {
    REQUIRE(library().entries.size() > 100);
    Tally tally;
    const char* given = std::getenv("MOTE_COMPOSED_GRAPHS");
    const int each = (given ? std::atoi(given) : 4000) / 4;
    for (int seed = 0; seed < each; ++seed) {
        check<3>(seed, tally);
        check<6>(seed, tally);
        check<11>(seed, tally);
        check<24>(seed, tally);
    }
    MESSAGE(tally.graphs, " graphs, ", tally.plans, " plans, ", tally.impossible,
            " that cannot be streamed, ", library().entries.size(), " layers");
    CHECK(tally.wrong == 0);
    CHECK(tally.impossible < tally.plans / 4);
}
