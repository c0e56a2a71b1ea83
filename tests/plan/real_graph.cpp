// Random graphs of real layers under random plans: views anywhere, operators that lead nowhere,
// tensors read again. The layers are made once, for a set of shapes that is closed under them;
// graphs and plans are made while the test runs, so there may be many.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "parts.hpp"
#include "plan/random_graph.hpp"

namespace {

using mote::detail::list;
using random_graph::Random;
using random_graph::Size;

template <int Height, int Width, int Channels>
using Map = mote::Tensor<int8_t, mote::Shape<Height, Width, Channels>,
                         typename mote::Quantized<parts::tenth>::type>;
using Maps =
    list<Map<8, 2, 2>, Map<4, 4, 2>, Map<2, 4, 4>, Map<1, 8, 4>, Map<1, 1, 32>, Map<16, 1, 2>,
         Map<4, 2, 4>, Map<4, 2, 2>, Map<8, 1, 2>, Map<2, 2, 4>, Map<1, 1, 16>, Map<1, 4, 4>,
         Map<2, 2, 2>, Map<4, 1, 2>, Map<8, 1, 1>, Map<1, 1, 8>, Map<1, 2, 4>>;

template <class Tensor, class... Tensors>
int index_of(list<Tensors...>) {
    const bool same[] = {
        mote::detail::is_same<typename Tensor::Shape, typename Tensors::Shape>::value...};
    for (int i = 0; i < int(sizeof...(Tensors)); ++i)
        if (same[i]) return i;
    return -1;
}

/// Where a layer finds rows: a whole map, or a ring of some.
struct Place {
    int8_t* base;
    int capacity;
};

template <class TensorType>
class Ring {
   public:
    using Tensor = TensorType;
    using Element = int8_t;
    static constexpr bool whole = false;

    explicit Ring(Place place) : place_(place) {}
    int8_t* row(int index) const {
        return place_.base + index % place_.capacity * Tensor::Shape::row_size;
    }

