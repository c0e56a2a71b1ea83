// reject: Add: the output's scale is less than a 500,000th of an input's
#include "parts.hpp"

struct tiny {
#if MOTE_REJECT
    static constexpr float scale = 1e-8f;
#else
    static constexpr float scale = 1e-6f;
#endif
    static constexpr int zero_point = 0;
};

mote::Network<parts::Input<4, 4, 2>, mote::Branch<mote::Path<>, mote::Path<>, mote::Add<tiny>>>
    network;
