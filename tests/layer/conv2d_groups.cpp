// A convolution in groups is one over all channels whose weights are 0 outside of the group.
#include <doctest/doctest.h>

#include "kernel/cases.hpp"

namespace {

using namespace kernels;

/// The weights of `Grouped` for an input of `Channels`, with the zeros between.
template <class Grouped, int Channels>
struct Spread {
    static constexpr int outputs = Grouped::outputs;
    static constexpr int height = Grouped::height;
    static constexpr int width = Grouped::width;
    static constexpr int32_t depth = Channels;
    static constexpr int32_t count = int32_t{outputs} * height * width * Channels;

    struct Table {
        int8_t values[count];
    };
    static constexpr Table make() {
        Table made{};
        constexpr int groups = Channels / int(Grouped::depth);
        constexpr int taps = height * width;
        for (int o = 0; o < outputs; ++o)
            for (int tap = 0; tap < taps; ++tap)
                for (int i = 0; i < Grouped::depth; ++i)
                    made.values[(o * taps + tap) * Channels +
                                o / (outputs / groups) * Grouped::depth + i] =
                        Grouped::values()[(o * taps + tap) * Grouped::depth + i];
        return made;
    }
    static constexpr Table table = make();

    static constexpr const int8_t* values() { return table.values; }
    static constexpr int32_t bias(int channel) { return Grouped::bias(channel); }
    static constexpr uint32_t scale_bits(int channel) { return Grouped::scale_bits(channel); }
};

constexpr int depths[] = {1, 2, 3, 4, 5, 8, 17};

template <int Number>
void convolve() {
    constexpr auto pick = [](int low, int high, uint32_t salt) {
        Choices choices{uint32_t(Number) * 7919U + salt};
        return choices.range(low, high);
    };
    constexpr int depth = depths[Number % 7];
    constexpr int groups = pick(2, 4, 1);
    constexpr int outputs = groups * pick(1, 4, 2);
    constexpr int height = pick(1, 3, 3), width = pick(1, 3, 4);
    using Given = Weights<outputs, height, width, depth, Number % 4, Number % 5>;
    using Input = Map<pick(3, 6, 5), pick(3, 6, 6), depth * groups, zero_points[Number % 5]>;
    using Padding = mote::detail::conditional_t<Number % 3 != 0, mote::Same, mote::Valid>;
    using Strides = mote::Strides<pick(1, 2, 7), pick(1, 2, 8)>;
    using Out = Affine<zero_points[Number / 2 % 5]>;
    using Activation = typename ActivationOf<Number % 3>::type;
    using Grouped = typename mote::Conv2D<Given, Out, Strides, Padding,
                                          Activation>::template On<mote::arch::best, Input>;
    using Whole = typename mote::Conv2D<Spread<Given, depth * groups>, Out, Strides, Padding,
                                        Activation>::template On<mote::arch::best, Input>;
    using Output = typename Grouped::Output;
    CHECK(mote::detail::is_same<Output, typename Whole::Output>::value);
    CHECK(Grouped::macs * groups == Whole::macs);
    CHECK(Grouped::table_bytes() < Whole::table_bytes());
    using Serving = typename mote::kernel::serving<Grouped, mote::arch::best>::type;
    CHECK(mote::detail::is_same<Serving, mote::arch::portable>::value);

    for (int variant = 0; variant < variants; ++variant) {
        int8_t in[Input::size], wanted[Output::size];
        fill(in, Input::size, variant);
        Fenced<Output::size> found;
        Whole::rows(0, Output::Shape::height, mote::Rows<Output>(wanted), mote::Rows<Input>(in));
        Grouped::rows(0, Output::Shape::height, mote::Rows<Output>(found.data()),
                      mote::Rows<Input>(in));
        expect(found, wanted, Number, variant, "groups");
    }
}

template <int... Numbers>
void convolve_all(mote::detail::sequence<Numbers...>) {
    (convolve<Numbers>(), ...);
}

}  // namespace

TEST_CASE("convolution in groups") { convolve_all(mote::detail::make_sequence_t<70>{}); }