   private:
    Place place_;
};

/// A layer between two maps of the set.
struct Entry {
    std::string name;
    int from, to;
    mote::graph::NodeFacts facts;
    mote::RowWindow window;
    void (*whole)(int first, int last, Place out, Place in, Place other);
    void (*ring)(int first, int last, Place out, Place in, Place other);
    void (*begin)(int32_t* state);
    void (*accumulate)(const int8_t* values, int32_t first, int32_t count, int32_t* state);
    void (*finish)(const int32_t* state, int8_t* out);
};

template <class On>
Entry describe(const char* name, int inputs) {
    Entry entry{};
    entry.name = name;
    entry.to = index_of<typename On::Output>(Maps{});
    entry.facts.operand_count = inputs;
    entry.window = On::window;
    entry.facts.in_place = On::in_place;
    entry.facts.view = On::view;
    entry.facts.accumulates = On::accumulates;
    entry.facts.state_bytes = On::state_bytes;
    return entry;
}

template <class Layer, class In>
void add_layer(std::vector<Entry>& entries) {
    using On = typename Layer::template On<mote::arch::best, In>;
    using Out = typename On::Output;
    Entry entry = describe<On>(Layer::name(), 1);
    entry.from = index_of<In>(Maps{});
    if (entry.to < 0) return;
    if constexpr (!On::view) {
        entry.whole = [](int first, int last, Place out, Place in, Place) {
            On::rows(first, last, mote::Rows<Out>(out.base), mote::Rows<In>(in.base));
        };
        entry.ring = [](int first, int last, Place out, Place in, Place) {
            On::rows(first, last, Ring<Out>(out), Ring<In>(in));
        };
    }
    if constexpr (On::accumulates) {
        entry.begin = [](int32_t* state) { On::begin(state); };
        entry.accumulate = [](const int8_t* values, int32_t first, int32_t count, int32_t* state) {
            On::accumulate(values, first, count, state);
        };
        entry.finish = [](const int32_t* state, int8_t* out) { On::finish(state, out); };
    }
    entries.push_back(entry);
}
template <class In>
void add_sum(std::vector<Entry>& entries) {
    using On = typename mote::Add<parts::tenth>::template On<mote::arch::best, In, In>;
    Entry entry = describe<On>("Add", 2);
    entry.from = index_of<In>(Maps{});
    entry.whole = [](int first, int last, Place out, Place in, Place other) {
        On::rows(first, last, mote::Rows<In>(out.base), mote::Rows<In>(in.base),
                 mote::Rows<In>(other.base));
    };
    entry.ring = [](int first, int last, Place out, Place in, Place other) {
        On::rows(first, last, Ring<In>(out), Ring<In>(in), Ring<In>(other));
    };
    entries.push_back(entry);
}

template <class In, class To>
void add_view(std::vector<Entry>& entries) {
    if constexpr (In::size == To::size &&
                  !mote::detail::is_same<typename In::Shape, typename To::Shape>::value)
        add_layer<mote::Reshape<typename To::Shape>, In>(entries);
}
template <class In, class... Tensors>
void add_views(std::vector<Entry>& entries, list<Tensors...>) {
    (add_view<In, Tensors>(entries), ...);
}

template <class In>
void add_all(std::vector<Entry>& entries) {
    constexpr int channels = In::Shape::channels;
    using parts::tenth;
    using parts::Weights;
    add_layer<mote::Conv2D<Weights<channels, 3, 3, channels>, tenth, mote::Strides<1>, mote::Same>,
              In>(entries);
    add_layer<mote::Conv2D<Weights<channels, 1, 1, channels>, tenth>, In>(entries);
    add_layer<
        mote::Conv2D<Weights<2 * channels, 3, 3, channels>, tenth, mote::Strides<2>, mote::Same>,
        In>(entries);
    add_layer<mote::DepthwiseConv2D<Weights<channels, 3, 3, 1>, tenth, mote::Strides<1>, mote::Same,
                                    mote::Relu>,
              In>(entries);
    add_layer<mote::MaxPool2D<mote::Pool<3, 2>, mote::Strides<1>, mote::Same>, In>(entries);
    add_layer<mote::MaxPool2D<mote::Pool<2, 1>, mote::Strides<2, 1>, mote::Same>, In>(entries);
    add_layer<mote::AveragePool2D<mote::Pool<3>, mote::Strides<1>, mote::Same>, In>(entries);
    add_layer<mote::Quantize<tenth, mote::Relu>, In>(entries);
    add_layer<mote::Dense<Weights<8, 1, 1, In::size>, tenth>, In>(entries);
    add_layer<mote::Dense<Weights<16, 1, 1, In::size>, tenth>, In>(entries);
    if constexpr (In::Shape::height > 1)
        add_layer<mote::Pad<mote::Border<In::Shape::height, 0, 0, 0>>, In>(entries);
    add_sum<In>(entries);
    add_views<In>(entries, Maps{});
}
template <class... Tensors>
std::vector<Entry> make_entries(list<Tensors...>) {
    std::vector<Entry> entries;
    (add_all<Tensors>(entries), ...);
    return entries;
}

template <class... Tensors>
std::vector<mote::graph::TensorFacts> make_shapes(list<Tensors...>) {
    return {{Tensors::bytes, Tensors::Shape::height, Tensors::row_bytes}...};
}

struct Library {
    std::vector<Entry> entries = make_entries(Maps{});
    std::vector<mote::graph::TensorFacts> shapes = make_shapes(Maps{});
};
const Library& library() {
    static const Library all;
    return all;
}

template <int Nodes>
struct RealGraph {
    mote::plan::Outline<Size<Nodes>> outline;
    const Entry* entries[Nodes];
};

template <int Nodes>
RealGraph<Nodes> random_real_graph(Random& random) {
    const std::vector<Entry>& entries = library().entries;
    typename mote::plan::Outline<Size<Nodes>>::NodeList nodes{};
    typename mote::plan::Outline<Size<Nodes>>::OperandList operands{};
    typename mote::plan::Outline<Size<Nodes>>::TensorList tensors{};
    const Entry* chosen[Nodes] = {};
    int shape[Nodes + 1] = {};
    // Mostly the tall maps, where rows matter.
    shape[0] = random.one_in(3) ? random.below(17) : random.one_in(2) ? 0 : 5;
    tensors[0] = library().shapes[size_t(shape[0])];
    const int wild = 2 + random.below(6);
    int readers = 0, view = 0;
    for (int node = 0; node < Nodes;) {
        const int from = random.one_in(wild) ? random.below(node + 1) : node;
        const Entry& entry = entries[size_t(random.below(int(entries.size())))];
        if (entry.from != shape[from] || (entry.facts.view && random.one_in(3))) continue;
        int other = from;
        for (int i = 0; i < 4 && entry.facts.operand_count == 2; ++i) {
            const int tried = random.below(node + 1);
            if (shape[tried] == shape[from]) other = tried;
        }
        nodes[node] = entry.facts;
        nodes[node].first_operand = 2 * node;
        operands[2 * node] = {from, entry.window};
        operands[2 * node + 1] = {other, entry.window};
        for (int i = 0; i < entry.facts.operand_count; ++i) {
            if (operands[2 * node + i].tensor != 0) continue;
            ++readers;
            if (entry.facts.view) view = node + 1;
        }
        chosen[node] = &entry;
        shape[++node] = entry.to;
        tensors[node] = library().shapes[size_t(entry.to)];
    }
    RealGraph<Nodes> graph{{nodes, operands, tensors, readers == 1 ? view : 0}, {}};
    graph.outline.keep(Nodes);
    for (int node = 0; node < Nodes; ++node) graph.entries[node] = chosen[node];
    return graph;
}

/// Runs a graph under a plan as a network does (plan/play.hpp), in an arena between guards.
template <int Nodes>
class Machine {
   public:
    Machine(const RealGraph<Nodes>& graph, const mote::plan::Layout<Size<Nodes>>& layout,
            bool pushed)
        : graph_(graph),
          layout_(layout),
          pushed_(pushed),
          memory_(size_t(layout.bytes()) / 4 + 2 * guards, 0x5c5c5c5c) {}

