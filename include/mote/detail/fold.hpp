// What fold expressions do, for packs of any length: clang nests a fold at most 256 deep.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../config.hpp"

namespace mote {
namespace detail {

/// Takes the results of actions, in a list in braces so that they come one after the other.
struct in_turn {
    template <size_t Count>
    MOTE_INLINE constexpr explicit in_turn(const bool (&)[Count]) {}
};

template <size_t Count>
constexpr int32_t sum(const int32_t (&parts)[Count]) {
    int32_t result = 0;
    for (size_t i = 0; i < Count; ++i) result += parts[i];
    return result;
}

template <size_t Count>
constexpr bool all(const bool (&parts)[Count]) {
    bool result = true;
    for (size_t i = 0; i < Count; ++i) result = result && parts[i];
    return result;
}

}  // namespace detail
}  // namespace mote
