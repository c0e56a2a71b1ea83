// reject: Streaming: this layer joins two paths of different strides
#include "parts.hpp"

template <int Height, int Depth, class Padding = mote::Valid, class Strides = mote::Strides<1>>
using Over = mote::Conv2D<parts::Weights<4, Height, 1, Depth>, parts::tenth, Strides, Padding>;

#if MOTE_REJECT
mote::Streaming<mote::Network<parts::Input<6, 1, 4>,
                              mote::Branch<mote::Path<Over<6, 4>>,
                                           mote::Path<Over<2, 4, mote::Valid, mote::Strides<2>>,
                                                      mote::MaxPool2D<mote::Pool<3, 1>>>,
                                           mote::Add<parts::tenth>>>>
    stream;
#else
mote::Streaming<mote::Network<
    parts::Input<6, 1, 4>,
    mote::Branch<mote::Path<Over<6, 4>>, mote::Path<Over<2, 4>, mote::MaxPool2D<mote::Pool<5, 1>>>,
                 mote::Add<parts::tenth>>>>
    stream;
#endif
