// reject: Pad: a border cannot be negative
#include "parts.hpp"

#if MOTE_REJECT
using Border = mote::Border<1, -1>;
#else
using Border = mote::Border<1, 1>;
#endif

mote::Network<parts::Input<4, 4, 1>, mote::Pad<Border>> network;
