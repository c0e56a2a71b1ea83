// What each operator computes, as plainly as can be: whole maps, one value after the other.
#pragma once

#include "elements.hpp"
#include "moves.hpp"
#include "pixels.hpp"
#include "pools.hpp"
#include "reductions.hpp"
#include "sums.hpp"
#include "truth.hpp"
#include "variables.hpp"

namespace oracle {

using Operator = void (*)(Call&);

/// What computes an operator; null: the oracle does not know it.
inline Operator operator_of(Builtin code) {
    switch (code) {
        case Builtin::CONV_2D:
            return convolve;
        case Builtin::DEPTHWISE_CONV_2D:
            return convolve_depthwise;
        case Builtin::TRANSPOSE_CONV:
            return convolve_transposed;
        case Builtin::FULLY_CONNECTED:
            return connect;
        case Builtin::BATCH_MATMUL:
            return multiply_matrices;
        case Builtin::AVERAGE_POOL_2D:
        case Builtin::MAX_POOL_2D:
            return pool;
        case Builtin::MEAN:
        case Builtin::SUM:
        case Builtin::REDUCE_MAX:
        case Builtin::REDUCE_MIN:
            return reduce;
        case Builtin::CUMSUM:
            return cumulate;
        case Builtin::SOFTMAX:
            return softmax;
        case Builtin::LOG_SOFTMAX:
            return log_softmax;
        case Builtin::L2_NORMALIZATION:
            return normalize;
        case Builtin::QUANTIZE:
            return quantize;
        case Builtin::DEQUANTIZE:
            return dequantize;
        case Builtin::LOGISTIC:
        case Builtin::TANH:
        case Builtin::ELU:
        case Builtin::ABS:
        case Builtin::RELU:
        case Builtin::RELU6:
        case Builtin::LEAKY_RELU:
        case Builtin::RSQRT:
        case Builtin::HARD_SWISH:
            return apply;
        case Builtin::PRELU:
            return prelu;
        case Builtin::ADD:
        case Builtin::SUB:
        case Builtin::MUL:
        case Builtin::DIV:
        case Builtin::MAXIMUM:
        case Builtin::MINIMUM:
        case Builtin::SQUARED_DIFFERENCE:
        case Builtin::FLOOR_DIV:
        case Builtin::FLOOR_MOD:
            return combine;
        case Builtin::RESHAPE:
        case Builtin::SQUEEZE:
        case Builtin::EXPAND_DIMS:
            return view;
        case Builtin::SHAPE:
            return shape;
        case Builtin::CONCATENATION:
        case Builtin::PACK:
            return join;
        case Builtin::SPLIT:
        case Builtin::SPLIT_V:
        case Builtin::UNPACK:
            return split;
        case Builtin::SLICE:
            return slice;
        case Builtin::STRIDED_SLICE:
            return slice_in_strides;
        case Builtin::REVERSE_V2:
            return reverse;
        case Builtin::GATHER:
            return gather;
        case Builtin::GATHER_ND:
            return gather_nd;
        case Builtin::TRANSPOSE:
            return transpose;
        case Builtin::TILE:
        case Builtin::BROADCAST_TO:
            return repeat;
        case Builtin::PAD:
        case Builtin::PADV2:
        case Builtin::MIRROR_PAD:
            return pad;
        case Builtin::RESIZE_NEAREST_NEIGHBOR:
            return resize_nearest;
        case Builtin::RESIZE_BILINEAR:
            return resize_bilinear;
        case Builtin::SPACE_TO_DEPTH:
            return space_to_depth;
        case Builtin::DEPTH_TO_SPACE:
            return depth_to_space;
        case Builtin::SPACE_TO_BATCH_ND:
        case Builtin::BATCH_TO_SPACE_ND:
            return blocks_and_batches;
        case Builtin::EQUAL:
        case Builtin::NOT_EQUAL:
        case Builtin::GREATER:
        case Builtin::GREATER_EQUAL:
        case Builtin::LESS:
        case Builtin::LESS_EQUAL:
        case Builtin::LOGICAL_AND:
        case Builtin::LOGICAL_OR:
            return compare;
        case Builtin::LOGICAL_NOT:
            return negate;
        case Builtin::SELECT_V2:
            return select;
        case Builtin::CAST:
            return cast;
        case Builtin::ARG_MAX:
        case Builtin::ARG_MIN:
            return find_extreme;
        case Builtin::VAR_HANDLE:
            return name_variable;
        case Builtin::READ_VARIABLE:
            return read_variable;
        case Builtin::ASSIGN_VARIABLE:
            return assign_variable;
        case Builtin::CALL_ONCE:
            return call_once;
        default:
            return nullptr;
    }
}

}  // namespace oracle
