// reject: the array given to the network has another size than its input
#include "parts.hpp"

using Network =
    mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<4, 4, 2>, parts::Conv<3, 3, 2>>;

#if MOTE_REJECT
constexpr int8_t row[32] = {};
#else
constexpr int8_t row[8] = {};
#endif

bool run(Network& network) { return network.push_row(row); }
