// One function multiplies for all layers of a program, so that flash holds it once.
#pragma once

#include "outputs.hpp"
#include "sums.hpp"

#if MOTE_HAS_AVR

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace avr {

/// All outputs of the values that lie side by side in groups of at most 256.
template <class Finish>
MOTE_NOINLINE void multiply(Outputs& outputs, table::Pointer<int8_t> weights, const int8_t* values,
                            int taps, int count) {
    while (count > 0) {
        int32_t sums[4];
        const uint8_t together = count < 4 ? 1 : 4;
        weights = together == 4 ? sum_four(sums, values, taps, weights)
                                : sum_one(sums, values, taps, weights);
        finish(&outputs, sums, together, Finish{});
        count -= together;
    }
}

/// The same for more taps.
template <class Finish>
MOTE_NOINLINE void multiply_long(Outputs& outputs, table::Pointer<int8_t> weights,
                                 const int8_t* values, int taps, int count) {
    while (count > 0) {
        int32_t sums[4] = {0, 0, 0, 0};
        const uint8_t together = count < 4 ? 1 : 4;
        for (int tap = 0; tap < taps; tap += taps_at_once) {
            int32_t some[4];
            const int now = detail::smaller(taps - tap, taps_at_once);
            weights = together == 4 ? sum_four(some, values + tap, now, weights)
                                    : sum_one(some, values + tap, now, weights);
            for (uint8_t i = 0; i < together; ++i) sums[i] += some[i];
        }
        finish(&outputs, sums, together, Finish{});
        count -= together;
    }
}

/// One vector times all weights of `Spec`.
template <class Spec, class Table>
MOTE_INLINE void multiply_vector(const Table& table, Outputs& outputs, const int8_t* values) {
    constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
    outputs.bias = table::at(table, &table.bias[0]);
    outputs.scale = table::at(table, &table.scale[0]);
    const auto weights = table::at(table, &table.weights[0]);
    if constexpr (taps > taps_at_once)
        multiply_long<Finish<Spec>>(outputs, weights, values, taps, Spec::Weights::outputs);
    else
        multiply<Finish<Spec>>(outputs, weights, values, taps, Spec::Weights::outputs);
}

/// The same for a depthwise convolution; `taps`: where the channels under each tap begin.
template <class Finish>
MOTE_NOINLINE void multiply_channels(Outputs& outputs, table::Pointer<int8_t> weights,
                                     const int8_t* const* taps, uint8_t tap_count, int channels,
                                     int multiplier) {
    for (int channel = 0, copy = 0; channel < channels;) {
        const uint8_t together = multiplier > 1 || channels - channel < 4 ? 1 : 4;
        int32_t sums[4];
        weights = together == 4 ? sum_channels(sums, taps, tap_count, channel, weights)
                                : sum_channel(sums, taps, tap_count, channel, weights);
        finish(&outputs, sums, together, Finish{});
        if (++copy == multiplier) {
            copy = 0;
            channel += together;
        }
    }
}

}  // namespace avr

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
