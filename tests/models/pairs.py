"""Cases of operators on two operands, element by element."""
import numpy as np

from tiny import (NONE, OP, RELU, RELU6, RELU_N1, TYPE, Model, Tensor, activation_range, f32,
                  quantize_multiplier, scaled, tfl)

CASES = {}


def reciprocal(value):
    """1 / (1 + value), both in Q0.31, by three Newton-Raphson steps."""
    def high(a, b):
        return (a * b + (1 << 30)) >> 31

    def up(x, bits):
        return int(np.clip(x << bits, -(1 << 31), (1 << 31) - 1))
    half = (value + (1 << 31)) // 2
    x = 1515870810 + high(half, -1010580540)
    for _ in range(3):
        x += up(high(x, (1 << 29) - high(half, x)), 2)
    return up(x, 1)


def quotient(left, right, real):
    """The reference's division of int8 values less their zero points."""
    multiplier, shift = quantize_multiplier(real)
    if right < 0:
        left, right = -left, -right
    length = int(right).bit_length()
    inverse = reciprocal((int(right) << (32 - length)) - (1 << 31))
    room = 31 - int(-left - 1 if left < 0 else left).bit_length()
    high = ((int(left) << room) * inverse + (1 << 30)) >> 31
    right_shift = length - 1 + room - shift
    assert 0 <= right_shift <= 31, right_shift
    high = (high * multiplier + (1 << 30)) >> 31
    mask = (1 << right_shift) - 1
    return (high >> right_shift) + ((high & mask) > (mask >> 1) + (high < 0))


def combined(op, a, b, scale, zero):
    """From two tensors, not yet clamped."""
    left, right = a.values - a.zero, b.values - b.zero
    if op in (OP.MAXIMUM, OP.MINIMUM):
        return (np.maximum if op == OP.MAXIMUM else np.minimum)(a.values, b.values)
    if op == OP.MUL:
        return scaled(left * right, float(a.scale) * float(b.scale) / float(scale)) + zero
    if op == OP.DIV:
        real = float(f32(a.scale) / f32(f32(b.scale) * f32(scale)))
        return np.vectorize(lambda x, y: quotient(int(x), int(y), real))(left, right) + zero
    headroom = 7 if op == OP.SQUARED_DIFFERENCE else 20
    twice = 2 * float(max(a.scale, b.scale))
    left = scaled(left << headroom, float(a.scale) / twice)
    right = scaled(right << headroom, float(b.scale) / twice)
    if op == OP.SQUARED_DIFFERENCE:
        real = twice * twice / (float(1 << 14) * float(scale))
        return scaled((left - right) ** 2, real) + zero
    total = left + right if op == OP.ADD else left - right
    return scaled(total, twice / (float(1 << 20) * float(scale))) + zero


def pair(m, op, a, b, act=NONE, scale=None, zero=None):
    """One operator on two tensors, whose values have an axis of inferences in front."""
    rank = max(len(a.shape), len(b.shape))

    def wide(t):
        values = t.values.reshape((-1,) + (1,) * (rank - len(t.shape)) + t.shape)
        return Tensor(t.index, t.shape, t.scale, t.zero, values.astype(np.int64))
    left, right = wide(a), wide(b)
    if op in (OP.MAXIMUM, OP.MINIMUM):
        scale, zero = a.scale, a.zero
    if scale is None:
        x = (left.values - a.zero) * float(a.scale)
        y = (right.values - b.zero) * float(b.scale)
        real = {OP.ADD: lambda: x + y, OP.SUB: lambda: x - y, OP.MUL: lambda: x * y,
                OP.SQUARED_DIFFERENCE: lambda: (x - y) ** 2}[op]()
        low, high = np.percentile(real, (8, 92))
        scale = (high - low) / (230 if act in (NONE, RELU) else 150)
        if zero is None:
            zero = int(np.clip(round(-118 - low / float(scale)), -128, 127))
    scale = f32(scale)
    values = combined(op, left, right, scale, zero)
    m.clamps = activation_range(act, scale, zero)
    kind = {OP.ADD: "Add", OP.SUB: "Sub", OP.MUL: "Mul", OP.DIV: "Div",
            OP.SQUARED_DIFFERENCE: "SquaredDifference"}.get(op, "MaximumMinimum") + "Options"
    options = getattr(tfl, kind + "T")()
    if hasattr(options, "fusedActivationFunction"):
        options.fusedActivationFunction = act
    y = m.tensor("pair", values.shape[1:], scale, zero, values.clip(*m.clamps))
    return m.operator(op, [a, b], y, getattr(tfl.BuiltinOptions, kind), options)


