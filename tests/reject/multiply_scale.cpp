// reject: an element-by-element layer has an output scale that is far from what its inputs lead to
#include "parts.hpp"

struct tiny {
#if MOTE_REJECT
    static constexpr float scale = 1e-8f;
#else
    static constexpr float scale = 1e-6f;
#endif
    static constexpr int zero_point = 0;
};

mote::Network<parts::Input<4, 4, 2>, mote::Branch<mote::Path<>, mote::Path<>, mote::Multiply<tiny>>>
    network;
