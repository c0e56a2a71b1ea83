// reject: the values given to the network are uint8_t, and its input is int8_t: give int8_t(value - 128)
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

#if MOTE_REJECT
using Element = uint8_t;
#else
using Element = int8_t;
#endif

int8_t run(Network& network, const Element* values) { return network(values)[0]; }
