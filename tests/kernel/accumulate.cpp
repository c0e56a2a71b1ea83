#include "kernel/cases.hpp"

namespace {

using namespace kernels;

constexpr int pixel_counts[] = {1, 2, 3, 4, 5, 7, 8, 31, 255, 256, 257};
constexpr int most_channels = 37;
constexpr int32_t most_values = 4000;

/// test(values, pixels, channels, variant) for maps of many sizes.
template <class Test>
void for_each_map(Test test) {
    static int8_t values[most_values];
    for (int variant = 0; variant < variants; ++variant) {
        fill(values, most_values, variant);
        for (const int pixels : pixel_counts)
            for (int channels = 1; channels <= most_channels; ++channels)
                if (pixels * channels <= most_values) test(values, pixels, channels, variant);
    }
}

/// Sums of a channel start here, some of them at the bounds of what is left.
int32_t start_of(int channel) { return channel % 3 * int32_t{700000000} - 700000000; }

/// The products of a dense layer that sees its inputs piece by piece.
template <class Map, int Outputs, int Weight, int Scale>
MOTE_NOINLINE void products(int number) {
    using WeightsType = Weights<Outputs, 1, 1, Map::size, Weight, Scale>;
    using Spec = On<mote::Dense<WeightsType, Affine<-20>>, Map>;
    constexpr int32_t inputs = Map::size;
    const Finish finish = finish_of<Spec>();
    for (int variant = 0; variant < variants; ++variant) {
        alignas(4) int8_t in[inputs + 1];
        fill(in + 1, inputs, variant);
        int8_t wanted[Outputs];
        for (int o = 0; o < Outputs; ++o) {
            int64_t sum = WeightsType::bias(o);
            for (int32_t i = 0; i < inputs; ++i)
                sum += (in[1 + i] - Map::Quantization::zero_point) *
                       WeightsType::values()[o * inputs + i];
            wanted[o] = finish(sum, o);
        }
        for_each_arch([&](auto tag) {
            using Tag = decltype(tag);
            static constexpr auto table = mote::kernel::pack_products<Spec>(Tag{});
            for (int32_t piece = 1; piece <= inputs; piece = piece * 2 + 1) {
                Fenced<Outputs, int32_t> state;
                for (int o = 0; o < Outputs; ++o) state.data()[o] = table.bias[o];
                for (int32_t first = 0; first < inputs; first += piece) {
                    const int32_t count = inputs - first < piece ? inputs - first : piece;
                    mote::kernel::add_products<Spec>(table, in + 1 + first, first, count,
                                                     state.data(), tag);
                }
                Fenced<Outputs> found;
                for (int o = 0; o < Outputs; ++o)
                    found.data()[o] = mote::kernel::requantized<Spec>(table, state.data()[o], o);
                expect(found, wanted, number, variant, tag.name());
                int32_t same[Outputs];
                for (int o = 0; o < Outputs; ++o) same[o] = state.data()[o];
                expect(state, same, number, variant, tag.name());
            }
        });
    }
}

}  // namespace

TEST_CASE("add_pixels: every number of channels") {
    for_each_map([](const int8_t* values, int pixels, int channels, int variant) {
        int32_t wanted[most_channels];
        for (int c = 0; c < channels; ++c) {
            wanted[c] = start_of(c);
            for (int pixel = 0; pixel < pixels; ++pixel) wanted[c] += values[pixel * channels + c];
        }
        for (int c = channels; c < most_channels; ++c) wanted[c] = 99;
        for_each_arch([&](auto tag) {
            Fenced<most_channels, int32_t> state;
            for (int c = 0; c < channels; ++c) state.data()[c] = start_of(c);
            mote::kernel::add_pixels(values, pixels, channels, state.data(), tag);
            expect(state, wanted, pixels * 100 + channels, variant, tag.name());
        });
    });
}

TEST_CASE("keep_largest: every number of channels") {
    for_each_map([](const int8_t* values, int pixels, int channels, int variant) {
        int32_t wanted[most_channels];
        for (int c = 0; c < channels; ++c) {
            wanted[c] = c % 2 != 0 ? -128 : 20;
            for (int pixel = 0; pixel < pixels; ++pixel)
                if (values[pixel * channels + c] > wanted[c])
                    wanted[c] = values[pixel * channels + c];
        }
        for (int c = channels; c < most_channels; ++c) wanted[c] = 99;
        for_each_arch([&](auto tag) {
            Fenced<most_channels, int32_t> state;
            mote::kernel::start(state.data(), -128, channels, tag);
            for (int c = 0; c < channels; c += 2) state.data()[c] = 20;
            mote::kernel::keep_largest(values, pixels, channels, state.data(), tag);
            expect(state, wanted, pixels * 100 + channels, variant, tag.name());
        });
    });
}

TEST_CASE("add_products: every remainder of outputs, pieces of many lengths") {
    products<Map<1, 1, 40, -128>, 1, usual, uniform>(0);
    products<Map<2, 5, 3, 127>, 2, lowest_too, varied>(1);
    products<Map<1, 9, 7, 0>, 3, extreme, large>(2);
    products<Map<4, 4, 4, -1>, 4, extreme_and_lowest, shifts>(3);
    products<Map<1, 1, 33, 83>, 5, lowest_too, ties>(4);
    products<Map<3, 3, 17, -128>, 7, usual, varied>(5);
    products<Map<1, 1, 1, 5>, 8, usual, uniform>(6);
    products<Map<2, 3, 16, -128>, 18, lowest_too, varied>(7);
    products<Map<1, 3, 31, -5>, 33, extreme_and_lowest, large>(8);
}
