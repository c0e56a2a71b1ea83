// What can stop a model, and the sentence that says so: what is wrong, and what the reader can do.
#pragma once

#include "flatbuffer.hpp"
#include "schema.hpp"

// A macro, because static_assert takes a literal alone: the compiler and check() say the same.
// clang-format off
#define MOTE_TFLITE_FAULTS(FAULT) \
    /* The file as a whole. */ \
    FAULT(unreadable, "the compiler cannot read the array of the model's bytes, or it is empty; " \
        "declare it `inline constexpr unsigned char NAME[] = {...};` (constexpr, not only const), " \
        "or make it with mote_embed") \
    FAULT(identifier, "the bytes are no .tflite file: 'TFL3' is missing at offset 4; convert the " \
        "model with TensorFlow Lite and embed the whole file") \
    FAULT(truncated, "the file is truncated or damaged: something in it points outside; embed all " \
        "of its bytes, or convert the model again") \
    FAULT(schema_version, "the file has another schema version; mote reads version 3: convert the " \
        "model with TensorFlow 2") \
    FAULT(subgraph_count, "the file has no subgraph, or more than it runs; further ones belong to " \
        "control flow (IF, WHILE), which mote does not run, unless CALL_ONCE sets variables in " \
        "them: keep loops outside of the model") \
    FAULT(input_count, "the model has no inputs, or more than 32; give it one to 32") \
    FAULT(output_count, "the model has no outputs, or more than 32; give it one to 32") \
    FAULT(no_operators, "the model has no operators; there is nothing to run") \
    FAULT(no_output, "no operator computes the model's output; choose an output that a layer gives") \
    FAULT(too_many_tensors, "the file has more than 4,096 tensors; mote reads no more: split the " \
        "model") \
    FAULT(too_large, "the model needs 2^31 multiply-accumulates, 2^30 bytes of feature maps or " \
        "more; make it smaller: fewer channels, a smaller input") \
    /* Operators. */ \
    FAULT(unsupported_operator, "this operator is not supported; see the list in " \
        "mote/tflite/op.hpp") \
    FAULT(custom_operator, "a custom operator is not supported; build the model of TensorFlow " \
        "Lite's own operators, and do what the custom one does before or behind it") \
    FAULT(shape_operator, "the model computes shapes when it runs; mote needs them when compiling: " \
        "give the input a fixed batch (batch_size=1) and fixed shapes before converting") \
    FAULT(control_operator, "the model has control flow, which mote does not run; unroll its loops " \
        "(Keras: unroll=True) or keep them outside of the model") \
    FAULT(activation_operator, "TensorFlow Lite Micro has no int8 kernel of this operator, and so " \
        "mote has none; of activations use ReLU, LeakyReLU, swish, hard_silu, tanh or sigmoid") \
    FAULT(float_operator, "the model turns int8 into float, or back, between its layers, as converters " \
        "do around what has no int8 form (ELU, LayerNormalization, squares); mote does so with its " \
        "inputs and outputs alone: replace such layers, and convert with full integer quantization") \
    FAULT(operand_count, "an operator has another number of inputs or outputs than its kind takes; " \
        "the file is damaged or of another converter") \
    FAULT(tensor_index, "an operator names a tensor that the file does not have, or the model one " \
        "twice; the file is damaged") \
    FAULT(operator_order, "an operator reads a tensor that nothing before it computes, or writes " \
        "one a second time; the file is damaged") \
    /* Tensors. */ \
    FAULT(float_maps, "a feature map is float32; mote runs int8: convert with full integer " \
        "quantization (representative_dataset, TFLITE_BUILTINS_INT8, int8 input and output)") \
    FAULT(int16_maps, "a feature map is int16; mote runs int8: convert with TFLITE_BUILTINS_INT8 in " \
        "place of EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8") \
    FAULT(uint8_maps, "a feature map is uint8; mote runs int8: convert with TensorFlow 2, " \
        "inference_input_type and inference_output_type tf.int8") \
    FAULT(element_type, "a feature map has an unsupported element type; mote runs int8") \
    FAULT(dynamic_shape, "a tensor has a dynamic or empty shape; mote needs fixed shapes: give the " \
        "model a fixed input shape and batch_size=1 before converting") \
    FAULT(rank, "a tensor has an unsupported rank; mote supports up to 6 dimensions, and wants 4 where a " \
        "window slides: reshape the layer's input") \
    FAULT(size, "a tensor or window is too large; mote supports up to 2^27 elements, and sums " \
        "and means of up to 2^23") \
    FAULT(sparse, "a tensor is sparse; mote reads dense tensors: convert without sparsity") \
    FAULT(no_quantization, "a tensor has no scale or one that is not positive; convert with full " \
        "integer quantization") \
    FAULT(zero_point, "a zero point is outside of int8; the file is damaged or of another " \
        "converter") \
    FAULT(activation_per_channel, "a feature map has several scales; mote supports one for a map " \
        "and one for each channel of weights") \
    FAULT(not_constant, "weights, a bias or another parameter is not a constant of the file; mote " \
        "needs it at compile time") \
    FAULT(cut_off, "a constant's bytes lie behind the end of the file, which was cut there; embed " \
        "the whole file") \
    FAULT(constant_input, "an operator works on constants alone, or on one in the place of a map; " \
        "convert again, or fold it into the layer before") \
    FAULT(buffer_size, "a constant's bytes do not match its shape; the file is damaged") \
    FAULT(output_shape, "an operator's output has another shape than its input and options lead " \
        "to; the file is damaged, or its shapes are dynamic: convert with batch_size=1") \
    FAULT(quantization_change, "an operator that only moves or compares values changes the " \
        "quantization; the reference copies the bytes there: convert with TensorFlow 2") \
    /* Operators with weights. */ \
    FAULT(weights_type, "weights have an unsupported element type; mote supports int8 weights: " \
        "convert with full integer quantization to int8") \
    FAULT(weights_shape, "the weights' shape does not fit the operator's input; the file is " \
        "damaged or of another converter") \
    FAULT(weights_zero_point, "weights have a zero point other than 0; convert with symmetric " \
        "weights (TensorFlow 2)") \
    FAULT(weights_format, "weights have a shuffled format; mote supports the default one: convert " \
        "without optimizing for one desktop CPU") \
    FAULT(channel_scales, "the weights' scales are neither one for all nor one for each output " \
        "channel") \
    FAULT(bias_type, "a bias has an unsupported element type; mote supports int32 biases") \
    FAULT(stride, "an operator lacks its options, or a stride, dilation or window size in them is " \
        "not positive; the file is damaged") \
    FAULT(padding, "an operator has an unknown padding; mote supports SAME and VALID") \
    FAULT(activation, "an operator has an unsupported fused activation; mote supports NONE, RELU, " \
        "RELU_N1_TO_1 and RELU6") \
    /* One operator each. */ \
    FAULT(broadcast, "two inputs of an operator have shapes that do not go together: each dimension " \
        "has to be equal, or 1 in one of them (of more than 4, what is repeated on both sides of " \
        "what is not may not be the rows): reshape one of them") \
    FAULT(pair_scale, "an operator on two inputs has an output scale that is far from what they " \
        "lead to; the reference's arithmetic leaves 32 bits there, or TensorFlow Lite refuses it: " \
        "give the representative data its real range") \
    FAULT(variable_count, "the model keeps more than 32 variables between calls; join some of them") \
    FAULT(variable_handle, "an operator reads or assigns a variable without a VAR_HANDLE that names " \
        "it; the file is damaged or of another converter") \
    FAULT(variable_start, "CALL_ONCE runs a subgraph that does more than assign constants to " \
        "variables; let the variables begin with constants") \
    FAULT(variable_change, "a variable has another shape, scale or zero point where it is read than " \
        "where it is assigned or begins; give all of them one quantization") \
    FAULT(variable_copy, "a variable is given out, or to another variable, as the last call left it, " \
        "and changed in the same call; put an operator between that changes its values, or assign " \
        "it in the next call") \
    FAULT(comparison_scale, "a comparison has an input scale of 1 or more, which TensorFlow Lite Micro " \
        "refuses too: scale the values down before") \
    FAULT(division, "DIV divides by a constant that holds 0: clip it") \
    FAULT(axis, "an operator's axis is no int32, or lies outside of the tensor; the file is " \
        "damaged or of another converter") \
    FAULT(integer_type, "axes, sizes or indices have another element type than int32 or int64; the " \
        "file is damaged or of another converter") \
    FAULT(move_parameter, "an operator's axes, sizes or indices do not fit its input; the file is " \
        "damaged or of another converter") \
    FAULT(slice_mask, "STRIDED_SLICE has an ellipsis or a new axis, which TensorFlow Lite Micro does " \
        "not know either: write the slice of each axis out, and reshape behind it") \
    FAULT(map_indices, "GATHER has indices that are computed when the model runs; mote takes those " \
        "that are constants of the file") \
    FAULT(gather_batches, "GATHER has batch_dims and indices in more dimensions than mote takes " \
        "together; reshape its input so that one batch and one dimension of indices are left") \
    FAULT(resize_pixels, "RESIZE_BILINEAR has both align_corners and half_pixel_centers, which " \
        "exclude each other; convert with one of them") \
    FAULT(resize_far, "RESIZE_BILINEAR makes so many pixels of a few that the reference's rounded " \
        "steps lead beyond the last one; resize in two steps") \
    FAULT(pad_border, "a border is negative or too large; mote supports borders from 0 to 2^20 " \
        "along each axis") \
    FAULT(mirror_border, "MIRROR_PAD has a border wider than what there is to mirror; pad with " \
        "fewer rows or columns") \
    FAULT(prelu_alpha, "PRELU has an alpha whose dimensions are neither those of the map, from the last " \
        "one on, nor 1 where one is for all; the file is damaged or of another converter") \
    FAULT(function_scale, "an activation has scales that TensorFlow Lite Micro refuses or has no " \
        "result for, such as an output scale far below the input's; give the representative data " \
        "its real range") \
    FAULT(matrix_shape, "BATCH_MATMUL has operands whose dimensions do not fit; the file is damaged " \
        "or of another converter") \
    FAULT(matrix_scale, "BATCH_MATMUL has input scales whose product is below 2^-126 or above " \
        "2^127; give the representative data its real range") \
    FAULT(l2_output, "L2_NORMALIZATION has another output quantization than scale 1/128, zero " \
        "point 0; convert with int8 output") \
    FAULT(log_softmax_output, "LOG_SOFTMAX has another output quantization than scale 1/16, zero " \
        "point 127; convert with int8 output") \
    FAULT(channel_count, "L2_NORMALIZATION has more than 32,768 channels, or LOG_SOFTMAX more than " \
        "4,095; their sums would leave 32 bits: split the vector") \
    FAULT(cumsum_scale, "CUMSUM has an output scale less than a 500,000th of its input's; " \
        "TensorFlow Lite refuses that too: give the representative data its real range") \
    FAULT(sigmoid_output, "LOGISTIC has another output zero point than -128, which TensorFlow Lite " \
        "Micro refuses too; convert with TensorFlow 2 and int8 output") \
    FAULT(softmax_output, "SOFTMAX has another output quantization than scale 1/256, zero point " \
        "-128; convert with int8 output") \
    FAULT(softmax_scale, "SOFTMAX or LOG_SOFTMAX has a beta times input scale that is not above 2^-26: all " \
        "outputs would be equal; retrain, or remove it")
