// reject: where rows are pushed, the first of them overwrites the output
#include "parts.hpp"

using Network = mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<4, 4, 2>,
                                     mote::MaxPool2D<mote::Pool<1>>>;

int8_t run(Network& network) {
#if MOTE_REJECT
    return network(network.output())[0];
#else
    int8_t copied[Network::Input::size];
    for (int i = 0; i < Network::Input::size; ++i) copied[i] = network.output()[i];
    return network(copied)[0];
#endif
}
