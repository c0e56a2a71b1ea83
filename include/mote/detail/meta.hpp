// The type tools that a toolchain without a C++ library (AVR, bare RISC-V) does not ship.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace mote {
namespace detail {

template <class First, class Second>
struct is_same {
    static constexpr bool value = false;
};
template <class Same>
struct is_same<Same, Same> {
    static constexpr bool value = true;
};

template <bool Condition, class Then, class Else>
struct conditional {
    using type = Then;
};
template <class Then, class Else>
struct conditional<false, Then, Else> {
    using type = Else;
};
template <bool Condition, class Then, class Else>
using conditional_t = typename conditional<Condition, Then, Else>::type;

template <bool Condition>
struct enable_if {};
template <>
struct enable_if<true> {
    using type = void;
};
template <bool Condition>
using enable_if_t = typename enable_if<Condition>::type;

template <class Type>
struct identity {
    using type = Type;
};

/// A value that is never computed.
template <class Type>
Type declared();

template <class Type>
struct remove_reference {
    using type = Type;
};
template <class Type>
struct remove_reference<Type&> {
    using type = Type;
};
template <class Type>
using remove_reference_t = typename remove_reference<Type>::type;

template <class Type>
struct remove_const {
    using type = Type;
};
template <class Type>
struct remove_const<const Type> {
    using type = Type;
};
template <class Type>
using remove_const_t = typename remove_const<Type>::type;

/// A number as a type, to pick overloads with.
template <int Value>
struct constant {
    static constexpr int value = Value;
};

template <int... Values>
struct sequence {
    static constexpr int size = sizeof...(Values);
};

template <class Left, class Right>
struct concatenate;
template <int... Left, int... Right>
struct concatenate<sequence<Left...>, sequence<Right...>> {
    using type = sequence<Left..., (static_cast<int>(sizeof...(Left)) + Right)...>;
};

/// sequence<0, 1, ..., Count - 1>
template <int Count>
struct make_sequence : concatenate<typename make_sequence<Count / 2>::type,
                                   typename make_sequence<Count - Count / 2>::type> {};
template <>
struct make_sequence<0> {
    using type = sequence<>;
};
template <>
struct make_sequence<1> {
    using type = sequence<0>;
};
template <int Count>
using make_sequence_t = typename make_sequence<Count>::type;

template <class... Types>
struct list {
    static constexpr int size = sizeof...(Types);
};

template <int Index, class Type>
struct indexed {
    using type = Type;
};
template <class Indices, class... Types>
struct indexed_list;
template <int... Indices, class... Types>
struct indexed_list<sequence<Indices...>, Types...> : indexed<Indices, Types>... {};
template <int Index, class Type>
indexed<Index, Type> find_indexed(const indexed<Index, Type>*);

/// The type at `Index`, found by one overload resolution however long the list is.
template <int Index, class... Types>
using element = typename decltype(find_indexed<Index>(
    static_cast<const indexed_list<make_sequence_t<static_cast<int>(sizeof...(Types))>, Types...>*>(
        nullptr)))::type;

}  // namespace detail
}  // namespace mote
