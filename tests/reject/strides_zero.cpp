// reject: Strides: a stride starts at 1
#include "parts.hpp"

#if MOTE_REJECT
using Strides = mote::Strides<2, 0>;
#else
using Strides = mote::Strides<2, 1>;
#endif

mote::Network<parts::Input<5, 5, 1>, mote::MaxPool2D<mote::Pool<2>, Strides>> network;
