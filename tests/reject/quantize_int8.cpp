// reject: real numbers are taken here, as float
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

#if MOTE_REJECT
using Element = int8_t;
#else
using Element = float;
#endif

void run(Network& network, const Element (&values)[4]) { network.quantize(values); }
