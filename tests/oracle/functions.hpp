// Functions of one value, as TensorFlow Lite Micro's reference kernels have them: from an int8 less
// its zero point to an output that is not yet clamped.
#pragma once

#include "fixed_point.hpp"

namespace oracle {

struct Scales {
    float in;
    float out;
    int out_zero;

    double ratio() const { return double(in) / double(out); }
};

/// Sigmoid and Tanh leave out what lies outside of Q4.27.
template <class Inside>
int64_t in_q4(int64_t value, const Scales& scales, Inside inside) {
    const Factor by = factor(double(scales.in) * double(1 << 27));
    const int64_t radius = int64_t(std::floor(15.0 * double(1 << 27) / std::exp2(by.shift)));
    return value <= -radius ? -128 : value >= radius ? 127 : inside(scaled(value, by));
}
inline int64_t sigmoid(int64_t value, const Scales& scales) {
    return in_q4(value, scales, [](int64_t x) {
        const int64_t above = reciprocal(exponential(-std::abs(x), 4));
        const int64_t result = x == 0 ? 1 << 30 : x > 0 ? above : highest - above;
        return divided(result, 23) - 128;
    });
}
inline int64_t tanh(int64_t value, const Scales& scales) {
    return in_q4(value, scales, [](int64_t x) {
        const int64_t twice = twice_reciprocal(exponential(-std::abs(x), 5));
        const int64_t above = x == 0 ? 0 : shifted(twice - (1 << 29), 2);
        return divided(x > 0 ? above : -above, 24);
    });
}

inline int64_t elu(int64_t value, const Scales& scales) {
    const float x = scales.in * float(value);
    const float inverse = 1.0f / scales.out;
    return int64_t(std::round((x < 0 ? std::exp(x) - 1.0f : x) * inverse)) + scales.out_zero;
}

inline int64_t abs(int64_t value, const Scales& scales) {
    const int64_t magnitude = std::abs(value);
    return (scales.in == scales.out ? magnitude : scaled(magnitude, scales.ratio())) +
           scales.out_zero;
}
inline int64_t relu(int64_t value, const Scales& scales) {
    return std::max<int64_t>(scaled(value, scales.ratio()), 0) + scales.out_zero;
}
inline int64_t leaky_relu(int64_t value, const Scales& scales, float alpha) {
    const double below = double(scales.in) * double(alpha) / double(scales.out);
    return scaled(value, value >= 0 ? scales.ratio() : below) + scales.out_zero;
}

inline int64_t rsqrt(int64_t value, const Scales& scales) {
    if (value <= 0) return 127;
    const Factor root = inverse_root(value);
    Factor out = factor(double(1.0f / (std::sqrt(scales.in) * scales.out)));
    out.shift -= 20;
    return scaled(scaled(1, Factor{root.fixed, root.shift + 20}), out) + scales.out_zero;
}

/// In 16 bits, saturated.
inline int64_t hard_swish(int64_t value, const Scales& scales) {
    const auto narrow = [](int64_t x) { return std::clamp<int64_t>(x, -32768, 32767); };
    const auto times = [](int64_t x, int64_t y) { return (x * y + 0x4000) >> 15; };
    const auto short_factor = [](double real) {
        const Factor by = factor(real);
        return Factor{by.fixed >= 0x7fff7fff ? 0x7fff : (by.fixed + 0x8000) >> 16, by.shift};
    };
    // As far as its masks of 16 bits go.
    const auto halved = [](int64_t x, int bits) {
        const int64_t mask = int16_t((int64_t{1} << bits) - 1);
        const int64_t half = int16_t((mask >> 1) + (x < 0 ? 1 : 0));
        return (x >> bits) + ((x & mask) > half ? 1 : 0);
    };
    const float high_scale = scales.in / 128.0f;
    const Factor out = short_factor(double(high_scale) / double(scales.out));
    const Factor third = short_factor(double(high_scale) / (3.0 / 32768.0));
    const int64_t high = value * 128;
    int64_t part = high;
    if (third.shift > 0) part = narrow(part * (int64_t{1} << (third.shift - 1)));
    part = times(part, third.fixed);
    if (third.shift > 0) part = narrow(part * 2);
    if (third.shift < 0) part = halved(part, -third.shift);
    const int64_t result = ((part + 32768) >> 1) * times(high, out.fixed) / 32768;
    return int16_t(halved(result, -out.shift) + scales.out_zero);
}

}  // namespace oracle
