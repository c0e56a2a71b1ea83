// reject: the array given to the network has another size than its input
#include <array>

#include "parts.hpp"

using Network = mote::Network<parts::Input<4, 4, 16>, parts::Dense<2, 256>>;

#if MOTE_REJECT
constexpr std::array<int8_t, 10> values = {};
#else
constexpr std::array<int8_t, 256> values = {};
#endif

int8_t run(Network& network) { return network(values)[0]; }
