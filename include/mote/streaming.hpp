// Streaming over time: the rows of a network's input are frames that keep coming.
#pragma once

#include <stddef.h>

#include "network.hpp"
#include "plan/certify_frames.hpp"

namespace mote {

namespace check {

/// Compiles only for a layer that can be streamed; the numbers are its index and its type.
template <plan::Obstacle Why, int LayerIndex, class Layer>
struct streamable {
    static_assert(
        Why != plan::Obstacle::padding,
        "Streaming: this layer pads in time (Same, or Pad), so that its output depends on "
        "where the window begins; train it with Valid padding in time");
    static_assert(Why != plan::Obstacle::reshape,
                  "Streaming: this layer mixes frames under another shape; flatten only before a "
                  "Dense layer, or pool over time first");
    static_assert(Why != plan::Obstacle::paces,
                  "Streaming: this layer joins two paths of different strides in time");
    static_assert(Why != plan::Obstacle::one_row,
                  "Streaming: the input needs several rows, one for each frame, and the output one "
                  "row; write a sequence as Shape<time, 1, channels>, and end the network with a "
                  "pool or a Dense layer over time");
    static constexpr bool value = Why == plan::Obstacle::none;
};

}  // namespace check

/// A network over a sliding window of frames. Each frame is one row of the network's input and is
/// computed with once; after every `hop` frames output() is what `Net` gives for the last window.
template <class Net>
class Streaming {
   public:
    using Graph = typename Net::Graph;
    using Output = typename Net::Output;
    using Input = typename Net::Input;

   private:
    static constexpr int nodes = Graph::node_count;
    using Size = typename Graph::Size;
    static_assert(Graph::input_count == 1 && Graph::output_count == 1,
                  "Streaming: the network has several inputs or outputs; stream one that takes "
                  "frames from one and gives one result");
    static_assert(!Graph::lasting,
                  "Streaming: the network keeps variables from one call to the next, so it streams "
                  "by itself: call it with the new frames alone");
    static inline constexpr plan::FrameSchedule<Size> schedule =
        plan::make_frames(plan::OutlineOf<Graph>::value);
    static inline constexpr plan::Packing<Size::tensors + nodes> packing =
        plan::pack_frames(plan::OutlineOf<Graph>::value, schedule);

    template <class Indices>
    struct AllStreamable;
    template <int... Indices>
    struct AllStreamable<detail::sequence<Indices...>> {
        static constexpr bool value = detail::all(
            {check::streamable<schedule.obstacle[Indices], Indices,
                               typename Graph::template NodeType<Indices>::Layer>::value...});
    };
    static_assert(AllStreamable<detail::make_sequence_t<nodes>>::value,
                  "Streaming: this network cannot be streamed; the reason stands above");
    static_assert(
        !AllStreamable<detail::make_sequence_t<nodes>>::value ||
            plan::FrameCertificate<Size>(plan::OutlineOf<Graph>::value, schedule, packing).holds(),
        "Streaming: the schedule of this network is wrong, and so would its outputs be; "
        "this is a fault of mote: please report it");

    template <int Index>
    using Stored = typename Graph::template TensorType<Index == 0 ? Graph::input_shape() : Index>;

   public:
    /// Values of one frame.
    static constexpr int32_t frame_size = Stored<0>::Shape::row_size;
    /// Frames from one output to the next.
    static constexpr int32_t hop = schedule.steps[nodes - 1].pace;
    /// Frames until the first output: fewer than a window has where its last ones do not matter.
    static constexpr int32_t first_output = schedule.steps[nodes - 1].phase + 1;
    static constexpr int32_t ram_bytes =
        plan::aligned(packing.bytes) + static_cast<int32_t>(sizeof(int32_t));

   private:
    template <int... Indices>
    static constexpr int32_t sum_of_tables(detail::sequence<Indices...>) {
        return detail::sum(
            {LayerFacts<Graph, Indices, schedule.steps[Indices].accumulates>::flash_bytes()...});
    }

    template <int Index>
    static constexpr int32_t macs_of() {
        using Node = typename Graph::template NodeType<Index>;
        return Node::is_view
                   ? 0
                   : Node::On::macs / Graph::template TensorType<Index + 1>::Shape::height *
                         (hop / schedule.steps[Index].pace);
    }
    template <int... Indices>
    static constexpr int32_t hop_macs(detail::sequence<Indices...>) {
        return detail::sum({macs_of<Indices>()...});
    }

   public:
    /// Bytes of constants in flash; code comes on top.
    static constexpr int32_t flash_bytes = sum_of_tables(detail::make_sequence_t<nodes>{});
    /// Multiply-accumulates for each output.
    static constexpr int32_t macs_per_hop = hop_macs(detail::make_sequence_t<nodes>{});

