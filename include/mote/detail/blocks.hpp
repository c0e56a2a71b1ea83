// Large constants. Compilers bound what one constant expression may do, so a large array is made in
// blocks, each an evaluation of its own.
//
// A maker says what an array holds: Element, count, block (elements made at once), and
// make<Size>(first), the `Size` elements from `first`.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../config.hpp"
#include "array.hpp"
#include "meta.hpp"

namespace mote {
namespace detail {

template <class Element, int32_t Count>
struct Elements {
    Element values[static_cast<size_t>(Count)];
};

/// `Count` elements, in memory as an array has them.
template <class Element, int32_t Count, int32_t Size, int32_t Rest = Count % Size>
struct Blocks {
    Elements<Element, Size> blocks[static_cast<size_t>(Count / Size)];
    Elements<Element, Rest> rest;

    /// For constant expressions, where a pointer ends with its block.
    constexpr Element at(int32_t index) const {
        return index < Count - Rest ? blocks[index / Size].values[index % Size]
                                    : rest.values[index - (Count - Rest)];
    }
    MOTE_INLINE operator const Element*() const {
        return static_cast<const Element*>(static_cast<const void*>(this));
    }
};
template <class Element, int32_t Count, int32_t Size>
struct Blocks<Element, Count, Size, 0> {
    Elements<Element, Size> blocks[static_cast<size_t>(Count / Size)];

    constexpr Element at(int32_t index) const { return blocks[index / Size].values[index % Size]; }
    MOTE_INLINE operator const Element*() const {
        return static_cast<const Element*>(static_cast<const void*>(this));
    }
};

/// A maker of elements that Self::at(index) gives one by one.
template <class Self, class ElementType, int32_t Count, int32_t AtOnce>
struct OneByOne {
    using Element = ElementType;
    static constexpr int32_t count = Count;
    static constexpr int32_t block = AtOnce;

    template <int32_t Size>
    static constexpr Elements<Element, Size> make(int32_t first) {
        Elements<Element, Size> some{};
        for (int32_t i = 0; i < Size; ++i) some.values[i] = Self::at(first + i);
        return some;
    }
};

template <class Maker>
using BlocksOf =
    Blocks<typename Maker::Element, Maker::count, smaller<int32_t>(Maker::count, Maker::block)>;

template <class Maker, int32_t First, int32_t Size>
struct Block {
    static constexpr Elements<typename Maker::Element, Size> value =
        Maker::template make<Size>(First);
};

/// All that a maker makes; a constant for constant expressions alone, of which flash holds nothing.
/// Compilers keep what a constexpr function returned, so this is none.
template <class Maker,
          class Indices = make_sequence_t<static_cast<int>(
              Maker::count / smaller<int32_t>(Maker::count, Maker::block))>,
          bool Even = Maker::count % smaller<int32_t>(Maker::count, Maker::block) == 0>
struct Assembled;
template <class Maker, int... Index>
struct Assembled<Maker, sequence<Index...>, true> {
    static constexpr int32_t size = smaller<int32_t>(Maker::count, Maker::block);
    static constexpr BlocksOf<Maker> value = {
        {Block<Maker, int32_t{Index} * size, size>::value...}};
};
template <class Maker, int... Index>
struct Assembled<Maker, sequence<Index...>, false> {
    static constexpr int32_t size = smaller<int32_t>(Maker::count, Maker::block);
    static constexpr int32_t rest = Maker::count % size;
    static constexpr BlocksOf<Maker> value = {{Block<Maker, int32_t{Index} * size, size>::value...},
                                              Block<Maker, Maker::count - rest, rest>::value};
};

}  // namespace detail
}  // namespace mote
