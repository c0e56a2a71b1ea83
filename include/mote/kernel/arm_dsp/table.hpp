// What layers know of their channels: how sums become outputs, and tables.
#pragma once

#include "../pack.hpp"
#include "instructions.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

/// How far the sums and shifts of a layer reach decides what a scale costs.
enum class Scaling {
    any,       // as kernel/requantize.hpp
    wide,      // every shift goes to the right by 1 or more, and rounding cannot overflow
    moderate,  // the same, and sums are below 2^29
    narrow,    // the same by 1 to 23
};

/// What layers that share code have in common. `Halves`: see products.hpp; with Policy::moderate
/// biases, and what scales take, are doubled.
template <bool Uniform, Scaling Reach, bool Clamped, class Rounding, bool Halves>
struct Policy {
    static constexpr bool uniform = Uniform;
    static constexpr Scaling reach = Reach;
    static constexpr bool moderate = Reach >= Scaling::moderate;
    static constexpr bool narrow = Reach == Scaling::narrow;
    static constexpr bool clamped = Clamped;
    static constexpr bool halves = Halves;
    using rounding = Rounding;
};

/// The numbers of a layer.
struct Layer {
    int32_t taps;        // of an output, a multiple of 4
    int32_t outputs;     // that exist; tables may have some more
    int32_t zero;        // of the output; twice that and 1 with Policy::narrow
    int32_t low, high;   // bounds of the output
    int32_t multiplier;  // if all channels share one
};

template <bool Uniform>
struct Channel {
    int32_t bias;
    int32_t multiplier;
    constexpr int32_t value(const Layer&) const { return multiplier; }
};
template <>
struct Channel<true> {
    int32_t bias;
    constexpr int32_t value(const Layer& layer) const { return layer.multiplier; }
};

/// The scale of one channel, ready for use.
template <class Policy>
struct Scale {
    const Layer& layer;
    int32_t multiplier;
    int32_t shift;
    int32_t offset;

    MOTE_INLINE Scale(const Layer& of, const Channel<Policy::uniform>& channel, const int8_t* right)
        : layer(of),
          multiplier(channel.value(of)),
          shift(*right + (Policy::narrow ? 1 : 0)),
          offset(Policy::narrow ? of.zero * (int32_t{1} << *right)
                                : (Policy::reach != Scaling::any ? int32_t{1} << (shift - 1) : 0)) {
    }

    /// The output of `sum`.
    MOTE_INLINE int8_t operator()(int32_t sum) const {
        int32_t value;
        if (Policy::reach != Scaling::any) {
            value = Policy::moderate ? high_product(Policy::halves ? sum : sum * 2, multiplier)
                                     : high_multiply(sum, multiplier);
            value = (value + (value >> 31) + offset) >> shift;
            if (!Policy::narrow) value += layer.zero;
        } else {
            value = scale(sum, multiplier, -shift, typename Policy::rounding{}) + layer.zero;
        }
        if (!Policy::clamped) return saturate(value);
        value = value < layer.low ? layer.low : value;
        return static_cast<int8_t>(value > layer.high ? layer.high : value);
    }
};

/// `shifts`: to the right, less 1 with Policy::narrow. Weights stand in groups of `Group` outputs,
/// and in these by four taps.
template <class PolicyType, int Group, bool Padded, int Outputs, class WeightsInOrder>
struct Table {
    using Policy = PolicyType;
    static constexpr int group = Group;
    static constexpr bool padded = Padded;

    Layer layer;
    ChannelArray<Channel<Policy::uniform>, Outputs> channels;
    WeightsInOrder weights;
    ChannelArray<int8_t, Policy::uniform ? 1 : Outputs> shifts;
};

/// Where a table has what: layers of other sizes share the code that reads this.
template <class PolicyType, int Group, bool Padded>
struct Parts {
    using Policy = PolicyType;
    static constexpr int group = Group;
    static constexpr bool padded = Padded;

    const Layer& layer;
    const Channel<Policy::uniform>* channels;
    const int8_t* weights;
    const int8_t* shifts;
};

