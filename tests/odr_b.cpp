// odr_a.cpp and odr_b.cpp use one network in one program: it must link, and be one type.
#include "mote.hpp"
#include "sine_file.h"

using Sine = mote::tflite::Import<sine_file>;

void run_elsewhere(Sine& network);

void run_elsewhere(Sine& network) { network(); }
