// reject: tflite: the compiler cannot read the array of the model's bytes
#include "mote.hpp"

#if MOTE_REJECT
extern const unsigned char sine_file[];  // defined elsewhere, or by an #embed that failed
#else
#include "../../examples/Hello/sine_file.h"
#endif

mote::tflite::Import<sine_file> network;
