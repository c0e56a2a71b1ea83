// reject: Streaming: the input needs several rows
#include "parts.hpp"

template <int Height, int Depth, class Padding = mote::Valid, class Strides = mote::Strides<1>>
using Over = mote::Conv2D<parts::Weights<4, Height, 1, Depth>, parts::tenth, Strides, Padding>;

#if MOTE_REJECT
mote::Streaming<mote::Network<parts::Input<6, 1, 4>, Over<3, 4>>> stream;
#else
mote::Streaming<mote::Network<parts::Input<6, 1, 4>, Over<6, 4>>> stream;
#endif
