// What becomes of two operands, element by element: of maps or constants.
//
// A function is a type: name(), Element<of the operands> of the output, possible(scales), moves (it
// only picks one), prepares (an operand is worth preparing in a table), and
// `Of<Left, Right, Output, Rounding>`, from quantizations, with
//
//   left(value), right(value)   an operand's value, prepared
//   result(left, right)         from prepared values the output, not yet clamped
#pragma once

#include "../../arch.hpp"
#include "../fixed_point.hpp"
#include "../requantize.hpp"

namespace mote {

/// The scales of two operands and of what becomes of them, as bits.
struct PairScales {
    uint32_t left;
    uint32_t right;
    uint32_t output;

    constexpr detail::real twice_the_larger() const {
        const detail::real larger = detail::real_of(detail::larger(left, right));
        return {larger.mantissa, larger.exponent + 1};
    }
    /// Of an input as a part of twice the larger scale.
    template <class Rounding>
    constexpr Multiplier part(uint32_t bits, Rounding rounding) const {
        return nearest_multiplier(detail::divide(detail::real_of(bits), twice_the_larger()),
                                  rounding);
    }
    /// Of a sum of such parts, shifted up by `headroom` bits.
    template <class Rounding>
    constexpr Multiplier sum(int headroom, Rounding rounding) const {
        const detail::real twice = twice_the_larger();
        return nearest_multiplier(
            detail::divide({twice.mantissa, twice.exponent - headroom}, detail::real_of(output)),
            rounding);
    }
    /// Of the square of such a sum.
    template <class Rounding>
    constexpr Multiplier square(int headroom, Rounding rounding) const {
        const detail::real twice = twice_the_larger();
        return nearest_multiplier(
            detail::divide({twice.mantissa * twice.mantissa, 2 * (twice.exponent - headroom)},
                           detail::real_of(output)),
            rounding);
    }
    template <class Rounding>
    constexpr Multiplier product(Rounding rounding) const {
        return nearest_multiplier(
            detail::divide(detail::multiply(detail::real_of(left), detail::real_of(right)),
                           detail::real_of(output)),
            rounding);
    }
    /// In single precision, as the reference computes it.
    template <class Rounding>
    constexpr Multiplier quotient(Rounding rounding) const {
        const detail::real divisor =
            detail::shorten(detail::multiply(detail::real_of(right), detail::real_of(output)), 24);
        return nearest_multiplier(
            detail::shorten(detail::divide(detail::real_of(left), divisor), 24), rounding);
    }
};

namespace pairwise {
inline namespace MOTE_TARGET {

/// Bits that inputs are shifted up by, so that their scaling keeps precision.
constexpr int sum_headroom = 20;
constexpr int square_headroom = 7;

/// The output has the operands' element,
struct SameElement {
    template <class Operand>
    using Element = Operand;
};
/// or is true or false.
struct Truth {
    template <class Operand>
    using Element = bool;
};

/// Both inputs as parts of twice the larger scale.
template <class Left, class Right, class Output, class RoundingPolicy, int Headroom>
struct Scaled {
    using Rounding = RoundingPolicy;
    static constexpr PairScales scales{Left::scale_bits, Right::scale_bits, Output::scale_bits};
    static constexpr int zero = Output::zero_point;

    static MOTE_INLINE constexpr int32_t left(int8_t value) {
        constexpr Multiplier by = scales.part(Left::scale_bits, Rounding{});
        return kernel::scale(
            (value - static_cast<int32_t>(Left::zero_point)) * (int32_t{1} << Headroom), by.value,
            by.shift, Rounding{});
    }
    static MOTE_INLINE constexpr int32_t right(int8_t value) {
        constexpr Multiplier by = scales.part(Right::scale_bits, Rounding{});
        return kernel::scale(
            (value - static_cast<int32_t>(Right::zero_point)) * (int32_t{1} << Headroom), by.value,
            by.shift, Rounding{});
    }
};

/// A sum of such parts becomes an output.
template <class Left, class Right, class Output, class Rounding>
struct ScaledSum : Scaled<Left, Right, Output, Rounding, sum_headroom> {
    static MOTE_INLINE constexpr int32_t of(int32_t sum) {
        constexpr Multiplier by = ScaledSum::scales.sum(sum_headroom, Rounding{});
        return kernel::scale(sum, by.value, by.shift, Rounding{}) + ScaledSum::zero;
    }
};

struct Sum : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Add"; }
    static constexpr bool moves = false;
    static constexpr bool prepares = true;
    static constexpr bool possible(const PairScales& scales) {
        return scales.sum(sum_headroom, rounding::Double{}).shift <= 0;
    }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : ScaledSum<Left, Right, Output, Rounding> {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return Of::of(left + right);
        }
    };
};

struct Difference : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Subtract"; }
    static constexpr bool moves = false;
    static constexpr bool prepares = true;
    static constexpr bool possible(const PairScales& scales) { return Sum::possible(scales); }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : ScaledSum<Left, Right, Output, Rounding> {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return Of::of(left - right);
        }
    };
};

