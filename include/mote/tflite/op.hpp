// The operators that can be imported, one header each; each names its layer.
#pragma once

#include "../detail/meta.hpp"
#include "op/arg_max.hpp"
#include "op/average_pool_2d.hpp"
#include "op/batch_matmul.hpp"
#include "op/cast.hpp"
#include "op/compare.hpp"
#include "op/concatenation.hpp"
#include "op/conv_2d.hpp"
#include "op/cumsum.hpp"
#include "op/depthwise_conv_2d.hpp"
#include "op/fully_connected.hpp"
#include "op/gather.hpp"
#include "op/lookup.hpp"
#include "op/max_pool_2d.hpp"
#include "op/normalize.hpp"
#include "op/pad.hpp"
#include "op/pairwise.hpp"
#include "op/prelu.hpp"
#include "op/quantize.hpp"
#include "op/reduce.hpp"
#include "op/relu.hpp"
#include "op/reshape.hpp"
#include "op/resize.hpp"
#include "op/select.hpp"
#include "op/slice.hpp"
#include "op/softmax.hpp"
#include "op/space.hpp"
#include "op/tile.hpp"
#include "op/transpose.hpp"
#include "op/transpose_conv.hpp"

namespace mote {
namespace tflite {

using Operators = detail::list<
    op::Abs, op::Add, op::ArgMax, op::ArgMin, op::AveragePool2D, op::BatchMatMul, op::BatchToSpace,
    op::BroadcastTo, op::Cast, op::Concatenation, op::Conv2D, op::Cumsum, op::DepthToSpace,
    op::DepthwiseConv2D, op::Div, op::Elu, op::Equal, op::ExpandDims, op::FullyConnected,
    op::Gather, op::GatherNd, op::Greater, op::GreaterEqual, op::HardSwish, op::L2Normalization,
    op::LeakyRelu, op::Less, op::LessEqual, op::LogSoftmax, op::LogicalAnd, op::LogicalNot,
    op::LogicalOr, op::Logistic, op::MaxPool2D, op::Maximum, op::Mean, op::Minimum, op::MirrorPad,
    op::Mul, op::NotEqual, op::Pack, op::Pad, op::PadV2, op::Prelu, op::Quantize, op::ReduceMax,
    op::ReduceMin, op::Relu, op::Relu6, op::Reshape, op::ResizeBilinear, op::ResizeNearest,
    op::Reverse, op::Rsqrt, op::Select, op::Slice, op::Softmax, op::SpaceToBatch, op::SpaceToDepth,
    op::Split, op::SplitV, op::SquaredDifference, op::Squeeze, op::StridedSlice, op::Sub, op::Sum,
    op::Tanh, op::Tile, op::Transpose, op::TransposeConv, op::Unpack>;

}  // namespace tflite
}  // namespace mote
