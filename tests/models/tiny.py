"""Writes .tflite files tensor by tensor, with full control of every quantization parameter.

`Model` adds one operator at a time and computes beside it, in exact integer arithmetic, what the
reference kernels of TensorFlow Lite Micro should give; weights, biases and scales are chosen from
the accumulators so that outputs use their range instead of saturating.
"""
import zlib

import flatbuffers
import numpy as np
from tensorflow.lite.python import schema_py_generated as tfl

OP, ACT, TYPE = tfl.BuiltinOperator, tfl.ActivationFunctionType, tfl.TensorType
NONE, RELU, RELU_N1, RELU6 = ACT.NONE, ACT.RELU, ACT.RELU_N1_TO_1, ACT.RELU6
SAME, VALID = tfl.Padding.SAME, tfl.Padding.VALID
OP_NAMES = {value: name for name, value in vars(OP).items() if isinstance(value, int)}
f32 = np.float32


# ---- fixed point, as the reference kernels compute it -----------------------------------------

def quantize_multiplier(real):
    if real == 0:
        return 0, 0
    mantissa, shift = np.frexp(real)
    fixed = int(np.floor(float(mantissa) * 2.0**31 + 0.5))
    shift = int(shift)
    if fixed == 1 << 31:
        fixed, shift = fixed // 2, shift + 1
    if shift < -31:
        fixed, shift = 0, 0
    return fixed, shift


def scaled(x, real, rounding="double"):
    """x * real, rounded; `real` is a double."""
    return scaled_fixed(x, *quantize_multiplier(real), rounding)


def scaled_fixed(x, fixed, shift, rounding="double"):
    x = np.asarray(x, np.int64)
    if rounding == "single":
        total = 31 - shift
        return (x * fixed + (1 << (total - 1))) >> total
    left, right = max(shift, 0), max(-shift, 0)
    product = (x << left) * fixed
    nudged = product + np.where(product >= 0, 1 << 30, 1 - (1 << 30))
    high = np.where(nudged >= 0, nudged >> 31, -((-nudged) >> 31))
    mask = (1 << right) - 1
    return (high >> right) + ((high & mask) > (mask >> 1) + (high < 0))


def activation_range(act, scale, zero):
    def at(real):
        quotient = float(f32(real) / f32(scale))
        return zero + int(np.copysign(np.floor(abs(quotient) + 0.5), quotient))
    low, high = -128, 127
    if act in (RELU, RELU6):
        low = max(low, at(0))
    if act == RELU6:
        high = min(high, at(6))
    if act == RELU_N1:
        low, high = max(low, at(-1)), min(high, at(1))
    return low, high


