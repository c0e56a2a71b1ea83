// reject: Network: the list has to begin with Input<Shape<height, width, channels>, quantization>
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Dense<2, 4>> network;
#else
mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>> network;
#endif
