// reject: Softmax: beta * scale of the input is below 2^-26
#include "parts.hpp"

// As the bits of a float: 2^-40 and 1.
#if MOTE_REJECT
using Softmax = mote::Softmax<0x2b800000U>;
#else
using Softmax = mote::Softmax<0x3f800000U>;
#endif

mote::Network<parts::Input<1, 1, 4>, Softmax> network;
