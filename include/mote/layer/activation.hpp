// Activations that clamp, fused into the layer before them.
#pragma once

#include "../quantization.hpp"

namespace mote {

namespace detail {

/// The quantized range of [Low, High]; `Bounded`: whether there is a High.
template <class Quantization>
constexpr Range quantized_range(bool below, int low, bool above, int high) {
    Range range{-128, 127};
    if (below) {
        const int64_t bound =
            int64_t{Quantization::zero_point} + rounded_ratio(low, Quantization::scale_bits);
        range.low = static_cast<int>(bound < -128 ? -128 : (bound > 127 ? 127 : bound));
    }
    if (above) {
        const int64_t bound =
            int64_t{Quantization::zero_point} + rounded_ratio(high, Quantization::scale_bits);
        range.high = static_cast<int>(bound > 127 ? 127 : (bound < -128 ? -128 : bound));
    }
    return range;
}

}  // namespace detail

struct Linear {
    template <class Quantization>
    static constexpr Range range() {
        return {-128, 127};
    }
};

struct Relu {
    template <class Quantization>
    static constexpr Range range() {
        return detail::quantized_range<Quantization>(true, 0, false, 0);
    }
};

struct Relu6 {
    template <class Quantization>
    static constexpr Range range() {
        return detail::quantized_range<Quantization>(true, 0, true, 6);
    }
};

/// Clamps to [-1, 1].
struct ReluN1To1 {
    template <class Quantization>
    static constexpr Range range() {
        return detail::quantized_range<Quantization>(true, -1, true, 1);
    }
};

/// `Activation`, after which quantized values are clamped to [Low, High].
template <class Activation, int Low, int High>
struct Within {
    static constexpr int clamped(int value) {
        return value < Low ? Low : value > High ? High : value;
    }
    template <class Quantization>
    static constexpr Range range() {
        return {clamped(Activation::template range<Quantization>().low),
                clamped(Activation::template range<Quantization>().high)};
    }
};

}  // namespace mote
