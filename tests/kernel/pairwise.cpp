#include "kernel/cases.hpp"

namespace {

using namespace kernels;

template <class Shape, uint32_t ScaleBits, int Zero>
using Operand = mote::Tensor<int8_t, Shape, mote::Quantization<ScaleBits, Zero>>;

/// Where pixel `pixel`, channel `channel` of an output is in an operand.
template <class Side>
int32_t place_of(int32_t pixel, int channel) {
    return pixel * Side::pixel_step + channel * Side::channel_step;
}

template <class Spec>
int8_t slow_result(int8_t left, int8_t right) {
    using Function = typename Spec::Function;
    const int32_t value = Function::result(Function::left(left), Function::right(right));
    return static_cast<int8_t>(value < Spec::range.low
                                   ? Spec::range.low
                                   : (value > Spec::range.high ? Spec::range.high : value));
}

/// All pixels at once, beside the operands and in the place of each that has the output's steps.
template <class Layer, class Left, class Right>
MOTE_NOINLINE void combine(int number) {
    using Spec = On<Layer, Left, Right>;
    using LeftSide = typename Spec::LeftSide;
    using RightSide = typename Spec::RightSide;
    using Whole = typename Spec::Output::Shape;
    constexpr int32_t pixels = Whole::size / Whole::channels;
    for (int variant = 0; variant < variants; ++variant) {
        int8_t left[Left::size];
        int8_t right[Right::size];
        int8_t wanted[Whole::size];
        fill(left, Left::size, variant);
        fill(right, Right::size, variant == 0 ? 0 : number % 2 + 1);
        for (int32_t i = 0; i < Whole::size; ++i) {
            const int32_t pixel = i / Whole::channels;
            const int channel = static_cast<int>(i % Whole::channels);
            wanted[i] = slow_result<Spec>(left[place_of<LeftSide>(pixel, channel)],
                                          right[place_of<RightSide>(pixel, channel)]);
        }
        for_each_arch([&](auto tag) {
            const auto compute = [&](const int8_t* one, const int8_t* other, int8_t* out) {
                mote::kernel::combine<Spec>(mote::kernel::MapOperand<LeftSide>{one},
                                            mote::kernel::MapOperand<RightSide>{other}, out, pixels,
                                            tag);
            };
            Fenced<Whole::size> found;
            compute(left, right, found.data());
            expect(found, wanted, number, variant, tag.name());
            if constexpr (Left::size == Whole::size) {
                Fenced<Whole::size> over;
                mote::kernel::copy(left, over.data(), Whole::size, mote::arch::portable{});
                compute(over.data(), right, over.data());
                expect(over, wanted, number, variant, tag.name());
            }
            if constexpr (Right::size == Whole::size) {
                Fenced<Whole::size> over;
                mote::kernel::copy(right, over.data(), Whole::size, mote::arch::portable{});
                compute(left, over.data(), over.data());
                expect(over, wanted, number, variant, tag.name());
            }
        });
    }
}

constexpr uint32_t one = 0x3f800000U;
constexpr uint32_t tenth = 0x3dcccccdU;

/// Against an operand of the same shape, one of a pixel, one of a channel, and one value; from
/// either side.
template <template <class, class, class> class LayerOf, int Channels, class Affine,
          class Activation = mote::Linear, class Rounding = mote::rounding::Double>
void repeats(int number) {
    using Layer = LayerOf<Affine, Activation, Rounding>;
    using mote::Shape;
    using Whole = Operand<Shape<1, 7, Channels>, tenth, -3>;
    combine<Layer, Whole, Operand<Shape<1, 7, Channels>, one, 5>>(number);
    combine<Layer, Whole, Operand<Shape<1, 1, Channels>, one, -128>>(number + 1);
    combine<Layer, Operand<Shape<1, 1, Channels>, one, 127>, Whole>(number + 2);
    combine<Layer, Operand<Shape<1, 7, 1>, one, 0>, Whole>(number + 3);
    combine<Layer, Whole, Operand<Shape<1, 1, 1>, tenth, 1>>(number + 4);
}

}  // namespace

TEST_CASE("multiply: operands of every shape, all kinds of multipliers") {
    using mote::Multiply;
    using mote::Quantization;
    repeats<Multiply, 1, Quantization<one, 0>>(0);
    repeats<Multiply, 3, Quantization<tenth, -128>, mote::Relu>(10);
    repeats<Multiply, 4, Quantization<0x41200000U, 127>>(20);
    repeats<Multiply, 5, Quantization<0x3a000123U, -7>>(30);
    repeats<Multiply, 16, Quantization<one, 3>, mote::Relu6>(40);
    repeats<Multiply, 19, Quantization<0x40490fdbU, -20>>(50);
    repeats<Multiply, 6, Quantization<one, 0>, mote::Linear, mote::rounding::Single>(60);
}

TEST_CASE("subtract: operands of every shape") {
    using mote::Quantization;
    using mote::Subtract;
    repeats<Subtract, 1, Quantization<one, 0>>(100);
    repeats<Subtract, 5, Quantization<tenth, -128>, mote::Relu>(110);
    repeats<Subtract, 17, Quantization<0x40490fdbU, -20>>(120);
}
