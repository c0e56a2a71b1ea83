// reject: Input: it begins a network, or a Path that starts at a further input
#include "parts.hpp"

#if MOTE_REJECT
using Second = parts::Input<4, 6, 2>;
#else
using Second = parts::Conv<3, 3, 3>;
#endif

mote::Network<parts::Input<6, 8, 2>, parts::Conv<3, 3, 2>, Second> network;
