// reject: PReLU: the output's scale is less than a 4,000,000th of the input's
#include "parts.hpp"

constexpr int8_t alphas[] = {12, -5, 99};

struct tiny {
#if MOTE_REJECT
    static constexpr float scale = 1e-8f;
#else
    static constexpr float scale = 1e-6f;
#endif
    static constexpr int zero_point = 0;
};

mote::Network<parts::Input<4, 4, 2>,
              mote::PReLU<mote::Constant<mote::Shape<1, 1, 2>, parts::tenth, alphas>, tiny>>
    network;