def constant(m, shape, scale=0.03, zero=5, least=-128, most=127):
    values = m.rng.integers(least, most + 1, shape)
    if scale > 0 and least == -128:
        values = np.where(values == zero, zero + 1, values)
    index = m.constant("constant", values.astype(np.int8), TYPE.INT8, [scale], zero)
    return Tensor(index, shape, scale, zero, np.asarray(values))


def case(name, shape, build, scale=0.05, zero=-7, extreme=False):
    """A model whose input has exactly these dimensions."""
    def make():
        m = Model(name, shape[1:], scale, zero)
        if shape[0] != 1:
            m.input.shape, m.tensors[0].shape = tuple(shape), list(shape)
            m.input.values = m.stimuli(shape)
        m.extreme = extreme
        return m, m.finish(build(m, m.input))
    assert name not in CASES
    CASES[name] = make


def with_constant(name, op, shape, other, first=False, extreme=False, values={}, input=(0.05, -7),
                  **options):
    """The input with a constant of shape `other`, which may come `first`."""
    def build(m, x):
        c = constant(m, other, **values)
        return pair(m, op, *((c, x) if first else (x, c)), **options)
    case(name, shape, build, *input, extreme=extreme)


def with_map(name, op, shape, make, first=False, input=(0.05, -7), extreme=False, **options):
    """The input with a map that is made from it."""
    def build(m, x):
        y = make(m, x)
        return pair(m, op, *((y, x) if first else (x, y)), **options)
    case(name, shape, build, *input, extreme=extreme)


def register(cases):
    assert not set(cases) & set(CASES)
    cases.update(CASES)


def other_scale(m, x):
    return m.quantize(x, 0.031, 20)


def pool(height, width):
    return lambda m, x: m.average_pool(x, (height, width))


def one_channel(m, x):
    return m.conv(x, 1, kernel=(1, 1), scale=0.02, zero=-11)


# ---- ADD, SUB -----------------------------------------------------------------------------------

with_constant("add_constant_channels", OP.ADD, (1, 4, 5, 3), (3,))
with_constant("add_constant_one", OP.ADD, (1, 4, 5, 3), (), first=True)
with_constant("add_constant_map", OP.ADD, (1, 4, 3, 5), (1, 4, 3, 5), act=RELU6, extreme=True)
with_constant("add_constant_rows", OP.ADD, (1, 4, 3, 5), (4, 1, 1), first=True)
with_constant("add_constant_larger", OP.ADD, (1, 5), (3, 5))
with_constant("add_constant_one_in_batch", OP.ADD, (3, 4, 2, 5), (1, 4, 2, 1))
with_constant("add_constant_for_batch", OP.ADD, (2, 3, 4, 5), (2, 1, 4, 1))
with_map("add_both_repeated", OP.ADD, (1, 4, 5, 3),
         lambda m, x: pair(m, OP.ADD, pool(1, 5)(m, x), pool(4, 1)(m, x)))
with_map("add_map_of_pixels", OP.ADD, (1, 4, 5, 3), one_channel)
with_map("sub_maps", OP.SUB, (1, 4, 5, 3), other_scale)
with_map("sub_relu", OP.SUB, (1, 4, 5, 3), other_scale, first=True, act=RELU, extreme=True)
with_map("sub_from_columns", OP.SUB, (1, 4, 5, 3), pool(4, 1), first=True)
with_constant("sub_constant_channels", OP.SUB, (1, 4, 5, 8), (8,))
with_constant("sub_from_constant_channels", OP.SUB, (1, 4, 5, 7), (1, 1, 1, 7), first=True,
              act=RELU_N1, scale=0.008, zero=3, extreme=True)
with_constant("sub_scale_ratio_1000", OP.SUB, (1, 13), (13,), values=dict(scale=5e-5, zero=-128))

