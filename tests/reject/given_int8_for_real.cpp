// reject: real numbers are taken here, as float: by quantize(values), or because the model's input is float
#include "parts.hpp"

struct Gestures : mote::graph::Sequential<parts::Input<1, 1, 4>, parts::Dense<2, 4>> {
    template <int Index>
    using InputBorder = mote::border::Real;
};
using Network = mote::Runner<Gestures, mote::plan::LeastRam>;

#if MOTE_REJECT
int8_t run(Network& network, const int8_t (&values)[4]) { return network(values)[0]; }
#else
int8_t run(Network& network, const float (&values)[4]) { return network(values)[0]; }
#endif
