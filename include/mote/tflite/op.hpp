// The operators that can be imported, one header each; each names its layer.
#pragma once

#include <mote/tflite/op/add.hpp>
#include <mote/tflite/op/average_pool_2d.hpp>
#include <mote/tflite/op/conv_2d.hpp>
#include <mote/tflite/op/depthwise_conv_2d.hpp>
#include <mote/tflite/op/fully_connected.hpp>
#include <mote/tflite/op/max_pool_2d.hpp>
#include <mote/tflite/op/pad.hpp>
#include <mote/tflite/op/quantize.hpp>
#include <mote/tflite/op/relu.hpp>
#include <mote/tflite/op/reshape.hpp>
#include <mote/tflite/op/softmax.hpp>

namespace mote {
namespace tflite {

using Operators = detail::list<op::Add, op::AveragePool2D, op::Conv2D, op::DepthwiseConv2D,
                               op::FullyConnected, op::MaxPool2D, op::Pad, op::PadV2, op::Quantize,
                               op::Relu, op::Relu6, op::Reshape, op::Softmax>;

}  // namespace tflite
}  // namespace mote
