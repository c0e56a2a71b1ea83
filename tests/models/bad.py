"""Makes bad/NAME.tflite, models that the importer must refuse, and bad/README.md.

    python3 bad.py
"""
import copy
import os
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flatbuffers
import numpy as np

import elements
import moves
from pairs import pair
from graphs import Several
from tiny import OP, TYPE, VALID, Model, Tensor, tfl

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = []


def conv(m, x):
    return m.conv(x, 3, kernel=(2, 2), padding=VALID)


def add(m, x):
    return m.add(x, m.quantize(x, 0.07, 5))


def several(m, x, count):
    for _ in range(count):
        x = m.relu(x, 0.05, -1)
    return x


def bad(what, build=conv, shape=(5, 4, 2), **finish):
    """Registers an edit of a good model's ModelT; the name of the file is the edit's name."""
    def register(edit):
        def make():
            m = Model(edit.__name__, shape)
            return m.finish(build(m, m.input), change=edit, **finish)
        CASES.append((edit.__name__, what, make))
        return edit
    return register


def bytes_of(what):
    def register(make):
        CASES.append((make.__name__, what, make))
        return make
    return register


def named(model, name):
    return next(t for t in model.subgraphs[0].tensors if t.name == name)


def set_data(model, tensor, array):
    model.buffers[tensor.buffer].data = np.frombuffer(array.tobytes(), np.uint8)


def activations(model):
    return [t for t in model.subgraphs[0].tensors if t.name not in ("weights", "bias")]


def as_float(model, tensors):
    for t in tensors:
        t.type, t.quantization = TYPE.FLOAT32, None
        if t.buffer:
            set_data(model, t, np.ones(t.shape, np.float32))


# ---- element types ------------------------------------------------------------------------------

@bad("CONV_2D in float32")
def float32_conv(model):
    as_float(model, model.subgraphs[0].tensors)


@bad("float32 input and output around int8 weights (hybrid)")
def hybrid(model):
    as_float(model, [*activations(model), named(model, "bias")])


@bad("uint8 input, weights and output")
def uint8_conv(model):
    for t in [*activations(model), named(model, "weights")]:
        t.type = TYPE.UINT8


@bad("int16 input and output, int64 bias")
def int16_activations(model):
    for t in activations(model):
        t.type, t.quantization.zeroPoint = TYPE.INT16, [0]
    bias = named(model, "bias")
    bias.type = TYPE.INT64
    set_data(model, bias, np.zeros(3, np.int64))


