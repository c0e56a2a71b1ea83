// reject: only the running program knows how many values this container has
#include <vector>

#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

int8_t run(Network& network, const std::vector<int8_t>& values) {
#if MOTE_REJECT
    return network(values)[0];
#else
    return network(values.data())[0];
#endif
}
