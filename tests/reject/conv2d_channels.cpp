// reject: Conv2D: the weights are for another number of input channels
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Input<4, 4, 3>, parts::Conv<2, 3, 4>> network;
#else
mote::Network<parts::Input<4, 4, 3>, parts::Conv<2, 3, 3>> network;
#endif