@bad("weights of type int4, two in a byte")
def int4_weights(model):
    t = named(model, "weights")
    t.type = TYPE.INT4
    set_data(model, t, np.zeros(int(np.prod(t.shape)) // 2, np.uint8))


@bad("an int64 bias")
def int64_bias(model):
    bias = named(model, "bias")
    bias.type = TYPE.INT64
    set_data(model, bias, np.zeros(3, np.int64))


@bad("the input is int32")
def int32_input(model):
    named(model, "input").type = TYPE.INT32


# ---- shapes -------------------------------------------------------------------------------------

@bad("the batch is -1 in the shape itself")
def batch_minus_1(model):
    for t in activations(model):
        t.shape = [-1] + t.shape[1:]


@bad("the height is 0 with -1 in the shape signature: a dynamic shape")
def dynamic_height(model):
    for t in activations(model):
        t.shapeSignature = [t.shape[0], -1] + t.shape[2:]
        t.shape = [t.shape[0], 0] + t.shape[2:]


@bad("a convolution of a three-dimensional map", build=lambda m, x: m.conv(m.expand_dims(x, 1), 3, kernel=(1, 2)),
     shape=(4, 2))
def conv_rank_3(model):
    model.subgraphs[0].operators[1].inputs[0] = 0


@bad("2^31 multiply-accumulates and more", build=lambda m, x: m.conv(x, 3, kernel=(6, 6)),
     shape=(9, 9, 2))
def too_many_products(model):
    named(model, "input").shape = [1, 4096, 4096, 2]
    named(model, "tensor").shape = [1, 4096, 4096, 3]


@bad("feature maps of 2^30 bytes and more", build=lambda m, x: several(m, x, 9), shape=(9, 9, 2))
def too_many_bytes(model):
    for t in activations(model):
        t.shape = [1, 8192, 8192, 2]


@bad("a seven-dimensional input")
def rank_7(model):
    for t in activations(model):
        t.shape = [1, 1, 1] + t.shape


@bad("the output is declared one row taller than the convolution gives")
def wrong_output_shape(model):
    named(model, "tensor").shape[1] += 1


def constant(m, shape, scale=0.033, zero=8):
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape) % 100
    index = m.constant("constant", values.astype(np.int8), TYPE.INT8, [scale], zero)
    return Tensor(index, shape, scale, zero, values)


@bad("ADD of a constant and itself", build=lambda m, x: m.add(x, constant(m, x.shape)))
def add_constants(model):
    operator = model.subgraphs[0].operators[0]
    operator.inputs = [operator.inputs[1], operator.inputs[1]]


@bad("MAXIMUM of two scales", build=lambda m, x: pair(m, OP.MAXIMUM, x, constant(m, (2,))))
def maximum_rescales(model):
    pass


@bad("MUL with an output scale of 1e-9", build=lambda m, x: pair(m, OP.MUL, x, constant(m, (2,))))
def mul_scale_far_below(model):
    named(model, "pair").quantization.scale = [1e-9]


@bad("LESS with an input scale of 1",
     build=lambda m, x: elements.compare(m, OP.LESS, x, elements.constant(m, (2,))))
def less_scale_1(model):
    named(model, "constant").quantization.scale = [1.0]


@bad("LESS of bool and int8", build=lambda m, x: elements.compare(
    m, OP.LESS, elements.cast(m, x, TYPE.BOOL), elements.constant(m, (2,), TYPE.INT32)))
def less_bool(model):
    pass


@bad("SELECT_V2 of two scales", build=lambda m, x: elements.select(
    m, elements.constant(m, (2,), TYPE.BOOL), x, elements.constant(m, (2,), scale=0.07)))
def select_scales(model):
    pass


@bad("DIV with an output scale of 1e-9",
     build=lambda m, x: pair(m, OP.MUL, x, constant(m, (2,), zero=-1)))
def div_scale(model):
    code = model.operatorCodes[0]
    code.builtinCode = code.deprecatedBuiltinCode = OP.DIV
    named(model, "pair").quantization.scale = [1e-9]


@bad("DIV by a constant that holds 0", build=lambda m, x: pair(m, OP.MUL, x, constant(m, (2,), zero=1)))
def div_by_zero(model):
    code = model.operatorCodes[0]
    code.builtinCode = code.deprecatedBuiltinCode = OP.DIV
    named(model, "pair").quantization.scale = [0.002]


@bad("MUL of 1x2x3x4x2 and 2x1x4x1, repeated in between", shape=(2, 3, 4, 2),
     build=lambda m, x: pair(m, OP.MUL, x, constant(m, (2, 1, 1, 2))))
def mul_repeats_between(model):
    named(model, "input").shape = named(model, "pair").shape = [2, 3, 2, 2, 2]
    named(model, "constant").shape = [2, 1, 2, 1, 1]


@bad("ADD of 1x5x4x2 and 1x4x5x2", build=lambda m, x: m.add(x, m.reshape(x, [1, 5, 4, 2])))
def add_two_shapes(model):
    named(model, "reshape").shape = [1, 4, 5, 2]


@bad("the weights are for two input channels, the input has four")
def weights_depth(model):
    named(model, "input").shape = [1, 5, 2, 4]


@bad("the bias has one value too few")
def bias_too_short(model):
    t = named(model, "bias")
    t.shape = [2]
    set_data(model, t, np.zeros(2, np.int32))


@bad("the shape's product does not fit 32 bits")
def shape_overflow(model):
    named(model, "input").shape = [1, 65536, 65536, 2]


@bad("the shape's product does not fit 64 bits")
def shape_overflow_64(model):
    named(model, "input").shape = [1 << 20] * 4


@bad("sparse weights")
def sparse_weights(model):
    named(model, "weights").sparsity = tfl.SparsityParametersT()


@bad("PAD by -1 rows", build=lambda m, x: m.pad(x, [(0, 0), (1, 0), (0, 0), (0, 0)]))
def pad_negative(model):
    set_data(model, named(model, "paddings"), np.array([0, 0, -1, 0, 0, 0, 0, 0], np.int32))


def transposed(m, x):
    return moves.moved(m, x, OP.TRANSPOSE, lambda v: v.transpose(0, 3, 1, 2), [(0, 3, 1, 2)])


@bad("TRANSPOSE to axes of which one occurs twice", build=transposed)
def transpose_axis_twice(model):
    set_data(model, named(model, "constant_0"), np.array([0, 3, 1, 1], np.int32))


@bad("TRANSPOSE by axes of type int16", build=transposed)
def transpose_int16_axes(model):
    axes = named(model, "constant_0")
    axes.type = TYPE.INT16
    set_data(model, axes, np.array([0, 3, 1, 2], np.int16))


def one_of(case):
    """A case of moves.py, with an edit."""
    def build(m, x):
        return moves.BUILDS[case](m, x)
    return dict(build=build, shape=moves.SHAPES[case][1:])


@bad("STRIDED_SLICE with a new axis", **one_of("strided_slice_every_second_row"))
def strided_slice_new_axis(model):
    model.subgraphs[0].operators[0].builtinOptions.newAxisMask = 1


@bad("SLICE that begins behind the input", **one_of("slice_rows"))
def slice_outside(model):
    set_data(model, named(model, "constant_0"), np.array([0, 7, 0, 0], np.int32))


@bad("GATHER of an index that does not exist", **one_of("gather_rows"))
def gather_outside(model):
    set_data(model, named(model, "constant_0"), np.array([4, 5, 0, 2, 1, 3], np.int32))


@bad("GATHER of indices that are no constant", **one_of("gather_rows"))
def gather_by_no_constant(model):
    named(model, "constant_0").buffer = 0


@bad("GATHER of a batch of matrices of rows", shape=(4, 2, 3), build=lambda m, x: moves.moved(
    m, x, OP.GATHER, lambda v: np.take(v, np.array([[[0, 1], [3, 2]]])[0], 1),
    [np.array([[[0, 1], [3, 2]]], np.int32)], tfl.GatherOptionsT()))
def gather_batch_of_matrices(model):
    """Two batches: rows of the output, and what lies within them, depend on both."""
    options = model.subgraphs[0].operators[0].builtinOptions
    options.axis, options.batchDims = 1, 1
    for name, shape in (("input", [2, 4, 3]), ("constant_0", [2, 2, 2]), ("gather", [2, 2, 2, 3])):
        named(model, name).shape = shape
    set_data(model, named(model, "constant_0"), np.array([[[0, 1], [3, 2]]] * 2, np.int32))


@bad("RESIZE_BILINEAR with aligned corners and half pixel centers", **one_of("resize_bilinear_half"))
def resize_bilinear_both(model):
    model.subgraphs[0].operators[0].builtinOptions.alignCorners = True


@bad("RESIZE_BILINEAR of one pixel to 65 columns: 64 * 16 in 1024ths lead to a second one",
     shape=(1, 1, 2), build=lambda m, x: moves.moved(
         m, x, OP.RESIZE_BILINEAR, lambda v: np.broadcast_to(v, (1, 1, 65, 2)), [(1, 65)],
         tfl.ResizeBilinearOptionsT()))
def resize_bilinear_far(model):
    pass


@bad("MIRROR_PAD of four rows by four, without the last one", **one_of("mirror_pad_reflect"))
def mirror_pad_too_wide(model):
    set_data(model, named(model, "constant_0"),
             np.array([[0, 0], [0, 4], [4, 2], [0, 0]], np.int32))


@bad("the input has no quantization")
def no_quantization(model):
    named(model, "input").quantization = None


@bad("two weight scales for three output channels")
def two_scales_for_three(model):
    q = named(model, "weights").quantization
    q.scale, q.zeroPoint = q.scale[:2], q.zeroPoint[:2]


@bad("a weight zero point of 4")
def weights_zero_point(model):
    named(model, "weights").quantization.zeroPoint = [0, 4, 0]


@bad("an output scale of 0")
def scale_zero(model):
    named(model, "tensor").quantization.scale = [0.0]


@bad("an output scale that is not a number")
def scale_nan(model):
    named(model, "tensor").quantization.scale = [float("nan")]


@bad("an input zero point of 200")
def zero_point_200(model):
    named(model, "input").quantization.zeroPoint = [200]


@bad("SOFTMAX with an output scale of 1/200", build=lambda m, x: m.softmax(x))
def softmax_scale(model):
    named(model, "softmax").quantization.scale = [1 / 200]


@bad("SOFTMAX with beta 0", build=lambda m, x: m.softmax(x))
def softmax_beta_0(model):
    model.subgraphs[0].operators[0].builtinOptions.beta = 0.0


@bad("the input has two scales")
def input_per_channel(model):
    q = named(model, "input").quantization
    q.scale, q.zeroPoint = q.scale * 2, q.zeroPoint * 2


@bad("ADD with an output scale of 1e-9", build=add)
def add_scale_far_below(model):
    named(model, "add").quantization.scale = [1e-9]


@bad("MAX_POOL_2D with another scale behind it", build=lambda m, x: m.max_pool(x, (2, 2)))
def max_pool_rescales(model):
    named(model, "pool").quantization.scale = [0.3]


@bad("ABS with an output scale of 1e-9", build=lambda m, x: m.abs(x, x.scale, x.zero))
def abs_scale_far_below(model):
    named(model, "lookup").quantization.scale = [1e-9]


@bad("LOGISTIC with zero point 0", build=lambda m, x: m.sigmoid(x))
def sigmoid_zero_point(model):
    named(model, "lookup").quantization.zeroPoint = [0]


@bad("PRELU with alphas for two rows of five", build=lambda m, x: m.prelu(x, (2,)))
def prelu_two_rows(model):
    named(model, "alpha").shape = [2, 1, 1]


@bad("PRELU whose alpha is the map", build=lambda m, x: m.prelu(x, (2,)))
def prelu_of_maps(model):
    model.subgraphs[0].operators[0].inputs = [0, 0]


@bad("PRELU with an output scale of 1e-9", build=lambda m, x: m.prelu(x, (2,)))
def prelu_scale_far_below(model):
    named(model, "prelu").quantization.scale = [1e-9]


# ---- the graph ----------------------------------------------------------------------------------

def unary(name, code):
    @bad(f"operator {name}", build=lambda m, x: m.relu(x, 0.05, -1))
    def edit(model):
        c = model.operatorCodes[0]
        c.builtinCode, c.deprecatedBuiltinCode = code, min(code, 127)
        if code == OP.PACK:
            named(model, "relu").type = TYPE.INT32
        if code == OP.CUSTOM:
            c.customCode = "Mystery"
    edit_name = f"operator_{name.lower()}"
    CASES[-1] = (edit_name,) + CASES[-1][1:]


unary("CUSTOM", OP.CUSTOM)
unary("COS", OP.COS)
unary("PACK", OP.PACK)
unary("READ_VARIABLE", OP.READ_VARIABLE)
unary("WHILE", OP.WHILE)
unary("GELU", OP.GELU)
unary("DEQUANTIZE", OP.DEQUANTIZE)


@bad("no input, two of one custom operator, another one, and two COS",
     build=lambda m, x: several(m, x, 5))
def many_faults(model):
    codes = model.operatorCodes
    codes += [copy.deepcopy(codes[0]), copy.deepcopy(codes[0])]
    for code, kind, name in zip(codes, (OP.COS, OP.CUSTOM, OP.CUSTOM), (None, "First", "Other")):
        code.builtinCode = code.deprecatedBuiltinCode = kind
        code.customCode = name
    for operator, code in zip(model.subgraphs[0].operators, (1, 1, 2, 0, 0)):
        operator.opcodeIndex = code
    model.subgraphs[0].inputs = []


@bad("operator code 9999")
def operator_unknown(model):
    model.operatorCodes[0].builtinCode = 9999


@bad("the subgraph has no input")
def no_inputs(model):
    model.subgraphs[0].inputs = []


@bad("two inputs are one tensor")
def inputs_alike(model):
    model.subgraphs[0].inputs = [0, 0]


@bad("the subgraph has no output")
def no_outputs(model):
    model.subgraphs[0].outputs = []


@bad("no subgraph")
def no_subgraph(model):
    model.subgraphs = []


@bad("no operator, and an output that nothing makes")
def no_operators(model):
    model.subgraphs[0].operators = []


@bad("the operators are in the wrong order: one reads a tensor that is not made yet", build=add)
def operators_reversed(model):
    model.subgraphs[0].operators.reverse()


@bad("an operator reads its own output", build=add)
def operator_cycle(model):
    model.subgraphs[0].operators[0].inputs = [1]


@bad("two operators write one tensor", build=add)
def written_twice(model):
    model.subgraphs[0].operators[1].outputs = [1]
    model.subgraphs[0].outputs = [1]


@bad("the output is the input", build=add)
def output_is_input(model):
    model.subgraphs[0].outputs = [0]


@bad("a second subgraph")
def two_subgraphs(model):
    model.subgraphs.append(copy.deepcopy(model.subgraphs[0]))


@bad("a convolution with its weights only")
def no_input_operand(model):
    model.subgraphs[0].operators[0].inputs = [1]


@bad("the weights are not constant: their buffer has no data")
def weights_without_data(model):
    named(model, "weights").buffer = 0


@bad("the weights lie behind the end of the file")
def weights_cut_off(model):
    b = model.buffers[named(model, "weights").buffer]
    b.offset, b.size, b.data = 4096, len(b.data), None


@bad("the weights' buffer is one byte short")
def weights_too_short(model):
    t = named(model, "weights")
    model.buffers[t.buffer].data = model.buffers[t.buffer].data[:-1]


@bad("stride 0")
def stride_zero(model):
    model.subgraphs[0].operators[0].builtinOptions.strideW = 0


@bad("dilation 0")
def dilation_zero(model):
    model.subgraphs[0].operators[0].builtinOptions.dilationHFactor = 0


@bad("CONV_2D without its options")
def no_options(model):
    o = model.subgraphs[0].operators[0]
    o.builtinOptions, o.builtinOptionsType = None, 0


@bad("fused activation TANH")
def activation_tanh(model):
    model.subgraphs[0].operators[0].builtinOptions.fusedActivationFunction = 4


@bad("padding 2")
def padding_2(model):
    model.subgraphs[0].operators[0].builtinOptions.padding = 2


@bad("FULLY_CONNECTED with shuffled weights", build=lambda m, x: m.dense(x, 3))
def weights_shuffled(model):
    model.subgraphs[0].operators[0].builtinOptions.weightsFormat = 1


@bad("MEAN along axis 4 of 4", build=lambda m, x: m.mean(x, [1, 2]))
def mean_axis(model):
    model.buffers[named(model, "axes").buffer].data = np.array([1, 4], np.int32).view(np.uint8)


@bad("MEAN along axes in bytes", build=lambda m, x: m.mean(x, [1, 2]))
def mean_axis_int8(model):
    named(model, "axes").type = TYPE.INT8


@bad("MEAN along axes of 6 bytes", build=lambda m, x: m.mean(x, [1, 2]))
def mean_axes_cut(model):
    buffer = model.buffers[named(model, "axes").buffer]
    buffer.data = buffer.data[:6]


@bad("MEAN over height and width keeps the height", build=lambda m, x: m.mean(x, [1, 2], keep=True))
def mean_shape(model):
    model.subgraphs[0].tensors[model.subgraphs[0].outputs[0]].shape = [1, 5, 1, 2]


@bad("REDUCE_MAX with another scale", build=lambda m, x: m.reduce_max(x, [1, 2]))
def reduce_max_rescales(model):
    model.subgraphs[0].tensors[model.subgraphs[0].outputs[0]].quantization.scale = [0.5]


@bad("SUM of 2^24 values", build=lambda m, x: m.reduce_sum(x, [1, 2]))
def sum_too_large(model):
    model.subgraphs[0].tensors[0].shape = [1, 4096, 4096, 2]


@bad("TRANSPOSE_CONV gives another number of channels than it has weights for",
     build=lambda m, x: m.conv_transpose(x, 3))
def transpose_conv_channels(model):
    model.subgraphs[0].tensors[model.subgraphs[0].outputs[0]].shape = [1, 10, 8, 4]


@bad("TRANSPOSE_CONV with weights for 3 channels of 2", build=lambda m, x: m.conv_transpose(x, 3))
def transpose_conv_depth(model):
    named(model, "weights").shape = [3, 3, 2, 3]


@bad("TRANSPOSE_CONV with stride 0", build=lambda m, x: m.conv_transpose(x, 3))
def transpose_conv_stride_0(model):
    model.subgraphs[0].operators[0].builtinOptions.strideW = 0


@bad("L2_NORMALIZATION with output scale 1/127", build=lambda m, x: m.l2_normalize(x, 1 / 127))
def l2_normalization_scale(model):
    pass


@bad("LOG_SOFTMAX with output zero point 0", build=lambda m, x: m.log_softmax(x, zero=0))
def log_softmax_zero(model):
    pass


@bad("LOG_SOFTMAX of 4096 values", build=lambda m, x: m.log_softmax(x), shape=(4096,))
def log_softmax_4096(model):
    pass


@bad("CUMSUM with an output scale far below its input's", build=lambda m, x: m.cumsum(x, 1))
def cumsum_scale(model):
    named(model, "cumsum").quantization.scale = [1e-8]


@bad("CUMSUM along two axes", build=lambda m, x: m.cumsum(x, 1))
def cumsum_two_axes(model):
    named(model, "axes").shape = [2]
    model.buffers[named(model, "axes").buffer].data = np.array([1, 2], np.int32).view(np.uint8)


def product(m, x):
    return m.batch_matmul(x, m.quantize(x, 0.07, 20), adj_y=True)


@bad("BATCH_MATMUL of 5x4x2 and 5x4x2 with depths 2 and 4", build=product)
def batch_matmul_depth(model):
    model.subgraphs[0].operators[1].builtinOptions.adjY = False


@bad("BATCH_MATMUL with scales whose product is 0", build=product)
def batch_matmul_scales(model):
    named(model, "input").quantization.scale = [1e-30]
    named(model, "quantize").quantization.scale = [1e-30]


# ---- indices ------------------------------------------------------------------------------------

@bad("an operator reads tensor 77 of 4")
def tensor_index(model):
    model.subgraphs[0].operators[0].inputs[1] = 77


@bad("an operator reads tensor -5")
def tensor_index_negative(model):
    model.subgraphs[0].operators[0].inputs[0] = -5


@bad("the output is tensor 77 of 4")
def output_index(model):
    model.subgraphs[0].outputs = [77]


@bad("an operator has operator code 9 of 1")
def operator_code_index(model):
    model.subgraphs[0].operators[0].opcodeIndex = 9


@bad("the weights are in buffer 77 of 3")
def buffer_index(model):
    named(model, "weights").buffer = 77


# ---- bytes --------------------------------------------------------------------------------------

def good():
    m = Model("good", (5, 4, 2))
    return m.finish(conv(m, m.input))


@bytes_of("the first two thirds of a file")
def truncated():
    data = good()
    return data[:len(data) * 2 // 3]


@bytes_of("a file without its last 4 bytes")
def truncated_by_4():
    return good()[:-4]


@bytes_of("the first 8 bytes of a file")
def only_identifier():
    return good()[:8]


@bytes_of("identifier TFL2")
def wrong_identifier():
    return good().replace(b"TFL3", b"TFL2", 1)


@bytes_of("the root offset points past the end")
def root_past_end():
    data = good()
    return (len(data) + 64).to_bytes(4, "little") + data[4:]


def counter(m, x, **options):
    """A variable that x is added to."""
    held = m.variable("counter", np.zeros((1, 5, 4, 2), np.int8))
    y = m.add(m.read(held, (5, 4, 2)), x, scale=0.05, zero=-1, **options)
    m.assign(held, y)
    return y


def of_variables(what, change=lambda model: None, build=counter):
    """A model with variables; `build` gives its output."""
    def register(name):
        def make():
            m = Several(name.__name__, (5, 4, 2))
            y = build(m, m.input)
            before = m.initialize

            def initialize(model):
                before(model)
                change(model)
            m.initialize = initialize
            return m.bytes_of([y])
        CASES.append((name.__name__, what, make))
        return name
    return register


def starts_with_more(model):
    start = model.subgraphs[1]
    start.operators.append(copy.deepcopy(model.subgraphs[0].operators[3]))


@of_variables("CALL_ONCE runs a subgraph that adds", starts_with_more)
def start_that_adds():
    pass


def starts_elsewhere(model):
    model.subgraphs[0].operators[0].builtinOptions.initSubgraphIndex = 7


@of_variables("CALL_ONCE runs subgraph 7 of 2", starts_elsewhere)
def start_elsewhere():
    pass


def rescaled(model):
    next(t for t in model.subgraphs[0].tensors if t.name == "held").quantization.scale = [0.06]


@of_variables("a variable is read with another scale than it is assigned with", rescaled)
def variable_rescales():
    pass


def start_cut(model):
    initial = next(t for t in model.subgraphs[1].tensors if t.name == "initial")
    model.buffers[initial.buffer].data = model.buffers[initial.buffer].data[:7]


@of_variables("a variable begins with 7 of 40 values", start_cut)
def variable_start_cut():
    pass


def unnamed(model):
    model.subgraphs[0].operators[1].builtinOptions = None
    model.subgraphs[0].operators[1].builtinOptionsType = 0


@of_variables("a VAR_HANDLE without a name", unnamed)
def variable_unnamed():
    pass


def given_out(m, x):
    held = m.variable("held", np.zeros((1, 5, 4, 2), np.int8))
    before = m.read(held, (5, 4, 2))
    m.assign(held, m.add(before, x, scale=0.05, zero=-1))
    return before


@of_variables("a variable is the output, and assigned", build=given_out)
def variable_given_out():
    pass


def exchanged(m, x):
    one, other = m.variable("one", np.zeros((1, 5, 4, 2), np.int8)), m.variable("other")
    a, b = m.read(one, (5, 4, 2)), m.read(other, (5, 4, 2))
    m.assign(one, b)
    m.assign(other, m.add(a, x, scale=0.05, zero=-1))
    return m.add(a, b)


@of_variables("a variable takes what another one held", build=exchanged)
def variable_exchanged():
    pass


def many(m, x):
    for i in range(33):
        held = m.variable(f"held {i}", np.zeros((1, 5, 4, 2), np.int8))
        x = m.add(x, m.read(held, (5, 4, 2)))
    return x


@of_variables("33 variables", build=many)
def variables_33():
    pass


@bytes_of("schema version 4")
def version_4():
    m = Model("version", (5, 4, 2))
    return m.finish(conv(m, m.input), change=lambda model: setattr(model, "version", 4))


@bytes_of("4097 tensors, all the same one")
def too_many_tensors():
    b = flatbuffers.Builder(32768)
    b.StartObject(4)
    tensor = b.EndObject()
    b.StartObject(5)
    operator = b.EndObject()

    def vector(items):
        b.StartVector(4, len(items), 4)
        for item in items:
            b.PrependUOffsetTRelative(item)
        return b.EndVector()
    tensors, operators = vector([tensor] * 4097), vector([operator])
    b.StartObject(5)
    b.PrependUOffsetTRelativeSlot(0, tensors, 0)
    b.PrependUOffsetTRelativeSlot(3, operators, 0)
    subgraphs = vector([b.EndObject()])
    b.StartObject(5)
    b.PrependUint32Slot(0, 3, 0)
    b.PrependUOffsetTRelativeSlot(2, subgraphs, 0)
    b.Finish(b.EndObject(), b"TFL3")
    return bytes(b.Output())


@bytes_of("a text file")
def text_file():
    return b"This is not a model. " * 20


def main():
    folder = os.path.join(HERE, "bad")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    rows = []
    for name, what, make in CASES:
        with open(os.path.join(folder, name + ".tflite"), "wb") as f:
            f.write(make())
        rows.append(f"| {name} | {what} |\n")
    with open(os.path.join(folder, "README.md"), "w") as f:
        f.write("# Models that must be refused\n\nMade by `python3 bad.py`; one thing is wrong with "
                "each.\n\n| model | what is wrong |\n|---|---|\n" + "".join(rows))
    print(len(rows), "models")


if __name__ == "__main__":
    main()
