// A constant operand written by hand, taken from a constexpr array.
//
// A layer asks it for Shape, Quantization, Element and at(index), some also for values(), which are
// int8_t or the same in unsigned char; tflite/ gives the same from a file.
#pragma once

#include "../quantization.hpp"
#include "../shape.hpp"

namespace mote {

template <class ShapeType, class Affine, const int8_t* Values>
struct Constant {
    using Shape = ShapeType;
    using Quantization = typename Quantized<Affine>::type;

    using Element = int8_t;

    static constexpr const int8_t* values() { return Values; }
    static constexpr int8_t at(int32_t index) { return Values[index]; }
};

}  // namespace mote
