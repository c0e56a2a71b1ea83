// real = scale * (quantized - zero_point), and the fixed-point form of a ratio of scales.
#pragma once

#include "detail/real.hpp"

namespace mote {

/// How a scaled sum is rounded; names the oracle.
namespace rounding {

/// TensorFlow Lite Micro's and TensorFlow Lite's reference kernels: round the product, then the
/// shift.
struct Double {
    static constexpr int max_shift = 31;
};

/// The same kernels built with TFLITE_SINGLE_ROUNDING: one rounding, after the shift.
struct Single {
    static constexpr int max_shift = 30;
};

}  // namespace rounding

/// Affine quantization of a whole tensor. `ScaleBits`: the scale as the bits of an IEEE single.
template <uint32_t ScaleBits, int ZeroPoint>
struct Quantization {
    static_assert((ScaleBits >> 31) == 0 && ScaleBits != 0 && ScaleBits < 0x7f800000U,
                  "Quantization: the scale has to be positive and finite");
    static constexpr uint32_t scale_bits = ScaleBits;
    static constexpr int zero_point = ZeroPoint;
    static constexpr float scale = detail::float_of(ScaleBits);
};

/// Of values that stand for themselves: counts, indices, truth.
struct Unscaled : Quantization<0x3f800000U, 0> {};

/// Turns `struct q { static constexpr float scale = ...; static constexpr int zero_point = ...; }`
/// into the library's form.
template <class Affine>
struct Quantized {
    using type = Quantization<detail::bits_of(Affine::scale), Affine::zero_point>;
};
template <uint32_t ScaleBits, int ZeroPoint>
struct Quantized<Quantization<ScaleBits, ZeroPoint>> {
    using type = Quantization<ScaleBits, ZeroPoint>;
};
template <>
struct Quantized<Unscaled> {
    using type = Unscaled;
};

/// value * 2^(shift - 31): a positive real number for integer arithmetic.
struct Multiplier {
    int32_t value;
    int8_t shift;

    constexpr bool operator==(Multiplier other) const {
        return value == other.value && shift == other.shift;
    }
};

/// The nearest multiplier (QuantizeMultiplier in TensorFlow Lite's quantization_util.cc).
template <class Rounding>
constexpr Multiplier nearest_multiplier(detail::real ratio, Rounding) {
    if (ratio.mantissa == 0) return {0, 0};
    const int length = detail::bit_length(ratio.mantissa);
    int shift = ratio.exponent + length;
    uint64_t value = ratio.mantissa;
    if (length > 31) {
        value = (value + (uint64_t{1} << (length - 32))) >> (length - 31);
    } else {
        value <<= 31 - length;
    }
    if (value == uint64_t{1} << 31) {
        value >>= 1;
        ++shift;
    }
    if (shift < -31) return {0, 0};
    if (shift > Rounding::max_shift) return {0x7fffffff, static_cast<int8_t>(Rounding::max_shift)};
    return {static_cast<int32_t>(value), static_cast<int8_t>(shift)};
}

/// What turns values of one quantization into those of another.
template <class From, class To, class Rounding>
constexpr Multiplier rescaling(Rounding rounding) {
    return nearest_multiplier(
        detail::divide(detail::real_of(From::scale_bits), detail::real_of(To::scale_bits)),
        rounding);
}

/// Inclusive bounds of a quantized value.
struct Range {
    int low;
    int high;
};

namespace detail {

/// round(value / scale), half away from zero, in single precision as TensorFlow Lite does it.
constexpr int32_t rounded_ratio(int value, uint32_t scale_bits) {
    const bool negative = value < 0;
    const uint64_t magnitude = static_cast<uint64_t>(negative ? -value : value);
    if (magnitude == 0) return 0;
    const real ratio = shorten(divide({magnitude, 0}, real_of(scale_bits)), 24);
    int64_t result = 0;
    if (ratio.exponent >= 0) {
        result = ratio.exponent + bit_length(ratio.mantissa) > 31
                     ? 0x7fffffff
                     : static_cast<int64_t>(ratio.mantissa << ratio.exponent);
    } else if (ratio.exponent > -60) {
        result = static_cast<int64_t>((ratio.mantissa + (uint64_t{1} << (-ratio.exponent - 1))) >>
                                      -ratio.exponent);
    }
    return static_cast<int32_t>(negative ? -result : result);
}

}  // namespace detail

}  // namespace mote
