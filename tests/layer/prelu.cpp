#include "mote/layer/prelu.hpp"

#include <doctest/doctest.h>

#include "parts.hpp"

namespace {

using namespace mote;

struct fine {
    static constexpr float scale = 0.02f;
    static constexpr int zero_point = 9;
};

template <class ShapeType>
struct Alpha {
    using Shape = ShapeType;
    using Quantization = typename Quantized<parts::tenth>::type;

    static constexpr const int8_t* values() { return parts::constants<Shape::size>.weights; }
};

constexpr int height = 6, width = 3, channels = 4;

/// A number times 0.1 / 0.02, or 0.1 * 0.1 / 0.02, which is rounded, half away from zero.
int expected(int value, int alpha) {
    const int x = value + 3;
    const int times_two = x >= 0 ? 10 * x : x * (alpha + 3);
    const int scaled = times_two >= 0 ? (times_two + 1) / 2 : -((1 - times_two) / 2);
    return scaled + 9 < -128 ? -128 : scaled + 9 > 127 ? 127 : scaled + 9;
}

template <int AlphaHeight, int AlphaWidth, int AlphaChannels>
void agrees() {
    using Alphas = Shape<AlphaHeight, AlphaWidth, AlphaChannels>;
    const int8_t* alphas = Alpha<Alphas>::values();
    using Net = Network<parts::Input<height, width, channels>, PReLU<Alpha<Alphas>, fine>>;
    static_assert(Net::ram_bytes == Net::Input::size, "the output takes the place of the input");
    static Net net;
    for (int shift = 0; shift < 256; ++shift) {
        int8_t in[height * width * channels];
        for (int i = 0; i < height * width * channels; ++i) {
            in[i] = static_cast<int8_t>((i * 37 + shift) % 256 - 128);
            net.input()[i] = in[i];
        }
        net();
        for (int i = 0; i < height * width * channels; ++i) {
            const int c = i % channels, x = i / channels % width, y = i / channels / width;
            const int at =
                (y % AlphaHeight * AlphaWidth + (AlphaWidth == 1 ? 0 : x)) * AlphaChannels +
                (AlphaChannels == 1 ? 0 : c);
            REQUIRE(net.output()[i] == expected(in[i], alphas[at]));
        }
    }
}

}  // namespace

TEST_CASE("one alpha for all, for channels, columns, rows, or for each value") {
    agrees<1, 1, 1>();
    agrees<1, 1, channels>();
    agrees<1, width, 1>();
    agrees<height, 1, 1>();
    agrees<height, width, channels>();
    agrees<height / 2, 1, channels>();
}
