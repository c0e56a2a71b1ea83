// reject: input(): this network's input comes row by row
#include "parts.hpp"

#if MOTE_REJECT
using Net =
    mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<6, 1, 4>, parts::Dense<3, 24>>;
int8_t* place(Net& net) { return net.input(); }
#else
using Net = mote::PlannedNetwork<mote::plan::LeastRam, parts::Input<6, 1, 4>, parts::Dense<3, 24>>;
int8_t* place(Net& net) { return net.input(); }
#endif