    /// Takes the next frame, `frame_size` values. True when output() is new.
    template <class Values>
    bool push(const Values& frame) {
        Net::template Access<0>::copy(given::first<typename Input::Element, frame_size>(frame, 0),
                                      place<typename Stored<0>::Element>(packing.offsets[0]) +
                                          frame_ % schedule.capacity[0] * frame_size,
                                      frame_size);
        advance(detail::make_sequence_t<nodes>{});
        const bool fresh = frame_ >= first_output - 1 && (frame_ - (first_output - 1)) % hop == 0;
        // All rings are where they were a cycle ago.
        if (++frame_ == first_output + cycles) frame_ -= cycles;
        return fresh;
    }

    /// What the network gives for the last window.
    typename Net::template ResultAt<0> output() const {
        return typename Net::template ResultAt<0>{
            place<typename Stored<nodes>::Element>(packing.offsets[schedule.store_of[nodes]])};
    }

    /// Forgets all frames.
    void reset() { frame_ = 0; }

   private:
    static constexpr int32_t common_multiple(int64_t left, int64_t right) {
        int64_t a = left;
        int64_t b = right;
        while (b != 0) {
            const int64_t rest = a % b;
            a = b;
            b = rest;
        }
        const int64_t result = left / a * right;
        return result > (int64_t{1} << 30) ? 0 : static_cast<int32_t>(result);
    }
    static constexpr int32_t cycle() {
        int32_t length = 1;
        for (int tensor = 0; tensor <= nodes && length > 0; ++tensor)
            if (schedule.store_of[tensor] == tensor)
                length = common_multiple(
                    length, int64_t{schedule.pace(tensor)} * schedule.capacity[tensor]);
        return length;
    }
    static_assert(cycle() > 0, "Streaming: the rings' sizes have no common multiple below 2^30");
    /// Frames after which the count begins again: as many cycles as fit.
    static constexpr int32_t cycles = (int32_t{1} << 30) / cycle() * cycle();

    /// Rows of a ring from row `origin` on.
    template <int Index>
    class Ring {
       public:
        using Tensor = Stored<Index>;
        using Element = typename Tensor::Element;
        static constexpr bool whole = false;

        Ring(Element* base, int32_t origin) : base_(base), origin_(origin) {}
        Element* row(int index) const {
            return base_ + (origin_ + index) % schedule.capacity[schedule.store_of[Index]] *
                               Tensor::Shape::row_size;
        }

       private:
        Element* base_;
        int32_t origin_;
    };

    template <int Index>
    Ring<Index> ring(int32_t origin) {
        return {place<typename Stored<Index>::Element>(packing.offsets[schedule.store_of[Index]]),
                origin};
    }

    template <int... Indices>
    void advance(detail::sequence<Indices...>) {
        detail::in_turn({(compute<Indices>(), true)...});
    }

    template <int Index>
    MOTE_INLINE void compute() {
        using Node = typename Graph::template NodeType<Index>;
        constexpr plan::FrameStep step = schedule.steps[Index];
        if constexpr (!Node::is_view) {
            const int32_t row = step.row_at(frame_);
            if (row < 0) return;
            if constexpr (step.accumulates)
                accumulate<Index>(row, typename Node::Inputs{});
            else
                compute_row<Index>(row, typename Node::Inputs{});
        }
    }

    template <int Index, int... Inputs>
    MOTE_INLINE void compute_row(int32_t row, detail::sequence<Inputs...>) {
        constexpr int stride = schedule.steps[Index].stride;
        Graph::template NodeType<Index>::On::rows(0, 1, ring<Index + 1>(row),
                                                  ring<Inputs>(row * stride)...);
    }

    template <int Index, int Input>
    MOTE_INLINE void accumulate(int32_t row, detail::sequence<Input>) {
        using On = typename Graph::template NodeType<Index>::On;
        constexpr int source = Graph::computed(Input);
        constexpr int32_t count = Stored<source>::Shape::row_size;
        int32_t* state = place<int32_t>(packing.offsets[Size::tensors + Index]);
        const Ring<source> rows = ring<source>(row);
        On::begin(state);
        for (int r = 0; r < Stored<source>::Shape::height; ++r)
            On::accumulate(rows.row(r), r * count, count, state);
        On::finish(state, ring<Index + 1>(row).row(0));
    }

    /// Elements that lie in the arena from a byte on.
    template <class Type>
    MOTE_INLINE Type* place(int32_t offset) {
        return static_cast<Type*>(static_cast<void*>(arena_ + offset));
    }
    template <class Type>
    MOTE_INLINE const Type* place(int32_t offset) const {
        return static_cast<const Type*>(static_cast<const void*>(arena_ + offset));
    }

    int32_t frame_ = 0;
    alignas(plan::alignment) int8_t arena_[static_cast<size_t>(plan::aligned(packing.bytes))];
};

}  // namespace mote
