// What the schedule of a network that never ends promises, checked on the finished one; knows of
// the planner no more than what it made. See certify.hpp.
//
//   - A layer finds each row that it reads written, and not yet overwritten by a later one.
//   - Two tensors share bytes only if both are written and read out with one and the same frame,
//     one after the other.
#pragma once

#include <stddef.h>

#include "frames.hpp"

namespace mote {
namespace plan {

template <class Size>
class FrameCertificate {
   public:
    static constexpr int value_count = Size::tensors + Size::nodes;

    constexpr FrameCertificate(const Outline<Size>& outline, const FrameSchedule<Size>& plan,
                               const Packing<Size::tensors + Size::nodes>& places)
        : outline_(outline), plan_(plan) {
        for (int tensor = 0; tensor < Size::tensors; ++tensor) {
            const bool view = tensor > 0 && outline.nodes[tensor - 1].view;
            viewed_[tensor] = view ? viewed_[outline.read(tensor - 1, 0).tensor] : tensor;
            if (!view) {
                const graph::TensorFacts& shape =
                    outline.tensors[tensor == 0 ? outline.input_shape : tensor];
                const int32_t begin = places.offsets[plan.store_of[tensor]];
                values_[tensor] = {begin, begin + shape.row_bytes * plan.capacity[tensor],
                                   tensor - 1, tensor - 1, true};
            }
        }
        for (int node = 0; node < Size::nodes; ++node) {
            if (plan.steps[node].accumulates) {
                const int32_t begin = places.offsets[Size::tensors + node];
                values_[Size::tensors + node] = {begin, begin + outline.nodes[node].state_bytes,
                                                 node, node, true};
            }
            for (int i = 0; i < outline.nodes[node].operand_count && !outline.nodes[node].view; ++i)
                read(node, outline.read(node, i));
        }
        // The result stays until the next one.
        values_[viewed_[Size::nodes]].passes = false;
        bytes_ = places.bytes;
    }

    constexpr bool holds() const {
        for (int value = 0; value < value_count; ++value)
            if (!holds(value)) return false;
        return in_order_;
    }

   private:
    /// Bytes, and the nodes between which they hold something with each frame.
    struct Value {
        int32_t begin;
        int32_t end;
        int first;
        int last;
        bool passes;
    };

    /// Rows o * stride to o * stride + reach of an operand are there when `node` computes row o.
    constexpr void read(int node, const graph::OperandFacts& operand) {
        const int tensor = viewed_[operand.tensor];
        const FrameStep& step = plan_.steps[node];
        const int rows = outline_.tensors[tensor == 0 ? outline_.input_shape : tensor].rows;
        const RowWindow& window = operand.window;
        const int reach = step.accumulates ? rows - 1
                          : rows > 1       ? (window.height - 1) * window.dilation
                                           : 0;
        const int64_t pace = tensor == 0 ? 1 : plan_.steps[tensor - 1].pace;
        const int64_t first = tensor == 0 ? 0 : plan_.steps[tensor - 1].phase;
        in_order_ =
            in_order_ && step.pace == pace * step.stride && first + pace * reach <= step.phase &&
            first + pace * plan_.capacity[tensor] > step.phase && plan_.store_of[tensor] == tensor;
        Value& value = values_[tensor];
        value.last = node;
        value.passes = value.passes && step.phase == first;
    }

    constexpr bool holds(int value) const {
        const Value& it = values_[value];
        if (it.end == it.begin) return true;
        if (it.begin < 0 || it.end > aligned(bytes_) || it.begin % alignment != 0) return false;
        for (int other = 0; other < value; ++other) {
            const Value& beside = values_[other];
            const bool apart = it.end <= beside.begin || beside.end <= it.begin;
            const bool take_turns =
                it.passes && beside.passes && (it.last < beside.first || beside.last < it.first);
            if (!apart && !take_turns) return false;
        }
        return true;
    }

    const Outline<Size>& outline_;
    const FrameSchedule<Size>& plan_;
    int viewed_[Size::tensors] = {};
    Value values_[static_cast<size_t>(value_count)] = {};
    bool in_order_ = true;
    int32_t bytes_ = 0;
};

}  // namespace plan
}  // namespace mote
