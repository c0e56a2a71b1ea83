// What an observer of a network is told.
#pragma once

#include "kernel/serving.hpp"

namespace mote {

/// What an observer is told about the layer that just ran: all constants. `Accumulated`: the plan
/// has it add up its input's rows as they arrive.
template <class Graph, int Index, bool Accumulated>
struct LayerFacts {
   private:
    using Node = typename Graph::template NodeType<Index>;

   public:
    using Layer = typename Node::Layer;
    using Inputs = typename Node::Inputs;
    using Output = typename Node::On::Output;

    /// Further inputs and variables count as nodes, not as layers.
    static constexpr int index = Index - Graph::given_count;
    static constexpr int tensor = Graph::file_tensor(Index + 1);
    static constexpr int32_t macs = Node::On::macs;

    static constexpr const char* name() { return Layer::name(); }
    /// The CPU whose kernel computes it.
    static constexpr const char* kernel() {
        return kernel::serving_name<typename Node::On, Accumulated>(
            detail::constant<Node::is_view>{});
    }
    /// Bytes of constants in flash.
    static constexpr int32_t flash_bytes() {
        if constexpr (Accumulated)
            return Node::On::accumulator_bytes();
        else
            return Node::On::table_bytes();
    }
};

/// Rows of a layer's output that were just computed, one after the other in memory.
template <class TensorType>
struct Band {
    int first;
    int count;
    const typename TensorType::Element* values;

    MOTE_INLINE const typename TensorType::Element* data() const { return values; }
    MOTE_INLINE int32_t size() const {
        return static_cast<int32_t>(count) * TensorType::Shape::row_size;
    }
    /// Elements of the output before this band.
    MOTE_INLINE int32_t offset() const {
        return static_cast<int32_t>(first) * TensorType::Shape::row_size;
    }
};

/// Watches nothing and costs nothing.
struct Unobserved {
    template <class Facts, class Band>
    constexpr void operator()(Facts, Band) const {}
};

}  // namespace mote
