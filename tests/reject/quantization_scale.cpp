// reject: Quantization: the scale has to be positive and finite
#include "parts.hpp"

struct wrong {
    static constexpr int zero_point = 0;
#if MOTE_REJECT
    static constexpr float scale = -0.5f;
#else
    static constexpr float scale = 0.5f;
#endif
};

mote::Network<mote::Input<mote::Shape<1, 1, 4>, wrong>, parts::Dense<2, 4>> network;
