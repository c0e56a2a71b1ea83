// reject: Shape: height, width and channels start at 1
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Input<8, 0, 1>, mote::Softmax<>> network;
#else
mote::Network<parts::Input<8, 1, 1>, mote::Softmax<>> network;
#endif
