// reject: a sum of this layer's products can leave 32 bits for some input
#include "parts.hpp"

constexpr int8_t weights[] = {127, -127};
constexpr int32_t biases[] = {
#if MOTE_REJECT
    0x7fffffff - 1000
#else
    0x7fffffff - 130 * 127 - 125 * 127
#endif
};
using Weights =
    mote::Weights<1, 1, 1, 2, weights, mote::PerTensor<parts::scale>, mote::Bias<biases>>;

mote::Network<parts::Input<1, 1, 2>, mote::Dense<Weights, parts::tenth>> network;
