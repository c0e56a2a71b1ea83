// Axes that an operator is given as a constant.
#pragma once

#include "check.hpp"

namespace mote {
namespace tflite {

/// A bit for each axis, counted from the front.
struct AxisSet {
    uint32_t bits;
    /// All lie inside.
    bool inside;
};

/// The int32 numbers in a constant; negative ones count from the end of `rank` dimensions.
constexpr AxisSet axes_in(const TensorInfo& axes, int rank) {
    AxisSet set{0, true};
    flatbuffer::Reader reader{axes.values, axes.held, false};
    for (uint32_t i = 0; i < axes.data.length / 4; ++i) {
        const int32_t given = reader.i32(4 * i);
        const bool inside = given >= -rank && given < rank;
        set.inside = set.inside && inside;
        if (inside) set.bits |= uint32_t{1} << (given < 0 ? given + rank : given);
    }
    return set;
}

/// Checks that operand `position` holds axes of input 0; at most `most`.
constexpr AxisSet axes_of(Inspection& at, int position, uint32_t most) {
    const TensorInfo values = at.input(position);
    at.constant(position);
    at.require(values.type == Type::INT32, Fault::axis, static_cast<long>(values.type));
    at.require(values.data.length % 4 == 0 && values.data.length <= 4 * most, Fault::buffer_size,
               static_cast<long>(values.data.length));
    if (at.fault != Fault::none) return {0, false};
    const AxisSet set = axes_in(values, at.input(0).rank);
    at.require(set.inside, Fault::axis, at.model.number(values, 0));
    return set;
}

}  // namespace tflite
}  // namespace mote
