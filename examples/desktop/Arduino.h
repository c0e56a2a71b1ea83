// Stands in for a board, so that a sketch runs on the desktop as it is:
//
//   g++ -std=c++17 -O2 -I. -Iexamples/desktop -include Arduino.h -x c++ examples/Hello/Hello.ino
//
// Serial prints to the terminal, time does not wait, and the program ends with Serial.end().
#pragma once

#include <stdint.h>
#include <stdio.h>

#include <chrono>

#define PROGMEM
#define F(text) text

inline uint8_t pgm_read_byte(const void* address) { return *static_cast<const uint8_t*>(address); }

inline void delay(unsigned long) {}

inline unsigned long micros() {
    using namespace std::chrono;
    const auto now = steady_clock::now().time_since_epoch();
    return static_cast<unsigned long>(duration_cast<microseconds>(now).count());
}

struct Terminal {
    bool open = false;

    void begin(unsigned long) { open = true; }
    void end() { open = false; }
    operator bool() const { return open; }

    void print() {}
    void print(char letter) { putchar(letter); }
    void print(const char* text) { fputs(text, stdout); }
    void print(int number) { printf("%d", number); }
    void print(long number) { printf("%ld", number); }
    void print(unsigned long number) { printf("%lu", number); }
    void print(double number, int digits = 2) { printf("%.*f", digits, number); }
    void print(float number, int digits = 2) { print(static_cast<double>(number), digits); }

    template <class... What>
    void println(What... what) {
        print(what...);
        putchar('\n');
    }
};

static Terminal Serial;

void setup();
void loop();

int main() {
    setup();
    while (Serial) loop();
}