def window(size, kernel, stride, dilation, padding):
    """Output length and padding before."""
    span = (kernel - 1) * dilation + 1
    if padding == VALID:
        return (size - span + stride) // stride, 0
    out = -(-size // stride)
    return out, max((out - 1) * stride + span - size, 0) // 2


class Tensor:
    def __init__(self, index, shape, scale, zero, values):
        self.index, self.shape, self.values = index, tuple(shape), values
        self.scale, self.zero = f32(scale), int(zero)


class Model:
    """One int8 input, one int8 output; `finish` gives the bytes."""

    def __init__(self, name, shape, scale=0.05, zero=-1):
        self.name, self.exact, self.extreme, self.note = name, True, False, ""
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))
        self.tensors, self.buffers, self.operators, self.codes = [], [tfl.BufferT()], [], []
        self.clamps = (-128, 127)
        self.wraps = False  # sums may leave 32 bits
        self.outside = False  # constants lie behind the flatbuffer
        self.desktop = False  # only TensorFlow Lite on the desktop has the operator
        shape = (1,) + tuple(shape)
        data = self.stimuli(shape[1:])
        self.input = self.tensor("input", shape, scale, zero, data)

    def stimuli(self, shape):
        rng, size = self.rng, int(np.prod(shape))
        rows = [rng.integers(-128, 128, size), rng.integers(-128, 128, size),
                rng.integers(-128, 128, size),
                np.clip(np.rint(rng.normal(0, 40, size)), -128, 127),
                np.full(size, -128), np.full(size, 127),
                np.where(np.arange(size) % 2, 127, -128),
                (np.arange(size) * 37 + 11) % 256 - 128]
        return np.array(rows).astype(np.int64).reshape((-1,) + tuple(shape))

    # ---- pieces of the file ----

    def raw_tensor(self, name, shape, type, buffer=0, quantization=None):
        t = tfl.TensorT()
        t.name, t.shape, t.type, t.buffer = name, [int(n) for n in shape], type, buffer
        t.quantization = quantization
        self.tensors.append(t)
        return len(self.tensors) - 1

    def quantization(self, scales, zeros, axis=0):
        q = tfl.QuantizationParametersT()
        q.scale = [float(f32(s)) for s in np.atleast_1d(scales)]
        q.zeroPoint = [int(z) for z in np.atleast_1d(zeros)]
        q.quantizedDimension = axis
        return q

    def buffer(self, array):
        b = tfl.BufferT()
        b.data = np.frombuffer(np.ascontiguousarray(array).tobytes(), np.uint8)
        self.buffers.append(b)
        return len(self.buffers) - 1

    def tensor(self, name, shape, scale, zero, values):
        index = self.raw_tensor(name, shape, TYPE.INT8, 0, self.quantization(scale, zero))
        return Tensor(index, shape, scale, zero, values)

    def constant(self, name, array, type, scales=None, zeros=0, axis=0):
        q = None
        if scales is not None:
            zeros = np.zeros(len(np.atleast_1d(scales)), int) + zeros
            q = self.quantization(scales, zeros, axis)
        return self.raw_tensor(name, array.shape, type, self.buffer(array), q)

    def operator(self, op, inputs, output, options_type=0, options=None):
        if op not in self.codes:
            self.codes.append(op)
        o = tfl.OperatorT()
        o.opcodeIndex = self.codes.index(op)
        o.inputs = [t.index if isinstance(t, Tensor) else t for t in inputs]
        o.outputs = [output.index]
        o.builtinOptionsType, o.builtinOptions = options_type, options
        self.operators.append(o)
        return output

    # ---- weighted layers ----

    def weighted(self, x, acc, weights, axis, op, options_type, options, out_shape, act,
                 scale, zero, per_channel, bias, multiplier, biases, weight_scales):
        """acc: integer sums (inference, ..., channel) without bias.

        bias: True, False (the operator has two inputs) or None (its third input is -1).
        """
        channels = acc.shape[-1]
        scale = f32(scale)
        low, high = activation_range(act, scale, zero)
        flat = acc.reshape(-1, channels)
        if weight_scales is None:
            if multiplier is None:
                spans = np.subtract(*np.percentile(flat, (90, 10), axis=0)) + 1.0
                if not per_channel:
                    spans = np.full(channels, spans.max())
                goal = 0.8 * (high - low)
                multiplier = goal / spans
                if per_channel:
                    multiplier *= self.rng.uniform(0.6, 1.2, channels)
            weight_scales = f32(multiplier * float(scale) / float(x.scale)) * np.ones(channels, f32)
            if not per_channel:
                weight_scales = weight_scales[:1]
        weight_scales = np.asarray(weight_scales, f32)
        every = np.broadcast_to(weight_scales, channels)
        reals = real_multipliers(x.scale, every, scale)
        if bias and biases is None:
            middle = (low + high) / 2 + self.rng.uniform(-0.05, 0.05, channels) * (high - low)
            biases = np.rint((middle - zero) / np.maximum(reals, 1e-9)
                             - np.median(flat, axis=0)).clip(-2**30, 2**30)
        inputs = [x, self.constant("weights", weights.astype(np.int8), TYPE.INT8, weight_scales,
                                   axis=axis if len(weight_scales) > 1 else 0)]
        if bias:
            biases = np.asarray(biases).astype(np.int32)
            bias_scales = f32(x.scale) * weight_scales
            inputs.append(self.constant("bias", biases, TYPE.INT32, bias_scales))
            acc = acc + biases.astype(np.int64)
        elif bias is None:
            inputs.append(-1)
        assert self.wraps or np.abs(acc).max() < 2**31
        acc = (acc + 2**31) % 2**32 - 2**31
        self.last = dict(acc=acc, input=x.scale, weights=every, output=scale, zero=zero,
                         low=low, high=high)
        values = requantize(acc, reals, zero, low, high)
        self.clamps = (low, high)
        out = self.tensor("tensor", out_shape, scale, zero, values.reshape((-1,) + out_shape[1:]))
        return self.operator(op, inputs, out, options_type, options)

    def conv_transpose(self, x, channels, kernel=(3, 3), stride=(2, 2), padding=SAME, size=None,
                       act=NONE, scale=0.04, zero=3, per_channel=True, bias=True, multiplier=None,
                       biases=None, weights=None, weight_scales=None):
        """`size`: height and width of the output, unless it is what Keras makes it."""
        n, h, w, depth = len(x.values), *x.shape[1:]
        if size is None:
            size = [a * s + (0 if padding == SAME else max(k - s, 0))
                    for a, k, s in zip((h, w), kernel, stride)]
        pads = [window(a, k, s, 1, padding)[1] for a, k, s in zip(size, kernel, stride)]
        if weights is None:
            weights = self.rng.integers(-127, 128, (channels,) + tuple(kernel) + (depth,))
        acc = np.zeros((n, size[0], size[1], channels), np.int64)
        for iy, ix, ky, kx in np.ndindex(h, w, *kernel):
            oy, ox = iy * stride[0] - pads[0] + ky, ix * stride[1] - pads[1] + kx
            if 0 <= oy < size[0] and 0 <= ox < size[1]:
                acc[:, oy, ox] += (x.values[:, iy, ix] - x.zero) @ np.asarray(weights)[:, ky, kx].T
        o = tfl.TransposeConvOptionsT()
        o.padding, o.fusedActivationFunction = padding, act
        o.strideH, o.strideW = stride
        y = self.weighted(x, acc, weights, 0, OP.TRANSPOSE_CONV,
                          tfl.BuiltinOptions.TransposeConvOptions, o,
                          (x.shape[0],) + tuple(size) + (channels,), act, scale, zero, per_channel, bias,
                          multiplier, biases, weight_scales)
        inputs = self.operators[-1].inputs
        shape = self.constant("shape", np.array(y.shape, np.int32), TYPE.INT32)
        inputs[:2] = shape, inputs[1], inputs[0]
        return y

    def patches(self, x, kernel, stride, dilation, padding, fill):
        """(inference, out_h, out_w, kh, kw, c) and whether each tap is inside."""
        _, h, w, c = x.shape
        oh, top = window(h, kernel[0], stride[0], dilation[0], padding)
        ow, left = window(w, kernel[1], stride[1], dilation[1], padding)
        ys = (np.arange(oh) * stride[0] - top)[:, None] + np.arange(kernel[0]) * dilation[0]
        xs = (np.arange(ow) * stride[1] - left)[:, None] + np.arange(kernel[1]) * dilation[1]
        inside = ((ys >= 0) & (ys < h))[:, None, :, None] & ((xs >= 0) & (xs < w))[None, :, None, :]
        v = x.values[:, ys.clip(0, h - 1)[:, None, :, None], xs.clip(0, w - 1)[None, :, None, :]]
        return np.where(inside[None, ..., None], v, fill), inside, (x.shape[0], oh, ow)

    def conv(self, x, channels, kernel=(3, 3), stride=(1, 1), dilation=(1, 1), padding=SAME,
             act=NONE, scale=0.04, zero=3, per_channel=True, bias=True, multiplier=None,
             biases=None, weights=None, weight_scales=None, groups=1):
        p, _, out = self.patches(x, kernel, stride, dilation, padding, x.zero)
        depth, together = x.shape[3] // groups, channels // groups
        if weights is None:
            weights = self.rng.integers(-127, 128, (channels,) + tuple(kernel) + (depth,))
        acc = np.concatenate([
            np.einsum("nhwijc,oijc->nhwo", p[..., g * depth:(g + 1) * depth] - x.zero,
                      np.asarray(weights)[g * together:(g + 1) * together], optimize=True)
            for g in range(groups)], axis=-1)
        o = tfl.Conv2DOptionsT()
        o.padding, o.fusedActivationFunction = padding, act
        o.strideH, o.strideW = stride
        o.dilationHFactor, o.dilationWFactor = dilation
        return self.weighted(x, acc, weights, 0, OP.CONV_2D, tfl.BuiltinOptions.Conv2DOptions, o,
                             out + (channels,), act, scale, zero, per_channel, bias, multiplier,
                             biases, weight_scales)

    def depthwise(self, x, times=1, kernel=(3, 3), stride=(1, 1), dilation=(1, 1), padding=SAME,
                  act=NONE, scale=0.04, zero=3, per_channel=True, bias=True, multiplier=None,
                  biases=None, weights=None, weight_scales=None):
        p, _, out = self.patches(x, kernel, stride, dilation, padding, x.zero)
        channels = x.shape[3] * times
        if weights is None:
            weights = self.rng.integers(-127, 128, (1,) + tuple(kernel) + (channels,))
        p = np.repeat(p - x.zero, times, axis=-1)
        acc = np.einsum("nhwijc,ijc->nhwc", p, np.asarray(weights)[0], optimize=True)
        o = tfl.DepthwiseConv2DOptionsT()
        o.padding, o.fusedActivationFunction, o.depthMultiplier = padding, act, times
        o.strideH, o.strideW = stride
        o.dilationHFactor, o.dilationWFactor = dilation
        return self.weighted(x, acc, weights, 3, OP.DEPTHWISE_CONV_2D,
                             tfl.BuiltinOptions.DepthwiseConv2DOptions, o, out + (channels,), act,
                             scale, zero, per_channel, bias, multiplier, biases, weight_scales)

    def dense(self, x, outputs, act=NONE, scale=0.04, zero=3, per_channel=False, bias=True,
              multiplier=None, biases=None, weights=None, weight_scales=None, keep=False,
              rows=1, rank=2):
        """`rows`: vectors in the input, and rows of the output. `rank`: of the weights."""
        n = x.shape[-1] if keep else int(np.prod(x.shape)) // rows
        flat = x.values.reshape(len(x.values), -1, n)
        if weights is None:
            weights = self.rng.integers(-127, 128, (outputs, n))
        acc = (flat - x.zero) @ np.asarray(weights).T
        o = tfl.FullyConnectedOptionsT()
        o.fusedActivationFunction, o.keepNumDims = act, keep
        out = x.shape[:-1] + (outputs,) if keep else (rows, outputs)
        weights = np.asarray(weights).reshape((outputs,) + (1,) * (rank - 2) + (n,))
        return self.weighted(x, acc, weights, 0, OP.FULLY_CONNECTED,
                             tfl.BuiltinOptions.FullyConnectedOptions, o, out, act, scale, zero,
                             per_channel, bias, multiplier, biases, weight_scales)

    # ---- layers without weights ----

    def pool(self, op, x, kernel, stride, padding, act=NONE):
        p, inside, out = self.patches(x, kernel, stride, (1, 1), padding, 0)
        low, high = self.clamps = activation_range(act, x.scale, x.zero)
        mask = inside[None, ..., None]
        if op == OP.MAX_POOL_2D:
            v = np.where(mask, p, -128).max(axis=(3, 4))
        else:
            total, count = p.sum(axis=(3, 4)), mask.sum(axis=(3, 4))
            v = np.sign(total) * ((np.abs(total) + count // 2) // count)
        o = tfl.Pool2DOptionsT()
        o.padding, o.fusedActivationFunction = padding, act
        o.strideH, o.strideW = stride
        o.filterHeight, o.filterWidth = kernel
        y = self.tensor("pool", out + (x.shape[3],), x.scale, x.zero, v.clip(low, high))
        return self.operator(op, [x], y, tfl.BuiltinOptions.Pool2DOptions, o)

    def average_pool(self, x, kernel, stride=(1, 1), padding=VALID, act=NONE):
        return self.pool(OP.AVERAGE_POOL_2D, x, kernel, stride, padding, act)

    def max_pool(self, x, kernel, stride=(1, 1), padding=VALID, act=NONE):
        return self.pool(OP.MAX_POOL_2D, x, kernel, stride, padding, act)

    def add(self, a, b, act=NONE, scale=None, zero=None):
        wider = max(a, b, key=lambda t: len(t.shape))

        def values(t):
            same = t.values.size == wider.values.size
            return t.values.reshape(wider.values.shape) if same else t.values
        real = (values(a) - a.zero) * float(a.scale) + (values(b) - b.zero) * float(b.scale)
        low, high = np.percentile(real, (10, 90))
        if scale is None:
            scale = (high - low) / (220 if act in (NONE, RELU) else 140)
        if zero is None:
            zero = int(np.clip(round(-110 - low / float(scale)), -128, 127))
            zero = min(zero, -100) if act == RELU else zero
        scale = f32(scale)
        twice = 2 * float(max(a.scale, b.scale))
        first = scaled((values(a) - a.zero) << 20, float(a.scale) / twice)
        second = scaled((values(b) - b.zero) << 20, float(b.scale) / twice)
        v = scaled(first + second, twice / (float(1 << 20) * float(scale))) + zero
        self.clamps = activation_range(act, scale, zero)
        o = tfl.AddOptionsT()
        o.fusedActivationFunction, o.potScaleInt16 = act, False
        y = self.tensor("add", wider.shape, scale, zero, v.clip(*self.clamps))
        return self.operator(OP.ADD, [a, b], y, tfl.BuiltinOptions.AddOptions, o)

    def softmax(self, x, beta=1.0):
        self.exact = False
        real = (x.values - x.zero) * float(x.scale) * beta
        e = np.exp(real - real.max(axis=-1, keepdims=True))
        v = np.rint(e / e.sum(axis=-1, keepdims=True) * 256 - 128).clip(-128, 127)
        self.clamps = (-128, 127)
        o = tfl.SoftmaxOptionsT()
        o.beta = beta
        y = self.tensor("softmax", x.shape, 1 / 256, -128, v.astype(np.int64))
        return self.operator(OP.SOFTMAX, [x], y, tfl.BuiltinOptions.SoftmaxOptions, o)

    def reshape(self, x, shape, by="tensor"):
        inputs, o = [x], tfl.ReshapeOptionsT()
        if by in ("tensor", "both"):
            inputs.append(self.constant("shape", np.array(shape, np.int32), TYPE.INT32))
        if by in ("options", "both"):
            o.newShape = list(shape)
        resolved = list(shape)
        if -1 in resolved:
            resolved[resolved.index(-1)] = -int(np.prod(x.shape)) // int(np.prod(resolved))
        y = self.tensor("reshape", resolved, x.scale, x.zero,
                        x.values.reshape([-1] + resolved[1:]))
        return self.operator(OP.RESHAPE, inputs, y, tfl.BuiltinOptions.ReshapeOptions, o)

    def expand_dims(self, x, axis):
        shape = x.shape[:axis] + (1,) + x.shape[axis:]
        y = self.tensor("expand", shape, x.scale, x.zero, x.values.reshape((-1,) + shape[1:]))
        where = self.constant("axis", np.array([axis], np.int32), TYPE.INT32)
        return self.operator(OP.EXPAND_DIMS, [x, where], y, tfl.BuiltinOptions.ExpandDimsOptions,
                             tfl.ExpandDimsOptionsT())

    def squeeze(self, x, axis):
        shape = x.shape[:axis] + x.shape[axis + 1:]
        y = self.tensor("squeeze", shape, x.scale, x.zero, x.values.reshape((-1,) + shape[1:]))
        o = tfl.SqueezeOptionsT()
        o.squeezeDims = [axis]
        return self.operator(OP.SQUEEZE, [x], y, tfl.BuiltinOptions.SqueezeOptions, o)

    def flatten_any_batch(self, x):
        """What Keras' Flatten becomes when the batch is None: the shape is computed."""
        def whole(name, shape):
            return Tensor(self.raw_tensor(name, shape, TYPE.INT32), shape, 1, 0, None)

        def number(name, values):
            return self.constant(name, np.array(values, np.int32), TYPE.INT32)
        size = int(np.prod(x.shape))
        o = tfl.ShapeOptionsT()
        o.outType = TYPE.INT32
        shape = self.operator(OP.SHAPE, [x], whole("shape", [len(x.shape)]),
                              tfl.BuiltinOptions.ShapeOptions, o)
        o = tfl.StridedSliceOptionsT()
        o.shrinkAxisMask = 1
        one = number("one", [1])
        batch = self.operator(OP.STRIDED_SLICE, [shape, number("zero", [0]), one, one],
                              whole("batch", []), tfl.BuiltinOptions.StridedSliceOptions, o)
        o = tfl.PackOptionsT()
        o.valuesCount = 2
        flat = self.operator(OP.PACK, [batch, number("size", size)], whole("flat", [2]),
                             tfl.BuiltinOptions.PackOptions, o)
        y = self.tensor("reshape", (1, size), x.scale, x.zero, x.values.reshape(-1, size))
        return self.operator(OP.RESHAPE, [x, flat], y)

    def pad(self, x, paddings, value=None):
        paddings = np.array(paddings, np.int32)
        inputs = [x, self.constant("paddings", paddings, TYPE.INT32)]
        if value is not None:
            inputs.append(self.constant("value", np.array([value], np.int8), TYPE.INT8, x.scale,
                                        x.zero))
        fill = x.zero if value is None else value
        v = np.pad(x.values, [(0, 0)] + [tuple(p) for p in paddings[1:]], constant_values=fill)
        y = self.tensor("pad", (1,) + v.shape[1:], x.scale, x.zero, v)
        if value is None:
            return self.operator(OP.PAD, inputs, y, tfl.BuiltinOptions.PadOptions,
                                 tfl.PadOptionsT())
        return self.operator(OP.PADV2, inputs, y, tfl.BuiltinOptions.PadV2Options,
                             tfl.PadV2OptionsT())

    def quantize(self, x, scale, zero):
        scale = f32(scale)
        v = (scaled(x.values - x.zero, float(x.scale) / float(scale)) + zero).clip(-128, 127)
        self.clamps = (-128, 127)
        y = self.tensor("quantize", x.shape, scale, zero, v)
        return self.operator(OP.QUANTIZE, [x], y, tfl.BuiltinOptions.QuantizeOptions,
                             tfl.QuantizeOptionsT())

    def relu(self, x, scale, zero, six=False):
        """The reference's RELU6 only clamps: give it the input's own scale and zero point."""
        scale = f32(scale)
        v = x.values if six else scaled(x.values - x.zero, float(x.scale) / float(scale)) + zero
        self.clamps = activation_range(RELU6 if six else RELU, scale, zero)
        y = self.tensor("relu", x.shape, scale, zero, v.clip(*self.clamps))
        return self.operator(OP.RELU6 if six else OP.RELU, [x], y)

    def lookup(self, op, function, x, scale, zero, options_type=0, options=None):
        """A function of one value; what it computes beside the reference is real arithmetic."""
        self.exact, self.extreme = False, True
        scale = f32(scale)
        with np.errstate(all="ignore"):
            real = function((x.values - x.zero) * float(x.scale)) / float(scale)
        v = np.rint(np.clip(real, -999, 999)) + zero
        y = self.tensor("lookup", x.shape, scale, zero, v.clip(-128, 127).astype(np.int64))
        return self.operator(op, [x], y, options_type, options)

    def sigmoid(self, x, scale=1 / 256):
        """The reference takes the output's scale to be 1/256 whatever it is, and inputs of a scale
        from 8 on to be outside of what it computes: 0 as well."""
        def real(v):
            return np.where(v > 0, 1, 0) if x.scale >= 8 else 1 / (1 + np.exp(-v))
        return self.lookup(OP.LOGISTIC, lambda v: 256 * scale * real(v), x, scale, -128)

    def tanh(self, x, scale=1 / 128, zero=0):
        """The same with 1/128 and 0."""
        return self.lookup(OP.TANH, lambda v: scale * (128 * np.tanh(v) - zero), x, scale, zero)

    def leaky_relu(self, x, alpha, scale, zero):
        o = tfl.LeakyReluOptionsT()
        o.alpha = alpha
        exact, ratio = self.exact, float(x.scale) / float(f32(scale))
        below = float(x.scale) * float(f32(alpha)) / float(f32(scale))
        y = self.lookup(OP.LEAKY_RELU, lambda v: v, x, scale, zero,
                        tfl.BuiltinOptions.LeakyReluOptions, o)
        v, self.exact = x.values - x.zero, exact
        v = np.where(v >= 0, scaled(v, ratio), np.sign(below) * scaled(v, abs(below)))
        y.values = (v + zero).clip(-128, 127).astype(np.int64)
        return y

    def elu(self, x, scale, zero):
        return self.lookup(OP.ELU, lambda v: np.where(v < 0, np.expm1(v), v), x, scale, zero)

    def hard_swish(self, x, scale, zero):
        return self.lookup(OP.HARD_SWISH, lambda v: v * np.clip(v + 3, 0, 6) / 6, x, scale, zero)

    def abs(self, x, scale, zero):
        return self.lookup(OP.ABS, np.abs, x, scale, zero)

    def rsqrt(self, x, scale, zero):
        return self.lookup(OP.RSQRT, lambda v: 1 / np.sqrt(v), x, scale, zero)

    def relu6_bytes(self, x, scale, zero):
        """The reference's RELU6 moves the input's bytes, whatever the output's scale is."""
        return self.lookup(OP.RELU6,
                           lambda v: (np.clip(v, 0, 6) / float(x.scale) + x.zero - zero) * scale,
                           x, scale, zero)

    def reduced_to(self, op, x, axes, keep, scale, zero, values):
        """An operator with a constant of axes."""
        real = [axis % len(x.shape) for axis in axes]
        shape = tuple(1 if i in real else n for i, n in enumerate(x.shape))
        if not keep:
            shape = tuple(n for i, n in enumerate(x.shape) if i not in real)
        o = tfl.ReducerOptionsT()
        o.keepDims = keep
        y = self.tensor("reduced", shape, scale, zero, values.reshape((-1,) + shape[1:]))
        where = self.constant("axes", np.array(axes, np.int32), TYPE.INT32)
        return self.operator(op, [x, where], y, tfl.BuiltinOptions.ReducerOptions, o)

    def whole(self, x):
        """The values of all inferences with the file's own dimensions behind them."""
        return x.values.reshape((-1,) + x.shape)

    def reduce_sum(self, x, axes, keep=False, scale=None, zero=3, mean=False):
        """The reference puts 1 / count into the multiplier, cut off to an integer."""
        real = tuple({1 + axis % len(x.shape) for axis in axes})
        total = (self.whole(x) - x.zero).sum(axis=real)
        count = int(np.prod([x.shape[axis - 1] for axis in real]))
        if scale is None:
            low, high = np.percentile(total / (count if mean else 1) * float(x.scale), (5, 95))
            scale = max(-low, high, 1e-3) / 100
        scale = f32(scale)
        fixed, shift = quantize_multiplier(float(x.scale) / float(scale))
        if mean:
            by = min(count.bit_length() - 1, 31 + shift)
            fixed, shift = (fixed << by) // count, shift - by
        v = scaled_fixed(total, fixed, shift) + zero
        self.clamps = (-128, 127)
        return self.reduced_to(OP.MEAN if mean else OP.SUM, x, axes, keep, scale, zero,
                               v.clip(-128, 127))

    def mean(self, x, axes, **options):
        return self.reduce_sum(x, axes, mean=True, **options)

    def reduce_max(self, x, axes, keep=False, op=OP.REDUCE_MAX):
        real = tuple({1 + axis % len(x.shape) for axis in axes})
        v = (np.max if op == OP.REDUCE_MAX else np.min)(self.whole(x), axis=real)
        return self.reduced_to(op, x, axes, keep, x.scale, x.zero, v)

    def reduce_min(self, x, axes, keep=False):
        return self.reduce_max(x, axes, keep, OP.REDUCE_MIN)

    def prelu(self, x, alpha_shape, scale=0.05, zero=-1, alpha_scale=0.004, alpha_zero=0):
        scale, alpha_scale = f32(scale), f32(alpha_scale)
        alphas = self.rng.integers(-128, 128, alpha_shape)
        v = x.values - x.zero
        ratio = float(x.scale) / float(scale)
        both = float(x.scale) * float(alpha_scale) / float(scale)
        v = np.where(v >= 0, scaled(v, ratio), scaled(v * (alphas - alpha_zero), both)) + zero
        self.clamps = (-128, 127)
        y = self.tensor("prelu", x.shape, scale, zero, v.clip(-128, 127))
        alpha = self.constant("alpha", alphas.astype(np.int8), TYPE.INT8, alpha_scale, alpha_zero)
        return self.operator(OP.PRELU, [x, alpha], y)

    def l2_normalize(self, x, scale=1 / 128, zero=0):
        self.exact = False
        real = (x.values - x.zero).astype(float)
        length = np.sqrt((real**2).sum(axis=-1, keepdims=True))
        v = np.rint(real / np.maximum(length, 1) * 128).clip(-128, 127).astype(np.int64)
        self.clamps = (-128, 127)
        o = tfl.L2NormOptionsT()
        y = self.tensor("normalized", x.shape, scale, zero, v)
        return self.operator(OP.L2_NORMALIZATION, [x], y, tfl.BuiltinOptions.L2NormOptions, o)

    def log_softmax(self, x, scale=1 / 16, zero=127):
        self.exact = False
        real = (x.values - x.zero) * float(x.scale)
        log = np.log(np.exp(real - real.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True))
        v = np.rint((real - real.max(axis=-1, keepdims=True) - log) * 16 + 127).clip(-128, 127)
        self.clamps = (-128, 127)
        y = self.tensor("log_softmax", x.shape, scale, zero, v.astype(np.int64))
        return self.operator(OP.LOG_SOFTMAX, [x], y, tfl.BuiltinOptions.LogSoftmaxOptions,
                             tfl.LogSoftmaxOptionsT())

    def cumsum(self, x, axis, exclusive=False, reverse=False, scale=0.5, zero=3):
        """The reference begins with the negative zero point, and its sums wrap."""
        scale, real = f32(scale), 1 + axis % len(x.shape)
        v = self.whole(x) - x.zero
        v = np.flip(v, real) if reverse else v
        total = np.cumsum(v, axis=real) - (v if exclusive else 0)
        total = (np.flip(total, real) if reverse else total) - x.zero
        total = ((total << 19) + 2**31) % 2**32 - 2**31
        v = scaled(total, 2 * float(x.scale) / (float(1 << 20) * float(scale))) + zero
        self.clamps = (-128, 127)
        o = tfl.CumsumOptionsT()
        o.exclusive, o.reverse = exclusive, reverse
        y = self.tensor("cumsum", x.shape, scale, zero, v.clip(-128, 127).reshape((-1,) + x.shape[1:]))
        where = self.constant("axes", np.array([axis], np.int32), TYPE.INT32)
        return self.operator(OP.CUMSUM, [x, where], y, tfl.BuiltinOptions.CumsumOptions, o)

    def batch_matmul(self, a, b, adj_x=False, adj_y=False, scale=None, zero=3):
        """The reference multiplies the scales in single precision."""
        def values(t, turned):
            v = self.whole(t) - t.zero
            return np.swapaxes(v, -1, -2) if turned else v
        left, right = values(a, adj_x), values(b, adj_y)
        rank = max(left.ndim, right.ndim)
        left, right = (v.reshape(v.shape[:1] + (1,) * (rank - v.ndim) + v.shape[1:])
                       for v in (left, right))
        acc = left @ right
        if scale is None:
            scale = (np.percentile(np.abs(acc), 90) + 1) * float(a.scale) * float(b.scale) / 100
        scale = f32(scale)
        v = scaled(acc, float(f32(a.scale) * f32(b.scale)) / float(scale)) + zero
        self.clamps = (-128, 127)
        o = tfl.BatchMatMulOptionsT()
        o.adjX, o.adjY = adj_x, adj_y
        shape = acc.shape[1:]
        y = self.tensor("product", shape, scale, zero, v.clip(-128, 127).reshape((-1,) + shape[1:]))
        return self.operator(OP.BATCH_MATMUL, [a, b], y, tfl.BuiltinOptions.BatchMatMulOptions, o)

    # ---- the file ----

    def finish(self, output, identifier=b"TFL3", change=None):
        """`change` may edit the whole ModelT before it is written."""
        self.output = output
        g = tfl.SubGraphT()
        g.tensors, g.operators = self.tensors, self.operators
        g.inputs = [self.input.index]
        g.outputs, g.name = [output.index], "main"
        m = tfl.ModelT()
        m.version, m.description, m.buffers, m.subgraphs = 3, self.name, self.buffers, [g]
        m.operatorCodes = []
        for code in self.codes:
            c = tfl.OperatorCodeT()
            c.builtinCode, c.deprecatedBuiltinCode, c.version = code, min(code, 127), 1
            m.operatorCodes.append(c)
        change = change or getattr(self, "change", None)
        if change:
            change(m)
        behind = b""
        if self.outside:
            m.buffers = [tfl.BufferT() for _ in self.buffers]
            for buffer, inside in zip(m.buffers, self.buffers):
                if inside.data is not None:
                    buffer.offset, buffer.size = 4096 + len(behind), len(inside.data)
                    behind += bytes(inside.data) + bytes(-len(inside.data) % 16)
        b = flatbuffers.Builder(4096)
        b.Finish(m.Pack(b), identifier)
        data = bytes(b.Output())
        assert not behind or len(data) <= 4096
        return data.ljust(4096, b"\0") + behind if behind else data

    def operators_text(self):
        return "+".join(OP_NAMES[self.codes[o.opcodeIndex]] for o in self.operators)


def real_multipliers(input_scale, weight_scales, output_scale, product="double"):
    """The reference multiplies the input and weight scales in double."""
    if product == "float":
        products = (f32(input_scale) * np.asarray(weight_scales, f32)).astype(float)
    else:
        products = float(input_scale) * np.asarray(weight_scales, f32).astype(float)
    return products / float(f32(output_scale))


def requantize(acc, reals, zero, low, high, rounding="double"):
    columns = [scaled(acc[..., c], float(r), rounding) for c, r in enumerate(reals)]
    return (np.stack(columns, axis=-1) + zero).clip(low, high)
