// reject: Dilation: a dilation starts at 1
#include "parts.hpp"

#if MOTE_REJECT
using Dilation = mote::Dilation<0>;
#else
using Dilation = mote::Dilation<2>;
#endif

mote::Network<parts::Input<5, 5, 1>,
              mote::Conv2D<parts::Weights<2, 3, 3, 1>, parts::tenth, mote::Strides<1>, mote::Same,
                           mote::Linear, Dilation>>
    network;
