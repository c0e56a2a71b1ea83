// reject: Reshape: the two shapes hold different numbers of values
#include "parts.hpp"

#if MOTE_REJECT
using Shape = mote::Shape<2, 3, 2>;
#else
using Shape = mote::Shape<2, 4, 2>;
#endif

mote::Network<parts::Input<4, 4, 1>, mote::Reshape<Shape>> network;
