// Layers of imported operators to compose graphs of while a test runs.
//
// A catalogue is a model whose operators read inputs alone and whose results are like inputs
// (kinds.hpp): so each of its layers fits any other's result.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mote.hpp"
#include "oracle/model.hpp"

namespace catalogue {

constexpr int most_operands = 4;

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

struct Entry {
    std::string name;
    /// The kinds of maps that it reads and makes.
    std::vector<int> from;
    int to;
    mote::graph::NodeFacts facts;
    mote::RowWindow windows[most_operands];
    void (*whole)(int first, int last, Place out, const Place* in);
    void (*ring)(int first, int last, Place out, const Place* in);
    void (*begin)(int32_t* state);
    void (*accumulate)(const int8_t* values, int32_t first, int32_t count, int32_t* state);
    void (*finish)(const int32_t* state, int8_t* out);
    /// The operator, and which of its results this is.
    const oracle::Call* call;
    size_t result;

    /// What the oracle makes of maps.
    std::vector<int64_t> answer(const std::vector<const std::vector<int64_t>*>& maps) const {
        oracle::Call now = *call;
        std::vector<oracle::Array> in, out;
        in.reserve(now.in.size());
        out.reserve(now.out.size());
        size_t next = 0;
        for (const oracle::Array*& operand : now.in) {
            if (operand == nullptr || operand->constant) continue;
            in.push_back(*operand);
            in.back().values = *maps[next++];
            operand = &in.back();
        }
        for (oracle::Array*& made : now.out) {
            out.push_back(*made);
            made = &out.back();
        }
        oracle::operator_of(now.code)(now);
        return out[result].values;
    }
};

struct Library {
    std::vector<Entry> entries;
    /// Of all kinds; the same in all catalogues.
    std::vector<mote::graph::TensorFacts> kinds;
    std::vector<std::unique_ptr<oracle::Model>> models;
};
inline Library& library() {
    static Library all;
    return all;
}

template <class On, class Out, class... Ins, int... Indices>
void set_functions(Entry& entry, mote::detail::list<Ins...>, mote::detail::sequence<Indices...>) {
    if constexpr (!On::view) {
        entry.whole = [](int first, int last, Place out, const Place* in) {
            On::rows(first, last, mote::Rows<Out>(out.base), mote::Rows<Ins>(in[Indices].base)...);
        };
        entry.ring = [](int first, int last, Place out, const Place* in) {
            On::rows(first, last, Ring<Out>(out), Ring<Ins>(in[Indices])...);
        };
    }
    if constexpr (On::accumulates) {
        entry.begin = [](int32_t* state) { On::begin(state); };
        entry.accumulate = [](const int8_t* values, int32_t first, int32_t count, int32_t* state) {
            On::accumulate(values, first, count, state);
        };
        entry.finish = [](const int32_t* state, int8_t* out) { On::finish(state, out); };
    }
}

template <class Graph, int Node, int... Inputs>
void list_node(const oracle::Model& model, mote::detail::sequence<Inputs...> inputs) {
    using Type = typename Graph::template NodeType<Node>;
    using On = typename Type::On;
    const int tensor = Graph::file_tensor(Node + 1);
    const int kinds = int(model.inputs().size());
    Entry entry{};
    entry.from = {Inputs...};
    for (const int from : entry.from)
        if (from >= kinds) return;  // what a view makes of an input is for its reader alone
    const oracle::Array& result = model.array_at(tensor);
    entry.to = -1;
    for (int kind = 0; kind < kinds; ++kind) {
        const oracle::Array& like = model.array_at(model.inputs()[size_t(kind)]);
        if (like.dims == result.dims && like.scales == result.scales && like.zero == result.zero)
            entry.to = kind;
    }
    for (const oracle::Call& call : model.calls())
        for (size_t i = 0; i < call.out.size(); ++i)
            if (call.out[i] == &result) {
                entry.call = &call;
                entry.result = i;
            }
    if (entry.to < 0 || entry.call == nullptr) return;
    entry.name = Type::Layer::name();
    entry.facts = Graph::nodes()[Node];
    for (size_t i = 0; i < entry.from.size(); ++i)
        entry.windows[i] = Graph::operands()[entry.facts.first_operand + int(i)].window;
    set_functions<On, typename On::Output>(
        entry, mote::detail::list<typename Graph::template TensorType<Inputs>...>{},
        mote::detail::make_sequence_t<inputs.size>{});
    library().entries.push_back(entry);
}
template <class Graph, int... Nodes>
void list_nodes(const oracle::Model& model, mote::detail::sequence<Nodes...>) {
    constexpr int given = Graph::given_count;
    (list_node<Graph, given + Nodes>(model,
                                     typename Graph::template NodeType<given + Nodes>::Inputs{}),
     ...);
}

/// Adds the layers of a file. False if its maps have other rows than those of others.
template <const unsigned char* File>
bool list(size_t size) {
    using Graph = mote::graph::Bound<mote::tflite::GraphOf<File>>;
    Library& all = library();
    all.models.push_back(std::make_unique<oracle::Model>(oracle::File(File, File + size)));
    const oracle::Model& model = *all.models.back();
    for (size_t kind = 0; kind < model.inputs().size(); ++kind) {
        const mote::graph::TensorFacts& facts = Graph::tensors()[int(kind)];
        if (facts.rows != model.array_at(model.inputs()[kind]).dim(1)) return false;
        if (all.models.size() == 1) all.kinds.push_back(facts);
    }
    list_nodes<Graph>(model,
                      mote::detail::make_sequence_t<Graph::node_count - Graph::given_count>{});
    return true;
}

}  // namespace catalogue
