// Printing on the serial port of an AVR in simavr, or on the desktop, and an end that simavr
// understands.
#pragma once

#include <stdint.h>
#ifndef __AVR__
#include <stdio.h>
#endif

namespace serial {

#ifdef __AVR__
inline volatile uint8_t& port(uint16_t address) {
    return *reinterpret_cast<volatile uint8_t*>(address);
}

inline void print(char character) {
    port(0xc1) = 1 << 3;  // UCSR0B: transmit
    while ((port(0xc0) & (1 << 5)) == 0) {
    }  // UCSR0A: empty?
    port(0xc6) = static_cast<uint8_t>(character);
}
/// Asleep without interrupts.
inline void end() {
    __asm__ volatile("cli\n\tsleep");
    for (;;) {
    }
}
#else
inline void print(char character) { putchar(character); }
inline void end() {}
#endif

inline void print(int number) {
    if (number < 0) print('-');
    if (number > 9 || number < -9) print(number < 0 ? -(number / 10) : number / 10);
    print(static_cast<char>('0' + (number < 0 ? -(number % 10) : number % 10)));
}
template <int Size>
void print(const char (&text)[Size]) {
    for (int i = 0; i + 1 < Size; ++i) print(text[i]);
}

}  // namespace serial
