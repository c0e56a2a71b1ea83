// The parts of TensorFlow Lite's schema (version 3) that mote reads: field slots and enumerations.
#pragma once

namespace mote {
namespace tflite {

/// Field slots of the schema's tables, by table.
namespace slot {

namespace model {
constexpr int version = 0, operator_codes = 1, subgraphs = 2, buffers = 4;
}
namespace operator_code {
constexpr int short_builtin_code = 0, custom_code = 1, builtin_code = 3;
}
namespace subgraph {
constexpr int tensors = 0, inputs = 1, outputs = 2, operators = 3;
}
namespace tensor {
constexpr int shape = 0, type = 1, buffer = 2, name = 3, quantization = 4, is_variable = 5,
              sparsity = 6, shape_signature = 7;
}
namespace quantization {
constexpr int scale = 2, zero_point = 3, dimension = 6;
}
namespace buffer {
constexpr int data = 0, offset = 1, size = 2;
}
namespace operation {
constexpr int code_index = 0, inputs = 1, outputs = 2, options = 4;
}
namespace conv_2d {
constexpr int padding = 0, stride_w = 1, stride_h = 2, activation = 3, dilation_w = 4,
              dilation_h = 5;
}
namespace depthwise_conv_2d {
constexpr int padding = 0, stride_w = 1, stride_h = 2, multiplier = 3, activation = 4,
              dilation_w = 5, dilation_h = 6;
}
namespace pool_2d {
constexpr int padding = 0, stride_w = 1, stride_h = 2, width = 3, height = 4, activation = 5;
}
namespace fully_connected {
constexpr int activation = 0, weights_format = 1;
}
namespace transpose_conv {
constexpr int padding = 0, stride_w = 1, stride_h = 2, activation = 3;
}
namespace batch_matmul {
constexpr int adj_x = 0, adj_y = 1;
}
namespace l2_normalization {
constexpr int activation = 0;
}
namespace cumsum {
constexpr int exclusive = 0, reverse = 1;
}
namespace pairwise {  // ADD, SUB, MUL, DIV
constexpr int activation = 0;
}
namespace softmax {
constexpr int beta = 0;
}
namespace strided_slice {
constexpr int begin_mask = 0, end_mask = 1, ellipsis_mask = 2, new_axis_mask = 3,
              shrink_axis_mask = 4, offset = 5;
}
namespace gather {
constexpr int axis = 0, batch_dims = 1;
}
namespace space_to_depth {
constexpr int block = 0;
}
namespace concatenation {
constexpr int axis = 0, activation = 1;
}
namespace var_handle {
constexpr int container = 0, shared_name = 1;
}
namespace call_once {
constexpr int init_subgraph = 0;
}
namespace pack {
constexpr int axis = 1;
}
namespace unpack {
constexpr int axis = 1;
}
namespace mirror_pad {
constexpr int mode = 0;
}
namespace resize_bilinear {
constexpr int align_corners = 2, half_pixel_centers = 3;
}
namespace resize_nearest_neighbor {
constexpr int align_corners = 0, half_pixel_centers = 1;
}
namespace leaky_relu {
constexpr int alpha = 0;
}

}  // namespace slot

enum class Padding : int { SAME, VALID };

enum class Activation : int { NONE, RELU, RELU_N1_TO_1, RELU6, TANH, SIGN_BIT };

enum class Type : int {
    FLOAT32,
    FLOAT16,
    INT32,
    UINT8,
    INT64,
    STRING,
    BOOL,
    INT16,
    COMPLEX64,
    INT8,
    FLOAT64,
    COMPLEX128,
    UINT64,
    RESOURCE,
    VARIANT,
    UINT32,
    UINT16,
    INT4,
    BFLOAT16,
    INT2,
    UINT4
};

/// Operators, as the schema numbers them.
// clang-format off
enum class Builtin : int {
    ADD, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEPTH_TO_SPACE, DEQUANTIZE,
    EMBEDDING_LOOKUP, FLOOR, FULLY_CONNECTED, HASHTABLE_LOOKUP, L2_NORMALIZATION, L2_POOL_2D,
    LOCAL_RESPONSE_NORMALIZATION, LOGISTIC, LSH_PROJECTION, LSTM, MAX_POOL_2D, MUL, RELU,
    RELU_N1_TO_1, RELU6, RESHAPE, RESIZE_BILINEAR, RNN, SOFTMAX, SPACE_TO_DEPTH, SVDF, TANH,
    CONCAT_EMBEDDINGS, SKIP_GRAM, CALL, CUSTOM, EMBEDDING_LOOKUP_SPARSE, PAD,
    UNIDIRECTIONAL_SEQUENCE_RNN, GATHER, BATCH_TO_SPACE_ND, SPACE_TO_BATCH_ND, TRANSPOSE, MEAN,
    SUB, DIV, SQUEEZE, UNIDIRECTIONAL_SEQUENCE_LSTM, STRIDED_SLICE, BIDIRECTIONAL_SEQUENCE_RNN,
    EXP, TOPK_V2, SPLIT, LOG_SOFTMAX, DELEGATE, BIDIRECTIONAL_SEQUENCE_LSTM, CAST, PRELU,
    MAXIMUM, ARG_MAX, MINIMUM, LESS, NEG, PADV2, GREATER, GREATER_EQUAL, LESS_EQUAL, SELECT,
    SLICE, SIN, TRANSPOSE_CONV, SPARSE_TO_DENSE, TILE, EXPAND_DIMS, EQUAL, NOT_EQUAL, LOG, SUM,
    SQRT, RSQRT, SHAPE, POW, ARG_MIN, FAKE_QUANT, REDUCE_PROD, REDUCE_MAX, PACK, LOGICAL_OR,
    ONE_HOT, LOGICAL_AND, LOGICAL_NOT, UNPACK, REDUCE_MIN, FLOOR_DIV, REDUCE_ANY, SQUARE,
    ZEROS_LIKE, FILL, FLOOR_MOD, RANGE, RESIZE_NEAREST_NEIGHBOR, LEAKY_RELU, SQUARED_DIFFERENCE,
    MIRROR_PAD, ABS, SPLIT_V, UNIQUE, CEIL, REVERSE_V2, ADD_N, GATHER_ND, COS, WHERE, RANK, ELU,
    REVERSE_SEQUENCE, MATRIX_DIAG, QUANTIZE, MATRIX_SET_DIAG, ROUND, HARD_SWISH, IF, WHILE,
    NON_MAX_SUPPRESSION_V4, NON_MAX_SUPPRESSION_V5, SCATTER_ND, SELECT_V2, DENSIFY, SEGMENT_SUM,
    BATCH_MATMUL, PLACEHOLDER_FOR_GREATER_OP_CODES, CUMSUM, CALL_ONCE, BROADCAST_TO, RFFT2D,
    CONV_3D, IMAG, REAL, COMPLEX_ABS, HASHTABLE, HASHTABLE_FIND, HASHTABLE_IMPORT,
    HASHTABLE_SIZE, REDUCE_ALL, CONV_3D_TRANSPOSE, VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE,
    BROADCAST_ARGS, RANDOM_STANDARD_NORMAL, BUCKETIZE, RANDOM_UNIFORM, MULTINOMIAL, GELU,
    DYNAMIC_UPDATE_SLICE, RELU_0_TO_1, UNSORTED_SEGMENT_PROD, UNSORTED_SEGMENT_MAX,
    UNSORTED_SEGMENT_SUM, ATAN2, UNSORTED_SEGMENT_MIN, SIGN, BITCAST, BITWISE_XOR, RIGHT_SHIFT,
    STABLEHLO_LOGISTIC, STABLEHLO_ADD, STABLEHLO_DIVIDE, STABLEHLO_MULTIPLY, STABLEHLO_MAXIMUM,
    STABLEHLO_RESHAPE, STABLEHLO_CLAMP, STABLEHLO_CONCATENATE, STABLEHLO_BROADCAST_IN_DIM,
    STABLEHLO_CONVOLUTION, STABLEHLO_SLICE, STABLEHLO_CUSTOM_CALL, STABLEHLO_REDUCE,
    STABLEHLO_ABS, STABLEHLO_AND, STABLEHLO_COSINE, STABLEHLO_EXPONENTIAL, STABLEHLO_FLOOR,
    STABLEHLO_LOG, STABLEHLO_MINIMUM, STABLEHLO_NEGATE, STABLEHLO_OR, STABLEHLO_POWER,
    STABLEHLO_REMAINDER, STABLEHLO_RSQRT, STABLEHLO_SELECT, STABLEHLO_SUBTRACT, STABLEHLO_TANH,
    STABLEHLO_SCATTER, STABLEHLO_COMPARE, STABLEHLO_CONVERT, STABLEHLO_DYNAMIC_SLICE,
    STABLEHLO_DYNAMIC_UPDATE_SLICE, STABLEHLO_PAD, STABLEHLO_IOTA, STABLEHLO_DOT_GENERAL,
    STABLEHLO_REDUCE_WINDOW, STABLEHLO_SORT, STABLEHLO_WHILE, STABLEHLO_GATHER,
    STABLEHLO_TRANSPOSE, DILATE, STABLEHLO_RNG_BIT_GENERATOR, REDUCE_WINDOW,
    STABLEHLO_COMPOSITE, STABLEHLO_SHIFT_LEFT, STABLEHLO_CBRT, STABLEHLO_CASE
};
// clang-format on

}  // namespace tflite
}  // namespace mote
