// reject: this argument of the network is neither values
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 1>, parts::Dense<2, 1>>;

int8_t run(Network& network, int8_t value) {
#if MOTE_REJECT
    return network(value)[0];
#else
    return network(&value)[0];
#endif
}
