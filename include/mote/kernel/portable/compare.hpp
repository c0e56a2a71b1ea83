// Functions of two operands that are true or false: see pair_functions.hpp.
#pragma once

#include "pair_functions.hpp"

namespace mote {
namespace pairwise {
inline namespace MOTE_TARGET {

struct Equal {
    static MOTE_INLINE constexpr const char* name() { return "Equal"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left == right; }
};
struct NotEqual {
    static MOTE_INLINE constexpr const char* name() { return "NotEqual"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left != right; }
};
struct Greater {
    static MOTE_INLINE constexpr const char* name() { return "Greater"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left > right; }
};
struct GreaterEqual {
    static MOTE_INLINE constexpr const char* name() { return "GreaterEqual"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left >= right; }
};
struct Less {
    static MOTE_INLINE constexpr const char* name() { return "Less"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left < right; }
};
struct LessEqual {
    static MOTE_INLINE constexpr const char* name() { return "LessEqual"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) { return left <= right; }
};
struct And {
    static MOTE_INLINE constexpr const char* name() { return "LogicalAnd"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) {
        return (left & right) != 0;
    }
};
struct Or {
    static MOTE_INLINE constexpr const char* name() { return "LogicalOr"; }
    static MOTE_INLINE constexpr bool holds(int32_t left, int32_t right) {
        return (left | right) != 0;
    }
};

/// Of values as they are.
template <class Relation>
struct OfValues : Truth {
    static MOTE_INLINE constexpr const char* name() { return Relation::name(); }
    static constexpr bool moves = false;
    static constexpr bool prepares = false;
    static constexpr bool possible(const PairScales&) { return true; }

    template <class Left, class Right, class Output, class Rounding>
    struct Of : Plain {
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return Relation::holds(left, right) ? 1 : 0;
        }
    };
};

/// Of what quantized values stand for, in fixed point with 8 bits behind the point.
template <class Relation>
struct OfReal : Truth {
    static MOTE_INLINE constexpr const char* name() { return Relation::name(); }
    static constexpr bool moves = false;
    static constexpr bool prepares = true;
    /// Below 1.
    static constexpr bool possible(const PairScales& scales) {
        return scales.left < 0x3f800000U && scales.right < 0x3f800000U;
    }

    template <class Left, class Right, class Output, class Rounding>
    struct Of {
        template <class From>
        static MOTE_INLINE constexpr int32_t real(int8_t value) {
            constexpr Multiplier by =
                nearest_multiplier(detail::real_of(From::scale_bits), Rounding{});
            return kernel::scale((value - static_cast<int32_t>(From::zero_point)) * 256, by.value,
                                 by.shift, Rounding{});
        }
        static MOTE_INLINE constexpr int32_t left(int8_t value) { return real<Left>(value); }
        static MOTE_INLINE constexpr int32_t right(int8_t value) { return real<Right>(value); }
        static MOTE_INLINE constexpr int32_t result(int32_t left, int32_t right) {
            return Relation::holds(left, right) ? 1 : 0;
        }
    };
};

}  // namespace MOTE_TARGET
}  // namespace pairwise
}  // namespace mote