struct SquaredDifference : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "SquaredDifference"; }
    static constexpr bool moves = false;
    static constexpr bool prepares = true;
    static constexpr bool possible(const PairScales& scales) {
        return scales.square(square_headroom, rounding::Double{}).shift <= 0;
    }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Scaled<Left, Right, Output, Rounding, square_headroom> {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            constexpr Multiplier by = Of::scales.square(square_headroom, Rounding{});
            return kernel::scale((left - right) * (left - right), by.value, by.shift, Rounding{}) +
                   Of::zero;
        }
    };
};

/// An input less its zero point.
template <class Left, class Right>
struct Centered {
    static MOTE_INLINE constexpr int32_t left(int8_t value) {
        return value - static_cast<int32_t>(Left::zero_point);
    }
    static MOTE_INLINE constexpr int32_t right(int8_t value) {
        return value - static_cast<int32_t>(Right::zero_point);
    }
};

struct Product : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Multiply"; }
    static constexpr bool moves = false;
    static constexpr bool prepares = false;
    /// The product, of 17 bits and a sign, is shifted left within 32.
    static constexpr bool possible(const PairScales& scales) {
        return scales.product(rounding::Double{}).shift <= 14;
    }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Centered<Left, Right> {
        static constexpr Multiplier multiplier =
            PairScales{Left::scale_bits, Right::scale_bits, Output::scale_bits}.product(Rounding{});
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return kernel::scale(left * right, multiplier.value, multiplier.shift, Rounding{}) +
                   Output::zero_point;
        }
    };
};

/// By a reciprocal in fixed point. A divisor of 0 counts as its scale's step.
struct Quotient : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Divide"; }
    static constexpr bool moves = false;
    static constexpr bool prepares = false;
    /// The reference's shifts stay to the right for all that int8 divides.
    static constexpr bool possible(const PairScales& scales) {
        return scales.quotient(rounding::Double{}).shift <= 23;
    }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Centered<Left, Right> {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            constexpr Multiplier by =
                PairScales{Left::scale_bits, Right::scale_bits, Output::scale_bits}.quotient(
                    Rounding{});
            const int32_t divisor = right < 0 ? -right : (right == 0 ? 1 : right);
            const int32_t dividend = right < 0 ? -left : left;
            const int length = detail::bit_length(static_cast<uint32_t>(divisor));
            const int32_t reciprocal = kernel::fixed::reciprocal(static_cast<int32_t>(
                (static_cast<uint32_t>(divisor) << (32 - length)) - 0x80000000U));
            // As far left as the dividend goes.
            const uint32_t magnitude =
                static_cast<uint32_t>(dividend < 0 ? -(dividend + 1) : dividend);
            const int room = 31 - detail::bit_length(magnitude);
            const int32_t quotient =
                kernel::scale(static_cast<int32_t>(static_cast<uint32_t>(dividend) << room),
                              reciprocal, 0, Rounding{});
            const int shift = by.shift - (length - 1) - room;
            // More than 31 to the right leaves nothing, where the reference's shift has no meaning.
            if (by.shift < 7 && shift < -31) return Output::zero_point;
            return kernel::scale(quotient, by.value, shift, Rounding{}) + Output::zero_point;
        }
    };
};

/// The values as they are.
struct Plain {
    static MOTE_INLINE constexpr int32_t left(int32_t value) { return value; }
    static MOTE_INLINE constexpr int32_t right(int32_t value) { return value; }
};

struct Larger : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Maximum"; }
    static constexpr bool moves = true;
    static constexpr bool prepares = false;
    static constexpr bool possible(const PairScales&) { return true; }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Plain {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return detail::larger(left, right);
        }
    };
};

struct Smaller : SameElement {
    static MOTE_INLINE constexpr const char* name() { return "Minimum"; }
    static constexpr bool moves = true;
    static constexpr bool prepares = false;
    static constexpr bool possible(const PairScales&) { return true; }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Plain {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return detail::smaller(left, right);
        }
    };
};

}  // namespace MOTE_TARGET
}  // namespace pairwise

}  // namespace mote
