// reject: the values given to the network are real numbers, and its input is int8_t: net.quantize(values)
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

int8_t run(Network& network, const float (&values)[4]) {
#if MOTE_REJECT
    return network(values)[0];
#else
    network.quantize(values);
    return network()[0];
#endif
}
