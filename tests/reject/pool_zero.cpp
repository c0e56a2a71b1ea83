// reject: Pool: a window starts at 1
#include "parts.hpp"

#if MOTE_REJECT
using Pool = mote::Pool<0>;
#else
using Pool = mote::Pool<2>;
#endif

mote::Network<parts::Input<4, 4, 1>, mote::AveragePool2D<Pool, mote::Strides<1>>> network;
