// Sums of products on Xtensa, which loads no byte with its sign: two shifts put it there.
#pragma once

#include "../raised.hpp"

#if MOTE_HAS_XTENSA

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace xtensa {

/// Adds the products of value `Tap` and its weights of four outputs.
template <int Tap>
MOTE_INLINE void add_tap(uint32_t (&sum)[4], const uint8_t* values, const int8_t* weights) {
    uint32_t value, weight0, weight1, weight2, weight3;
    __asm__(
        "l8ui %[value], %[values], %[tap]\n"
        "l8ui %[weight0], %[weights], %[at] + 0\n"
        "l8ui %[weight1], %[weights], %[at] + 1\n"
        "l8ui %[weight2], %[weights], %[at] + 2\n"
        "l8ui %[weight3], %[weights], %[at] + 3\n"
        "mul16u %[weight0], %[weight0], %[value]\n"
        "mul16u %[weight1], %[weight1], %[value]\n"
        "mul16u %[weight2], %[weight2], %[value]\n"
        "mul16u %[weight3], %[weight3], %[value]\n"
        "add %[sum0], %[sum0], %[weight0]\n"
        "add %[sum1], %[sum1], %[weight1]\n"
        "add %[sum2], %[sum2], %[weight2]\n"
        "add %[sum3], %[sum3], %[weight3]"
        : [sum0] "+r"(sum[0]), [sum1] "+r"(sum[1]), [sum2] "+r"(sum[2]), [sum3] "+r"(sum[3]),
          [value] "=&r"(value), [weight0] "=&r"(weight0), [weight1] "=&r"(weight1),
          [weight2] "=&r"(weight2), [weight3] "=&r"(weight3)
        : [values] "r"(values), [weights] "r"(weights), [tap] "i"(Tap), [at] "i"(4 * Tap)
        : "memory");
}

struct Xtensa {
    /// Adds the products of `count` values and the weights of four outputs; returns the next
    /// weights.
    MOTE_NOINLINE static const int8_t* add_products(uint32_t* sums, const uint8_t* values,
                                                    int32_t count, const int8_t* weights) {
        uint32_t sum[4];
        MOTE_UNROLL
        for (int o = 0; o < 4; ++o) sum[o] = sums[o];
        const uint8_t* const end = values + count;
        for (uint32_t left = static_cast<uint32_t>(count) % 4; left > 0;
             --left, ++values, weights += 4)
            add_tap<0>(sum, values, weights);
        for (; values != end; values += 4, weights += 16) {
            add_tap<0>(sum, values, weights);
            add_tap<1>(sum, values, weights);
            add_tap<2>(sum, values, weights);
            add_tap<3>(sum, values, weights);
        }
        MOTE_UNROLL
        for (int o = 0; o < 4; ++o) sums[o] = sum[o];
        return weights;
    }
};

}  // namespace xtensa

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
