// What packing and checks know about a layer's weights and output channels. Constants, computed for
// some channels at a time, and once for all who ask.
#pragma once

#include "../detail/blocks.hpp"
#include "../detail/integer.hpp"
#include "../quantization.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Weights and channels that one constant expression looks at. GCC keeps 16 bytes for each in
/// blocks of a power of two.
constexpr int32_t weights_at_once = 16320;
constexpr int32_t channels_at_once = 256;

/// An array with something for each of `Count` channels.
template <class Element, int32_t Count>
using ChannelArray =
    detail::Blocks<Element, Count, detail::smaller<int32_t>(Count, channels_at_once)>;

constexpr int32_t pieces_of(int32_t count, int32_t size) { return (count + size - 1) / size; }

/// The order of weights in the file: the taps of an output together, or the outputs of a tap.
struct ByOutput {
    template <class Weights>
    static constexpr int32_t output_step = Weights::count / Weights::outputs;
    template <class Weights>
    static constexpr int32_t tap_step = 1;
};
struct ByTap {
    template <class Weights>
    static constexpr int32_t output_step = 1;
    template <class Weights>
    static constexpr int32_t tap_step = Weights::outputs;
};

/// Some channels from `first` on, up to `last`.
template <int32_t Channels>
struct Some {
    static constexpr int32_t count = pieces_of(Channels, channels_at_once);
    static constexpr int32_t first(int32_t piece) { return piece * channels_at_once; }
    static constexpr int32_t last(int32_t piece) {
        return detail::smaller(Channels, (piece + 1) * channels_at_once);
    }
};

// Scales.

template <class Weights>
struct SameScales : detail::OneByOne<SameScales<Weights>, bool, Some<Weights::outputs>::count, 1> {
    static constexpr bool at(int32_t piece) {
        using Channels = Some<Weights::outputs>;
        const uint32_t scale = Weights::scale_bits(0);
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel)
            if (Weights::scale_bits(detail::as_int(channel)) != scale) return false;
        return true;
    }
};

/// Whether all that a maker makes is true.
template <class Maker>
constexpr bool all_of() {
    for (int32_t index = 0; index < Maker::count; ++index)
        if (!detail::Assembled<Maker>::value.at(index)) return false;
    return true;
}
template <class Maker>
struct AllOf {
    static constexpr bool value = all_of<Maker>();
};

/// True when all channels of `Weights` share one scale.
template <class Weights>
constexpr bool uniform_scales() {
    return AllOf<SameScales<Weights>>::value;
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

/// `Given` as a layer uses them. A channel whose multiplier is 0 gives the zero point whatever its
/// sum is; converters give such channels biases that fill 32 bits.
template <class Given, class InputType, class OutputType, class RoundingPolicy>
struct UsedWeights : Given {
    using Input = InputType;
    using Output = OutputType;
    using Rounding = RoundingPolicy;

    static constexpr int32_t bias(int channel) {
        const int32_t given = Given::bias(channel);
        const bool moderate = given > -(int32_t{1} << 30) && given < (int32_t{1} << 30);
        return moderate || channel_multiplier<UsedWeights>(Given::scale_bits(channel)).value != 0
                   ? given
                   : 0;
    }
};

/// A multiplier for each channel, or one for all.
template <class Spec>
struct ChannelMultipliers
    : detail::OneByOne<ChannelMultipliers<Spec>, Multiplier,
                       uniform_scales<typename Spec::Weights>() ? 1 : Spec::Weights::outputs,
                       channels_at_once> {
    static constexpr Multiplier at(int32_t channel) {
        return channel_multiplier<Spec>(Spec::Weights::scale_bits(detail::as_int(channel)));
    }
};

template <class Spec>
constexpr Multiplier multiplier_of(int32_t channel) {
    return detail::Assembled<ChannelMultipliers<Spec>>::value.at(
        uniform_scales<typename Spec::Weights>() ? 0 : channel);
}

template <class Spec>
struct LargestShifts : detail::OneByOne<LargestShifts<Spec>, int8_t,
                                        Some<ChannelMultipliers<Spec>::count>::count, 1> {
    static constexpr int8_t at(int32_t piece) {
        using Channels = Some<ChannelMultipliers<Spec>::count>;
        int8_t largest = -31;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel)
            largest = detail::larger(largest, multiplier_of<Spec>(channel).shift);
        return largest;
    }
};

/// What `chosen` prefers of all that a maker makes.
template <class Maker, class Element, Element (*chosen)(Element, Element)>
constexpr Element chosen_of() {
    Element best = detail::Assembled<Maker>::value.at(0);
    for (int32_t index = 1; index < Maker::count; ++index)
        best = chosen(best, detail::Assembled<Maker>::value.at(index));
    return best;
}
template <class Maker>
struct LargestOf {
    using Element = typename Maker::Element;
    static constexpr Element value = chosen_of<Maker, Element, detail::larger<Element>>();
};
template <class Maker>
struct SmallestOf {
    using Element = typename Maker::Element;
    static constexpr Element value = chosen_of<Maker, Element, detail::smaller<Element>>();
};

/// The largest of a layer's shifts; above 0 they go to the left.
template <class Spec>
constexpr int largest_shift() {
    return LargestOf<LargestShifts<Spec>>::value;
}

// Biases and sums.

template <class Weights>
struct LargestBiases
    : detail::OneByOne<LargestBiases<Weights>, int64_t, Some<Weights::outputs>::count, 1> {
    static constexpr int64_t at(int32_t piece) {
        using Channels = Some<Weights::outputs>;
        int64_t largest = 0;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel) {
            const int64_t bias = Weights::bias(detail::as_int(channel));
            largest = detail::larger(largest, bias < 0 ? -bias : bias);
        }
        return largest;
    }
};

