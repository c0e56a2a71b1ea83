// compile: clang++-19 --target=avr -mmcu=atmega2560 -std=gnu++17 -Os -Wall -Wextra -Werror -nostdinc++ -isystem /usr/lib/avr/include
#include "conf/board.hpp"

static_assert(MOTE_HAS_FAR_PROGRAM_MEMORY == 1, "tables may lie beyond 64 KB");

// A map of more values than an int counts, which rows make possible: the compiler sees no overflow.

using namespace mote;

struct Real {
    static constexpr float scale = 0.05f;
    static constexpr int zero_point = -3;
};
constexpr int8_t values[8 * 3 * 3] = {1, 2, 3};
constexpr int32_t bias[8] = {};
constexpr float scales[] = {0.01f};
template <int Outputs, int Size, int Depth>
using Some = Weights<Outputs, Size, Size, Depth, values, PerTensor<scales>, Bias<bias>>;

using Camera = PlannedNetwork<
    plan::PushedRows, Input<Shape<250, 250, 1>, Real>, Pad<Border<1, 1, 1, 1>>,
    MaxPool2D<Pool<2>, Strides<1>, Same>, Conv2D<Some<8, 3, 1>, Real, Strides<1>, Same>,
    DepthwiseConv2D<Some<8, 3, 1>, Real>,
    Branch<Path<>, Path<Conv2D<Some<8, 1, 8>, Real>>, Add<Real>>, Quantize<Real>,
    AveragePool2D<Pool<250>, Strides<250>, Valid>, Dense<Some<4, 1, 8>, Real>, Softmax<>>;

__attribute__((unused)) bool push(Camera& camera, const int8_t* row) {
    return camera.push_row(row);
}
