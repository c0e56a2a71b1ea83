// Constants in flash, and how they are read there. A kernel reads a part of its table with
// read(table, address); what it passes on to code without the table is at(table, address).
#pragma once

#include <stdint.h>

#include "config.hpp"
#include "detail/meta.hpp"

namespace mote {
namespace table {

#if MOTE_HAS_FAR_PROGRAM_MEMORY

// Flash is larger than what a pointer reaches, and a table may lie anywhere. The compiler's
// pointers to it are the low 16 bits of where things are; the bank, of 64 KB, follows from the
// table's symbol: so a table has a type of its own.

/// The constant `Owner::table`.
template <class Owner>
struct Placed : detail::remove_const_t<decltype(Owner::table)> {};

template <class Owner>
MOTE_INLINE const Placed<Owner>& of() {
    static_assert(sizeof(Owner::table) <= 32767, "a layer's constants end at 32767 bytes on AVR");
    return static_cast<const Placed<Owner>&>(Owner::table);
}

/// An address in flash.
template <class Element>
struct Pointer {
    const Element* low;
    uint8_t bank;

    MOTE_INLINE Pointer& operator+=(int count) {
        const uint16_t before = reinterpret_cast<uint16_t>(low);
        const uint16_t after =
            static_cast<uint16_t>(before + static_cast<uint16_t>(count) * sizeof(Element));
        low = reinterpret_cast<const Element*>(after);
        if (after < before) ++bank;
        return *this;
    }
    friend MOTE_INLINE Pointer operator+(Pointer pointer, int count) { return pointer += count; }
};

template <class Owner, class Element>
MOTE_INLINE Pointer<Element> at(const Placed<Owner>&, const Element* address) {
    // One bank further when the low bits have wrapped since the table's first byte.
    uint8_t bank;
    __asm__(
        "cpi %A1, lo8(%2)\n\t"
        "ldi %0, hi8(%2)\n\t"
        "cpc %B1, %0\n\t"
        "ldi %0, hh8(%2)\n\t"
        "adc %0, r1"
        : "=&d"(bank)
        : "d"(address), "i"(&Owner::table));
    return {address, bank};
}

template <class Other, class Element>
MOTE_INLINE Pointer<Other> cast(Pointer<Element> pointer) {
    return {reinterpret_cast<const Other*>(pointer.low), pointer.bank};
}

/// For assembly: makes `pointer` the bank that is read, and gives the rest of the address;
MOTE_INLINE const int8_t* enter(Pointer<int8_t> pointer) {
    __asm__ volatile("out 0x3b, %0" : : "r"(pointer.bank));
    return pointer.low;
}
/// and the address afterwards.
MOTE_INLINE Pointer<int8_t> leave(const int8_t* low) {
    uint8_t bank;
    __asm__ volatile("in %0, 0x3b" : "=r"(bank));
    return {low, bank};
}

#if defined(__AVR_HAVE_RAMPD__)
#define MOTE_AVR_LEAVE "\n\tout 0x3b, r1"  // XMEGA: RAM is read through it as well
#else
#define MOTE_AVR_LEAVE ""
#endif

MOTE_INLINE int8_t read(Pointer<int8_t> pointer) {
    int8_t value;
    __asm__("out 0x3b, %1\n\telpm %0, Z" MOTE_AVR_LEAVE
            : "=r"(value)
            : "r"(pointer.bank), "z"(pointer.low));
    return value;
}

MOTE_INLINE int32_t read(Pointer<int32_t> pointer) {
    uint16_t low;
    uint16_t high;
    __asm__(
        "out 0x3b, %3\n\telpm %A0, Z+\n\telpm %B0, Z+\n\telpm %A1, Z+\n\telpm %B1, "
        "Z+" MOTE_AVR_LEAVE
        : "=&r"(low), "=&r"(high), "+&z"(pointer.low)
        : "r"(pointer.bank));
    return static_cast<int32_t>(low | static_cast<uint32_t>(high) << 16);
}

#undef MOTE_AVR_LEAVE

#else

/// The constant `Owner::table`.
template <class Owner>
MOTE_INLINE const decltype(Owner::table)& of() {
    return Owner::table;
}

/// An address in flash.
template <class Element>
using Pointer = const Element*;

template <class Table, class Element>
MOTE_INLINE Pointer<Element> at(const Table&, const Element* address) {
    return address;
}

template <class Other, class Element>
MOTE_INLINE Pointer<Other> cast(const Element* pointer) {
    return reinterpret_cast<Pointer<Other> >(pointer);
}

#if MOTE_HAS_PROGRAM_MEMORY

MOTE_INLINE const int8_t* enter(const int8_t* pointer) { return pointer; }
MOTE_INLINE const int8_t* leave(const int8_t* pointer) { return pointer; }

MOTE_INLINE int8_t read(const int8_t* address) {
    int8_t value;
    __asm__("lpm %0, Z" : "=r"(value) : "z"(address));
    return value;
}

MOTE_INLINE int32_t read(const int32_t* address) {
    uint16_t low;
    uint16_t high;
    __asm__("lpm %A0, Z+\n\tlpm %B0, Z+\n\tlpm %A1, Z+\n\tlpm %B1, Z+"
            : "=&r"(low), "=&r"(high), "+z"(address));
    return static_cast<int32_t>(low | static_cast<uint32_t>(high) << 16);
}

#else

template <class Element>
MOTE_INLINE Element read(const Element* address) {
    return *address;
}

#endif
#endif

/// What stands at `address`, a part of `table`.
template <class Table, class Element>
MOTE_INLINE Element read(const Table& table, const Element* address) {
    return read(at(table, address));
}

}  // namespace table
}  // namespace mote
