// What the tests of kernels share: numbers, maps, and choices that sweep over the parameters of a
// layer. Freestanding, so that boards run the same tests.
#pragma once

#include <doctest/doctest.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/archs.hpp"
#include "mote.hpp"

namespace kernels {

constexpr uint32_t next(uint32_t state) { return state * 1664525U + 1013904223U; }

/// The choices of case `number`: of each parameter, every value occurs once in as many cases as it
/// has values, and parameters turn against each other, so that in time all pairs occur.
struct Choices {
    uint32_t number;
    uint32_t parameter = 0;

    constexpr uint32_t turn(uint32_t values) {
        uint32_t state = ++parameter * 2654435761U + number / values * 40503U + 1;
        for (int i = 0; i < 3; ++i) state = next(state ^ state >> 15);
        return (number + (state >> 8)) % values;
    }
    constexpr int range(int low, int high) {
        return low + static_cast<int>(turn(static_cast<uint32_t>(high - low + 1)));
    }
    template <int Count>
    constexpr int among(const int (&values)[Count]) {
        return values[turn(Count)];
    }
    constexpr bool toss() { return turn(2) != 0; }
};

constexpr int zero_points[] = {-128, -1, 0, 127, 83};

enum Values { usual, lowest_too, extreme, extreme_and_lowest };
enum Scales {
    uniform,
    varied,
    shifts,  // from 3 bits to the left to 28 to the right
    ties,    // powers of two
    large,   // biases leave sums little room
};

/// Constants of a layer whose tensors have the scale 1.
template <int Outputs, int Height, int Width, int Depth, int Weight = lowest_too,
          int Scale = varied>
struct Weights {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;

    struct Table {
        int8_t values[count];
    };
    static constexpr Table make() {
        Table made{};
        uint32_t state = 7U + static_cast<uint32_t>(count);
        for (int8_t& value : made.values) {
            state = next(state);
            const int noise = static_cast<int>(state >> 24) - 128;
            const int lowest = Weight == lowest_too || Weight == extreme_and_lowest ? -128 : -127;
            if (Weight == usual || Weight == lowest_too)
                value = static_cast<int8_t>(noise < lowest ? lowest : noise);
            else
                value = static_cast<int8_t>(noise < 20 ? 127 : lowest);
        }
        return made;
    }
    static constexpr Table table = make();

    static constexpr const int8_t* values() { return table.values; }
    static constexpr int32_t bias(int channel) {
        if (Scale == large)
            return (0x7fffffff - count / Outputs * 32640) / (channel % 2 != 0 ? -1 : 1);
        return static_cast<int32_t>(channel * int32_t{7919} + 13) % 20011 - 10000;
    }
    static constexpr uint32_t scale_bits(int channel) {
        const uint32_t unit = static_cast<uint32_t>(channel);
        // The exponent of a single is 127 for 1.
        switch (Scale) {
            case uniform:
                return (116U << 23) + 3456789U;
            case varied:
                return ((117U - unit % 3U) << 23) + unit * 123457U % (1U << 23);
            case shifts:
                return ((130U - unit % 32U) << 23) + unit * 654321U % (1U << 23);
            case ties:
                return (126U - unit % 14U) << 23;
            default:
                return ((103U + unit % 24U) << 23) + 0x7fffffU;
        }
    }
};

template <int Zero>
using Affine = mote::Quantization<0x3f800000U, Zero>;

template <int Height, int Width, int Channels, int Zero>
using Map = mote::Tensor<int8_t, mote::Shape<Height, Width, Channels>, Affine<Zero>>;

template <int Number>
struct ActivationOf {
    using type = mote::Linear;
};
template <>
struct ActivationOf<1> {
    using type = mote::Relu;
};
template <>
struct ActivationOf<2> {
    using type = mote::Relu6;
};

/// Noise with more than its share of -128 and 127; or all the one, or all the other.
inline void fill(int8_t* values, int32_t count, int variant) {
    uint32_t state = 11;
    for (int32_t i = 0; i < count; ++i) {
        state = next(state);
        const int noise = static_cast<int>(state >> 24) - 128;
        const bool edge = (state >> 12 & 7) == 0;
        if (variant == 0)
            values[i] = static_cast<int8_t>(edge ? (noise < 0 ? -128 : 127) : noise);
        else
            values[i] = static_cast<int8_t>(variant == 1 ? 127 : -128);
    }
}

constexpr int variants = 3;

/// Room for `Count` outputs between two walls; the first is odd, so outputs are not aligned.
template <int32_t Count, class Element = int8_t>
struct Fenced {
    static constexpr int wall = 33;
    Element values[Count + 2 * wall];

