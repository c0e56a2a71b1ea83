// reject: the values given to the network are of another type than int8_t
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

#if MOTE_REJECT
using Element = int;
#else
using Element = int8_t;
#endif

int8_t run(Network& network, const Element (&values)[4]) { return network(values)[0]; }
