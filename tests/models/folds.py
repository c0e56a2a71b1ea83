"""Cases in which operators compute from constants what another one needs as a constant."""
import numpy as np

from moves import moved
from tiny import OP, TYPE, Model, Tensor, f32, tfl

CASES = {}


def case(name, shape, desktop=False, **quantization):
    def register(build):
        def make():
            m = Model(name, shape[1:], **quantization)
            m.extreme, m.desktop, m.folds = True, desktop, 0
            return m, m.finish(build(m, m.input))
        assert name not in CASES
        CASES[name] = make
    return register


def register(cases):
    assert not set(cases) & set(CASES)
    cases.update(CASES)


def numbers(m, values, kind=np.int32):
    return m.constant("numbers", np.array(values, kind), TYPE.INT32 if kind == np.int32 else TYPE.INT64)


def made(m, tensor, op, inputs, options=None):
    """Has an operator, before all others that do not, compute what was a constant of the file."""
    m.tensors[tensor].buffer = 0
    kind = getattr(tfl.BuiltinOptions, options.__class__.__name__[:-1]) if options else 0
    m.operator(op, inputs, Tensor(tensor, (), 1, 0, None), kind, options)
    m.operators.insert(m.folds, m.operators.pop())
    m.folds += 1


def integers(m, shape, op, inputs, options=None):
    """A tensor of integers that an operator computes."""
    tensor = m.raw_tensor("computed", shape, TYPE.INT32)
    made(m, tensor, op, inputs, options)
    return tensor


def shape_of(m, x):
    o = tfl.ShapeOptionsT()
    o.outType = TYPE.INT32
    return integers(m, [len(x.shape)], OP.SHAPE, [x], o)


def parameter(m, position):
    """The tensor of an operand of the operator that was added last."""
    return m.operators[-1].inputs[position]


@case("fold_slice_by_shape", (1, 4, 5, 6))
def _(m, x):
    y = moved(m, x, OP.SLICE, lambda v: v[:, :, 1:, 2:], [[0, 0, 1, 2], [1, 4, 4, 4]], tfl.SliceOptionsT())
    made(m, parameter(m, 2), OP.SUB, [shape_of(m, x), numbers(m, [0, 0, 1, 2])], tfl.SubOptionsT())
    return y


@case("fold_resize_twice_the_shape", (1, 3, 4, 2), desktop=True)
def _(m, x):
    o = tfl.ResizeNearestNeighborOptionsT()
    y = moved(m, x, OP.RESIZE_NEAREST_NEIGHBOR, lambda v: v.repeat(2, axis=1).repeat(2, axis=2), [[6, 8]], o)
    size = parameter(m, 1)
    one = numbers(m, [1])
    inner = integers(m, [2], OP.STRIDED_SLICE, [shape_of(m, x), one, numbers(m, [3]), one],
                     tfl.StridedSliceOptionsT())
    made(m, size, OP.MUL, [inner, numbers(m, [2])], tfl.MulOptionsT())
    return y


@case("fold_transposed_dense", (1, 9))
def _(m, x):
    weights = m.rng.integers(-127, 128, (5, 9))
    y = m.dense(x, 5, weights=weights)
    made(m, parameter(m, 1), OP.TRANSPOSE,
         [m.constant("turned", weights.T.astype(np.int8), TYPE.INT8, [float(m.last["weights"][0])]),
          numbers(m, [1, 0])], tfl.TransposeOptionsT())
    return y


@case("fold_quantized_conv", (1, 5, 4, 3))
def _(m, x):
    weights = m.rng.integers(-127, 128, (4, 2, 2, 3))
    y = m.conv(x, 4, kernel=(2, 2), weights=weights, per_channel=False)
    scale = f32(m.last["weights"][0])
    reals = weights.astype(f32) * scale + m.rng.uniform(-0.4, 0.4, weights.shape).astype(f32) * scale
    made(m, parameter(m, 1), OP.QUANTIZE, [m.raw_tensor("reals", weights.shape, TYPE.FLOAT32, m.buffer(reals.astype(f32)))],
         tfl.QuantizeOptionsT())
    return y


@case("fold_quantized_again", (1, 4, 5, 3))
def _(m, x):
    """Weights through float, then in two parts of other dimensions."""
    weights = m.rng.integers(-127, 128, (6, 1, 1, 3))
    y = m.conv(x, 6, kernel=(1, 1), weights=weights, per_channel=False)
    target = parameter(m, 1)
    scale = float(f32(m.last["weights"][0]))
    halves = []
    for part in (weights[:4], weights[4:]):
        given = m.constant("part", part.reshape(-1).astype(np.int8), TYPE.INT8, [scale])
        real = m.raw_tensor("real", [part.size], TYPE.FLOAT32)
        made(m, real, OP.DEQUANTIZE, [given], tfl.DequantizeOptionsT())
        back = m.raw_tensor("back", [part.size], TYPE.INT8, 0, m.quantization([scale], [0]))
        made(m, back, OP.QUANTIZE, [real], tfl.QuantizeOptionsT())
        half = m.raw_tensor("half", part.shape, TYPE.INT8, 0, m.quantization([scale], [0]))
        made(m, half, OP.RESHAPE, [back, numbers(m, list(part.shape))], tfl.ReshapeOptionsT())
        halves.append(half)
    made(m, target, OP.CONCATENATION, halves, tfl.ConcatenationOptionsT())
    return y


@case("fold_pad_by_packed_numbers", (1, 4, 3, 2), desktop=True)
def _(m, x):
    y = m.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]])
    o = tfl.PackOptionsT()
    o.axis, o.valuesCount = 1, 2
    after = integers(m, [4], OP.FLOOR_MOD, [numbers(m, [6, 5, -2, 9]), numbers(m, [3])])
    made(m, parameter(m, 1), OP.PACK, [numbers(m, [0, 1, 0, 0]), after], o)
    return y


@case("fold_mean_over_gathered_axes", (1, 5, 4, 3), desktop=True)
def _(m, x):
    y = m.mean(x, [1, 2])
    o = tfl.GatherOptionsT()
    largest = integers(m, [1], OP.REDUCE_MAX, [shape_of(m, x), numbers(m, [0])], tfl.ReducerOptionsT())
    m.tensors[largest].shape = []
    chosen = integers(m, [], OP.CAST, [largest], tfl.CastOptionsT())
    index = integers(m, [1], OP.SUB, [chosen, numbers(m, [4])], tfl.SubOptionsT())
    pair = tfl.ConcatenationOptionsT()
    both = integers(m, [2], OP.CONCATENATION, [index, numbers(m, [0])], pair)
    made(m, parameter(m, 1), OP.GATHER, [numbers(m, [2, 1]), both], o)
    return y
