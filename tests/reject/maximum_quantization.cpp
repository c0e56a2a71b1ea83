// reject: Maximum, Minimum: the inputs and the output have different quantizations
#include "parts.hpp"

#if MOTE_REJECT
struct Other {
    static constexpr float scale = 0.2f;
    static constexpr int zero_point = -3;
};
#else
using Other = parts::tenth;
#endif

mote::Network<parts::Input<4, 4, 2>, mote::Branch<mote::Path<>, mote::Path<>, mote::Maximum<Other>>>
    network;
