"""Cases of operators that move values and change none, in shapes of any rank and batch."""
import numpy as np

from tiny import OP, TYPE, Model, tfl

CASES, BUILDS, SHAPES = {}, {}, {}


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
        m.input.values = m.stimuli(shape[1:] if shape[0] == 1 and len(shape) == 4 else shape)
        return m, m.finish(build(m, m.input))
    assert name not in CASES
    CASES[name], BUILDS[name], SHAPES[name] = make, build, shape


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


nearest("row_resize_nearest", (1, 1, 5, 3), (1, 9), half=True)
nearest("row_resize_nearest_to_a_map", (1, 1, 5, 3), (3, 8))
nearest("row_resize_nearest_from_a_map", (1, 4, 5, 3), (1, 7), align=True)


# ---- SLICE, STRIDED_SLICE, REVERSE_V2 -----------------------------------------------------------

def sliced(name, shape, begin, size, kind=np.int32):
    where = tuple(slice(b, None if n == -1 else b + n) for b, n in zip(begin, size))
    case(name, shape, lambda m, x: moved(m, x, OP.SLICE, lambda v: v[where],
                                         [np.array(begin, kind), np.array(size, kind)],
                                         tfl.SliceOptionsT()))


sliced("slice_channels", (1, 4, 5, 7), (0, 0, 0, 2), (1, 4, 5, 3))
sliced("slice_width", (1, 4, 6, 3), (0, 0, 2, 0), (1, 4, -1, 3))
sliced("slice_rows", (1, 7, 3, 2), (0, 2, 0, 0), (1, 4, 3, 2))
sliced("slice_all_axes", (3, 5, 6, 4), (1, 2, 1, 1), (2, 2, 4, 2))
sliced("slice_rank_5_int64", (2, 3, 4, 3, 5), (0, 1, 1, 0, 2), (2, 2, 3, 3, -1), np.int64)
sliced("slice_vector", (9,), (4,), (3,))
sliced("slice_whole", (1, 3, 4, 2), (0, 0, 0, 0), (-1, 3, -1, 2))


def strided(name, shape, first, last, strides, **masks):
    o = tfl.StridedSliceOptionsT()
    o.beginMask, o.endMask = masks.get("begin", 0), masks.get("end", 0)
    o.shrinkAxisMask = masks.get("shrink", 0)
    where = tuple(
        (b if o.shrinkAxisMask >> k & 1 else
         slice(None if o.beginMask >> k & 1 else b, None if o.endMask >> k & 1 else e, s))
        for k, (b, e, s) in enumerate(zip(first, last, strides)))
    case(name, shape, lambda m, x: moved(m, x, OP.STRIDED_SLICE, lambda v: v[where],
                                         [first, last, strides], o))


strided("strided_slice_every_second_row", (1, 9, 4, 3), (0, 1, 0, 0), (1, 9, 4, 3), (1, 2, 1, 1))
strided("strided_slice_pixels", (1, 6, 8, 3), (0, 0, 1, 0), (1, 6, 8, 3), (1, 1, 3, 1))
strided("strided_slice_channels", (2, 3, 4, 7), (0, 0, 0, 1), (2, 3, 4, 7), (1, 1, 1, 2))
strided("strided_slice_backwards", (1, 5, 6, 3), (0, 0, 5, -1), (0, 0, 1, -4), (1, 1, -2, -1), begin=3, end=3)
strided("strided_slice_rows_backwards", (1, 5, 3, 2), (0, 9, 0, 0), (0, 0, 0, 0), (1, -2, 1, 1), begin=13, end=15)
strided("strided_slice_shrinks", (1, 6, 5, 4), (0, -2, 1, 0), (1, 0, 3, 4), (1, 1, 1, 1), shrink=3)
strided("strided_slice_row_of_rank_3", (4, 5, 3), (2, 0, 0), (3, 5, 3), (1, 1, 1), shrink=1)
strided("strided_slice_one_value", (6, 7), (-1, 3), (0, 0), (1, 1), shrink=3)
strided("strided_slice_masks", (1, 6, 7), (1, 2, 3), (0, -1, 5), (1, 1, 1), begin=5, end=5)


