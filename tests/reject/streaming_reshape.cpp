// reject: Streaming: this layer mixes frames under another shape
#include "parts.hpp"

#if MOTE_REJECT
mote::Streaming<
    mote::Network<parts::Input<6, 1, 4>, parts::Conv<4, 1, 4>, mote::Reshape<mote::Shape<3, 2, 4>>,
                  mote::MaxPool2D<mote::Pool<3, 2>>>>
    stream;
#else
mote::Streaming<mote::Network<parts::Input<6, 1, 4>, mote::MaxPool2D<mote::Pool<6, 1>>>> stream;
#endif
