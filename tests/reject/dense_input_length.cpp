// reject: Dense: the layer before gives another number of values than the weights take
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Input<1, 1, 5>, parts::Dense<2, 4>> network;
#else
mote::Network<parts::Input<1, 1, 5>, parts::Dense<2, 5>> network;
#endif
