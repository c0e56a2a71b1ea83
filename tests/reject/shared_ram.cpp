// reject: SharedRam: this network is not among those that share the RAM
#include "parts.hpp"

using First = mote::Network<parts::Input<1, 1, 4>, parts::Dense<2, 4>>;
using Second = mote::Network<parts::Input<1, 1, 4>, parts::Dense<3, 4>>;

#if MOTE_REJECT
using Shared = mote::SharedRam<First, First>;
#else
using Shared = mote::SharedRam<First, Second>;
#endif

int8_t run(Shared& shared, const int8_t* values) { return shared.begin<Second>()(values)[0]; }