# ---- MUL ----------------------------------------------------------------------------------------

with_map("mul_maps", OP.MUL, (1, 4, 5, 3), other_scale, extreme=True)
with_map("mul_relu6", OP.MUL, (1, 5, 3, 4), other_scale, act=RELU6, scale=6 / 255, zero=-128,
         extreme=True)
with_map("mul_pool", OP.MUL, (1, 4, 5, 8), pool(4, 5))
with_map("mul_pool_first", OP.MUL, (1, 4, 5, 3), pool(4, 5), first=True)
with_map("mul_rows", OP.MUL, (1, 4, 5, 3), pool(1, 5))
with_map("mul_map_of_pixels", OP.MUL, (1, 4, 5, 3), one_channel, first=True)
with_map("mul_same_tensor", OP.MUL, (1, 4, 5, 3), lambda m, x: x, zero=-128, extreme=True)
with_constant("mul_constant_channels", OP.MUL, (1, 4, 5, 7), (7,))
with_constant("mul_constant_one", OP.MUL, (1, 4, 5, 3), (1,))
with_constant("mul_constant_rank_5", OP.MUL, (1, 2, 3, 2, 4), (4,), act=RELU, extreme=True)
with_constant("mul_constant_rank_5_axes", OP.MUL, (2, 2, 3, 2, 4), (2, 1, 2, 1))
with_constant("mul_constant_map", OP.MUL, (3, 7), (3, 7), first=True)
with_constant("mul_more_than_1", OP.MUL, (1, 4, 5, 2), (2,), values=dict(scale=0.5), scale=0.004,
              zero=-5, extreme=True)

# ---- DIV ----------------------------------------------------------------------------------------

with_constant("div_constant_channels", OP.DIV, (1, 4, 5, 3), (3,), scale=0.035, zero=4,
              values=dict(scale=0.02))
with_constant("div_constant_one", OP.DIV, (1, 4, 5, 3), (1,), scale=0.006, zero=-40,
              values=dict(scale=0.03, least=-90, most=-90), extreme=True)
with_constant("div_by_map_of_255", OP.DIV, (1, 256), (1, 256), scale=0.007, zero=-3,
              values=dict(scale=0.1, zero=-128, least=-127), extreme=True)
case("div_of_constant", (1, 4, 5, 3), lambda m, x: pair(
    m, OP.DIV, constant(m, (3,), 0.02, -128, 100, 127),
    pair(m, OP.MAXIMUM, x, constant(m, (3,), x.scale, x.zero, 30, 90)), scale=0.06, zero=-20),
     extreme=True)
with_map("div_relu6", OP.DIV, (1, 4, 5, 3),
         lambda m, x: pair(m, OP.MAXIMUM, x, constant(m, (3,), x.scale, x.zero, 30, 90)), act=RELU6,
         scale=0.012, zero=-100, extreme=True)
with_map("div_by_pool", OP.DIV, (1, 4, 5, 3),
         lambda m, x: pair(m, OP.MAXIMUM, pool(4, 5)(m, x),
                           constant(m, (1,), x.scale, x.zero, -3, -3)), scale=0.011, zero=1,
         extreme=True)

# ---- MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -------------------------------------------------------

for op, name in ((OP.MAXIMUM, "maximum"), (OP.MINIMUM, "minimum")):
    with_map(f"{name}_pool", op, (1, 4, 5, 3), pool(4, 5), extreme=True)
    with_constant(f"{name}_constant_one", op, (1, 4, 5, 3), (), values=dict(scale=0.05, zero=-7),
                  extreme=True)
    with_constant(f"{name}_constant_channels", op, (1, 4, 5, 3), (3,), first=True,
                  values=dict(scale=0.05, zero=-7), extreme=True)
with_map("squared_difference_maps", OP.SQUARED_DIFFERENCE, (1, 4, 5, 3), other_scale, extreme=True)
with_map("squared_difference_pool", OP.SQUARED_DIFFERENCE, (1, 4, 5, 3), pool(4, 5), zero=-128,
         extreme=True)
with_constant("squared_difference_constant_channels", OP.SQUARED_DIFFERENCE, (1, 4, 5, 3), (3,),
              zero=-128, extreme=True)