/// The largest magnitude of all biases.
template <class Weights>
constexpr int64_t largest_bias() {
    return LargestOf<LargestBiases<Weights>>::value;
}

// Loops over weights are unrolled: what compilers count and keep is iterations, statements and
// calls.
constexpr int unrolled = 32;

/// Which weights of an output are added up.
enum class Summed { all, positive, at_even_taps };

/// Sums of weights of each output; long ones in pieces.
template <class Weights, class Order, Summed Which>
struct SumPieces {
    static constexpr int32_t taps = Weights::count / Weights::outputs;
    static constexpr int32_t piece = detail::smaller(taps, weights_at_once);
    static constexpr int32_t pieces = pieces_of(taps, piece);

    using Element = int32_t;
    static constexpr int32_t count = Weights::outputs * pieces;
    static constexpr int32_t block = weights_at_once / piece;

    template <int32_t Size>
    static constexpr detail::Elements<int32_t, Size> make(int32_t first) {
        return add_up<Size>(first, detail::make_sequence_t<static_cast<int>(together)>{});
    }

   private:
    static constexpr int32_t together = detail::smaller<int32_t>(taps, unrolled);

    template <int32_t Size, int... Index>
    static constexpr detail::Elements<int32_t, Size> add_up(int32_t first,
                                                            detail::sequence<Index...>) {
        constexpr int32_t step = Order::template tap_step<Weights>;
        detail::Elements<int32_t, Size> sums{};
        for (int32_t i = 0; i < Size; ++i) {
            const int32_t output = (first + i) / pieces;
            int32_t tap = (first + i) % pieces * piece;
            const int32_t last = detail::smaller(tap + piece, taps);
            const auto from = Weights::values() + output * Order::template output_step<Weights>;
            int32_t sum = 0;
            for (; tap + together <= last; tap += together) {
                const auto some = from + tap * step;
                if constexpr (Which == Summed::positive)
                    sum += ((static_cast<int8_t>(some[Index * step]) > 0
                                 ? static_cast<int8_t>(some[Index * step])
                                 : 0) +
                            ...);
                else if constexpr (Which == Summed::at_even_taps)
                    sum += ((Index % 2 == 0 ? static_cast<int8_t>(some[Index * step]) : 0) + ...);
                else
                    sum += (static_cast<int8_t>(some[Index * step]) + ...);
            }
            for (; tap < last; ++tap) {
                const int8_t weight = static_cast<int8_t>(from[tap * step]);
                if (Which == Summed::positive ? weight > 0 : Which == Summed::all || tap % 2 == 0)
                    sum += weight;
            }
            sums.values[i] = sum;
        }
        return sums;
    }
};

/// The sum of an output's weights, or of some of them.
template <class Weights, class Order, Summed Which = Summed::all>
constexpr int32_t sum_of_weights(int32_t channel) {
    using Pieces = SumPieces<Weights, Order, Which>;
    int32_t sum = 0;
    for (int32_t piece = 0; piece < Pieces::pieces; ++piece)
        sum += detail::Assembled<Pieces>::value.at(channel * Pieces::pieces + piece);
    return sum;
}

template <class Weights, class Order, int Zero>
struct SumsFit
    : detail::OneByOne<SumsFit<Weights, Order, Zero>, bool, Some<Weights::outputs>::count, 1> {
    static constexpr bool at(int32_t piece) {
        using Channels = Some<Weights::outputs>;
        for (int32_t channel = Channels::first(piece); channel < Channels::last(piece); ++channel) {
            const int64_t bias = Weights::bias(detail::as_int(channel));
            const int64_t positive = sum_of_weights<Weights, Order, Summed::positive>(channel);
            const int64_t negative = sum_of_weights<Weights, Order>(channel) - positive;
            if (bias + positive * (127 - Zero) + negative * (-128 - Zero) > 0x7fffffff ||
                bias + positive * (-128 - Zero) + negative * (127 - Zero) <
                    -int64_t{0x7fffffff} - 1)
                return false;
        }
        return true;
    }
};

/// True when no input of this zero point can carry a sum of `Weights` out of 32 bits. Every partial
/// sum of a kernel is the sum for some input, so those stay inside too. Of other sums only the
/// plain kernels make what the reference makes of them.
template <class Weights, class Order, int Zero>
constexpr bool sums_fit() {
    constexpr int64_t largest = detail::larger(127 - Zero, 128 + Zero);
    // Most biases leave so much room that the weights need not be looked at.
    if constexpr (largest_bias<Weights>() + largest * 128 * (Weights::count / Weights::outputs) <=
                  0x7fffffff)
        return true;
    else
        return AllOf<SumsFit<Weights, Order, Zero>>::value;
}

template <class Weights>
struct PairsFit
    : detail::OneByOne<PairsFit<Weights>, bool, pieces_of(Weights::count, weights_at_once), 1> {
    static constexpr bool at(int32_t piece) {
        return none_is_lowest(piece * weights_at_once,
                              detail::smaller(Weights::count, (piece + 1) * weights_at_once),
                              detail::make_sequence_t<unrolled>{});
    }

   private:
    template <int... Index>
    static constexpr bool none_is_lowest(int32_t index, int32_t last, detail::sequence<Index...>) {
        for (; index + unrolled <= last; index += unrolled) {
            const auto some = Weights::values() + index;
            if (!((static_cast<int8_t>(some[Index]) != -128) && ...)) return false;
        }
        for (; index < last; ++index)
            if (static_cast<int8_t>(Weights::values()[index]) == -128) return false;
        return true;
    }
};

/// True when two products always fit 16 bits: no weight is -128.
template <class Weights>
constexpr bool pairs_fit() {
    return AllOf<PairsFit<Weights>>::value;
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
