// Tables that every kernel needs, computed in constant expressions: folded biases and multipliers,
// and weights in another order.
#pragma once

#include "../detail/integer.hpp"
#include "channels.hpp"
#include "requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// The table of the portable kernels.
template <int Channels, bool Uniform, bool AllRight, class WeightsInOrder>
struct WeightTable {
    ChannelArray<int32_t, Channels> bias;
    Multipliers<Channels, Uniform, AllRight> multipliers;
    WeightsInOrder weights;
};

// Channels.

/// bias[o] - input zero point * sum of weight[o]: so a kernel multiplies inputs as they are.
/// `Raised`: what a kernel adds to each input.
template <class Spec, class Order, int Raised = 0>
struct FoldedBiases : detail::OneByOne<FoldedBiases<Spec, Order, Raised>, int32_t,
                                       Spec::Weights::outputs, channels_at_once> {
    static constexpr int32_t at(int32_t channel) {
        using Weights = typename Spec::Weights;
        constexpr int64_t zero = int64_t{Spec::Input::Quantization::zero_point} + Raised;
        const int32_t bias = Weights::bias(detail::as_int(channel));
        if constexpr (zero == 0)
            return bias;
        else
            return static_cast<int32_t>(bias - zero * sum_of_weights<Weights, Order>(channel));
    }
};

/// A folded bias, for tables that keep it beside something else.
template <class Spec, class Order, int Raised = 0>
constexpr int32_t folded_bias(int32_t channel) {
    return detail::Assembled<FoldedBiases<Spec, Order, Raised>>::value.at(channel);
}

template <class Spec>
struct MultiplierValues : detail::OneByOne<MultiplierValues<Spec>, int32_t,
                                           ChannelMultipliers<Spec>::count, channels_at_once> {
    static constexpr int32_t at(int32_t channel) { return multiplier_of<Spec>(channel).value; }
};
template <class Spec>
struct MultiplierShifts : detail::OneByOne<MultiplierShifts<Spec>, int8_t,
                                           ChannelMultipliers<Spec>::count, channels_at_once> {
    static constexpr int8_t at(int32_t channel) { return multiplier_of<Spec>(channel).shift; }
};

// Weights. A layout says in which order they stand in a table, row by row, all rows of one size:
//
//   Element, rows, row_size
//   output_of(place), tap_of(place)   what stands at a place of a row, counted from the row's first
//   row(index)                        the row's first output and tap, and how many there are:
//   places
//                                     beyond hold 0
//   flipped                           weights stand there with their sign bit flipped

struct Row {
    int32_t output;
    int32_t tap;
    int32_t outputs;
    int32_t taps;
};

/// The weights of a table.
template <class Layout>
using WeightBlocks =
    detail::Blocks<typename Layout::Element, Layout::rows * Layout::row_size,
                   detail::smaller<int32_t>(Layout::rows* Layout::row_size,
                                            weights_at_once / Layout::row_size * Layout::row_size)>;

template <int32_t... Values>
struct Offsets {};

template <class Weights, class Order, class Layout>
struct Packed {
    using Element = typename Layout::Element;
    static constexpr int32_t count = Layout::rows * Layout::row_size;
    static constexpr int32_t block = weights_at_once / Layout::row_size * Layout::row_size;

    template <int32_t Size>
    static constexpr detail::Elements<Element, Size> make(int32_t first) {
        return make_rows<Size>(first / Layout::row_size,
                               detail::make_sequence_t<static_cast<int>(Layout::row_size)>{});
    }

   private:
    static constexpr int32_t output_step = Order::template output_step<Weights>;
    static constexpr int32_t tap_step = Order::template tap_step<Weights>;

    static constexpr int32_t last_output() { return Layout::output_of(Layout::row_size - 1); }
    static constexpr int32_t largest_tap() {
        int32_t largest = 0;
        for (int32_t place = 0; place < Layout::row_size; ++place)
            largest = detail::larger<int32_t>(largest, Layout::tap_of(place));
        return largest;
    }

