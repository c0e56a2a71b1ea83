// reject: push_row(): this network's plan keeps the whole input
#include "parts.hpp"

#if MOTE_REJECT
using Net = mote::PlannedNetwork<mote::plan::LeastRam, parts::Input<6, 1, 4>, parts::Dense<3, 24>>;
bool push(Net& net, const int8_t* row) { return net.push_row(row); }
#else
using Net =
    mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<6, 1, 4>, parts::Dense<3, 24>>;
bool push(Net& net, const int8_t* row) { return net.push_row(row); }
#endif
