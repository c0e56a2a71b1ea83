// Conversions between integer types of which some are one type on one machine and two on another:
// int has 16 bits on AVR, int32_t is long on some machines, int64_t is long or long long.
#pragma once

#include "../config.hpp"

namespace mote {
namespace detail {

MOTE_INLINE constexpr int as_int(int value) { return value; }
MOTE_INLINE constexpr int as_int(long value) { return static_cast<int>(value); }
MOTE_INLINE constexpr int as_int(long long value) { return static_cast<int>(value); }

MOTE_INLINE constexpr long as_long(long value) { return value; }
MOTE_INLINE constexpr long as_long(long long value) { return static_cast<long>(value); }

}  // namespace detail
}  // namespace mote
