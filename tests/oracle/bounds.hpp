// What outputs are clamped to.
#pragma once

#include "array.hpp"
#include "fixed_point.hpp"

namespace oracle {

struct Bounds {
    int64_t low;
    int64_t high;
};
/// What a fused activation leaves of an output.
inline Bounds bounds(int activation, const Array& out) {
    const auto at = [&](float real) {
        return out.zero + int64_t(std::llround(std::clamp(real / out.scale(), -1e9f, 1e9f)));
    };
    using mote::tflite::Activation;
    Bounds found{-128, 127};
    const Activation kind = static_cast<Activation>(activation);
    if (kind == Activation::RELU || kind == Activation::RELU6)
        found.low = std::max(found.low, at(0));
    if (kind == Activation::RELU_N1_TO_1) found.low = std::max(found.low, at(-1));
    if (kind == Activation::RELU6) found.high = std::min(found.high, at(6));
    if (kind == Activation::RELU_N1_TO_1) found.high = std::min(found.high, at(1));
    return found;
}
inline int64_t within(int64_t value, Bounds limits) {
    return std::min(std::max(value, limits.low), limits.high);
}
inline int64_t narrowed(int64_t value) { return within(value, {-128, 127}); }

}  // namespace oracle
