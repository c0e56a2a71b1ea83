"""Cases of operators that take or give other elements than int8."""
import numpy as np

from tiny import OP, TYPE, Model, Tensor, f32, quantize_multiplier, scaled_fixed, tfl

CASES = {}
NUMPY = {TYPE.INT8: np.int8, TYPE.INT16: np.int16, TYPE.INT32: np.int32, TYPE.BOOL: np.bool_}


def case(name, shape, type=TYPE.INT8):
    """A function (Model, input) -> output; the input has exactly these dimensions."""
    def register(build):
        def make():
            m = Model(name, shape[1:], 0.05, -7)
            m.extreme = True
            values = m.stimuli(inner(shape))
            if type == TYPE.BOOL:
                values = values % 2
            elif type != TYPE.INT8:
                values = values * 1234567
            m.input.shape, m.tensors[0].shape, m.tensors[0].type = shape, list(shape), type
            m.input.type = type
            m.input.values = values.astype(NUMPY[type]).astype(np.int64)
            if type != TYPE.INT8:
                m.tensors[0].quantization = None
            return m, m.finish(build(m, m.input))
        assert name not in CASES
        CASES[name] = make
    return register


def inner(shape):
    """Maps are without their batch of 1, as the other operators of `Model` have them."""
    return shape[1:] if len(shape) == 4 and shape[0] == 1 else shape


def register(cases):
    assert not set(cases) & set(CASES)
    cases.update(CASES)


def result(m, x, op, values, type, inputs, options=None, like=None):
    """One operator; `like`: what int8 values stand for is that tensor's."""
    shape = values.shape[1:]
    values = values.reshape((-1,) + inner(shape))
    if type == TYPE.INT8:
        y = m.tensor("map", shape, like.scale, like.zero, values)
    else:
        y = Tensor(m.raw_tensor("map", shape, type), shape, 1, 0, values)
    y.type = type
    kind = getattr(tfl.BuiltinOptions, options.__class__.__name__[:-1]) if options else 0
    return m.operator(op, inputs, y, kind, options)


def element(x):
    return getattr(x, "type", TYPE.INT8)


def whole(x, rank=0):
    rank = max(rank, len(x.shape))
    return x.values.reshape((-1,) + (1,) * (rank - len(x.shape)) + tuple(x.shape)).astype(np.int64)


def cast(m, x, type):
    values = whole(x) != 0 if type == TYPE.BOOL else whole(x).astype(NUMPY[type])
    o = tfl.CastOptionsT()
    o.inDataType, o.outDataType = element(x), type
    return result(m, x, OP.CAST, values.astype(np.int64), type, [x], o, m.input)


def arg(m, x, op, axis, keep=False):
    pick = np.argmax if op == OP.ARG_MAX else np.argmin
    values = pick(whole(x), axis=1 + axis % len(x.shape))
    if keep:
        values = np.expand_dims(values, 1 + axis % len(x.shape))
    o = tfl.ArgMaxOptionsT() if op == OP.ARG_MAX else tfl.ArgMinOptionsT()
    o.outputType = TYPE.INT32
    where = m.constant("axis", np.array([axis], np.int32), TYPE.INT32)
    return result(m, x, op, values, TYPE.INT32, [x, where], o)


RELATIONS = {OP.EQUAL: np.equal, OP.NOT_EQUAL: np.not_equal, OP.GREATER: np.greater,
             OP.GREATER_EQUAL: np.greater_equal, OP.LESS: np.less, OP.LESS_EQUAL: np.less_equal,
             OP.LOGICAL_AND: np.logical_and, OP.LOGICAL_OR: np.logical_or}


def compare(m, op, a, b):
    rank = max(len(a.shape), len(b.shape))

    def real(x):
        if element(x) != TYPE.INT8:
            return whole(x, rank)
        return scaled_fixed((whole(x, rank) - x.zero) * 256, *quantize_multiplier(float(x.scale)))
    return result(m, a, op, RELATIONS[op](real(a), real(b)).astype(np.int64), TYPE.BOOL, [a, b])