def reverse(name, shape, axes):
    case(name, shape, lambda m, x: moved(m, x, OP.REVERSE_V2, lambda v: np.flip(v, axes), [axes],
                                         tfl.ReverseV2OptionsT()))


reverse("reverse_rows", (1, 5, 4, 3), (1,))
reverse("reverse_width_and_channels", (1, 3, 4, 5), (2, 3))
reverse("reverse_all", (2, 3, 4), (0, 1, 2))
reverse("reverse_vector", (9,), (0,))


# ---- BROADCAST_TO -------------------------------------------------------------------------------

def broadcast(name, shape, to):
    case(name, shape, lambda m, x: moved(m, x, OP.BROADCAST_TO, lambda v: np.broadcast_to(v, to), [to],
                                         tfl.BroadcastToOptionsT()))


broadcast("broadcast_channels", (1, 3, 4, 1), (1, 3, 4, 5))
broadcast("broadcast_rows", (1, 1, 4, 3), (2, 5, 4, 3))
broadcast("broadcast_rank_1_to_5", (3,), (2, 1, 3, 2, 3))
broadcast("broadcast_width", (4, 1, 3), (4, 6, 3))


def tile(name, shape, times):
    def build(m, x):
        m.desktop = True
        return moved(m, x, OP.TILE, lambda v: np.tile(v, times), [times], tfl.TileOptionsT())
    case(name, shape, build)


tile("tile_rank_4", (1, 3, 2, 3), (2, 2, 3, 1))
tile("tile_channels", (1, 3, 2, 3), (1, 1, 1, 4))
tile("tile_rank_2", (4, 3), (3, 2))


# ---- GATHER, GATHER_ND --------------------------------------------------------------------------

def gather(name, shape, indices, axis, batch_dims=0):
    o = tfl.GatherOptionsT()
    o.axis, o.batchDims = axis, batch_dims
    indices = np.array(indices, np.int32)
    batch_dims = batch_dims % max(indices.ndim, 1)

    def answer(v):
        if batch_dims == 0:
            return np.take(v, indices, axis)
        batch = v.shape[:batch_dims]
        return np.stack([np.take(v[b], indices[b], axis % v.ndim - batch_dims)
                         for b in np.ndindex(batch)]).reshape(o_shape)
    rest = axis % len(shape)
    o_shape = shape[:rest] + indices.shape[batch_dims:] + shape[rest + 1:]
    case(name, shape, lambda m, x: moved(m, x, OP.GATHER, answer, [indices], o))


gather("gather_channels", (1, 3, 4, 7), [6, 0, 3, 3], -1)
gather("gather_rows", (1, 5, 3, 2), [4, 4, 0, 2, 1, 3], 1)
gather("gather_width", (2, 3, 5, 2), [0, 2, 4], 2)
gather("gather_one", (4, 5, 3), 2, 0)
gather("gather_matrix_of_rows", (7, 4), [[6, 1, 2], [0, 5, 5]], 0)
gather("gather_across_rows_and_width", (5, 3), [[[0, 3], [4, 1]], [[2, 2], [1, 0]]], 0)
gather("gather_batch", (3, 5, 4), [[0, 4], [1, 1], [3, 2]], 1, 1)
gather("gather_batch_between", (2, 3, 5, 4), [[0, 4, 1], [3, 2, 2]], 2, 1)
gather("gather_batch_minus_1", (2, 6), [[5, 0, 1], [3, 2, 2]], 1, -1)


def gather_nd(name, shape, indices):
    indices = np.array(indices, np.int32)
    case(name, shape, lambda m, x: moved(m, x, OP.GATHER_ND,
                                         lambda v: v[tuple(np.moveaxis(indices, -1, 0))], [indices],
                                         tfl.GatherNdOptionsT()))


gather_nd("gather_nd_values", (4, 5), [[0, 4], [3, 1], [2, 2]])
gather_nd("gather_nd_rows", (5, 3, 2), [[4], [0], [4]])
gather_nd("gather_nd_pixels", (2, 3, 4, 5), [[[1, 2, 3], [0, 0, 1]], [[1, 0, 2], [0, 2, 2]]])


