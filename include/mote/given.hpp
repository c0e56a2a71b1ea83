// What a caller gives to a network: arrays, pointers and containers of values, checked by type.
#pragma once

#include <stddef.h>

#include "config.hpp"
#include "detail/meta.hpp"

namespace mote {
namespace check {

/// Compiles only for values of the type wanted; the type found stands here.
template <class Found, class Wanted>
struct given_element {
   private:
    template <class Type>
    static constexpr bool is = detail::is_same<Found, Type>::value;
    static constexpr bool real = is<float> || is<double>;
    static constexpr bool wants_real = detail::is_same<Wanted, float>::value;
    static constexpr bool wants_int8 = detail::is_same<Wanted, int8_t>::value;

   public:
    static constexpr bool value = is<Wanted>;
    static_assert(!wants_int8 || !real,
                  "the values given to the network are real numbers, and its input is int8_t: "
                  "net.quantize(values) writes them to the input, then call net(); of a row or a "
                  "frame, convert each by Input::quantize(value)");
    static_assert(!wants_int8 || !is<unsigned char>,
                  "the values given to the network are uint8_t, and its input is int8_t: give "
                  "int8_t(value - 128) for each where 0 to 255 was the quantized input, and "
                  "Input::quantize(float(value)) where it was the real one");
    static_assert(!wants_int8 || value || real || is<unsigned char>,
                  "the values given to the network are of another type than int8_t: if they are "
                  "quantized already, copy them to an array of int8_t or to net.input()");
    static_assert(
        !wants_real || value,
        "real numbers are taken here, as float: by quantize(values), or because the model's "
        "input is float; int8_t values are quantized already: write them to net.input(), "
        "or to net.input().stored() of a model whose input is float");
    static_assert(wants_int8 || wants_real || value,
                  "the values given to the network are of another type than its input: see "
                  "Input::Element");
};

/// Compiles only for as many values as there is room for.
template <long Found, long Wanted>
struct given_size {
    static constexpr bool value = Found == Wanted;
    static_assert(value || Found < 0,
                  "the array given to the network has another size than its input (see "
                  "Input::size), or its row or frame");
    static_assert(value || Found >= 0,
                  "only the running program knows how many values this container has: see to it "
                  "that they are Input::size (a row: input_row_size, a frame: frame_size), then "
                  "give its data()");
};

/// Stands in for an argument that has no values.
template <class Argument>
struct given_values {
    static constexpr bool value = true;
    static_assert(sizeof(Argument) == 0,
                  "this argument of the network is neither values (an array, a pointer, anything "
                  "with data() and size()) nor an observer, which is called with a LayerFacts and "
                  "a Band");
};

}  // namespace check

/// Reading what a caller gives.
namespace given {
inline namespace MOTE_TARGET {

template <long Count>
struct length {
    static constexpr long value = Count;
};

// The first of these that compiles tells the size.
struct any {};
struct made : any {};
struct extent : made {};
struct named : extent {};

template <class Values>
length<static_cast<long>(Values::size())> length_of(named);
template <class Values>
length<static_cast<long>(Values::extent)> length_of(extent);
/// An array's elements are there when it is made; a container of varying size is empty.
template <class Values>
length<static_cast<long>(Values{}.size())> length_of(made);
template <class Values>
length<0> length_of(any);

/// Size of a container, or -1 where only the running program knows it.
template <class Values>
constexpr long size_of =
    decltype(length_of<Values>(named{}))::value > 0 ? decltype(length_of<Values>(named{}))::value
                                                    : -1;

/// The first of `Count` values of type `Element`, in an array, behind a pointer, or in a container.
template <class Element, long Count, class Found, size_t Length>
const Element* first(const Found (&array)[Length], int) {
    if constexpr (check::given_element<Found, Element>::value &&
                  check::given_size<static_cast<long>(Length), Count>::value)
        return array;
    else
        return nullptr;
}
template <class Element, long Count, class Found>
const Element* first(Found* const& pointer, int) {
    if constexpr (check::given_element<detail::remove_const_t<Found>, Element>::value)
        return pointer;
    else
        return nullptr;
}
template <class Element, long Count, class Values>
auto first(const Values& container, int)
    -> decltype(static_cast<void>(*container.data()), static_cast<const Element*>(nullptr)) {
    using Found = detail::remove_const_t<detail::remove_reference_t<decltype(*container.data())>>;
    if constexpr (check::given_element<Found, Element>::value &&
                  check::given_size<size_of<Values>, Count>::value)
        return container.data();
    else
        return nullptr;
}
template <class Element, long Count, class Values>
const Element* first(const Values&, ...) {
    static_assert(check::given_values<Values>::value, "the reason stands above");
    return nullptr;
}

}  // namespace MOTE_TARGET
}  // namespace given
}  // namespace mote
