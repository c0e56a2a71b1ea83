// reject: Graph: a network needs at least one layer
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Input<1, 1, 4>> network;
#else
mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>> network;
#endif
