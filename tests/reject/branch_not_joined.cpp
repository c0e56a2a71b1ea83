// reject: Branch: without a layer that joins its paths they end in outputs, and nothing may follow
#include "parts.hpp"

using Fork = mote::Branch<mote::Path<>, mote::Path<parts::Conv<3, 3, 2>>>;

#if MOTE_REJECT
mote::Network<parts::Input<4, 6, 2>, Fork, mote::Flatten> network;
#else
mote::Network<parts::Input<4, 6, 2>, Fork> network;
#endif
