// From a 32-bit sum to an 8-bit output: saturate(zero_point + sum * multiplier).
#pragma once

#include "../detail/array.hpp"
#include "../table.hpp"
#include "avr/multiply.hpp"
#include "channels.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// floor((left * right + 2^30) / 2^31): gemmlowp's saturating rounding doubling high multiply, but
/// for the square of the lowest number.
#if MOTE_HAS_LONG_MULTIPLY && MOTE_HAS_CARRY
constexpr int32_t high_multiply(int32_t left, int32_t right) {
#if MOTE_HAS_AVR && MOTE_HAS_CONSTANT_EVALUATED
    if (!__builtin_is_constant_evaluated()) return avr::high_multiply(left, right);
#endif
    return static_cast<int32_t>((static_cast<int64_t>(left) * right + (int64_t{1} << 30)) >> 31);
}
#elif MOTE_HAS_LONG_MULTIPLY
constexpr int32_t high_multiply(int32_t left, int32_t right) {
    const int64_t product = static_cast<int64_t>(left) * right;
    const uint32_t low = static_cast<uint32_t>(product & 0xffffffff);
    const uint32_t high = static_cast<uint32_t>(product >> 32);
    return static_cast<int32_t>(high * 2 + ((low >> 30) + 1) / 2);
}
#else
constexpr int32_t high_multiply(int32_t left, int32_t right) {
    const int32_t left_high = left >> 16;
    const int32_t right_high = right >> 16;
    const uint32_t left_low = static_cast<uint32_t>(left) & 0xffffU;
    const uint32_t right_low = static_cast<uint32_t>(right) & 0xffffU;
    const int32_t low = static_cast<int32_t>(left_low) * right_high +
                        static_cast<int32_t>(left_low * right_low >> 16);
    const int32_t middle = left_high * static_cast<int32_t>(right_low) + (low & 0xffff);
    const int32_t high = left_high * right_high + (low >> 16) + (middle >> 16);
    return high * 2 + (((middle & 0xffff) >> 14) + 1) / 2;
}
#endif

/// The sum; where it may leave 32 bits (`Fits` is false) modulo 2^32, as the reference's comes out.
/// A plain sum is what compilers know to multiply and add in one.
template <bool Fits>
MOTE_INLINE constexpr int32_t plus(int32_t sum, int32_t addend) {
    return Fits ? sum + addend
                : static_cast<int32_t>(static_cast<uint32_t>(sum) + static_cast<uint32_t>(addend));
}

/// value / 2^exponent, half away from zero, for a value that is not the lowest and exponent < 32.
constexpr int32_t rounding_shift(int32_t value, int exponent) {
    if (exponent == 0) return value;
    return (((value + (value >> 31)) >> (exponent - 1)) + 1) >> 1;
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

/// The multipliers of a layer's output channels, 5 bytes each, or one for all. `AllRight`: every
/// shift is below 0.
template <int Channels, bool Uniform, bool AllRight>
struct Multipliers {
    ChannelArray<int32_t, Uniform ? 1 : Channels> value;
    ChannelArray<int8_t, Uniform ? 1 : Channels> shift;

    /// `table`: that these are a part of.
    template <class Table, class Rounding>
    MOTE_INLINE int32_t scaled(const Table& table, int32_t sum, int channel,
                               Rounding rounding) const {
        const int index = Uniform ? 0 : channel;
        const int by = table::read(table, &shift[index]);
        if (AllRight && by >= 0) MOTE_UNREACHABLE;
        return scale(sum, table::read(table, &value[index]), by, rounding);
    }
};

/// What `Spec` makes of a sum of output channel `channel`.
template <class Spec, class Table>
MOTE_INLINE int8_t requantized(const Table& table, int32_t sum, int channel) {
    const int32_t scaled = table.multipliers.scaled(table, sum, channel, typename Spec::Rounding{});
    return clamp(scaled + Spec::Output::Quantization::zero_point, Spec::range.low,
                 Spec::range.high);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
