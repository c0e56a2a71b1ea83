// odr_a.cpp and odr_b.cpp use one network in one program: it must link, and be one type.
#include <doctest/doctest.h>

#include "mote.hpp"
#include "sine_file.h"

using Sine = mote::tflite::Import<sine_file>;

void run_elsewhere(Sine& network);
int8_t sine_between_macros(int8_t x);  // arduino_macros.cpp

TEST_CASE("one network in several translation units") {
    static Sine here, there;
    for (int x = -128; x < 128; ++x) {
        here.input()[0] = there.input()[0] = int8_t(x);
        here();
        run_elsewhere(there);
        CHECK(here.output().data()[0] == there.output().data()[0]);
        CHECK(here.output().data()[0] == sine_between_macros(int8_t(x)));
    }
}
