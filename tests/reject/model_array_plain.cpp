// reject: tflite: the compiler cannot read the array of the model's bytes
#include "mote.hpp"

#if MOTE_REJECT
#define constexpr
#endif
#include "../../examples/Hello/sine_file.h"
#undef constexpr

mote::tflite::Import<sine_file> network;
