// What the examples use of Arduino's core for the ESP8266, which Debian does not have: declared, not
// defined. The sketches are compiled, not linked.
#pragma once

#include <stdint.h>

uint8_t pgm_read_byte(const void* address);
unsigned long micros();
void delay(unsigned long milliseconds);

#define PROGMEM __attribute__((section(".irom.text")))

struct HardwareSerial {
    void begin(unsigned long baud);
    void end();
    operator bool() const;
    void print(char letter);
    void print(const char* text);
    void print(int number);
    void print(unsigned number);
    void print(long number);
    void print(unsigned long number);
    void print(double number, int digits = 2);
    void println();
    template <class... What>
    void println(const What&... what) {
        print(what...);
        println();
    }
};
extern HardwareSerial Serial;

void setup();
void loop();
