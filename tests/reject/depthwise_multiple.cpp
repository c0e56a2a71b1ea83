// reject: DepthwiseConv2D: the number of output channels is no multiple of the input channels
#include "parts.hpp"

#if MOTE_REJECT
using Weights = parts::Weights<5, 3, 3, 1>;
#else
using Weights = parts::Weights<6, 3, 3, 1>;
#endif

mote::Network<parts::Input<4, 4, 3>, mote::DepthwiseConv2D<Weights, parts::tenth>> network;
