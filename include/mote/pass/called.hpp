// Names of what passes joined: "Sigmoid+Multiply".
#pragma once

#include "../graph/graph.hpp"

namespace mote {
namespace pass {

/// The names Names::at(i) for i below Names::count, but for those that are null, in one.
template <class Names>
struct Joined {
   private:
    /// Writes to `to`, unless that is null, and gives the length.
    static constexpr int write(char* to) {
        int length = 0;
        for (int i = 0; i < Names::count; ++i) {
            const char* name = Names::at(i);
            if (name != nullptr && length > 0) {
                if (to != nullptr) to[length] = '+';
                ++length;
            }
            for (; name != nullptr && *name != 0; ++name, ++length)
                if (to != nullptr) to[length] = *name;
        }
        return length;
    }
    struct Text {
        char letters[static_cast<size_t>(write(nullptr)) + 1] = {};
    };
    static constexpr Text make() {
        Text made{};
        write(made.letters);
        return made;
    }
    static inline constexpr Text text = make();

   public:
    static constexpr const char* get() { return text.letters; }
};

/// The names of the layers that lead from one tensor to another.
template <class Graph, int Tensor, int Base, class Offsets = detail::make_sequence_t<Tensor - Base>>
struct NamesBetween;
template <class Graph, int Tensor, int Base, int... Offsets>
struct NamesBetween<Graph, Tensor, Base, detail::sequence<Offsets...>> {
    static constexpr int count = Tensor - Base;

   private:
    using Leads = detail::array<bool, count>;
    static constexpr Leads find() {
        Leads found{};
        found[count - 1] = true;
        for (int node = Tensor - 1; node >= Base; --node) {
            const auto& facts = Graph::nodes()[node];
            for (int i = 0; found[node - Base] && i < facts.operand_count; ++i) {
                const int read = Graph::operands()[facts.first_operand + i].tensor;
                if (read > Base) found[read - 1 - Base] = true;
            }
        }
        return found;
    }
    static constexpr Leads leads = find();

   public:
    static constexpr const char* at(int index) {
        const char* const names[] = {(
            leads[Offsets] ? Graph::template NodeType<Base + Offsets>::Layer::name() : nullptr)...};
        return names[index];
    }
};

/// `Layer` under another name.
template <class Layer, class Name>
struct Called : Layer {
    static MOTE_INLINE constexpr const char* name() { return Name::get(); }
};

}  // namespace pass
}  // namespace mote
