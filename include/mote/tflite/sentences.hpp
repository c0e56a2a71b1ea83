// One sentence for each thing that can stop a model.
#pragma once

#include "model.hpp"

namespace mote {
namespace tflite {

/// Compiles only without a fault. Its arguments stand in the compiler's message: the fault, the
/// operator's index (-1: the file as a whole), the operator, and what was found.
template <Fault Kind, int OperatorIndex, Builtin Operator, class Found>
struct refused {
    static constexpr bool value = true;

    static_assert(Kind != Fault::identifier,
                  "tflite: the bytes are no .tflite file: 'TFL3' is missing at offset 4; "
                  "convert the model with TensorFlow Lite and embed the whole file");
    static_assert(Kind != Fault::truncated,
                  "tflite: the file is truncated or damaged: something in it points outside; "
                  "embed all of its bytes, or convert the model again");
    static_assert(Kind != Fault::schema_version,
                  "tflite: the file has another schema version; mote reads version 3: convert "
                  "the model with TensorFlow 2");
    static_assert(Kind != Fault::subgraph_count,
                  "tflite: the file has another number of subgraphs than 1; control flow (IF, "
                  "WHILE) is not supported: convert a model without it");
    static_assert(Kind != Fault::input_count,
                  "tflite: the model has another number of inputs than 1; mote supports one: "
                  "split the model or concatenate its inputs before it");
    static_assert(Kind != Fault::output_count,
                  "tflite: the model has another number of outputs than 1; mote supports one: "
                  "split the model");
    static_assert(Kind != Fault::no_operators,
                  "tflite: the model has no operators; there is nothing to run");
    static_assert(Kind != Fault::unsupported_operator,
                  "tflite: this operator is not supported; see the list in mote/tflite/op.hpp");
    static_assert(Kind != Fault::operand_count,
                  "tflite: an operator has another number of inputs or outputs than its kind "
                  "takes; convert the model again");
    static_assert(Kind != Fault::tensor_index,
                  "tflite: an operator names a tensor that the file does not have; the file "
                  "is damaged: convert the model again");
    static_assert(Kind != Fault::operator_order,
                  "tflite: an operator reads a tensor that nothing before it computes, or "
                  "writes one a second time; convert the model again");
    static_assert(Kind != Fault::output_position,
                  "tflite: the model's output is not the last operator's; remove the "
                  "operators that lead nowhere and convert again");
    static_assert(Kind != Fault::element_type,
                  "tflite: a tensor has an unsupported element type; mote runs int8 feature "
                  "maps: convert with full integer quantization (int8 input and output)");
    static_assert(Kind != Fault::dynamic_shape,
                  "tflite: a tensor has a dynamic or empty shape; mote needs fixed shapes: "
                  "give the model a fixed input shape before converting");
    static_assert(Kind != Fault::rank,
                  "tflite: a tensor has an unsupported rank; mote supports 1 to 4 dimensions");
    static_assert(Kind != Fault::batch,
                  "tflite: a tensor has another batch than 1; convert the model with batch 1");
    static_assert(Kind != Fault::size,
                  "tflite: a tensor is too large; mote supports up to 2^27 elements");
    static_assert(Kind != Fault::sparse,
                  "tflite: a tensor is sparse; mote reads dense tensors: convert without "
                  "sparsity");
    static_assert(Kind != Fault::no_quantization,
                  "tflite: a tensor has no scale or one that is not positive; convert with "
                  "full integer quantization");
    static_assert(Kind != Fault::zero_point,
                  "tflite: a zero point is outside of int8; convert the model again");
    static_assert(Kind != Fault::activation_per_channel,
                  "tflite: a feature map has several scales; mote supports one for a map and "
                  "one for each channel of weights");
    static_assert(Kind != Fault::not_constant,
                  "tflite: weights, a bias or another parameter is not a constant of the "
                  "file; mote needs it at compile time");
    static_assert(Kind != Fault::constant_input,
                  "tflite: an operator works on a constant tensor; mote supports constants as "
                  "weights and biases only: fold it when converting");
    static_assert(Kind != Fault::buffer_size,
                  "tflite: a constant's bytes do not match its shape; the file is damaged: "
                  "convert the model again");
    static_assert(Kind != Fault::weights_type,
                  "tflite: weights have an unsupported element type; mote supports int8 "
                  "weights");
    static_assert(Kind != Fault::weights_shape,
                  "tflite: the weights' shape does not fit the operator's input; convert the "
                  "model again");
    static_assert(Kind != Fault::weights_zero_point,
                  "tflite: weights have a zero point other than 0; convert with symmetric "
                  "weights (TensorFlow 2)");
    static_assert(Kind != Fault::channel_scales,
                  "tflite: the weights' scales are neither one for all nor one for each "
                  "output channel");
    static_assert(Kind != Fault::bias_type,
                  "tflite: a bias has an unsupported element type; mote supports int32 biases");
    static_assert(Kind != Fault::stride,
                  "tflite: an operator lacks its options, or a stride, dilation or window "
                  "size in them is not positive; convert the model again");
    static_assert(Kind != Fault::padding,
                  "tflite: an operator has an unknown padding; mote supports SAME and VALID");
    static_assert(Kind != Fault::activation,
                  "tflite: an operator has an unsupported fused activation; mote supports "
                  "NONE, RELU, RELU_N1_TO_1 and RELU6");
    static_assert(Kind != Fault::weights_format,
                  "tflite: weights have a shuffled format; mote supports the default one: "
                  "convert the model again");
    static_assert(Kind != Fault::output_shape,
                  "tflite: an operator's output has another shape than its input and options "
                  "lead to; convert the model again");
    static_assert(Kind != Fault::broadcast,
                  "tflite: ADD has inputs of different shapes; mote adds maps of equal shape");
    static_assert(Kind != Fault::add_scale,
                  "tflite: ADD has an output scale far below its inputs'; TensorFlow Lite "
                  "refuses that too");
    static_assert(Kind != Fault::softmax_output,
                  "tflite: SOFTMAX has another output quantization than scale 1/256, zero "
                  "point -128");
    static_assert(Kind != Fault::softmax_scale,
                  "tflite: SOFTMAX has a beta times input scale that is not above 2^-26");
    static_assert(Kind != Fault::pad_border,
                  "tflite: PAD has an unsupported border; mote supports borders from 0 on, in "
                  "height, width and channels");
    static_assert(Kind != Fault::quantization_change,
                  "tflite: an operator that only moves or compares values changes the "
                  "quantization; convert the model again");
};

}  // namespace tflite
}  // namespace mote