    std::vector<int8_t> run(const std::vector<int8_t>& input) {
        const auto& plan = layout_.schedule;
        const mote::graph::TensorFacts& rows = graph_.outline.stored(0);
        if (!pushed_)
            for (int row = 0; row < rows.rows; ++row) write_input(input, row);
        for (int segment = 0; segment < plan.segments; ++segment) {
            const mote::plan::CountedNodes nodes{plan.first_node[segment],
                                                 plan.first_node[segment + 1]};
            if (!pushed_ || segment > 0) {
                nodes.play_segment(*this, plan.step_count[segment]);
                continue;
            }
            for (int step = 0; step < plan.step_count[0]; ++step) {
                if (step < rows.rows) write_input(input, step);
                nodes.play(*this, step, step + 1);
            }
        }
        const int8_t* result = place(Nodes).base;
        return {result, result + graph_.outline.tensors[Nodes].bytes};
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
    void write_input(const std::vector<int8_t>& input, int row) {
        const Place to = place(0);
        const int bytes = graph_.outline.stored(0).row_bytes;
        for (int i = 0; i < bytes; ++i)
            to.base[row % to.capacity * bytes + i] = input[size_t(row * bytes + i)];
    }
    void compute(int node, int first, int last) {
        const mote::graph::NodeFacts& facts = graph_.outline.nodes[node];
        const int from = graph_.outline.read(node, 0).tensor;
        const int beside = graph_.outline.read(node, facts.operand_count - 1).tensor;
        const Place out = place(node + 1), in = place(from), other = place(beside);
        const bool rings = out.capacity < graph_.outline.tensors[node + 1].rows ||
                           in.capacity < graph_.outline.stored(from).rows ||
                           other.capacity < graph_.outline.stored(beside).rows;
        (rings ? graph_.entries[node]->ring : graph_.entries[node]->whole)(first, last, out, in,
                                                                           other);
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

    const RealGraph<Nodes>& graph_;
    const mote::plan::Layout<Size<Nodes>>& layout_;
    bool pushed_;
    std::vector<uint32_t> memory_;
};

/// Every tensor in memory of its own, layer after layer.
template <int Nodes>
std::vector<int8_t> compute_plainly(const RealGraph<Nodes>& graph,
                                    const std::vector<int8_t>& input) {
    std::vector<std::vector<int8_t>> tensors{input};
    for (int node = 0; node < Nodes; ++node) {
        const mote::graph::NodeFacts& facts = graph.outline.nodes[node];
        std::vector<int8_t> in = tensors[size_t(graph.outline.read(node, 0).tensor)];
        if (facts.view) {
            tensors.push_back(in);
            continue;
        }
        std::vector<int8_t> other =
            tensors[size_t(graph.outline.read(node, facts.operand_count - 1).tensor)];
        std::vector<int8_t> out(size_t(graph.outline.tensors[node + 1].bytes));
        const int rows = graph.outline.tensors[node + 1].rows;
        graph.entries[node]->whole(0, rows, {out.data(), rows}, {in.data(), 0}, {other.data(), 0});
        tensors.push_back(out);
    }
    return tensors.back();
}

struct Tally {
    long graphs = 0, plans = 0, impossible = 0, wrong = 0;
};

template <int Nodes>
void check(int seed, Tally& tally) {
    Random random{static_cast<uint32_t>(seed) * 48271u + Nodes};
    for (int i = 0; i < 4; ++i) random.below(2);
    const RealGraph<Nodes> graph = random_real_graph<Nodes>(random);
    std::vector<int8_t> input(size_t(graph.outline.tensors[0].bytes));
    for (int8_t& value : input) value = static_cast<int8_t>(random.below(256) - 128);
    const std::vector<int8_t> wanted = compute_plainly<Nodes>(graph, input);
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
        const bool right = machine.run(input) == wanted && machine.run(input) == wanted;
        ++tally.plans;
        CAPTURE(seed);
        CAPTURE(Nodes);
        CAPTURE(plan);
        if (!right || !machine.intact()) {
            ++tally.wrong;
            CHECK(right);
            CHECK(machine.intact());
        }
    }
}

}  // namespace

TEST_CASE("10,000 random graphs of real layers are exact under all plans") {
    REQUIRE(library().entries.size() > 200);
    Tally tally;
    const char* given = std::getenv("MOTE_REAL_GRAPHS");
    const int each = (given ? std::atoi(given) : 10000) / 4;
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
