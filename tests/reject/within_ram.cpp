// reject: plan::WithinRam: no plan of this network fits into so few bytes
#include "parts.hpp"

#if MOTE_REJECT
mote::PlannedNetwork<mote::plan::WithinRam<20>, parts::Input<6, 1, 4>, parts::Dense<3, 24>> network;
#else
mote::PlannedNetwork<mote::plan::WithinRam<28>, parts::Input<6, 1, 4>, parts::Dense<3, 24>> network;
#endif
