// Everything that compilers can be asked to warn of, of templates that are used.
#include "examples/Digits/digits_file.h"
#include "examples/Hello/sine_file.h"
#include "mote.hpp"
#include "mote/shared_ram.hpp"
#include "mote/streaming.hpp"

namespace {

using namespace mote;

struct tenth {
    static constexpr float scale = 0.1f;
    static constexpr int zero_point = -3;
};
constexpr int8_t values[1024] = {1, -2, 3};
constexpr int32_t biases[64] = {5, -6};
constexpr float scales[64] = {0.01f};
template <int Outputs, int Height, int Width, int Depth>
using Taken = Weights<Outputs, Height, Width, Depth, values, PerTensor<scales>, Bias<biases>>;

using ByHand = Network<Input<Shape<9, 6, 2>, tenth>, Pad<Border<1, 0, 1, 1>>,
                       Conv2D<Taken<3, 3, 3, 2>, tenth, Strides<1>, Same, Relu6>,
                       Conv2D<Taken<4, 1, 1, 3>, tenth>,
                       Branch<Path<DepthwiseConv2D<Taken<4, 3, 3, 1>, tenth, Strides<1>, Same>>,
                              Path<>, Add<tenth, Relu>>,
                       MaxPool2D<Pool<2, 2>>, AveragePool2D<Pool<3, 2>, Strides<1>, Same>,
                       Quantize<tenth>, Flatten, Dense<Taken<5, 1, 1, 80>, tenth>, Softmax<>>;
using Frames = Network<Input<Shape<8, 1, 4>, tenth>, Conv2D<Taken<4, 3, 1, 4>, tenth>, Flatten,
                       Dense<Taken<3, 1, 1, 24>, tenth>>;
using Digits = tflite::Import<digits_file>;
using Rows = tflite::Import<digits_file, plan::PushedRows>;
using Fitting = tflite::Import<digits_file, plan::WithinRam<800>>;
using Sine = tflite::Import<sine_file>;

ByHand by_hand;
Rows rows;
Fitting fitting;
Streaming<Frames> frames;
SharedRam<Digits, Sine> shared;

}  // namespace

int use_all(const int8_t* data, const float* real);
int use_all(const int8_t* data, const float* real) {
    by_hand.quantize(real);
    int sum = by_hand()[0] + fitting(data)[0];
    if (rows.push_row(data)) sum += rows.output().argmax() > 1 ? 1 : 0;
    if (frames.push(data)) sum += frames.output()[0];
    sum += shared.begin<Digits>()(data)[0];
    return sum + shared.begin<Sine>()(data)[0];
}
