// reject: of a row or a frame, convert each by Input::quantize(value)
#include "parts.hpp"

using Network = mote::Network<parts::Input<4, 1, 2>, parts::Dense<2, 8>>;

#if MOTE_REJECT
using Element = float;
#else
using Element = int8_t;
#endif

bool run(mote::Streaming<Network>& stream, const Element (&frame)[2]) { return stream.push(frame); }
