#pragma once

#include <stddef.h>

namespace mote {
namespace detail {

/// A constexpr array that may have no elements.
template <class Element, int Count>
struct array {
    Element values[Count == 0 ? 1 : Count] = {};

    static constexpr int size() { return Count; }
    constexpr Element& operator[](int index) { return values[index]; }
    constexpr const Element& operator[](int index) const { return values[index]; }
};

template <class Number>
constexpr Number smaller(Number left, Number right) {
    return right < left ? right : left;
}

template <class Number>
constexpr Number larger(Number left, Number right) {
    return left < right ? right : left;
}

}  // namespace detail
}  // namespace mote
