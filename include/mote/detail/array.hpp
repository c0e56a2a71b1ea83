#pragma once

#include <stddef.h>

#include "../config.hpp"

namespace mote {
namespace detail {

/// A constexpr array that may have no elements.
template <class Element, int Count>
struct array {
    Element values[static_cast<size_t>(Count == 0 ? 1 : Count)] = {};

    static MOTE_INLINE constexpr int size() { return Count; }
    MOTE_INLINE constexpr Element& operator[](int index) { return values[index]; }
    MOTE_INLINE constexpr const Element& operator[](int index) const { return values[index]; }
};

template <class Number>
MOTE_INLINE constexpr Number smaller(Number left, Number right) {
    return right < left ? right : left;
}

template <class Number>
MOTE_INLINE constexpr Number larger(Number left, Number right) {
    return left < right ? right : left;
}

}  // namespace detail
}  // namespace mote
