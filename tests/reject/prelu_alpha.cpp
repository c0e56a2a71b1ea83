// reject: PReLU: alpha has another shape than the layer before gives
#include "parts.hpp"

constexpr int8_t alphas[] = {12, -5, 99};

#if MOTE_REJECT
using Alphas = mote::Shape<1, 1, 3>;
#else
using Alphas = mote::Shape<1, 1, 2>;
#endif

mote::Network<parts::Input<4, 4, 2>,
              mote::PReLU<mote::Constant<Alphas, parts::tenth, alphas>, parts::tenth>>
    network;