def logical_not(m, x):
    return result(m, x, OP.LOGICAL_NOT, 1 - whole(x), TYPE.BOOL, [x])


def select(m, condition, a, b):
    rank = max(len(t.shape) for t in (condition, a, b))
    values = np.where(whole(condition, rank) != 0, whole(a, rank), whole(b, rank))
    kind = a if not isinstance(a, Constant) else b
    return result(m, a, OP.SELECT_V2, values, element(a), [condition, a, b],
                  tfl.SelectV2OptionsT(), kind)


class Constant(Tensor):
    pass


def constant(m, shape, type=TYPE.INT8, scale=0.05, zero=-7, least=-128, most=127):
    if type == TYPE.BOOL:
        least, most = 0, 1
    values = m.rng.integers(least, most + 1, shape)
    index = m.constant("constant", values.astype(NUMPY[type]), type,
                       [scale] if type == TYPE.INT8 else None, zero)
    c = Constant(index, shape, scale, zero, np.asarray(values))
    c.type = type
    return c


def moved(m, x, op, answer, constants=(), options=None):
    inputs = [x] + [m.constant("numbers", np.array(c, np.int32), TYPE.INT32) for c in constants]
    values = np.stack([answer(v) for v in whole(x)])
    return result(m, x, op, values, element(x), inputs, options, m.input)


def joined(m, op, tensors, axis, answer, options):
    options.axis = axis
    values = answer([whole(t) for t in tensors], axis + 1)
    return result(m, tensors[0], op, values, element(tensors[0]), tensors, options, m.input)


# ---- ARG_MAX, ARG_MIN ---------------------------------------------------------------------------

for name, op, shape, axis, keep in (
        ("arg_max_channels", OP.ARG_MAX, (1, 4, 5, 7), -1, False),
        ("arg_max_width", OP.ARG_MAX, (1, 4, 6, 3), 2, True),
        ("arg_max_height", OP.ARG_MAX, (1, 6, 4, 3), 1, False),
        ("arg_max_one_row", OP.ARG_MAX, (1, 1, 6, 5), 3, False),
        ("arg_max_of_one_row", OP.ARG_MAX, (1, 1, 6, 5), 2, True),
        ("arg_max_batch", OP.ARG_MAX, (5, 2, 3, 2), -4, False),
        ("arg_max_flat", OP.ARG_MAX, (1, 19), 1, False),
        ("arg_max_vector", OP.ARG_MAX, (9,), 0, False),
        ("arg_min_channels", OP.ARG_MIN, (2, 3, 4, 5), 3, True),
        ("arg_min_rank_5", OP.ARG_MIN, (1, 2, 4, 3, 2), 2, False),
        ("arg_min_sequence", OP.ARG_MIN, (1, 7, 4), 1, False)):
    case(name, shape)(lambda m, x, op=op, axis=axis, keep=keep: arg(m, x, op, axis, keep))


@case("arg_max_after_conv", (1, 6, 5, 2))
def _(m, x):
    return arg(m, m.conv(x, 5), OP.ARG_MAX, -1)


@case("arg_max_of_few_values", (1, 5, 4, 6))
def _(m, x):
    y = m.quantize(x, 5.0, 3)
    return arg(m, y, OP.ARG_MAX, 3)


# ---- comparisons --------------------------------------------------------------------------------

for op, name in ((OP.EQUAL, "equal"), (OP.NOT_EQUAL, "not_equal"), (OP.GREATER, "greater"),
                 (OP.GREATER_EQUAL, "greater_equal"), (OP.LESS, "less"),
                 (OP.LESS_EQUAL, "less_equal")):
    case(f"{name}_maps", (1, 4, 5, 3))(
        lambda m, x, op=op: compare(m, op, x, m.quantize(x, 0.031, 20)))