// clang-format on

namespace mote {
namespace tflite {

#define MOTE_NAME_OF_FAULT(name, sentence) name,
enum class Fault : int { none, MOTE_TFLITE_FAULTS(MOTE_NAME_OF_FAULT) };
#undef MOTE_NAME_OF_FAULT

/// A fault, where it stands, and the number that was found.
struct Status {
    Fault fault;
    /// The operator's index; -1: the file as a whole.
    int operation;
    long found;
    Builtin code;
    /// Characters of a custom operator's name.
    flatbuffer::Vector custom_name;
    /// What the operator adds to the network.
    int64_t macs;
    int64_t bytes;

    constexpr bool ok() const { return fault == Fault::none; }
    /// Whether one sentence does for both: of operators that are not imported, for each kind one.
    constexpr bool like(const Status& other) const {
        const bool of_kind = fault >= Fault::unsupported_operator && fault <= Fault::float_operator;
        return fault == other.fault && (code == other.code || !of_kind) &&
               (operation < 0) == (other.operation < 0) && custom_name.at == other.custom_name.at;
    }
    /// Whether `found` is a tensor's Type.
    constexpr bool found_type() const {
        return fault == Fault::element_type || fault == Fault::float_maps ||
               fault == Fault::int16_maps || fault == Fault::uint8_maps ||
               fault == Fault::weights_type || fault == Fault::bias_type;
    }
};

/// The fault for an operator that is not imported: what helps. `result`: the type of what it gives.
constexpr Fault unsupported(Builtin code, Type result) {
    switch (code) {
        case Builtin::CUSTOM:
            return Fault::custom_operator;
        case Builtin::SHAPE:
        case Builtin::PACK:
        case Builtin::STRIDED_SLICE:
        case Builtin::CONCATENATION:
        case Builtin::GATHER:
        case Builtin::CAST:
        case Builtin::RANGE:
        case Builtin::REDUCE_PROD:
            return result == Type::INT32 || result == Type::INT64 ? Fault::shape_operator
                                                                  : Fault::unsupported_operator;
        case Builtin::IF:
        case Builtin::WHILE:
        case Builtin::CALL:
            return Fault::control_operator;
        case Builtin::EXP:
        case Builtin::GELU:
        case Builtin::LOG:
        case Builtin::NEG:
        case Builtin::SQRT:
        case Builtin::SQUARE:
        case Builtin::RELU_N1_TO_1:
        case Builtin::RELU_0_TO_1:
            return Fault::activation_operator;
        case Builtin::DEQUANTIZE:
            return Fault::float_operator;
        default:
            return Fault::unsupported_operator;
    }
}

}  // namespace tflite
}  // namespace mote
