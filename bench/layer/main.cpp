// One layer at a time, in shapes that the MLPerf Tiny models use.

#include <benchmark/benchmark.h>

#include <mote.hpp>
#include <string>

#include "../meter.hpp"

namespace {

using namespace mote;
using Scale = Quantization<0x3d000000U, -3>;  // 1/32

/// Weights without meaning, of every sign.
template <int Outputs, int Height, int Width, int Depth>
struct Noise {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;

    struct Values {
        int8_t values[count];
    };
    static constexpr Values make() {
        Values made{};
        uint32_t state = 20261122;
        for (int8_t& value : made.values) {
            state = state * 1664525U + 1013904223U;
            value = static_cast<int8_t>(static_cast<int>(state >> 24) - 128);
        }
        return made;
    }
    static constexpr Values table = make();

    static constexpr const int8_t* values() { return table.values; }
    static constexpr int32_t bias(int channel) { return channel * 100; }
    static constexpr uint32_t scale_bits(int) { return 0x3b000000U; }  // 1/512
};

template <class Shape>
std::string text() {
    return std::to_string(Shape::height) + "x" + std::to_string(Shape::width) + "x" +
           std::to_string(Shape::channels);
}

template <class Network>
void infer(benchmark::State& state) {
    static Network network;
    for (int i = 0; i < Network::Input::size; ++i)
        network.input()[i] = static_cast<int8_t>(i * 37 % 256 - 128);
    for (auto _ : state) {
        network();
        benchmark::ClobberMemory();
    }
    state.SetLabel(Network::template Layer<Network::layers - 1>::kernel());
    state.SetItemsProcessed(state.iterations() * Network::Output::size);
    if (Network::macs == 0) return;
    state.counters["MAC/s"] =
        benchmark::Counter(Network::macs, benchmark::Counter::kIsIterationInvariantRate);
    const Meter meter;
    if (!meter.counts_instructions()) return;
    const int64_t before = meter.now();
    network();
    state.counters["instructions/MAC"] = double(meter.now() - before) / double(Network::macs);
}

template <class Shape, class Layer>
void add(const char* name) {
    using Measured = Network<Input<Shape, Scale>, Layer>;
    benchmark::RegisterBenchmark(
        (std::string(name) + "/" + text<Shape>() + "/" + text<typename Measured::Output::Shape>())
            .c_str(),
        infer<Measured>);
}

template <class Shape, int Outputs, int Size, int Stride = 1>
void convolution(const char* name) {
    add<Shape,
        Conv2D<Noise<Outputs, Size, Size, Shape::channels>, Scale, Strides<Stride>, Same, Relu>>(
        name);
}

template <class Shape, int Stride = 1, int Multiplier = 1>
void depthwise(const char* name) {
    add<Shape, DepthwiseConv2D<Noise<Shape::channels * Multiplier, 3, 3, 1>, Scale, Strides<Stride>,
                               Same, Relu>>(name);
}

}  // namespace

int main(int count, char** arguments) {
    convolution<Shape<96, 96, 3>, 8, 3, 2>("Conv2D_3x3_stride_2");
    convolution<Shape<32, 32, 16>, 16, 3>("Conv2D_3x3");
    convolution<Shape<8, 8, 64>, 64, 3>("Conv2D_3x3");
    convolution<Shape<48, 48, 8>, 16, 1>("Conv2D_1x1");
    convolution<Shape<25, 5, 64>, 64, 1>("Conv2D_1x1");
    convolution<Shape<6, 6, 128>, 128, 1>("Conv2D_1x1");
    depthwise<Shape<25, 5, 64>>("DepthwiseConv2D_3x3");
    depthwise<Shape<48, 48, 16>, 2>("DepthwiseConv2D_3x3_stride_2");
    depthwise<Shape<16, 16, 1>, 1, 8>("DepthwiseConv2D_3x3_times_8");
    add<Shape<1, 1, 640>, Dense<Noise<128, 1, 1, 640>, Scale, Relu>>("Dense");
    add<Shape<1, 1, 64>, Dense<Noise<12, 1, 1, 64>, Scale>>("Dense");
    add<Shape<25, 5, 64>, AveragePool2D<Pool<25, 5>>>("AveragePool2D_25x5");
    add<Shape<16, 16, 16>, AveragePool2D<Pool<2, 2>>>("AveragePool2D_2x2");
    add<Shape<16, 16, 16>, MaxPool2D<Pool<2, 2>>>("MaxPool2D_2x2");
    add<Shape<32, 32, 16>, Branch<Path<>, Path<>, Add<Scale>>>("Add");
    add<Shape<32, 32, 16>, Quantize<Quantization<0x3d400000U, 5>>>("Quantize");
    add<Shape<1, 1, 12>, Softmax<>>("Softmax");

    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    benchmark::AddCustomContext("kernels", arch::best::name());
    benchmark::RunSpecifiedBenchmarks();
}