# ---- SPACE and DEPTH, SPACE and BATCH -----------------------------------------------------------

def space_to_depth(v, k):
    n, h, w, c = v.shape
    return v.reshape(n, h // k, k, w // k, k, c).transpose(0, 1, 3, 2, 4, 5).reshape(
        n, h // k, w // k, k * k * c)


def depth_to_space(v, k):
    n, h, w, c = v.shape
    return v.reshape(n, h, w, k, k, c // k // k).transpose(0, 1, 3, 2, 4, 5).reshape(
        n, h * k, w * k, c // k // k)


def blocks(name, shape, op, answer, options, k):
    options.blockSize = k
    case(name, shape, lambda m, x: moved(m, x, op, lambda v: answer(v, k), (), options))


blocks("space_to_depth_2", (1, 4, 6, 3), OP.SPACE_TO_DEPTH, space_to_depth, tfl.SpaceToDepthOptionsT(), 2)
blocks("space_to_depth_3", (2, 3, 6, 2), OP.SPACE_TO_DEPTH, space_to_depth, tfl.SpaceToDepthOptionsT(), 3)
blocks("depth_to_space_2", (1, 3, 2, 8), OP.DEPTH_TO_SPACE, depth_to_space, tfl.DepthToSpaceOptionsT(), 2)
blocks("depth_to_space_3", (2, 2, 3, 9), OP.DEPTH_TO_SPACE, depth_to_space, tfl.DepthToSpaceOptionsT(), 3)


blocks("row_to_depth", (1, 2, 8, 3), OP.SPACE_TO_DEPTH, space_to_depth, tfl.SpaceToDepthOptionsT(), 2)
blocks("row_from_depth", (1, 1, 4, 8), OP.DEPTH_TO_SPACE, depth_to_space, tfl.DepthToSpaceOptionsT(), 2)


def four(v):
    return v if v.ndim == 4 else v[:, :, None]


def space_to_batch(v, size, borders, fill):
    (kh, kw), v = (tuple(size) + (1,))[:2], four(v)
    wide = (list(borders) + [(0, 0)])[:2]
    v = np.pad(v, [(0, 0), *wide, (0, 0)], constant_values=fill)
    n, h, w, c = v.shape
    return v.reshape(n, h // kh, kh, w // kw, kw, c).transpose(2, 4, 0, 1, 3, 5).reshape(
        kh * kw * n, h // kh, w // kw, c)


def batch_to_space(v, size, crops):
    (kh, kw), v = (tuple(size) + (1,))[:2], four(v)
    wide = (list(crops) + [(0, 0)])[:2]
    n, h, w, c = v.shape
    n //= kh * kw
    v = v.reshape(kh, kw, n, h, w, c).transpose(2, 3, 0, 4, 1, 5).reshape(n, h * kh, w * kw, c)
    return v[:, wide[0][0]:h * kh - wide[0][1], wide[1][0]:w * kw - wide[1][1]]


def batches(name, shape, op, size, borders, zero=-7):
    """TensorFlow Lite Micro leaves open what it fills with; 0 in a fresh arena."""
    def answer(v):
        out = (space_to_batch(v, size, borders, 0) if op == OP.SPACE_TO_BATCH_ND
               else batch_to_space(v, size, borders))
        return out if v.ndim == 4 else out[:, :, 0]

    def build(m, x):
        x.zero = m.tensors[0].quantization.zeroPoint[0] = zero
        return moved(m, x, op, answer, [size, borders])
    case(name, shape, build)


batches("space_to_batch_2x2", (1, 4, 6, 3), OP.SPACE_TO_BATCH_ND, (2, 2), [(0, 0), (0, 0)])
batches("space_to_batch_border", (1, 5, 4, 2), OP.SPACE_TO_BATCH_ND, (2, 3), [(1, 0), (1, 1)], 0)
batches("space_to_batch_batches", (2, 3, 2, 3), OP.SPACE_TO_BATCH_ND, (1, 2), [(0, 0), (2, 0)], 0)
batches("space_to_batch_rank_3", (2, 5, 3), OP.SPACE_TO_BATCH_ND, (3,), [(1, 0)], 0)
batches("batch_to_space_2x2", (4, 2, 3, 3), OP.BATCH_TO_SPACE_ND, (2, 2), [(0, 0), (0, 0)])
batches("batch_to_space_crops", (12, 3, 2, 2), OP.BATCH_TO_SPACE_ND, (2, 3), [(1, 0), (1, 2)])
batches("batch_to_space_rank_3", (6, 4, 3), OP.BATCH_TO_SPACE_ND, (3,), [(2, 1)])


# ---- MIRROR_PAD, PAD ----------------------------------------------------------------------------

def mirror(name, shape, borders, mode, kind=np.int32):
    o = tfl.MirrorPadOptionsT()
    o.mode = mode
    how = "symmetric" if mode else "reflect"
    case(name, shape, lambda m, x: moved(m, x, OP.MIRROR_PAD, lambda v: np.pad(v, borders, how),
                                         [np.array(borders, kind)], o))


mirror("mirror_pad_reflect", (1, 4, 5, 2), [(0, 0), (1, 3), (4, 2), (0, 0)], 0)
mirror("mirror_pad_symmetric", (1, 3, 4, 3), [(0, 0), (3, 1), (0, 4), (2, 0)], 1)
mirror("mirror_pad_rank_2_int64", (4, 5), [(3, 0), (1, 4)], 0, np.int64)
mirror("mirror_pad_batch", (2, 3, 2, 2), [(1, 1), (0, 2), (1, 0), (0, 0)], 1)


def padded(name, shape, borders, value=None):
    def build(m, x):
        fill = x.zero if value is None else value
        array = np.array(borders, np.int32)
        if value is None:
            return moved(m, x, OP.PAD, lambda v: np.pad(v, borders, constant_values=fill), [array],
                         tfl.PadOptionsT())
        values = np.stack([np.pad(v, borders, constant_values=fill)
                           for v in x.values.reshape((-1,) + x.shape)])
        y = m.tensor("pad", values.shape[1:], x.scale, x.zero, values)
        return m.operator(OP.PADV2, [
            x, m.constant("borders", array, TYPE.INT32),
            m.constant("value", np.array([value], np.int8), TYPE.INT8, x.scale, x.zero)], y,
            tfl.BuiltinOptions.PadV2Options, tfl.PadV2OptionsT())
    case(name, shape, build)


padded("pad_batch", (2, 3, 4, 2), [(1, 0), (0, 0), (0, 0), (0, 0)])
padded("pad_rows_of_batches", (2, 3, 2, 2), [(0, 0), (1, 2), (0, 1), (0, 0)])
padded("pad_vector", (5,), [(2, 3)])
padded("pad_matrix", (4, 3), [(1, 2), (3, 0)], 99)
padded("pad_rank_3", (2, 3, 4), [(1, 0), (0, 2), (1, 1)])
padded("pad_rank_5", (1, 2, 3, 2, 3), [(0, 0), (1, 0), (0, 2), (1, 1), (2, 0)])


# ---- RESIZE_BILINEAR ----------------------------------------------------------------------------

def bilinear(name, shape, size, align=False, half=False):
    def along(n, to):
        step = ((1024 * (n - 1) + (to - 1) // 2) // (to - 1) if align and to > 1
                else (1024 * n + to // 2) // to)
        at = np.arange(to) * step + (step // 2 - 512 if half else 0)
        lower = np.maximum(at, 0) // 1024
        return lower, np.minimum(np.maximum(at + 1023, 0) // 1024, n - 1), at - 1024 * lower

    def answer(v):
        v = v.astype(np.int64)
        (y0, y1, dy), (x0, x1, dx) = along(shape[1], size[0]), along(shape[2], size[1])
        dy, dx = dy[:, None, None], dx[:, None]
        top = v[:, y0][:, :, x0] * (1024 - dx) + v[:, y0][:, :, x1] * dx
        low = v[:, y1][:, :, x0] * (1024 - dx) + v[:, y1][:, :, x1] * dx
        total = top * (1024 - dy) + low * dy
        return np.where(total > 0, (total + 2**19) >> 20, -((2**19 - total) >> 20))
    o = tfl.ResizeBilinearOptionsT()
    o.alignCorners, o.halfPixelCenters = align, half
    case(name, shape, lambda m, x: moved(m, x, OP.RESIZE_BILINEAR, answer, [size], o))


bilinear("resize_bilinear_2x2", (1, 3, 4, 3), (6, 8))
bilinear("resize_bilinear_odd", (1, 5, 7, 2), (8, 3))
bilinear("resize_bilinear_half", (1, 4, 3, 3), (7, 9), half=True)
bilinear("resize_bilinear_half_smaller", (1, 7, 9, 2), (3, 4), half=True)
bilinear("resize_bilinear_aligned", (1, 4, 5, 2), (9, 8), align=True)
bilinear("resize_bilinear_batch", (2, 3, 2, 3), (5, 3), align=True)
bilinear("row_resize_bilinear", (1, 1, 5, 3), (1, 9), half=True)
bilinear("row_resize_bilinear_from_a_map", (1, 4, 5, 3), (1, 7), align=True)
bilinear("resize_bilinear_one_pixel", (1, 1, 1, 4), (3, 3), half=True)


# ---- CONCATENATION, PACK ------------------------------------------------------------------------

def joined(m, op, options, operands, answer):
    """Operands: tensors, or arrays that become constants."""
    first = next(t for t in operands if not isinstance(t, np.ndarray))
    count = len(first.values.reshape((-1,) + first.shape))
    inputs = [m.constant(f"part_{k}", t.astype(np.int8), TYPE.INT8, first.scale, first.zero)
              if isinstance(t, np.ndarray) else t for k, t in enumerate(operands)]
    each = [[t] * count if isinstance(t, np.ndarray) else t.values.reshape((-1,) + t.shape)
            for t in operands]
    values = np.stack([answer(parts) for parts in zip(*each)])
    shape = values.shape[1:]
    if len(shape) == 4 and shape[0] == 1:
        values = values[:, 0]
    y = m.tensor("joined", shape, first.scale, first.zero, values)
    return m.operator(op, inputs, y, getattr(tfl.BuiltinOptions, type(options).__name__[:-1]),
                      options)


def concat(m, operands, axis):
    o = tfl.ConcatenationOptionsT()
    o.axis = axis
    return joined(m, OP.CONCATENATION, o, operands, lambda v: np.concatenate(v, axis))


def pack(m, operands, axis):
    o = tfl.PackOptionsT()
    o.axis, o.valuesCount = axis, len(operands)
    return joined(m, OP.PACK, o, operands, lambda v: np.stack(v, axis))


def some(*shape):
    return (np.arange(np.prod(shape)) * 29 % 251 - 125).reshape(shape)


def flipped(m, x, axes):
    return moved(m, x, OP.REVERSE_V2, lambda v: np.flip(v, axes), [axes], tfl.ReverseV2OptionsT())


case("concat_channels", (1, 3, 4, 5), lambda m, x: concat(m, [x, some(1, 3, 4, 2), flipped(m, x, (1,))], 3))
case("concat_width", (1, 3, 2, 5), lambda m, x: concat(m, [some(1, 3, 1, 5), x, x], -2))
case("concat_rows", (1, 3, 4, 2), lambda m, x: concat(m, [x, some(1, 2, 4, 2), flipped(m, x, (2,))], 1))
case("concat_batches", (2, 3, 2, 2), lambda m, x: concat(m, [x, some(1, 3, 2, 2), x], 0))
case("concat_rows_of_batches", (2, 3, 2, 2), lambda m, x: concat(m, [flipped(m, x, (0,)), x, some(2, 1, 2, 2)], 1))
case("concat_vectors", (7,), lambda m, x: concat(m, [x, some(3), x], 0))
case("concat_rank_2", (4, 3), lambda m, x: concat(m, [some(4, 1), x, flipped(m, x, (0, 1))], -1))
case("concat_rank_5", (2, 2, 3, 2, 3), lambda m, x: concat(m, [x, some(2, 2, 1, 2, 3)], 2))
case("concat_one", (3, 4), lambda m, x: concat(m, [x], 0))
case("row_joins", (1, 1, 6, 3), lambda m, x: m.conv(concat(m, [
    concat(m, [x, some(1, 1, 2, 3), flipped(m, x, (2,))], 2),
    concat(m, [x, m.conv(x, 3, kernel=(1, 2), scale=0.05, zero=-7), some(1, 1, 2, 3)], 2)], 3), 4, kernel=(1, 3)))
case("row_joined_to_a_map", (1, 1, 6, 3), lambda m, x: m.conv(concat(m, [
    x, flipped(m, x, (3,)), some(1, 1, 6, 3)], 1), 4))
case("concat_inception", (1, 7, 6, 2), lambda m, x: m.conv(concat(m, [
    m.conv(x, 3), m.conv(x, 2, kernel=(1, 1)), m.conv(m.conv(x, 2), 2, kernel=(5, 1))], 3), 3))
case("concat_rows_of_convs", (1, 6, 5, 2), lambda m, x: m.conv(concat(m, [
    m.conv(x, 3), m.conv(x, 3, stride=(2, 1))], 1), 2))
case("pack_channels", (1, 3, 4), lambda m, x: pack(m, [x, some(1, 3, 4), flipped(m, x, (1,))], -1))
case("pack_rows", (3, 2, 4), lambda m, x: pack(m, [some(3, 2, 4), x], 1))
case("pack_first", (2, 3, 4), lambda m, x: pack(m, [x, x], 0))
case("pack_vectors", (5,), lambda m, x: pack(m, [x, some(5), x], 1))


# ---- SPLIT, SPLIT_V, UNPACK ---------------------------------------------------------------------

def parts(m, x, op, operands, options, answer):
    """The operator's results."""
    values = [answer(v) for v in x.values.reshape((-1,) + x.shape)]
    results = [m.tensor(f"part_{k}", values[0][k].shape, x.scale, x.zero,
                        np.stack([v[k] for v in values])) for k in range(len(values[0]))]
    m.operator(op, operands, results[0], getattr(tfl.BuiltinOptions, type(options).__name__[:-1]),
               options)
    m.operators[-1].outputs = [t.index for t in results]
    return results


def split(m, x, count, axis):
    o = tfl.SplitOptionsT()
    o.numSplits = count
    where = m.constant("axis", np.array([axis], np.int32), TYPE.INT32)
    return parts(m, x, OP.SPLIT, [where, x], o, lambda v: np.split(v, count, axis))


def split_v(m, x, sizes, axis):
    o = tfl.SplitVOptionsT()
    o.numSplits = len(sizes)
    return parts(m, x, OP.SPLIT_V, [
        x, m.constant("sizes", np.array(sizes, np.int32), TYPE.INT32),
        m.constant("axis", np.array([axis], np.int32), TYPE.INT32)], o,
        lambda v: np.split(v, np.cumsum(sizes)[:-1], axis))


def unpack(m, x, axis):
    o = tfl.UnpackOptionsT()
    o.num, o.axis = x.shape[axis], axis
    return parts(m, x, OP.UNPACK, [x], o, lambda v: list(np.moveaxis(v, axis, 0)))


case("split_channels", (1, 3, 4, 6), lambda m, x: concat(m, split(m, x, 3, -1)[::-1], 3))
case("split_rows", (1, 6, 3, 2), lambda m, x: concat(m, split(m, x, 2, 1)[::-1], 1))
case("split_width_one_result", (2, 3, 4, 2), lambda m, x: split(m, x, 2, 2)[1])
case("split_v_rows_to_channels", (1, 7, 3, 2), lambda m, x: concat(m, split_v(m, x, [3, 1, 3], 1)[::2], 3))
case("split_v_rank_2", (4, 9), lambda m, x: concat(m, split_v(m, x, [2, 4, 3], -1)[::-1], 1))
case("unpack_channels", (1, 4, 5, 3), lambda m, x: concat(m, unpack(m, x, -1)[::-1], 1))
case("unpack_rows_one_result", (4, 5, 3), lambda m, x: unpack(m, x, 0)[2])
case("unpack_and_pack", (2, 3, 4), lambda m, x: pack(m, unpack(m, x, 1), 1))
