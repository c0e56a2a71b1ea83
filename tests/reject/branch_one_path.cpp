// reject: Branch: give at least two paths, then the layer that joins them
#include "parts.hpp"

#if MOTE_REJECT
using Fork = mote::Branch<mote::Path<>, mote::Add<parts::tenth>>;
#else
using Fork = mote::Branch<mote::Path<>, mote::Path<>, mote::Add<parts::tenth>>;
#endif

mote::Network<parts::Input<4, 4, 1>, Fork> network;
