// A graph with some of its nodes left out or replaced: what passes make.
#pragma once

#include <stddef.h>

#include "../graph/graph.hpp"

namespace mote {
namespace pass {

/// Which tensors of a graph stay, in their order, and which one stands for each.
template <int Tensors>
struct Numbering {
    int count;
    /// The old number of each tensor that stays.
    int old[static_cast<size_t>(Tensors)];
    /// The new number of each old one, or of the one that stands for it.
    int now[static_cast<size_t>(Tensors)];
    /// The last old one that each new one stands for.
    int last[static_cast<size_t>(Tensors)];

    constexpr void add(int tensor, int standing) {
        if (standing == tensor) old[count] = tensor;
        now[tensor] = standing == tensor ? count : standing < 0 ? -1 : now[standing];
        if (now[tensor] >= 0) last[now[tensor]] = tensor;
        if (standing == tensor) ++count;
    }
};

/// `Change` says what becomes of the graph `Change::Written`, in that one's numbers: stands()[t] is
/// the tensor that stands for tensor t: t, an earlier one, or -1, none; NodeAt<Index> is the node
/// for one that stays.
template <class Change>
struct Rewritten {
   private:
    using Written = typename Change::Written;
    static constexpr int tensors = Written::node_count + 1;

    static constexpr Numbering<tensors> number() {
        const detail::array<int, tensors> stands = Change::stands();
        Numbering<tensors> made{};
        for (int tensor = 0; tensor < tensors; ++tensor) made.add(tensor, stands[tensor]);
        return made;
    }
    static constexpr Numbering<tensors> numbering = number();

    template <class Node>
    struct Renumbered {
        using type = Node;
    };
    template <class Layer, int... Ids>
    struct Renumbered<Node<Layer, Ids...>> {
        using type = Node<Layer, numbering.now[Ids]...>;
    };
    template <class Tensors>
    struct AllOf;
    template <int... Tensors>
    struct AllOf<detail::sequence<Tensors...>> {
        using type = detail::sequence<numbering.now[Tensors]...>;
    };

   public:
    static constexpr int node_count = numbering.count - 1;
    using Input = typename Written::Input;
    template <int Index>
    using NodeAt =
        typename Renumbered<typename Change::template NodeAt<numbering.old[Index + 1] - 1>>::type;
    using Outputs = typename AllOf<typename Written::Outputs>::type;
    using Assigned = typename AllOf<typename Written::Assigned>::type;
    template <int Index>
    using InputBorder = typename Written::template InputBorder<Index>;
    template <int Index>
    using OutputBorder = typename Written::template OutputBorder<Index>;

    static constexpr int file_tensor(int tensor) {
        return Written::file_tensor(numbering.last[tensor]);
    }
};

}  // namespace pass
}  // namespace mote