    Fenced() {
        for (Element& value : values) value = 99;
    }
    Element* data() { return values + wall; }
};

/// Fails when an output is not as wanted or a wall was hit; `differs` counts from the first output.
template <class Element>
void expect_equal(const Element* found, int wall, const Element* wanted, int32_t count, int number,
                  int variant, const char* cpu) {
    int32_t differs = -wall;
    for (; differs < count + wall; ++differs) {
        const bool inside = differs >= 0 && differs < count;
        if (found[wall + differs] != (inside ? wanted[differs] : Element{99})) break;
    }
    CAPTURE(number);
    CAPTURE(variant);
    CAPTURE(cpu);
    CAPTURE(differs);
    CHECK(differs == count + wall);
}
template <int32_t Count, class Element>
void expect(const Fenced<Count, Element>& found, const Element* wanted, int number, int variant,
            const char* cpu) {
    expect_equal(found.values, found.wall, wanted, Count, number, variant, cpu);
}

/// What a layer makes of the sum of a channel; kernel/requantize.cpp tests scale().
struct Finish {
    const mote::Multiplier* multipliers;
    int32_t (*bias)(int channel);
    int zero_point, low, high;
    bool single;

    int8_t operator()(int64_t sum, int channel) const {
        const mote::Multiplier by = multipliers[channel];
        const int32_t narrow = static_cast<int32_t>(sum);
        const int32_t scaled =
            single ? mote::kernel::scale(narrow, by.value, by.shift, mote::rounding::Single{})
                   : mote::kernel::scale(narrow, by.value, by.shift, mote::rounding::Double{});
        const int64_t value = int64_t{scaled} + zero_point;
        return static_cast<int8_t>(value < low ? low : (value > high ? high : value));
    }
};

template <class Spec>
struct Multipliers {
    mote::Multiplier values[Spec::Weights::outputs];
    static constexpr Multipliers make() {
        Multipliers made{};
        for (int channel = 0; channel < Spec::Weights::outputs; ++channel)
            made.values[channel] =
                mote::kernel::channel_multiplier<Spec>(Spec::Weights::scale_bits(channel));
        return made;
    }
    static constexpr bool single =
        mote::detail::is_same<typename Spec::Rounding, mote::rounding::Single>::value;
};

template <class Spec>
Finish finish_of() {
    static constexpr Multipliers<Spec> table = Multipliers<Spec>::make();
    return {table.values,    Spec::Weights::bias, Spec::Output::Quantization::zero_point,
            Spec::range.low, Spec::range.high,    Multipliers<Spec>::single};
}

/// How many of the cases of a sweep are tested.
constexpr int cases(int all) {
#ifdef MOTE_FEW_CASES
    return all / 9;
#else
    return all;
#endif
}

/// Test<First>::run(), ..., Test<First + Count - 1>::run()
template <template <int> class Test, int Count, int First = 0>
void sweep() {
    if constexpr (Count > 8) {
        sweep<Test, Count / 2, First>();
        sweep<Test, Count - Count / 2, First + Count / 2>();
    } else if constexpr (Count > 0) {
        Test<First>::run();
        sweep<Test, Count - 1, First + 1>();
    }
}

}  // namespace kernels
