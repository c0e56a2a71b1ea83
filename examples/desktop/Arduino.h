// Stands in for a board, so that a sketch runs on the desktop as it is:
//
//   g++ -std=c++17 -O2 -I. -Iexamples/desktop -include Arduino.h -x c++ examples/Hello/Hello.ino
//
// Serial is the terminal. delay() does not wait, but millis() and micros() are later by as much. A
// digital pin reads what was written to it, an analog pin a wave. The program ends with
// Serial.end().
#pragma once

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <chrono>
#include <string>

#if defined(__has_include)
#if __has_include(<poll.h>)
#include <poll.h>
#define DESKTOP_HAS_POLL 1
#endif
#endif

#define PROGMEM
#define F(text) text

typedef uint8_t byte;
typedef bool boolean;

enum { LOW = 0, HIGH = 1 };
enum { INPUT = 0, OUTPUT = 1, INPUT_PULLUP = 2 };
enum { A0 = 14, A1, A2, A3, A4, A5 };
enum { LED_BUILTIN = 13 };

inline uint8_t pgm_read_byte(const void* address) { return *static_cast<const uint8_t*>(address); }

namespace desktop {

inline unsigned long& waited() {
    static unsigned long microseconds = 0;
    return microseconds;
}

inline int& pin(int number) {
    static int values[64] = {};
    return values[number & 63];
}

}  // namespace desktop

inline unsigned long micros() {
    using namespace std::chrono;
    static const auto begin = steady_clock::now();
    const auto time = duration_cast<microseconds>(steady_clock::now() - begin).count();
    return static_cast<unsigned long>(time) + desktop::waited();
}
inline unsigned long millis() { return micros() / 1000; }
inline void delayMicroseconds(unsigned int time) { desktop::waited() += time; }
inline void delay(unsigned long time) { desktop::waited() += 1000 * time; }
inline void yield() {}

inline void pinMode(int pin, int mode) {
    if (mode == INPUT_PULLUP) desktop::pin(pin) = HIGH;
}
inline void digitalWrite(int pin, int value) { desktop::pin(pin) = value != LOW; }
inline int digitalRead(int pin) { return desktop::pin(pin); }
inline void analogWrite(int pin, int value) { desktop::pin(pin) = value; }

/// 0 to 1023, up and down in two seconds.
inline int analogRead(int) {
    const unsigned long time = millis() % 2000;
    return static_cast<int>((time < 1000 ? time : 1999 - time) * 1023 / 999);
}

class String {
   public:
    String(const char* text = "") : text_(text) {}
    explicit String(char letter) : text_(1, letter) {}
    explicit String(int number) : text_(std::to_string(number)) {}
    explicit String(unsigned number) : text_(std::to_string(number)) {}
    explicit String(long number) : text_(std::to_string(number)) {}
    explicit String(unsigned long number) : text_(std::to_string(number)) {}
    explicit String(double number, int digits = 2) {
        char text[400];
        snprintf(text, sizeof text, "%.*f", digits, number);
        text_ = text;
    }

    const char* c_str() const { return text_.c_str(); }
    unsigned length() const { return static_cast<unsigned>(text_.size()); }
    char operator[](unsigned at) const { return at < text_.size() ? text_[at] : '\0'; }
    char charAt(unsigned at) const { return (*this)[at]; }
    int indexOf(const String& part, unsigned from = 0) const {
        const size_t at = text_.find(part.text_, from);
        return at == std::string::npos ? -1 : static_cast<int>(at);
    }
    String substring(unsigned from) const { return substring(from, length()); }
    String substring(unsigned from, unsigned to) const {
        if (from > length() || to <= from) return "";
        return text_.substr(from, to - from).c_str();
    }
    long toInt() const { return strtol(c_str(), nullptr, 10); }
    float toFloat() const { return strtof(c_str(), nullptr); }

    String& operator+=(const String& more) {
        text_ += more.text_;
        return *this;
    }
    template <class More>
    String& operator+=(More more) {
        return *this += String(more);
    }
    template <class More>
    friend String operator+(String left, const More& right) {
        return left += String(right);
    }
    friend String operator+(const char* left, const String& right) { return String(left) + right; }
    friend bool operator==(const String& left, const String& right) {
        return left.text_ == right.text_;
    }
    friend bool operator!=(const String& left, const String& right) { return !(left == right); }
    friend bool operator<(const String& left, const String& right) {
        return left.text_ < right.text_;
    }

   private:
    std::string text_;
};

struct Terminal {
    bool open = false;

    void begin(unsigned long) {
        setvbuf(stdin, nullptr, _IONBF, 0);
        open = true;
    }
    void end() { open = false; }
    void flush() { fflush(stdout); }
    operator bool() const { return open; }

    /// Whether a byte of what was typed can be read, without waiting for it.
    int available() {
#ifdef DESKTOP_HAS_POLL
        pollfd input = {0, POLLIN, 0};
        if (next_ < 0 && poll(&input, 1, 0) > 0) next_ = getchar();
#endif
        return next_ >= 0;
    }
    int peek() { return available() ? next_ : -1; }
    int read() {
        const int letter = peek();
        next_ = -1;
        return letter;
    }

    size_t write(uint8_t value) { return putchar(value) == EOF ? 0 : 1; }
    size_t write(const uint8_t* values, size_t count) { return fwrite(values, 1, count, stdout); }

    void print() {}
    void print(char letter) { putchar(letter); }
    void print(const char* text) { fputs(text, stdout); }
    void print(const String& text) { print(text.c_str()); }
    void print(int number) { printf("%d", number); }
    void print(unsigned number) { printf("%u", number); }
    void print(long number) { printf("%ld", number); }
    void print(unsigned long number) { printf("%lu", number); }
    void print(double number, int digits = 2) { printf("%.*f", digits, number); }
    void print(float number, int digits = 2) { print(static_cast<double>(number), digits); }

    template <class... What>
    void println(const What&... what) {
        print(what...);
        putchar('\n');
    }

   private:
    int next_ = -1;
};

static Terminal Serial;

void setup();
void loop();

int main() {
    setup();
    while (Serial) loop();
}
