// reject: Streaming: this layer pads in time
#include "parts.hpp"

template <int Height, int Depth, class Padding = mote::Valid, class Strides = mote::Strides<1>>
using Over = mote::Conv2D<parts::Weights<4, Height, 1, Depth>, parts::tenth, Strides, Padding>;

#if MOTE_REJECT
mote::Streaming<
    mote::Network<parts::Input<6, 1, 4>, Over<3, 4, mote::Same>, mote::MaxPool2D<mote::Pool<6, 1>>>>
    stream;
#else
mote::Streaming<mote::Network<parts::Input<6, 1, 4>, Over<3, 4>, mote::MaxPool2D<mote::Pool<4, 1>>>>
    stream;
#endif
