// reject: two inputs of an element-by-element layer have shapes that do not go together
#include "parts.hpp"

#if MOTE_REJECT
using Left = parts::Conv<2, 3, 2>;
#else
using Left = parts::Conv<2, 1, 2>;
#endif

mote::Network<parts::Input<4, 4, 2>,
              mote::Branch<mote::Path<Left>, mote::Path<>, mote::Add<parts::tenth>>>
    network;