    template <int32_t Size, int... Place>
    static constexpr auto make_rows(int32_t row, detail::sequence<Place...> places) {
        return copy_rows<Size>(row, places,
                               Offsets<(Layout::output_of(Place) * output_step +
                                        Layout::tap_of(Place) * tap_step)...>{});
    }
    // One function with a variable of its own: compilers work longest on what they read and write.
    template <int32_t Size, int... Place, int32_t... Offset>
    static constexpr detail::Elements<Element, Size> copy_rows(int32_t index,
                                                               detail::sequence<Place...>,
                                                               Offsets<Offset...>) {
        constexpr int32_t most_outputs = last_output();
        constexpr int32_t most_taps = largest_tap();
        detail::Elements<Element, Size> to{};
        for (int32_t at = 0; at < Size; at += Layout::row_size, ++index) {
            const Row row = Layout::row(index);
            const int32_t first = row.output * output_step + row.tap * tap_step;
            if (row.outputs > most_outputs && row.taps > most_taps) {
                const auto from = Weights::values() + first;
                const int8_t some[] = {static_cast<int8_t>(from[Offset])...};
                for (int32_t i = 0; i < Layout::row_size; ++i) to.values[at + i] = some[i];
            } else {
                const int8_t some[] = {
                    (Layout::output_of(Place) < row.outputs && Layout::tap_of(Place) < row.taps
                         ? static_cast<int8_t>(Weights::values()[first + Offset])
                         : int8_t{0})...};
                for (int32_t i = 0; i < Layout::row_size; ++i) to.values[at + i] = some[i];
            }
        }
        if constexpr (Layout::flipped)
            for (int32_t i = 0; i < Size; ++i)
                to.values[i] = static_cast<int8_t>(to.values[i] ^ -128);
        return to;
    }
};

constexpr int32_t largest_divisor(int32_t number, int32_t most) {
    int32_t divisor = detail::smaller(number, most);
    while (number % divisor != 0) --divisor;
    return divisor;
}

constexpr int32_t largest_common_divisor(int32_t left, int32_t right) {
    return right == 0 ? left : largest_common_divisor(right, left % right);
}

/// Outputs `First` and on, `Together` at a time: their taps, and of each tap the outputs. Taps are
/// padded to `PaddedTaps`.
template <int Together, int32_t First, int32_t Outputs, int32_t Taps, bool Flipped = false,
          int32_t PaddedTaps = Taps>
struct Groups {
    using Element = int8_t;
    static constexpr bool flipped = Flipped;
    static constexpr int32_t run = largest_divisor(PaddedTaps, 64 / Together);
    static constexpr int32_t runs = PaddedTaps / run;
    static constexpr int32_t row_size = Together * run;
    static constexpr int32_t rows = pieces_of(Outputs, Together) * runs;

    static constexpr int32_t output_of(int32_t place) { return place % Together; }
    static constexpr int32_t tap_of(int32_t place) { return place / Together; }
    static constexpr Row row(int32_t index) {
        const int32_t output = index / runs * Together;
        const int32_t tap = index % runs * run;
        return {First + output, tap, Outputs - output, Taps - tap};
    }
};

template <class Left, class Right>
struct Pair {
    Left left;
    Right right;

    MOTE_INLINE operator const int8_t*() const { return left; }
};

/// What two makers make, one after the other; either may make nothing.
template <class Left, class Right, bool HasLeft = (Left::count > 0),
          bool HasRight = (Right::count > 0)>
struct Joined {
    using type = Pair<detail::BlocksOf<Left>, detail::BlocksOf<Right>>;
    static constexpr type value = {detail::Assembled<Left>::value, detail::Assembled<Right>::value};
};
template <class Left, class Right>
struct Joined<Left, Right, true, false> : detail::Assembled<Left> {
    using type = detail::BlocksOf<Left>;
};
template <class Left, class Right>
struct Joined<Left, Right, false, true> : detail::Assembled<Right> {
    using type = detail::BlocksOf<Right>;
};

/// Weights of `Together` outputs at a time, then of the last ones, `LastTogether` at a time.
template <class Weights, class Order, int Together, int LastTogether, bool Flipped = false>
using InGroups =
    Joined<Packed<Weights, Order,
                  Groups<Together, 0, Weights::outputs / Together * Together,
                         Weights::count / Weights::outputs, Flipped>>,
           Packed<Weights, Order,
                  Groups<LastTogether, Weights::outputs / Together * Together,
                         Weights::outputs % Together, Weights::count / Weights::outputs>>>;

/// The table of the portable kernels. `WeightsInOrder`: as InGroups.
template <class Spec, class Order, class WeightsInOrder, int Raised = 0>
struct PortableTable {
    static constexpr WeightTable<Spec::Weights::outputs, uniform_scales<typename Spec::Weights>(),
                                 (largest_shift<Spec>() < 0), typename WeightsInOrder::type>
        value = {detail::Assembled<FoldedBiases<Spec, Order, Raised>>::value,
                 {detail::Assembled<MultiplierValues<Spec>>::value,
                  detail::Assembled<MultiplierShifts<Spec>>::value},
                 WeightsInOrder::value};
};

/// The same with weights in the file's order.
template <class Spec>
using TableInOrder =
    PortableTable<Spec, ByOutput, InGroups<typename Spec::Weights, ByOutput, 1, 1>>;

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