template <class Policy, int Group, bool Padded, int Outputs, class WeightsInOrder>
MOTE_INLINE Parts<Policy, Group, Padded> parts_of(
    const Table<Policy, Group, Padded, Outputs, WeightsInOrder>& table) {
    return {table.layer, table.channels, table.weights, table.shifts};
}

/// An upper bound of the magnitude of all sums of a channel.
template <class Weights>
constexpr int64_t largest_sum(int channel, int zero_point) {
    const int64_t bias = Weights::bias(channel);
    return (bias < 0 ? -bias : bias) + int64_t{detail::larger(127 - zero_point, 128 + zero_point)} *
                                           128 * (Weights::count / Weights::outputs);
}

constexpr Scaling reach_of(Multiplier multiplier, int64_t largest) {
    if (multiplier.shift >= 0 ||
        (largest * multiplier.value >> 31) + (int64_t{1} << (-multiplier.shift - 1)) >= 0x7fffffff)
        return Scaling::any;
    if (largest >= int64_t{1} << 29) return Scaling::wide;
    return multiplier.shift >= -23 ? Scaling::narrow : Scaling::moderate;
}

/// The least of the reaches of some channels.
template <class Spec>
struct LeastReaches
    : detail::OneByOne<LeastReaches<Spec>, Scaling, Some<Spec::Weights::outputs>::count, 1> {
    static constexpr Scaling at(int32_t piece) {
        using Channels = Some<Spec::Weights::outputs>;
        Scaling least = Scaling::narrow;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel)
            least = detail::smaller(least, reach_of(multiplier_of<Spec>(channel),
                                                    largest_sum<typename Spec::Weights>(
                                                        static_cast<int>(channel),
                                                        Spec::Input::Quantization::zero_point)));
        return least;
    }
};

/// The least of the reaches of all channels.
template <class Spec>
constexpr Scaling reach_of_all() {
    if constexpr (detail::is_same<typename Spec::Rounding, rounding::Double>::value)
        return SmallestOf<LeastReaches<Spec>>::value;
    else
        return Scaling::any;
}

template <class Spec, bool Halves = false>
using PolicyOf =
    Policy<uniform_scales<typename Spec::Weights>(), reach_of_all<Spec>(),
           Spec::range.low != -128 || Spec::range.high != 127, typename Spec::Rounding, Halves>;

constexpr int round_up(int32_t value, int step) {
    return static_cast<int>((value + step - 1) / step * step);
}

template <class Spec>
constexpr Layer layer_of(int32_t taps) {
    constexpr int zero = Spec::Output::Quantization::zero_point;
    return {taps,
            Spec::Weights::outputs,
            PolicyOf<Spec>::narrow ? 2 * zero + 1 : zero,
            Spec::range.low,
            Spec::range.high,
            multiplier_of<Spec>(Spec::Weights::outputs - 1).value};
}

constexpr Channel<true> channel_of(int32_t bias, Multiplier, detail::constant<1>) { return {bias}; }
constexpr Channel<false> channel_of(int32_t bias, Multiplier multiplier, detail::constant<0>) {
    return {bias, multiplier.value};
}

/// `Outputs`: with those that pad a table.
template <class Spec, class Order, int Outputs, bool Halves>
struct Channels : detail::OneByOne<Channels<Spec, Order, Outputs, Halves>,
                                   Channel<PolicyOf<Spec>::uniform>, Outputs, channels_at_once> {
    static constexpr int32_t bias(int32_t channel) {
        const int32_t folded = folded_bias<Spec, Order>(channel);
        if constexpr (!Halves) return folded;
        const int32_t taken =
            127 * sum_of_weights<typename Spec::Weights, Order, Summed::at_even_taps>(channel);
        return (PolicyOf<Spec>::moderate ? 2 : 1) * (folded + taken);
    }
    static constexpr Channel<PolicyOf<Spec>::uniform> at(int32_t channel) {
        if (channel >= Spec::Weights::outputs) return {};
        return channel_of(bias(channel), multiplier_of<Spec>(channel),
                          detail::constant<PolicyOf<Spec>::uniform>{});
    }
};
template <class Spec, int Outputs>
struct Shifts : detail::OneByOne<Shifts<Spec, Outputs>, int8_t,
                                 PolicyOf<Spec>::uniform ? 1 : Outputs, channels_at_once> {
    static constexpr int8_t at(int32_t channel) {
        if (channel >= Spec::Weights::outputs) return 0;
        return static_cast<int8_t>(-multiplier_of<Spec>(channel).shift -
                                   (PolicyOf<Spec>::narrow ? 1 : 0));
    }
};

