// The operators that can be imported, one header each; each names its layer.
#pragma once

#include "../detail/meta.hpp"
#include "op/add.hpp"
#include "op/average_pool_2d.hpp"
#include "op/conv_2d.hpp"
#include "op/cumsum.hpp"
#include "op/depthwise_conv_2d.hpp"
#include "op/fully_connected.hpp"
#include "op/max_pool_2d.hpp"
#include "op/normalize.hpp"
#include "op/pad.hpp"
#include "op/prelu.hpp"
#include "op/quantize.hpp"
#include "op/reduce.hpp"
#include "op/relu.hpp"
#include "op/reshape.hpp"
#include "op/resize.hpp"
#include "op/softmax.hpp"
#include "op/transpose.hpp"
#include "op/transpose_conv.hpp"

namespace mote {
namespace tflite {

using Operators =
    detail::list<op::Add, op::AveragePool2D, op::Conv2D, op::Cumsum, op::DepthwiseConv2D,
                 op::ExpandDims, op::FullyConnected, op::L2Normalization, op::LogSoftmax,
                 op::MaxPool2D, op::Mean, op::Pad, op::PadV2, op::Prelu, op::Quantize,
                 op::ReduceMax, op::ReduceMin, op::Relu, op::Relu6, op::Reshape, op::ResizeNearest,
                 op::Softmax, op::Squeeze, op::Sum, op::Transpose, op::TransposeConv>;

}  // namespace tflite
}  // namespace mote
