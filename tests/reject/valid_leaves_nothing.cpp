// reject: the window leaves no rows or columns with padding Valid
#include "parts.hpp"

#if MOTE_REJECT
mote::Network<parts::Input<2, 9, 1>, parts::Conv<2, 3, 1>> network;
#else
mote::Network<parts::Input<3, 9, 1>, parts::Conv<2, 3, 1>> network;
#endif
