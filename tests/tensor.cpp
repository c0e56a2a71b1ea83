#include "mote/tensor.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

namespace {

template <uint32_t ScaleBits, int ZeroPoint>
using Map = mote::Tensor<int8_t, mote::Shape<3, 5, 2>, mote::Quantization<ScaleBits, ZeroPoint>>;

/// round(value / scale) + zero point in float, as TensorFlow Lite's QUANTIZE.
int8_t host_quantize(float value, float scale, int zero_point) {
    const double nearest = static_cast<double>(std::round(value / scale)) + zero_point;
    return static_cast<int8_t>(std::fmin(std::fmax(nearest, -128), 127));
}

template <class Tensor>
void check_tensor() {
    using Quantization = typename Tensor::Quantization;
    std::mt19937 random(3);
    for (int value = -128; value < 128; ++value) {
        const int8_t element = static_cast<int8_t>(value);
        CHECK(Tensor::quantize(Tensor::dequantize(element)) == element);
        CHECK(Tensor::dequantize(element) ==
              Quantization::scale * static_cast<float>(value - Quantization::zero_point));
    }
    std::uniform_real_distribution<float> wide(-400, 400);
    for (int i = 0; i < 100000; ++i) {
        const float value = wide(random) * Quantization::scale;
        REQUIRE(Tensor::quantize(value) ==
                host_quantize(value, Quantization::scale, Quantization::zero_point));
    }
    // Halves and their neighbours.
    for (int half = -300; half < 300; ++half) {
        const float tie = (static_cast<float>(half) + 0.5f) * Quantization::scale;
        for (const float value : {tie, std::nextafter(tie, -1e9f), std::nextafter(tie, 1e9f)}) {
            CAPTURE(value);
            CHECK(Tensor::quantize(value) ==
                  host_quantize(value, Quantization::scale, Quantization::zero_point));
        }
    }
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(Tensor::quantize(infinity) == 127);
    CHECK(Tensor::quantize(-infinity) == -128);
    CHECK(Tensor::quantize(std::numeric_limits<float>::max()) == 127);
    CHECK(Tensor::quantize(std::numeric_limits<float>::quiet_NaN()) == -128);
}

}  // namespace

TEST_CASE("quantize and dequantize") {
    check_tensor<Map<0x3f800000U, 0>>();
    check_tensor<Map<0x3b800000U, -128>>();
    check_tensor<Map<0x3dcccccdU, 127>>();
    check_tensor<Map<0x3c8b4396U, -3>>();
    check_tensor<Map<0x42280000U, 5>>();
}

TEST_CASE("sizes of a tensor") {
    using Tensor = Map<0x3f800000U, 0>;
    CHECK(Tensor::size == 30);
    CHECK(Tensor::bytes == 30);
    CHECK(Tensor::row_bytes == 10);
    using Wide = mote::Tensor<int16_t, mote::Shape<3, 5, 2>, mote::Quantization<0x3f800000U, 0>>;
    CHECK(Wide::bytes == 60);
    CHECK(Wide::row_bytes == 20);
}

TEST_CASE("View: values, iteration, argmax, dequantized") {
    using Tensor = mote::Tensor<int8_t, mote::Shape<1, 1, 5>, mote::Quantization<0x3f000000U, -10>>;
    const int8_t data[] = {-7, 30, -128, 30, 12};
    const mote::View<Tensor> view{data};
    CHECK(view.size() == 5);
    CHECK(view.data() == data);
    CHECK(static_cast<const int8_t*>(view) == data);
    int32_t index = 0;
    for (const int8_t value : view) CHECK(value == view[index++]);
    CHECK(index == 5);
    CHECK(view.argmax() == 1);
    CHECK(view.dequantized(0) == 1.5f);
    CHECK(view.dequantized(2) == -59.0f);
    const int8_t lowest[] = {-128, -128, -128, -128, -128};
    CHECK(mote::View<Tensor>{lowest}.argmax() == 0);
}
