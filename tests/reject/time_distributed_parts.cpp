// reject: TimeDistributed: the input's rows do not make so many equal parts
#include "parts.hpp"

#if MOTE_REJECT
constexpr int maps = 3;
#else
constexpr int maps = 2;
#endif

mote::Network<parts::Input<8, 4, 1>, mote::TimeDistributed<maps, mote::MaxPool2D<mote::Pool<2>>>>
    network;