@case("greater_equal_constant_channels", (1, 4, 5, 3))
def _(m, x):
    return compare(m, OP.GREATER_EQUAL, x, constant(m, (3,)))


@case("less_equal_int32", (1, 3, 4, 2), TYPE.INT32)
def _(m, x):
    return compare(m, OP.LESS_EQUAL, x, constant(m, (1, 3, 1, 2), TYPE.INT32, least=-10**8, most=10**8))


@case("greater_constant_one_first", (1, 4, 5, 3))
def _(m, x):
    return compare(m, OP.GREATER, constant(m, (1,), scale=0.7, zero=3, least=5, most=5), x)


@case("less_both_repeated", (1, 4, 5, 3))
def _(m, x):
    return compare(m, OP.LESS, m.average_pool(x, (1, 5)), m.average_pool(x, (4, 1)))


@case("equal_batches", (2, 3, 2, 4))
def _(m, x):
    return compare(m, OP.EQUAL, x, constant(m, (2, 1, 2, 1)))


@case("less_tiny_scale", (1, 16))
def _(m, x):
    return compare(m, OP.LESS, m.quantize(x, 1e-11, 3), x)


@case("equal_bool", (1, 5, 7), TYPE.BOOL)
def _(m, x):
    return compare(m, OP.EQUAL, x, constant(m, (7,), TYPE.BOOL))


@case("greater_of_indices", (1, 6, 5, 3))
def _(m, x):
    return compare(m, OP.GREATER, arg(m, x, OP.ARG_MAX, 3), arg(m, x, OP.ARG_MIN, 3))


# ---- truth --------------------------------------------------------------------------------------

@case("logical_and_constant", (1, 4, 6), TYPE.BOOL)
def _(m, x):
    return compare(m, OP.LOGICAL_AND, x, constant(m, (4, 1), TYPE.BOOL))


@case("logical_or_of_comparisons", (1, 5, 4, 3))
def _(m, x):
    return compare(m, OP.LOGICAL_OR, compare(m, OP.LESS, x, constant(m, (3,), least=-100, most=-20)),
                   compare(m, OP.GREATER, x, constant(m, (1, 5, 1, 1), least=20, most=100)))


@case("logical_not", (1, 3, 5, 2), TYPE.BOOL)
def _(m, x):
    return logical_not(m, x)


@case("logical_and_of_arg", (1, 6, 4))
def _(m, x):
    even = compare(m, OP.NOT_EQUAL, arg(m, x, OP.ARG_MAX, -1, True), constant(m, (1,), TYPE.INT32, least=2, most=2))
    return compare(m, OP.LOGICAL_AND, logical_not(m, even), compare(m, OP.GREATER, x, constant(m, (4,))))


# ---- SELECT_V2 ----------------------------------------------------------------------------------

@case("select_maps", (1, 4, 5, 3))
def _(m, x):
    y = m.max_pool(x, (3, 3), (1, 1), 0)
    return select(m, compare(m, OP.GREATER, x, constant(m, (3,))), x, y)


@case("select_constants", (1, 4, 5, 3), TYPE.BOOL)
def _(m, x):
    m.input.scale, m.input.zero = f32(0.05), -7
    a, b = constant(m, (3,)), constant(m, (1, 4, 1, 1))
    rank = 4
    values = np.where(whole(x) != 0, whole(a, rank), whole(b, rank))
    return result(m, x, OP.SELECT_V2, values, TYPE.INT8, [x, a, b], tfl.SelectV2OptionsT(), a)


@case("select_by_constant", (1, 4, 5, 3))
def _(m, x):
    return select(m, constant(m, (5, 1), TYPE.BOOL), x, m.max_pool(x, (2, 2), (1, 1), 0))


@case("select_by_pixel", (1, 4, 5, 3))
def _(m, x):
    where = compare(m, OP.LESS, arg(m, x, OP.ARG_MAX, 3, True), constant(m, (1,), TYPE.INT32, least=1, most=1))
    return select(m, where, constant(m, (1,)), x)