/// `Group` outputs at a time, from `First` on: of each four taps. `Halves`: the odd tap of a pair,
/// then the even.
template <int Group, int Outputs, int32_t Taps, bool Halves, int First = 0>
struct FourTaps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = Group * 4;
    static constexpr int32_t rows_of_group = round_up(Taps, 4) / 4;
    static constexpr int32_t rows = round_up(Outputs, Group) / Group * rows_of_group;

    static constexpr int32_t output_of(int32_t place) { return place / 4; }
    static constexpr int32_t tap_of(int32_t place) { return Halves ? (place % 4) ^ 1 : place % 4; }
    static constexpr Row row(int32_t index) {
        const int32_t output = index / rows_of_group * Group;
        const int32_t tap = index % rows_of_group * 4;
        return {First + output, tap, Outputs - output, Taps - tap};
    }
};

/// `Taps`: with those that pad a table.
template <class Spec, class Order, class Weights, int Group, int32_t Taps, bool Halves = false>
struct TableOf {
    static constexpr int outputs = round_up(Spec::Weights::outputs, Group);
    static constexpr Table<PolicyOf<Spec, Halves>, Group, outputs != Spec::Weights::outputs,
                           outputs, detail::BlocksOf<Weights>>
        value = {
            layer_of<Spec>(Taps), detail::Assembled<Channels<Spec, Order, outputs, Halves>>::value,
            detail::Assembled<Weights>::value, detail::Assembled<Shifts<Spec, outputs>>::value};
};

/// Each two weights as one number: see products.hpp.
template <class Weights>
struct Halved {
    using Element = int8_t;
    static constexpr int32_t count = Weights::count;
    static constexpr int32_t block = Weights::block;

    template <int32_t Size>
    static constexpr detail::Elements<int8_t, Size> make(int32_t first) {
        detail::Elements<int8_t, Size> made = Weights::template make<Size>(first);
        for (int32_t i = 0; i < Size; i += 2)
            if (made.values[i] < 0) --made.values[i + 1];
        return made;
    }
};

template <class Weights, class Order>
struct HalvesFit
    : detail::OneByOne<HalvesFit<Weights, Order>, bool, Some<Weights::outputs>::count, 1> {
    static constexpr bool at(int32_t piece) {
        using Channels = Some<Weights::outputs>;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel) {
            const int64_t magnitudes =
                2 * int64_t{sum_of_weights<Weights, Order, Summed::positive>(channel)} -
                sum_of_weights<Weights, Order>(channel);
            if (magnitudes * 255 >= int64_t{1} << 23) return false;
        }
        return true;
    }
};

/// Whether no sum of products leaves 24 bits, and no two weights 16.
template <class Weights, class Order>
constexpr bool takes_halves() {
    if constexpr (!pairs_fit<Weights>())
        return false;
    else if constexpr (Weights::count / Weights::outputs * int64_t{255} * 127 < int64_t{1} << 23)
        return true;
    else
        return AllOf<HalvesFit<Weights, Order>>::value;
}

template <class Spec, class Order, int Group,
          bool Halves = takes_halves<typename Spec::Weights, Order>()>
struct ByFourTaps {
    static constexpr int32_t taps = Spec::Weights::count / Spec::Weights::outputs;
    using Weights = Packed<typename Spec::Weights, Order,
                           FourTaps<Group, Spec::Weights::outputs, taps, Halves>>;
    using Table = TableOf<Spec, Order, detail::conditional_t<Halves, Halved<Weights>, Weights>,
                          Group, round_up(taps, 4), Halves>;
};
template <class Spec, class Order, int Group>
using TableByFourTaps = typename ByFourTaps<Spec, Order, Group>::Table;

}  // namespace dsp

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
