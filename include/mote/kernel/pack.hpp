// Tables that every kernel needs, computed in constant expressions: folded biases and multipliers.
#pragma once

#include "requantize.hpp"

namespace mote {
namespace kernel {

/// The table of the portable kernels.
template <int Channels, bool Uniform, bool AllRight, int32_t Count>
struct WeightTable {
    int32_t bias[Channels];
    Multipliers<Channels, Uniform, AllRight> multipliers;
    int8_t weights[Count];
};

/// True when all channels of `Weights` share one scale.
template <class Weights>
constexpr bool uniform_scales() {
    for (int channel = 1; channel < Weights::outputs; ++channel)
        if (Weights::scale_bits(channel) != Weights::scale_bits(0)) return false;
    return true;
}

/// The scale of a sum of products over the scale of the output, for one output channel.
template <class Spec>
constexpr Multiplier channel_multiplier(uint32_t weight_scale_bits) {
    const detail::real product = detail::multiply(
        detail::real_of(Spec::Input::Quantization::scale_bits), detail::real_of(weight_scale_bits));
    return nearest_multiplier(
        detail::divide(product, detail::real_of(Spec::Output::Quantization::scale_bits)),
        typename Spec::Rounding{});
}

/// The largest of a layer's shifts; above 0 they go to the left.
template <class Spec>
constexpr int largest_shift() {
    using Weights = typename Spec::Weights;
    const int count = uniform_scales<Weights>() ? 1 : Weights::outputs;
    int largest = -31;
    for (int channel = 0; channel < count; ++channel)
        largest = detail::larger<int>(largest,
                                      channel_multiplier<Spec>(Weights::scale_bits(channel)).shift);
    return largest;
}

template <class Spec>
using WeightTableOf = WeightTable<Spec::Weights::outputs, uniform_scales<typename Spec::Weights>(),
                                  (largest_shift<Spec>() < 0), Spec::Weights::count>;

template <class Spec, class Table>
constexpr void pack_multipliers(Table& table) {
    using Weights = typename Spec::Weights;
    const int count = uniform_scales<Weights>() ? 1 : Weights::outputs;
    for (int channel = 0; channel < count; ++channel)
        table.multipliers.set(channel, channel_multiplier<Spec>(Weights::scale_bits(channel)));
}

/// bias[o] - input zero point * sum of weight[o]: so a kernel multiplies inputs as they are. The
/// weight of tap t of channel o stands at o * `channel_step` + t * `tap_step`.
/// `raised`: what a kernel adds to each input.
template <class Spec, class Table>
constexpr void pack_biases(Table& table, int32_t channel_step, int32_t tap_step, int raised = 0) {
    using Weights = typename Spec::Weights;
    const int64_t zero = int64_t{Spec::Input::Quantization::zero_point} + raised;
    constexpr int32_t taps = Weights::count / Weights::outputs;
    const auto* values = Weights::values();
    for (int channel = 0; channel < Weights::outputs; ++channel) {
        int32_t sum = 0;
        int32_t index = channel * channel_step;
        for (int32_t tap = 0; tap < taps; ++tap, index += tap_step)
            sum += static_cast<int8_t>(values[index]);
        table.bias[channel] = static_cast<int32_t>(Weights::bias(channel) - zero * sum);
    }
}

/// True when two products always fit 16 bits: no weight is -128.
template <class Weights>
constexpr bool pairs_fit() {
    const auto* values = Weights::values();
    for (int32_t index = 0; index < Weights::count; ++index)
        if (static_cast<int8_t>(values[index]) == -128) return false;
    return true;
}

/// True when no input of this zero point can carry a sum of `Weights` out of 32 bits. Every partial
/// sum of a kernel is the sum for some input, so those stay inside too.
template <class Weights>
constexpr bool sums_fit(int zero_point, int32_t channel_step, int32_t tap_step) {
    constexpr int32_t taps = Weights::count / Weights::outputs;
    const int64_t largest = detail::larger(127 - zero_point, 128 + zero_point);
    const auto* values = Weights::values();
    for (int channel = 0; channel < Weights::outputs; ++channel) {
        const int64_t bias = Weights::bias(channel);
        int64_t highest = bias;
        int64_t lowest = bias;
        int32_t index = channel * channel_step;
        // Most biases leave so much room that the weights need not be looked at.
        const bool roomy = (bias < 0 ? -bias : bias) + largest * 128 * taps <= 0x7fffffff;
        for (int32_t tap = roomy ? taps : 0; tap < taps; ++tap, index += tap_step) {
            const int weight = static_cast<int8_t>(values[index]);
            highest += weight * (weight > 0 ? 127 - zero_point : -128 - zero_point);
            lowest += weight * (weight > 0 ? -128 - zero_point : 127 - zero_point);
        }
        if (highest > 0x7fffffff || lowest < -int64_t{0x7fffffff} - 1) return false;
    }
    return true;
}

/// Weights in the file's order.
template <class Spec>
constexpr auto pack_weights(int32_t channel_step, int32_t tap_step) {
    WeightTableOf<Spec> table{};
    pack_biases<Spec>(table, channel_step, tap_step);
    pack_multipliers<Spec>(table);
    const auto* values = Spec::Weights::values();
    for (int32_t index = 0; index < Spec::Weights::count; ++index)
        table.weights[index] = static_cast<int8_t>(values[index]);
    return table;
}

}  // namespace kernel
}  // namespace mote
