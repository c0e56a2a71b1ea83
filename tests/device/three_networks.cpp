// Three networks in one program, whose tables together take more than 64 KB: see mega.cmake. It
// prints every output for a few inputs, on an ATmega2560 the same as on the desktop.

#include "device/serial.hpp"
#include "mote.hpp"

namespace {

using namespace mote;
using serial::print;

template <int Outputs, int Size, int Depth>
struct Noise {
    static constexpr int outputs = Outputs;
    static constexpr int height = Size;
    static constexpr int width = Size;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Size * Size * Depth;

    struct Values {
        int8_t values[count] = {};
        constexpr Values() {
            uint32_t state = 20261125U + count;
            for (int32_t i = 0; i < count; ++i) {
                state = state * 1664525U + 1013904223U;
                values[i] = static_cast<int8_t>(static_cast<int>(state >> 24) - 128);
            }
        }
    };
    static constexpr Values constants{};

    static constexpr const int8_t* values() { return constants.values; }
    static constexpr int32_t bias(int channel) { return int32_t{channel} * 977 % 4001 - 2000; }
    static constexpr uint32_t scale_bits(int channel) {
        return detail::bits_of(0.002f + 0.0001f * float(channel % 11));
    }
};

struct Real {
    static constexpr float scale = 0.07f;
    static constexpr int zero_point = -20;
};

using Vector = Network<Input<Shape<1, 1, 150>, Real>, Dense<Noise<150, 1, 150>, Real, Relu>,
                       Dense<Noise<12, 1, 150>, Real>, Softmax<>>;
using Picture =
    Network<Input<Shape<6, 6, 16>, Real>, Conv2D<Noise<150, 3, 16>, Real, Strides<1>, Same>,
            AveragePool2D<Pool<6>, Strides<6>, Valid>, Dense<Noise<10, 1, 150>, Real>>;
using Mixed =
    Network<Input<Shape<5, 7, 90>, Real>, DepthwiseConv2D<Noise<90, 3, 1>, Real, Strides<2>, Same>,
            Conv2D<Noise<170, 1, 90>, Real, Strides<1>, Same, Relu6>,
            MaxPool2D<Pool<3, 4>, Strides<3, 4>, Valid>, Dense<Noise<40, 1, 170>, Real>>;

static_assert(Vector::flash_bytes + Picture::flash_bytes + Mixed::flash_bytes > 65536 + 4096,
              "more than the low 16 bits of an address reach");

template <class Net>
void answer(Net& net) {
    uint32_t state = 7;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < Net::Input::size; ++i) {
            state = state * 1664525U + 1013904223U;
            net.input()[i] = static_cast<int8_t>(static_cast<int>(state >> 24) - 128);
        }
        const auto output = net();
        for (int i = 0; i < Net::Output::size; ++i) {
            print(static_cast<int>(output[i]));
            print(" ");
        }
        print("\n");
    }
}

Vector vector;
Picture picture;
Mixed mixed;

}  // namespace

int main() {
    answer(vector);
    answer(picture);
    answer(mixed);
    answer(vector);
    serial::end();
}
