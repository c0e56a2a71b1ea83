// reject: the array given to the network has another size than its input
#include "parts.hpp"

using Network = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;

#if MOTE_REJECT
constexpr int8_t values[5] = {};
#else
constexpr int8_t values[4] = {};
#endif

int8_t run(Network& network) { return network(values)[0]; }
