// The two sources of a program that are compiled for different CPUs: this one twice, as `SOURCE`.
// It uses networks in all the ways there are, so that whatever both objects define comes to light:
// no name here is local to the source.
#include "digits_file.h"
#include "mote/streaming.hpp"
#include "parts.hpp"
#include "targets/answers.hpp"

namespace targets {

using Digits = mote::tflite::Import<digits_file>;
using Pushed = mote::tflite::Import<digits_file, mote::plan::PushedRows>;
using Portable = mote::tflite::Import<digits_file, mote::plan::LayerByLayer, mote::arch::portable>;

template <int Outputs, int Height, int Width, int Depth>
using Windows = parts::Weights<Outputs, Height, Width, Depth>;

/// Every layer, in a network that can be streamed too.
using Layers =
    mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<12, 6, 4>,
                         mote::Pad<mote::Border<0, 0, 1, 1>>,
                         mote::Conv2D<Windows<16, 3, 3, 4>, parts::tenth, mote::Strides<1, 2>>,
                         mote::DepthwiseConv2D<Windows<16, 3, 1, 1>, parts::tenth>,
                         mote::Branch<mote::Path<mote::Quantize<parts::tenth, mote::Relu>>,
                                      mote::Path<>, mote::Add<parts::tenth>>,
                         mote::Conv2D<Windows<20, 1, 1, 16>, parts::tenth>,
                         mote::MaxPool2D<mote::Pool<2, 2>, mote::Strides<1>>,
                         mote::AveragePool2D<mote::Pool<2, 1>, mote::Strides<1>>, mote::Flatten,
                         parts::Dense<5, 6 * 2 * 20>, mote::Softmax<>>;
using Averaged = mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<6, 5, 9>,
                                      mote::AveragePool2D<mote::Pool<6, 5>>, parts::Dense<3, 9>>;
using Largest = mote::PlannedNetwork<mote::plan::PushedRows, parts::Input<6, 5, 9>,
                                     mote::MaxPool2D<mote::Pool<6, 5>>, parts::Dense<3, 9>>;

using Resident = mote::Network<parts::Input<6, 5, 9>, mote::MaxPool2D<mote::Pool<2, 2>>,
                               parts::Dense<3, 9>, mote::Reshape<mote::Shape<1, 1, 18>>>;

/// Adds up all that an observer is told.
struct Sum {
    int32_t sum;

    template <class Facts, class Band>
    void operator()(Facts, Band band) {
        for (int32_t i = 0; i < band.size(); ++i) sum += band.data()[i] * (band.offset() + i);
        sum += Facts::index + Facts::tensor + Facts::macs + Facts::name()[0];
    }
    template <class Facts>
    void absorbed(Facts) {
        sum += 3;
    }
};

template <class Net>
int32_t watched() {
    static Net net;
    net.reset();
    int8_t in[Net::Input::size];
    for (int32_t i = 0; i < Net::Input::size; ++i)
        in[i] = Net::Input::quantize(static_cast<float>(i % 23) * 0.7f - 3);
    Sum sum{0};
    net(in, sum);
    const auto output = net.output();
    for (const int8_t value : output) sum.sum += value;
    return sum.sum + output.argmax() + static_cast<int32_t>(1000 * output.dequantized(0));
}

}  // namespace targets

namespace {

const char* cpu() { return targets::Digits::Layer<0>::kernel(); }

void digits(const int8_t* image, int8_t* scores) {
    using Net = targets::Digits;
    static Net net;
    for (int i = 0; i < Net::Input::size; ++i) net.input()[i] = image[i];
    const auto output = net();
    for (int i = 0; i < Net::Output::size; ++i) scores[i] = output[i];
}

void pushed_digits(const int8_t* image, int8_t* scores) {
    using Net = targets::Pushed;
    static Net net;
    for (int row = 0; row < Net::input_rows; ++row) net.push_row(image + row * Net::input_row_size);
    if (!net.ready()) return;
    for (int i = 0; i < Net::Output::size; ++i) scores[i] = net.output().data()[i];
}

void portable_digits(const int8_t* image, int8_t* scores) {
    using Net = targets::Portable;
    static Net net;
    net(image);
    for (int i = 0; i < Net::Output::size; ++i) scores[i] = net.output()[i];
}

int32_t resident() {
    static targets::Resident net;
    float values[targets::Resident::Input::size];
    for (int i = 0; i < targets::Resident::Input::size; ++i) values[i] = static_cast<float>(i % 9);
    net.quantize(values);
    targets::Sum sum{0};
    net(sum);
    return sum.sum + net().argmax();
}

int32_t layers() {
    return resident() + targets::watched<targets::Layers>() +
           3 * targets::watched<targets::Averaged>() + 5 * targets::watched<targets::Largest>();
}

int32_t streamed() {
    static mote::Streaming<targets::Layers> stream;
    stream.reset();
    uint32_t sum = 0;
    int8_t frame[24];
    for (int time = 0; time < 40; ++time) {
        for (int i = 0; i < 24; ++i) frame[i] = static_cast<int8_t>(time * 37 + i * 11);
        if (!stream.push(frame)) continue;
        for (const int8_t value : stream.output()) sum = sum * 3 + static_cast<uint8_t>(value);
    }
    return static_cast<int32_t>(sum);
}

}  // namespace

const Answers SOURCE{cpu, digits, pushed_digits, portable_digits, layers, streamed};
