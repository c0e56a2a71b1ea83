// From a 32-bit sum to an 8-bit output: saturate(zero_point + sum * multiplier).
#pragma once

#include "../detail/array.hpp"
#include "../quantization.hpp"
#include "../table.hpp"

namespace mote {
namespace kernel {

/// floor((left * right + 2^30) / 2^31): gemmlowp's saturating rounding doubling high multiply, for
/// a `right` that is not negative.
constexpr int32_t high_multiply(int32_t left, int32_t right) {
    return static_cast<int32_t>((static_cast<int64_t>(left) * right + (int64_t{1} << 30)) >> 31);
}

/// value / 2^exponent, half away from zero.
constexpr int32_t rounding_shift(int32_t value, int exponent) {
    if (exponent == 0) return value;
    const int32_t mask = static_cast<int32_t>((uint32_t{1} << exponent) - 1);
    const int32_t remainder = value & mask;
    const int32_t threshold = (mask >> 1) + (value < 0 ? 1 : 0);
    return (value >> exponent) + (remainder > threshold ? 1 : 0);
}

constexpr int32_t scale(int32_t sum, int32_t multiplier, int shift, rounding::Double) {
    const int left = shift > 0 ? shift : 0;
    const int right = shift > 0 ? 0 : -shift;
    return rounding_shift(
        high_multiply(static_cast<int32_t>(static_cast<uint32_t>(sum) << left), multiplier), right);
}

constexpr int32_t scale(int32_t sum, int32_t multiplier, int shift, rounding::Single) {
    const int total = 31 - shift;
    return static_cast<int32_t>(
        (static_cast<int64_t>(sum) * multiplier + (int64_t{1} << (total - 1))) >> total);
}

constexpr int8_t clamp(int32_t value, int low, int high) {
    return static_cast<int8_t>(value < low ? low : (value > high ? high : value));
}

/// The multipliers of a layer's output channels, 5 bytes each.
template <int Channels, bool Uniform>
struct Multipliers {
    int32_t value[Channels];
    int8_t shift[Channels];

    constexpr void set(int channel, Multiplier multiplier) {
        value[channel] = multiplier.value;
        shift[channel] = multiplier.shift;
    }
    template <class Rounding>
    MOTE_INLINE int32_t scaled(int32_t sum, int channel, Rounding rounding) const {
        return scale(sum, table::read(&value[channel]), table::read(&shift[channel]), rounding);
    }
};

/// One multiplier for all channels.
template <int Channels>
struct Multipliers<Channels, true> {
    int32_t value[1];
    int8_t shift[1];

    constexpr void set(int, Multiplier multiplier) {
        value[0] = multiplier.value;
        shift[0] = multiplier.shift;
    }
    template <class Rounding>
    MOTE_INLINE int32_t scaled(int32_t sum, int, Rounding rounding) const {
        return scale(sum, table::read(&value[0]), table::read(&shift[0]), rounding);
    }
};

/// What `Spec` makes of a sum of output channel `channel`.
template <class Spec, class Table>
MOTE_INLINE int8_t requantized(const Table& table, int32_t sum, int channel) {
    const int32_t scaled = table.multipliers.scaled(sum, channel, typename Spec::Rounding{});
    return clamp(scaled + Spec::Output::Quantization::zero_point, Spec::range.low,
                 Spec::range.high);
}

}  // namespace kernel
}  // namespace mote
