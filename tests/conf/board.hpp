// What holds on every board: memory is what the type says, and the same everywhere.
#include <stdint.h>

#include "examples/Digits/digits_file.h"
#include "examples/Hello/sine_file.h"
#include "mote.h"

using Sine = mote::tflite::Import<sine_file>;
using Digits = mote::tflite::Import<digits_file>;

static_assert(sizeof(Sine) == Sine::ram_bytes, "a network holds nothing but its arena");
static_assert(sizeof(Digits) == Digits::ram_bytes, "a network holds nothing but its arena");
static_assert(Sine::ram_bytes <= 32, "sine: two layers of 16");
static_assert(Digits::ram_bytes <= 1024, "digits: leaves half of an Uno's RAM");
static_assert(Sine::macs == 16 + 16 * 16 + 16, "sine: three dense layers");
static_assert(Sine::layers == 3, "sine: three dense layers");
static_assert(sizeof(Sine::Input::Element) == 1 && Sine::Output::size == 1, "sine: int8 to int8");

__attribute__((unused)) int8_t run(Sine& sine, Digits& digits) {
    digits();
    return sine()[0];
}
