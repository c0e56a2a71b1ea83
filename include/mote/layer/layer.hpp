// All layers. A layer says what is computed; by the kernels of a CPU and on given inputs
// (`Layer::On<Arch, Inputs...>`) it is a stateless type with
//
//   Output         its tensor                       window      input rows an output row needs
//   macs           multiply-accumulates             in_place    may write over an input
//   table_bytes()  constants in flash               rows(first, last, out, in...)  the work
//   elementwise, value(in...)  of a layer whose output i the inputs' values i decide
//   Clamped<Low, High>  of a layer with an activation: the same, then clamped to these values
//   accumulator_bytes()  of a layer that can add up rows as they arrive: constants for that
//
//   layer             parameters                                           output shape
//   Conv2D            Weights, Affine, Strides, Padding, Activation, Dilation  see window.hpp
//   DepthwiseConv2D   the same                                             see window.hpp
//   Conv1D, DepthwiseConv1D  Weights, Affine, stride, Padding, Activation, dilation  see conv1d.hpp
//   AveragePool1D, MaxPool1D  size, stride, Padding, Activation            see conv1d.hpp
//   Conv2DTranspose   Weights, Affine, Strides, Padding, Activation, Size  see conv2d_transpose.hpp
//   TimeDistributed   times, layer                                         times the layer's
//   Dense             Weights, Affine, Activation                          <1, 1, outputs>
//   AveragePool2D     Pool, Strides, Padding, Activation                   see window.hpp
//   MaxPool2D         Pool, Strides, Padding, Activation                   see window.hpp
//   Add, Subtract, Multiply, Divide, Maximum, Minimum, SquaredDifference
//                     Affine, Activation                                   the larger input's
//   Equal, NotEqual, Greater, GreaterEqual, Less, LessEqual, LogicalAnd, LogicalOr
//                                                                          the larger input's
//   Cast              Element, Affine                                      the input's
//   Select            Shape, Operand, Operand, Operand                     Shape
//   LogicalNot                                                             the input's
//   Softmax           beta                                                 the input's
//   Reshape, Flatten  Shape                                                Shape; no copy
//   Pad               Border, Fill                                         grown by the border
//   PReLU             Alpha, Affine                                        the input's
//   Transpose         Shape, Dimensions, Axes                              Shape
//   Concatenate       Shape, Joins, Outer, Operands                         Shape
//   StridedSlice      Shape, Dimensions, Starts, Steps, Counts             Shape
//   Tile              Shape, Dimensions, Times                             Shape
//   Gather            Shape, Parts, Extent, Indices                        Shape
//   SpaceToDepth, DepthToSpace  Block                                      see space.hpp
//   SpaceToBatch, BatchToSpace  Shape, Dimensions, Size, Out, Before       Shape
//   PadAxes, MirrorPad  Shape, Dimensions, Before, After, Fill or Edge     Shape
//   ResizeBilinear    Height, Width, Pixels, batch                         these
//   ResizeNearest     Height, Width, Pixels, batch                         these
//   UpSampling2D      Height, Width                                        times these
//   Quantize          Affine, Activation                                   the input's
//   BatchMatMul       Affine, MatrixOf, MatrixOf, Shape                    Shape
//   LogSoftmax, UnitNormalization                                          the input's
//   CumulativeSum     Affine, Axes, Exclusive, Reverse                     the input's
//   Lookup            Function, Affine: Sigmoid, Tanh, LeakyReLU, ELU, ...  the input's
//   Delay             Kept, Initial                                        its rows below Kept ones
//   Mean, Sum         Affine, Axes                                         1 for reduced axes
//   ArgMax, ArgMin    Axes                                                 1 for the axis
//   ReduceMax, ReduceMin  Axes                                             1 for reduced axes
#pragma once

#include "add.hpp"
#include "arg_max.hpp"
#include "average_pool2d.hpp"
#include "batch_matmul.hpp"
#include "cast.hpp"
#include "compare.hpp"
#include "concatenate.hpp"
#include "conv1d.hpp"
#include "conv2d.hpp"
#include "conv2d_transpose.hpp"
#include "cumulative_sum.hpp"
#include "delay.hpp"
#include "dense.hpp"
#include "depthwise_conv2d.hpp"
#include "gather.hpp"
#include "log_softmax.hpp"
#include "lookup.hpp"
#include "max_pool2d.hpp"
#include "pad.hpp"
#include "pad_axes.hpp"
#include "pairwise.hpp"
#include "prelu.hpp"
#include "quantize.hpp"
#include "reduce.hpp"
#include "reshape.hpp"
#include "resize.hpp"
#include "select.hpp"
#include "softmax.hpp"
#include "space.hpp"
#include "strided_slice.hpp"
#include "tile.hpp"
#include "time_distributed.hpp"
#include "transpose.hpp"
#include "unit_normalization.hpp"
#include "weights.hpp"
