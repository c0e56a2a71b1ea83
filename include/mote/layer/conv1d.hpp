// Windows over time, as Keras names them: a sequence is a map of one column, Shape<time, 1,
// channels>, so that it streams and is pushed step by step.
//
// WeightsType  as of the layer in two dimensions, with a width of 1
#pragma once

#include "average_pool2d.hpp"
#include "conv2d.hpp"
#include "depthwise_conv2d.hpp"
#include "max_pool2d.hpp"

namespace mote {

template <class WeightsType, class Affine, int Stride = 1, class Padding = Valid,
          class Activation = Linear, int Rate = 1, class RoundingPolicy = rounding::Double>
using Conv1D = Conv2D<WeightsType, Affine, Strides<Stride, 1>, Padding, Activation,
                      Dilation<Rate, 1>, RoundingPolicy>;

template <class WeightsType, class Affine, int Stride = 1, class Padding = Valid,
          class Activation = Linear, int Rate = 1, class RoundingPolicy = rounding::Double>
using DepthwiseConv1D = DepthwiseConv2D<WeightsType, Affine, Strides<Stride, 1>, Padding,
                                        Activation, Dilation<Rate, 1>, RoundingPolicy>;

template <int Size, int Stride = Size, class Padding = Valid, class Activation = Linear>
using AveragePool1D = AveragePool2D<Pool<Size, 1>, Strides<Stride, 1>, Padding, Activation>;

template <int Size, int Stride = Size, class Padding = Valid, class Activation = Linear>
using MaxPool1D = MaxPool2D<Pool<Size, 1>, Strides<Stride, 1>, Padding, Activation>;

}  // namespace mote
