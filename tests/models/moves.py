"""Cases of operators that move values and change none, in shapes of any rank and batch."""
import numpy as np

from tiny import OP, TYPE, Model, tfl

CASES = {}


def moved(m, x, op, answer, constants=(), options=None):
    """One operator; `answer` moves the values of one inference. Constants: int32 unless arrays."""
    name = {value: name for name, value in vars(OP).items()}[op].lower()
    values = np.stack([answer(v) for v in x.values.reshape((-1,) + x.shape)])
    inputs = [x]
    for k, numbers in enumerate(constants):
        array = numbers if isinstance(numbers, np.ndarray) else np.array(numbers, np.int32)
        kind = TYPE.INT64 if array.dtype == np.int64 else TYPE.INT32
        inputs.append(m.constant(f"constant_{k}", array, kind))
    y = m.tensor(name, values.shape[1:], x.scale, x.zero, values)
    kind = getattr(tfl.BuiltinOptions, type(options).__name__[:-1]) if options else 0
    return m.operator(op, inputs, y, kind, options)


def case(name, shape, build):
    """A model whose input has exactly these dimensions."""
    def make():
        m = Model(name, shape[1:], 0.05, -7)
        m.input.shape, m.tensors[0].shape = tuple(shape), list(shape)
        m.input.values = m.stimuli(shape)
        return m, m.finish(build(m, m.input))
    assert name not in CASES
    CASES[name] = make


def register(cases):
    assert not set(cases) & set(CASES)
    cases.update(CASES)


# ---- TRANSPOSE ----------------------------------------------------------------------------------

def transpose(name, shape, axes):
    case(name, shape, lambda m, x: moved(m, x, OP.TRANSPOSE, lambda v: v.transpose(axes), [axes],
                                         tfl.TransposeOptionsT()))


transpose("transpose_matrix", (5, 7), (1, 0))
transpose("transpose_rank_3", (3, 4, 5), (2, 0, 1))
transpose("transpose_channels_first", (1, 4, 5, 3), (0, 3, 1, 2))
transpose("transpose_channels_last", (1, 3, 4, 5), (0, 2, 3, 1))
transpose("transpose_height_and_width", (2, 4, 5, 3), (0, 2, 1, 3))
transpose("transpose_within_rows", (1, 4, 6, 3), (0, 1, 3, 2))
transpose("transpose_all_of_4", (2, 3, 4, 5), (3, 2, 1, 0))
transpose("transpose_rank_5", (2, 3, 2, 4, 3), (3, 1, 4, 0, 2))
transpose("transpose_moves_nothing", (1, 4, 1, 5), (1, 0, 3, 2))


# ---- RESIZE_NEAREST_NEIGHBOR --------------------------------------------------------------------

def nearest(name, shape, size, align=False, half=False):
    def index(n, to):
        f = np.float32
        scale = f(n - 1) / f(to - 1) if align and to > 1 else f(n) / f(to)
        at = (np.arange(to, dtype=f) + f(0.5 if half else 0)) * scale
        return np.floor(at + f(0.5) if align else at).astype(int).clip(0, n - 1)
    o = tfl.ResizeNearestNeighborOptionsT()
    o.alignCorners, o.halfPixelCenters = align, half
    case(name, shape, lambda m, x: moved(
        m, x, OP.RESIZE_NEAREST_NEIGHBOR,
        lambda v: v[:, index(shape[1], size[0])][:, :, index(shape[2], size[1])], [size], o))


nearest("resize_nearest_2x2", (1, 3, 4, 3), (6, 8))
nearest("resize_nearest_3x1_rows", (1, 4, 3, 2), (12, 3))
nearest("resize_nearest_smaller", (1, 8, 9, 2), (4, 3))
nearest("resize_nearest_odd", (1, 5, 7, 1), (8, 11))
nearest("resize_nearest_aligned", (1, 4, 5, 3), (7, 9), align=True)
nearest("resize_nearest_half", (1, 4, 5, 3), (7, 3), half=True)
nearest("resize_nearest_half_2x2", (1, 3, 3, 4), (6, 6), half=True)
nearest("resize_nearest_aligned_half", (1, 4, 5, 2), (9, 8), align=True, half=True)
nearest("resize_nearest_batch", (2, 3, 2, 3), (5, 4))