@case("select_one_row", (1, 1, 6, 3))
def _(m, x):
    return select(m, compare(m, OP.LESS, x, constant(m, (6, 1))), m.average_pool(x, (1, 3), (1, 1), 0), constant(m, (3,)))


@case("select_batches", (2, 3, 2, 3))
def _(m, x):
    return select(m, compare(m, OP.GREATER, x, constant(m, (2, 1, 1, 3))), constant(m, (3, 1, 1)), x)


@case("select_between_convolutions", (1, 7, 5, 2))
def _(m, x):
    y = m.conv(x, 3, scale=0.05, zero=-7)
    y = select(m, compare(m, OP.GREATER, y, constant(m, (1,), least=-7, most=-7)), y, constant(m, (3,)))
    return m.conv(y, 2, stride=(2, 1))


# ---- CAST ---------------------------------------------------------------------------------------

for label, types in (("int16", [TYPE.INT16]), ("there_and_back", [TYPE.INT32, TYPE.INT16, TYPE.INT8]),
                     ("truth_as_int8", [TYPE.BOOL, TYPE.INT8])):
    def build(m, x, types=types):
        for type in types:
            x = cast(m, x, type)
        return x
    case(f"cast_{label}", (1, 4, 3, 5))(build)


@case("cast_int32_wraps", (1, 4, 7), TYPE.INT32)
def _(m, x):
    m.input.scale, m.input.zero = f32(0.05), -7
    return cast(m, cast(m, x, TYPE.INT16), TYPE.INT8)


@case("cast_between_layers", (1, 6, 5, 3))
def _(m, x):
    y = m.conv(cast(m, cast(m, x, TYPE.INT32), TYPE.INT8), 4)
    return cast(m, y, TYPE.INT32)


# ---- values that move ---------------------------------------------------------------------------

@case("slice_int32", (1, 5, 4, 3))
def _(m, x):
    return moved(m, cast(m, x, TYPE.INT32), OP.SLICE, lambda v: v[:, 1:4, 1:3, :2],
                 [[0, 1, 1, 0], [1, 3, 2, 2]], tfl.SliceOptionsT())


@case("strided_slice_bool", (1, 6, 8, 2), TYPE.BOOL)
def _(m, x):
    o = tfl.StridedSliceOptionsT()
    return moved(m, x, OP.STRIDED_SLICE, lambda v: v[:, ::2, 1:7:3], [[0, 0, 1, 0], [1, 6, 7, 2], [1, 2, 3, 1]], o)


@case("concatenation_int32", (1, 4, 3, 2))
def _(m, x):
    y = cast(m, x, TYPE.INT32)
    tensors = [y, arg(m, x, OP.ARG_MAX, 3, True)]
    return joined(m, OP.CONCATENATION, tensors, 3, lambda v, axis: np.concatenate(v, axis),
                  tfl.ConcatenationOptionsT())


@case("pack_int32_rows", (1, 4, 3, 2))
def _(m, x):
    tensors = [arg(m, x, OP.ARG_MAX, 1), arg(m, x, OP.ARG_MIN, 1)]
    o = tfl.PackOptionsT()
    o.valuesCount = 2
    return joined(m, OP.PACK, tensors, 1, lambda v, axis: np.stack(v, axis), o)


@case("reshape_bool", (1, 4, 6), TYPE.BOOL)
def _(m, x):
    y = logical_not(m, x)
    return moved(m, y, OP.RESHAPE, lambda v: v.reshape(1, 2, 4, 3), [[1, 2, 4, 3]], tfl.ReshapeOptionsT())


@case("transpose_int16", (1, 4, 5, 3))
def _(m, x):
    return moved(m, cast(m, x, TYPE.INT16), OP.TRANSPOSE, lambda v: v.transpose(0, 2, 1, 3),
                 [[0, 2, 1, 3]], tfl.TransposeOptionsT())
