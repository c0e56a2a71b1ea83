"""Makes layers/NAME.tflite, layers/NAME.golden and layers/index.txt.

    python3 layers.py [PREFIX...]   needs tensorflow (for its schema classes) and tflite_micro

With prefixes only models whose names begin with one of them are made again.

A golden file is, for each inference, the input bytes followed by the output bytes that TensorFlow
Lite Micro's reference kernels give. The same seeds give the same files.
"""
import multiprocessing
import os
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from tflite_micro.python.tflite_micro import runtime

import elements
import folds
import moves
import pairs
from tiny import (RELU, RELU6, RELU_N1, SAME, TYPE, VALID, Model, f32,
                  real_multipliers, requantize, scaled)

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}


def case(shape, scale=0.05, zero=-1, extreme=False, name=None):
    """Registers a function (Model, input) -> output under its own name."""
    def register(build):
        label = name or build.__name__
        assert label not in CASES, label

        def make():
            m = Model(label, shape, scale, zero)
            m.extreme = extreme
            return m, m.finish(build(m, m.input))
        CASES[label] = make
        return build
    return register


def table(layer, rows):
    """One-layer cases: name -> (input shape, options of the model, options of the layer)."""
    for label, (shape, model, options) in rows.items():
        case(shape, name=label, **model)(
            lambda m, x, layer=layer, options=options: getattr(m, layer)(x, **options))


# ---- CONV_2D ------------------------------------------------------------------------------------

table("conv", {
    "conv_1x1": ((5, 3, 7), dict(zero=-128), dict(channels=8, kernel=(1, 1))),
    "conv_1x1_one_pixel": ((1, 1, 17), dict(zero=5), dict(channels=7, kernel=(1, 1), padding=VALID)),
    "conv_1x1_stride2": ((7, 6, 5), dict(zero=0), dict(channels=3, kernel=(1, 1), stride=(2, 2))),
    "conv_1x1_stride2_even": ((6, 8, 8), dict(zero=-7), dict(channels=8, kernel=(1, 1), stride=(2, 2), padding=VALID, act=RELU, zero=-128)),
    "conv_1x1_relu6": ((4, 9, 3), dict(zero=127), dict(channels=5, kernel=(1, 1), act=RELU6, scale=6 / 255, zero=-128)),
    "conv_1x1_to_one": ((3, 4, 8), dict(zero=-3), dict(channels=1, kernel=(1, 1), per_channel=False)),
    "conv_1x1_from_one": ((4, 3, 1), dict(zero=77), dict(channels=17, kernel=(1, 1), padding=VALID)),
    "conv_3x3_same": ((7, 5, 3), dict(zero=-1), dict(channels=8)),
    "conv_3x3_same_zero_low": ((5, 6, 2), dict(zero=-128), dict(channels=5, act=RELU, zero=-128)),
    "conv_3x3_same_zero_high": ((6, 5, 2), dict(zero=127), dict(channels=3, zero=127)),
    "conv_3x3_valid": ((6, 7, 2), dict(zero=0), dict(channels=7, padding=VALID, zero=-128)),
    "conv_3x3_valid_exact_fit": ((3, 3, 5), dict(zero=13), dict(channels=8, padding=VALID)),
    "conv_3x3_one_channel": ((9, 8, 1), dict(zero=-128), dict(channels=1)),
    "conv_3x3_stride2_same_odd": ((7, 9, 3), dict(zero=-1), dict(channels=8, stride=(2, 2), act=RELU6, scale=6 / 255, zero=-128)),
    "conv_3x3_stride2_same_even": ((8, 6, 3), dict(zero=-1), dict(channels=8, stride=(2, 2))),
    "conv_3x3_stride2_valid": ((8, 7, 2), dict(zero=31), dict(channels=5, stride=(2, 2), padding=VALID)),
    "conv_3x3_stride_1x2": ((5, 8, 2), dict(zero=9), dict(channels=3, stride=(1, 2))),
    "conv_3x3_stride_2x1": ((8, 5, 2), dict(zero=-99), dict(channels=3, stride=(2, 1), act=RELU_N1, scale=2 / 200, zero=7)),
    "conv_3x3_stride3": ((10, 11, 1), dict(zero=-5), dict(channels=7, stride=(3, 3))),
    "conv_3x3_stride_3x2_valid": ((11, 10, 2), dict(zero=64), dict(channels=2, stride=(3, 2), padding=VALID)),
    "conv_1x1_stride3": ((8, 7, 3), dict(zero=-64), dict(channels=5, kernel=(1, 1), stride=(3, 3))),
    "conv_2x2_same": ((5, 4, 3), dict(zero=11), dict(channels=5, kernel=(2, 2))),
    "conv_2x2_stride2_same_odd": ((5, 7, 2), dict(zero=-12), dict(channels=3, kernel=(2, 2), stride=(2, 2))),
    "conv_2x2_stride3_valid": ((8, 6, 2), dict(zero=2), dict(channels=8, kernel=(2, 2), stride=(3, 3), padding=VALID)),
    "conv_5x3_same": ((9, 4, 2), dict(zero=-33), dict(channels=3, kernel=(5, 3), per_channel=False)),
    "conv_5x3_valid_stride_2x1": ((10, 5, 1), dict(zero=-128), dict(channels=8, kernel=(5, 3), stride=(2, 1), padding=VALID)),
    "conv_1x7_same": ((3, 9, 2), dict(zero=3), dict(channels=5, kernel=(1, 7))),
    "conv_1x7_valid": ((4, 8, 3), dict(zero=-128), dict(channels=2, kernel=(1, 7), padding=VALID, act=RELU6, scale=6 / 255, zero=-128)),
    "conv_7x1_row_of_one": ((9, 1, 3), dict(zero=-70), dict(channels=4, kernel=(7, 1), stride=(2, 1))),
    "conv_10x4_stride2_audio": ((12, 7, 1), dict(zero=83), dict(channels=8, kernel=(10, 4), stride=(2, 2), act=RELU, zero=-128)),
    "conv_kernel_over_input_same": ((2, 3, 3), dict(zero=17), dict(channels=5, kernel=(5, 7))),
    "conv_kernel_over_input_stride2": ((3, 2, 2), dict(zero=-128), dict(channels=3, kernel=(7, 5), stride=(2, 2))),
    "conv_kernel_over_one_pixel": ((1, 1, 5), dict(zero=-20), dict(channels=7, kernel=(3, 3))),
    "conv_dilation_2x1": ((7, 5, 2), dict(zero=-1), dict(channels=3, dilation=(2, 1))),
    "conv_dilation_1x2": ((5, 8, 2), dict(zero=-45), dict(channels=3, dilation=(1, 2), padding=VALID)),
    "conv_dilation_2x2_same": ((6, 7, 3), dict(zero=127), dict(channels=5, dilation=(2, 2))),
    "conv_dilation_2x2_valid": ((7, 6, 1), dict(zero=-128), dict(channels=8, dilation=(2, 2), padding=VALID)),
    "conv_dilation_over_input": ((3, 4, 2), dict(zero=6), dict(channels=2, kernel=(3, 3), dilation=(3, 2))),
    "conv_per_tensor": ((5, 5, 3), dict(zero=-2), dict(channels=8, per_channel=False, act=RELU6, scale=6 / 255, zero=-128)),
    "conv_per_tensor_odd_zero": ((6, 5, 8), dict(zero=51), dict(channels=3, padding=VALID, per_channel=False, zero=-37)),
    "conv_relu6_zero_inside": ((5, 6, 3), dict(zero=-1), dict(channels=4, act=RELU6, scale=6 / 150, zero=-40)),
    "conv_relu6_tie": ((5, 6, 3), dict(zero=-1), dict(channels=4, act=RELU6, scale=12 / 181, zero=-60)),
    "conv_relu_n1_tie": ((4, 5, 3), dict(zero=-9), dict(channels=5, act=RELU_N1, scale=2 / 181, zero=-4)),
    "conv_relu_zero_inside": ((5, 4, 2), dict(zero=1), dict(channels=7, act=RELU, scale=0.1, zero=-90)),
    "conv_no_bias": ((5, 6, 3), dict(zero=-4), dict(channels=5, bias=False, zero=-5)),
    "conv_bias_minus_1": ((6, 5, 3), dict(zero=-4), dict(channels=5, bias=None, zero=7)),
    "conv_wide_17": ((3, 5, 17), dict(zero=-128), dict(channels=7, kernel=(1, 3))),
    "conv_to_17": ((4, 3, 3), dict(zero=-63), dict(channels=17, kernel=(2, 3), padding=VALID)),
    "conv_times_1_5": ((4, 5, 1), dict(zero=0), dict(channels=3, kernel=(1, 1), weights=np.array([1, -1, 1]).reshape(3, 1, 1, 1), multiplier=np.array([1.2, 1.25, 1.5]), bias=False, zero=0)),
    "conv_times_6": ((4, 5, 1), dict(zero=-128, extreme=True), dict(channels=3, kernel=(1, 1), weights=np.array([1, -1, 1]).reshape(3, 1, 1, 1), multiplier=np.array([6.0, 33.3, 1000.0]), biases=np.array([-100, 120, -126]), zero=0)),
    "conv_shift_right_22": ((4, 3, 2), dict(zero=0), dict(channels=5, kernel=(1, 1), multiplier=1.3 * 2.0**-22 * np.array([1, 0.9, 0.8, 0.77, 1.4]), biases=np.array([2**27, -2**27, 2**28 - 7, 2**26 + 3, -2**28]))),
    "conv_shift_right_31": ((4, 3, 2), dict(zero=0, extreme=True), dict(channels=4, kernel=(1, 1), multiplier=np.array([2.0**-29, 1.99 * 2.0**-31, 2.0**-32, 1.01 * 2.0**-33]), biases=np.array([2**30, -2**30, 2**30 + 2**29, -2**30]))),
    "conv_multiplier_zero": ((4, 3, 2), dict(zero=0, extreme=True), dict(channels=3, kernel=(1, 1), multiplier=np.array([1e-12, 1e-15, 1e-20]), biases=np.array([2**30, -2**30, 12345]))),
    "conv_power_of_two": ((4, 5, 3), dict(zero=0, scale=0.25), dict(channels=4, kernel=(1, 1), scale=0.25, multiplier=2.0**-9 * np.ones(4), per_channel=False)),
    "conv_all_saturate": ((4, 5, 3), dict(extreme=True), dict(channels=4, multiplier=np.array([0.9, 0.5, 0.99, 0.1]))),
})

@case((5, 4, 2), zero=-8)
def conv_batch_in_signature(m, x):
    """As Keras models come: the batch is 1, and free (-1) in the shape signature only."""
    def free_batch(model):
        for t in model.subgraphs[0].tensors:
            if len(t.shape) == 4 and t.type == TYPE.INT8 and t.name != "weights":
                t.shapeSignature = [-1] + t.shape[1:]
    m.change = free_batch
    return m.conv(x, 3, kernel=(2, 2))


# ---- DEPTHWISE_CONV_2D --------------------------------------------------------------------------

table("depthwise", {
    "depthwise_3x3": ((5, 7, 8), dict(zero=-128), dict(act=RELU6, scale=6 / 255, zero=-128)),
    "depthwise_3x3_odd_zero": ((6, 5, 3), dict(zero=19), dict(zero=-21)),
    "depthwise_3x3_valid": ((6, 7, 5), dict(zero=0), dict(padding=VALID)),
    "depthwise_3x3_stride2_odd": ((7, 9, 7), dict(zero=-1), dict(stride=(2, 2))),
    "depthwise_3x3_stride2_even": ((8, 6, 8), dict(zero=-1), dict(stride=(2, 2), act=RELU, zero=-128)),
    "depthwise_3x3_stride2_valid": ((7, 8, 2), dict(zero=127), dict(stride=(2, 2), padding=VALID)),
    "depthwise_3x3_stride_1x2": ((5, 8, 3), dict(zero=-17), dict(stride=(1, 2))),
    "depthwise_3x3_stride3": ((10, 8, 2), dict(zero=33), dict(stride=(3, 3))),
    "depthwise_1x1": ((4, 5, 7), dict(zero=-5), dict(kernel=(1, 1))),
    "depthwise_2x2": ((5, 4, 5), dict(zero=8), dict(kernel=(2, 2), act=RELU_N1, scale=2 / 180, zero=1)),
    "depthwise_5x3": ((7, 4, 3), dict(zero=-128), dict(kernel=(5, 3), per_channel=False)),
    "depthwise_1x7": ((3, 9, 2), dict(zero=55), dict(kernel=(1, 7), padding=VALID)),
    "depthwise_whole_map": ((5, 4, 8), dict(zero=-9), dict(kernel=(5, 4), padding=VALID)),
    "depthwise_one_channel": ((6, 7, 1), dict(zero=-128), dict()),
    "depthwise_17": ((4, 5, 17), dict(zero=2), dict(act=RELU6, scale=6 / 200, zero=-100)),
    "depthwise_kernel_over_input": ((2, 3, 5), dict(zero=-77), dict(kernel=(5, 7))),
    "depthwise_dilation_2x2": ((6, 7, 3), dict(zero=-30), dict(dilation=(2, 2))),
    "depthwise_dilation_2x1_valid": ((8, 5, 2), dict(zero=-128), dict(dilation=(2, 1), padding=VALID)),
    "depthwise_dilation_1x2": ((5, 7, 5), dict(zero=127), dict(dilation=(1, 2))),
    "depthwise_times2": ((5, 6, 3), dict(zero=-1), dict(times=2)),
    "depthwise_times2_stride2": ((7, 6, 5), dict(zero=-128), dict(times=2, stride=(2, 2), padding=VALID)),
    "depthwise_times3": ((5, 4, 2), dict(zero=41), dict(times=3, kernel=(2, 3), act=RELU, zero=-128)),
    "depthwise_times8_from_one": ((8, 7, 1), dict(zero=83), dict(times=8, kernel=(5, 4), stride=(2, 2), act=RELU6, scale=6 / 255, zero=-128)),
    "depthwise_times8": ((4, 5, 2), dict(zero=-100), dict(times=8, per_channel=False)),
    "depthwise_no_bias": ((5, 6, 3), dict(zero=-4), dict(bias=False, zero=-5)),
    "depthwise_times_3": ((4, 5, 3), dict(zero=0, extreme=True), dict(kernel=(1, 1), weights=np.array([1, -1, 2]).reshape(1, 1, 1, 3), multiplier=np.array([3.0, 1.7, 20.0]), bias=False, zero=4)),
    "depthwise_shift_right_23": ((4, 3, 3), dict(zero=0), dict(multiplier=1.3 * 2.0**-23 * np.array([1, 0.9, 0.8]), biases=np.array([2**28, -2**28, 2**29 - 7]))),
})

# ---- batches ------------------------------------------------------------------------------------

def batch(name, shape, layer, **options):
    """A layer with a window on several maps."""
    def build(m, _):
        x = m.input
        x.shape, m.tensors[0].shape = shape, list(shape)
        x.values = m.stimuli(shape).reshape((-1,) + shape[1:])
        return getattr(m, layer)(x, **options)
    case(shape[1:], zero=-9, name=name)(build)


batch("batch_conv_stride2_valid", (3, 6, 5, 3), "conv", channels=5, stride=(2, 2), padding=VALID, act=RELU, zero=-128)
batch("batch_conv_same", (2, 4, 4, 2), "conv", channels=3, dilation=(2, 1))
batch("batch_conv_rows", (4, 1, 9, 3), "conv", channels=4, kernel=(1, 3))
batch("batch_conv_1x1", (2, 3, 4, 5), "conv", channels=4, kernel=(1, 1))
batch("batch_conv_column", (2, 9, 1, 3), "conv", channels=4, kernel=(3, 1))
batch("batch_depthwise", (2, 6, 5, 3), "depthwise", times=2, stride=(2, 2))
batch("batch_max_pool", (2, 4, 6, 3), "max_pool", kernel=(2, 2), stride=(2, 2))
batch("batch_average_pool_whole", (3, 4, 5, 3), "average_pool", kernel=(4, 5))
batch("batch_average_pool_same", (2, 5, 4, 3), "average_pool", kernel=(3, 3), stride=(2, 2), padding=SAME)
batch("batch_transpose_conv", (2, 3, 4, 3), "conv_transpose", channels=2)


# ---- FULLY_CONNECTED ----------------------------------------------------------------------------

table("dense", {
    "dense": ((8,), dict(zero=-1), dict(outputs=5)),
    "dense_one_output": ((17,), dict(zero=-128), dict(outputs=1)),
    "dense_one_to_one": ((1,), dict(zero=-128), dict(outputs=1)),
    "dense_one_to_17": ((1,), dict(zero=12), dict(outputs=17, act=RELU, zero=-128)),
    "dense_17_to_7": ((17,), dict(zero=127), dict(outputs=7, act=RELU6, scale=6 / 255, zero=-128)),
    "dense_33_to_3": ((33,), dict(zero=-71), dict(outputs=3, act=RELU_N1, scale=2 / 190, zero=-3)),
    "dense_no_bias": ((15,), dict(zero=-2), dict(outputs=8, bias=False, zero=1)),
    "dense_bias_minus_1": ((14,), dict(zero=6), dict(outputs=8, bias=None, zero=1)),
    "dense_no_bias_relu": ((16,), dict(zero=-120), dict(outputs=9, bias=False, act=RELU, zero=-100, multiplier=0.0008, weights=np.abs(np.random.default_rng(5).integers(-40, 90, (9, 16))))),
    "dense_from_map": ((3, 5, 2), dict(zero=-128), dict(outputs=7)),
    "dense_from_map_wide": ((4, 3, 8), dict(zero=5), dict(outputs=2, act=RELU6, scale=6 / 255, zero=-128)),
    "dense_per_channel": ((13,), dict(zero=-1), dict(outputs=7, per_channel=True)),
    "dense_per_channel_from_map": ((2, 3, 5), dict(zero=33), dict(outputs=3, per_channel=True, act=RELU, zero=-128)),
    "dense_per_channel_one_output": ((9,), dict(zero=33), dict(outputs=1, per_channel=True)),
    "dense_times_2_5": ((1,), dict(zero=0, extreme=True), dict(outputs=3, weights=np.array([[1], [-1], [1]]), multiplier=2.5, biases=np.array([10, 0, -10]), zero=0)),
    "dense_shift_right_22": ((6,), dict(zero=0), dict(outputs=4, multiplier=1.3 * 2.0**-22, biases=np.array([2**27, -2**27, 2**26 + 3, -2**28]))),
    "dense_keep_dims": ((1, 1, 9), dict(zero=3), dict(outputs=5, keep=True)),
    "dense_keep_dims_rows": ((3, 2, 7), dict(zero=-14), dict(outputs=5, keep=True, act=RELU, zero=-128)),
})

# ---- ties: accumulators on both sides of every rounding boundary ----------------------------------

def tie_biases(m, reals, low, high, channels):
    """Sums where the rounding changes, so that a multiplier wrong in its last bits shows."""
    biases = []
    for c in range(channels):
        target = m.rng.uniform(0.7 * low, 0.7 * high)
        a, b = sorted((int(target / reals[c]), int((target + 1.5) / reals[c])))
        at_a = int(scaled(a, reals[c]))
        while b - a > 1:
            middle = (a + b) // 2
            a, b = (middle, b) if int(scaled(middle, reals[c])) == at_a else (a, middle)
        biases.append(b)
    return np.array(biases)


def count_others(m):
    """How many outputs would differ with the other scale product and the other rounding."""
    d = m.last
    out = {}
    for product in ("float", "double"):
        for rounding in ("double", "single"):
            reals = real_multipliers(d["input"], d["weights"], d["output"], product)
            out[product, rounding] = requantize(d["acc"], reals, d["zero"], d["low"], d["high"],
                                                rounding)
    base = m.output.values.reshape(-1)
    return {k: int((v.reshape(-1) != base).sum()) for k, v in out.items()}


def ties(label, layer, shape, count, bits, one_scale=False, **options):
    @case(shape, scale=0.0437, zero=-3, name=label)
    def build(m, x):
        n = 1 if one_scale else count
        while True:
            scales = f32(m.rng.uniform(1.0, 1.9, n) * 2.0**-bits)
            single = real_multipliers(x.scale, scales, 0.0613, "float")
            double = real_multipliers(x.scale, scales, 0.0613)
            if np.max(np.abs(single / double - 1)) > 2e-8:
                break
        every = np.broadcast_to(double, count)
        biases = tie_biases(m, every, -128, 127, count)
        weights = m.rng.choice([-2, -1, 1, 2], options.pop("weight_shape"))
        out = getattr(m, layer)(x, scale=0.0613, zero=0, weights=weights, biases=biases,
                                weight_scales=scales, per_channel=n > 1, **options)
        m.ties = True
        return out


ties("conv_ties", "conv", (6, 5, 1), 17, 22, channels=17, kernel=(1, 1),
     weight_shape=(17, 1, 1, 1))
ties("conv_ties_per_tensor", "conv", (6, 5, 1), 17, 22, one_scale=True, channels=17,
     kernel=(1, 1), weight_shape=(17, 1, 1, 1))
ties("conv_ties_small_sums", "conv", (6, 5, 2), 17, 8, channels=17, kernel=(1, 1),
     weight_shape=(17, 1, 1, 2))
ties("depthwise_ties", "depthwise", (6, 5, 3), 9, 22, times=3, kernel=(1, 1),
     weight_shape=(1, 1, 1, 9))
ties("dense_ties", "dense", (2,), 200, 22, one_scale=True, outputs=200,
     weight_shape=(200, 2))
ties("dense_ties_per_channel", "dense", (2,), 100, 22, outputs=100,
     weight_shape=(100, 2))

@case((36,), scale=0.0437, zero=0)
def dense_ties_no_bias(m, x):
    """Each inference makes a sum that the double and the float product round differently."""
    weights = np.full((1, 36), 127)
    weights[0, 0] = 1
    while True:
        scale = f32(m.rng.uniform(0.001, 0.002) * 0.0613 / 0.0437 / 5)
        double = real_multipliers(x.scale, [scale], 0.0613)[0]
        single = real_multipliers(x.scale, [scale], 0.0613, "float")[0]
        sums = np.rint((np.arange(-120, 120) + 0.5) / double).astype(int)
        sums = sums[scaled(sums, double) != scaled(sums, single)]
        if len(sums) >= 8:
            break
    for row, total in zip(x.values, sums):
        first = (total + 63) % 127 - 63
        row[0], rest = first, (total - first) // 127
        row[1:] = rest // 35
        row[1:1 + rest % 35] += 1
    return m.dense(x, 1, bias=False, scale=0.0613, zero=0, weights=weights, weight_scales=[scale])


# ---- pools --------------------------------------------------------------------------------------

for kind in ("average_pool", "max_pool"):
    table(kind, {
        f"{kind}_2x2": ((6, 8, 3), dict(), dict(kernel=(2, 2), stride=(2, 2))),
        f"{kind}_2x2_odd_valid": ((7, 5, 5), dict(zero=7), dict(kernel=(2, 2), stride=(2, 2))),
        f"{kind}_2x2_odd_same": ((7, 5, 2), dict(zero=-128), dict(kernel=(2, 2), stride=(2, 2), padding=SAME)),
        f"{kind}_3x3_same": ((5, 7, 1), dict(zero=127), dict(kernel=(3, 3), padding=SAME)),
        f"{kind}_3x3_stride2_same": ((8, 7, 7), dict(), dict(kernel=(3, 3), stride=(2, 2), padding=SAME)),
        f"{kind}_3x2_stride_1x3": ((6, 9, 2), dict(), dict(kernel=(3, 2), stride=(1, 3))),
        f"{kind}_1x4_row": ((3, 9, 3), dict(), dict(kernel=(1, 4), stride=(1, 2), padding=SAME)),
        f"{kind}_global": ((5, 3, 8), dict(), dict(kernel=(5, 3), stride=(5, 3))),
        f"{kind}_global_17": ((4, 6, 17), dict(zero=21), dict(kernel=(4, 6), padding=VALID)),
        f"{kind}_over_input_same": ((3, 2, 3), dict(), dict(kernel=(5, 7), padding=SAME)),
        f"{kind}_relu": ((6, 5, 3), dict(scale=0.05, zero=-100), dict(kernel=(2, 2), act=RELU)),
        f"{kind}_relu6": ((6, 7, 2), dict(scale=6 / 200, zero=-90), dict(kernel=(2, 2), stride=(2, 2), padding=SAME, act=RELU6)),
        f"{kind}_relu_n1": ((5, 6, 2), dict(scale=2 / 230, zero=5), dict(kernel=(2, 1), act=RELU_N1)),
    })

# ---- ADD ----------------------------------------------------------------------------------------


def add_case(label, shape, first, second, extreme=False, **options):
    @case(shape, scale=first[0], zero=first[1], name=label, extreme=extreme)
    def build(m, x):
        return m.add(x, m.quantize(x, *second), **options)


add_case("add_quantized", (5, 4, 3), (0.05, -1), (0.07, 13))
add_case("add_quantized_swapped_scales", (3, 7, 2), (0.07, 20), (0.031, -128))
add_case("add_scale_ratio_100", (5, 3, 5), (0.5, 3), (0.005, 0), extreme=True)
add_case("add_scale_ratio_1e6", (4, 3, 7), (0.5, -128), (5e-7, 127), extreme=True)
add_case("add_large_output", (4, 5, 3), (0.05, 3), (0.06, -9), scale=3.0, zero=-4)
add_case("add_small_output", (4, 5, 3), (0.05, 3), (0.06, -9), scale=0.004, zero=-4, extreme=True)
add_case("add_relu", (4, 5, 2), (0.05, -110), (0.04, -90), act=RELU, zero=-128)
add_case("add_relu6", (3, 5, 8), (0.013, -120), (0.011, -128), act=RELU6, scale=6 / 255, zero=-128)
add_case("add_relu_n1", (5, 5, 1), (0.003, 4), (0.004, -1), act=RELU_N1, scale=2 / 240, zero=3)


@case((5, 4, 3), scale=0.04, zero=-7)
def add_same_tensor_twice(m, x):
    return m.add(x, x)


@case((13,), scale=0.04, zero=17)
def add_flat(m, x):
    return m.add(x, m.quantize(x, 0.09, -3))


@case((5, 6, 3), scale=0.04, zero=-7)
def add_conv(m, x):
    return m.add(x, m.conv(x, 3, scale=0.05, zero=9))


@case((6, 5, 2), scale=0.04, zero=12)
def add_conv_first_operand(m, x):
    return m.add(m.conv(x, 2, act=RELU, scale=0.05, zero=-128), x, act=RELU, zero=-128)


@case((5, 3), scale=0.04, zero=-7)
def add_rank_3_and_4(m, x):
    return m.add(m.conv(m.reshape(x, [1, 1, 5, 3]), 3, kernel=(1, 3)), x)


@case((5, 3), scale=0.04, zero=-7)
def add_rank_4_and_3(m, x):
    return m.softmax(m.add(x, m.reshape(x, [1, 1, 5, 3]), scale=0.02))


@case((6,), scale=0.04, zero=-7)
def add_rank_2_and_4(m, x):
    return m.dense(m.add(x, m.reshape(x, [1, 1, 1, 6])), 3)


# ---- what is rare -------------------------------------------------------------------------------

table("conv", {
    "conv_groups_2": ((5, 4, 6), dict(zero=-1), dict(channels=4, groups=2)),
    "conv_groups_3_valid": ((6, 5, 9), dict(zero=-128), dict(channels=6, groups=3, padding=VALID, act=RELU, zero=-128)),
    "conv_groups_of_one": ((5, 4, 5), dict(zero=9), dict(channels=10, groups=5, kernel=(3, 2))),
    "conv_groups_1x1": ((4, 5, 8), dict(zero=127), dict(channels=4, groups=4, kernel=(1, 1), per_channel=False)),
    "conv_groups_stride2": ((7, 8, 4), dict(zero=-7), dict(channels=6, groups=2, stride=(2, 2), bias=False)),
    "conv_groups_dilation": ((7, 6, 4), dict(zero=3), dict(channels=8, groups=2, dilation=(2, 1), kernel=(3, 2))),
    "conv_groups_17": ((3, 4, 34), dict(zero=3), dict(channels=4, groups=2, kernel=(2, 2))),
    "conv_channel_scale_0": ((5, 4, 3), dict(zero=-1, extreme=True), dict(channels=3, weight_scales=[0.002, 0, 0.003], biases=[900, 800, -700])),
    "conv_all_scales_0": ((5, 4, 3), dict(zero=-1, extreme=True), dict(channels=3, per_channel=False, weight_scales=[0], biases=[900, 800, -700])),
})
table("dense", {
    "dense_weights_rank_4": ((6,), dict(zero=-1), dict(outputs=5, rank=4)),
    "dense_weights_rank_3_from_map": ((2, 3, 4), dict(zero=-128), dict(outputs=5, rank=3)),
    "dense_rows": ((6, 9), dict(zero=-1), dict(outputs=5, rows=6)),
    "dense_rows_of_flat": ((24,), dict(zero=-1), dict(outputs=5, rows=3)),
    "dense_rows_of_map": ((3, 4, 6), dict(zero=8), dict(outputs=2, rows=6, act=RELU, zero=-128)),
})


@case((6, 9), zero=-1)
def dense_rows_between_reshapes(m, x):
    y = m.dense(m.dense(x, 5, rows=6), 4, rows=6)
    return m.softmax(m.dense(m.reshape(y, [1, 24]), 3, scale=0.01))


@case((4, 7), zero=-1)
def dense_rows_quantize_add_softmax(m, x):
    y = m.dense(x, 7, rows=4)
    z = m.quantize(m.relu(y, 0.05, -100), 0.03, 5)
    return m.softmax(m.add(m.reshape(z, [1, 1, 4, 7]), m.reshape(y, [1, 4, 7]), scale=0.01))


def sums_case(label, layer, shape, biases, scales, **options):
    @case(shape, zero=-1, name=label, extreme=True)
    def build(m, x):
        m.wraps = True
        return getattr(m, layer)(x, weight_scales=scales, biases=biases, **options)


LEAST, MOST = -2**31, 2**31 - 1
sums_case("conv_bias_lowest", "conv", (5, 4, 3), [900, LEAST, -700], [0.002, 1e-10, 0.003], channels=3)
sums_case("depthwise_bias_highest", "depthwise", (5, 4, 3), [900, MOST, -700], [0.002, 0, 0.003])
# Sums leave 32 bits, and come back at the other end.
sums_case("conv_sums_wrap", "conv", (5, 4, 3), [MOST - 9000, LEAST + 7000, 0], [1e-9, 2e-9, 0.003], channels=3)
sums_case("conv_1x1_sums_wrap", "conv", (5, 4, 3), [MOST, LEAST, 0], [1e-9, 2e-9, 0.003], channels=3, kernel=(1, 1))
sums_case("conv_groups_sums_wrap", "conv", (5, 4, 4), [MOST, LEAST, 0, MOST], [1e-9] * 4, channels=4, groups=2)
sums_case("depthwise_sums_wrap", "depthwise", (5, 4, 3), [MOST, LEAST, 0], [1e-9, 2e-9, 0.003])
sums_case("dense_sums_wrap", "dense", (4, 3, 2), [MOST - 5, LEAST, 0, MOST], [1e-9] * 4, outputs=4, per_channel=True)


@case((5, 4, 3), zero=-1)
def constants_outside(m, x):
    """Constants behind the flatbuffer, as large models have them."""
    m.outside = True
    return m.dense(m.conv(x, 4), 3)


# ---- SOFTMAX ------------------------------------------------------------------------------------

table("softmax", {
    "softmax_1": ((1,), dict(extreme=True), dict()),
    "softmax_2": ((2,), dict(scale=0.012, zero=5), dict()),
    "softmax_3": ((3,), dict(scale=0.015, zero=-128), dict()),
    "softmax_10": ((10,), dict(scale=0.01, zero=127), dict()),
    "softmax_10_typical": ((10,), dict(scale=0.17, zero=20, extreme=True), dict()),
    "softmax_17": ((17,), dict(scale=0.008, zero=-1), dict()),
    "softmax_beta_half": ((5,), dict(scale=0.03, zero=-1), dict(beta=0.5)),
    "softmax_beta_tenth": ((7,), dict(scale=0.1, zero=3), dict(beta=0.1)),
    "softmax_beta_3": ((7,), dict(scale=0.005, zero=3), dict(beta=3.0)),
    "softmax_tiny_scale": ((12,), dict(scale=1e-4, zero=3), dict()),
    "softmax_huge_scale": ((12,), dict(scale=3.0, zero=3, extreme=True), dict()),
    "softmax_saturating_scale": ((6,), dict(scale=80.0, zero=3, extreme=True), dict()),
    "softmax_pixels": ((3, 5, 7), dict(scale=0.01, zero=-9), dict()),
    "softmax_pixels_2": ((5, 2, 2), dict(scale=0.02, zero=-9), dict()),
})


@case((9,), scale=0.05, zero=-2)
def softmax_after_dense(m, x):
    return m.softmax(m.dense(x, 4, scale=0.008, zero=10))


# ---- PRELU --------------------------------------------------------------------------------------

table("prelu", {
    "prelu_channels": ((4, 5, 6), dict(), dict(alpha_shape=(1, 1, 6))),
    "prelu_channels_rank_1": ((3, 4, 7), dict(zero=20), dict(alpha_shape=(7,), scale=0.07, zero=-40, alpha_zero=-128)),
    "prelu_one": ((4, 3, 5), dict(zero=-128), dict(alpha_shape=(1,), scale=0.1, zero=-70)),
    "prelu_all": ((3, 4, 5), dict(zero=50), dict(alpha_shape=(3, 4, 5), alpha_zero=127, alpha_scale=0.01)),
    "prelu_rows": ((5, 3, 2), dict(zero=50), dict(alpha_shape=(1, 5, 1, 1), alpha_scale=0.02)),
    "prelu_columns": ((3, 6, 4), dict(zero=100), dict(alpha_shape=(6, 1))),
    "prelu_rows_and_channels": ((4, 3, 5), dict(zero=90), dict(alpha_shape=(4, 1, 5))),
    "prelu_flat": ((19,), dict(zero=64), dict(alpha_shape=(19,), scale=0.11, zero=45)),
    "prelu_rank_3": ((6, 4), dict(zero=99), dict(alpha_shape=(6, 4))),
    "prelu_up": ((3, 4, 5), dict(zero=3, extreme=True), dict(alpha_shape=(1, 1, 5), scale=1e-6, alpha_scale=1e-2)),
    "prelu_down": ((3, 4, 5), dict(zero=60, extreme=True), dict(alpha_shape=(1, 1, 5), scale=3.0, alpha_scale=0.25)),
})


@case((5, 4, 3), zero=20)
def prelu_between(m, x):
    y = m.conv(m.prelu(m.conv(x, 6), (1, 1, 6), scale=0.04, zero=-30), 4)
    return m.prelu(y, (4,), scale=0.03, zero=11)


# ---- RESHAPE, PAD, QUANTIZE, RELU ---------------------------------------------------------------

@case((3, 4, 5))
def reshape_only(m, x):
    return m.reshape(x, [1, 60])


@case((24,), zero=-128)
def reshape_first(m, x):
    return m.conv(m.reshape(x, [1, 4, 3, 2]), 3, kernel=(2, 2))


@case((24,), zero=11)
def reshape_infer(m, x):
    return m.conv(m.reshape(x, [-1, 3, 4, 2], by="both"), 3, kernel=(2, 2), padding=VALID)


@case((4, 3, 2), zero=3)
def reshape_last(m, x):
    return m.reshape(m.conv(x, 5, kernel=(2, 2), padding=VALID), [1, -1])


@case((4, 5, 2), zero=3)
def reshape_between(m, x):
    return m.dense(m.reshape(m.conv(x, 3, stride=(2, 2)), [-1, 18]), 5)


@case((4, 6, 1), zero=3)
def reshape_by_options(m, x):
    return m.conv(m.reshape(x, [1, 6, 2, 2], by="options"), 3, kernel=(3, 1))


@case((3, 2, 7), zero=3)
def reshape_twice(m, x):
    return m.softmax(m.reshape(m.reshape(m.dense(x, 8, scale=0.008), [1, 2, 2, 2]), [1, 8]))


def pad_case(label, shape, zero, paddings, value=None, then=None):
    @case(shape, zero=zero, name=label)
    def build(m, x):
        y = m.pad(x, [[0, 0]] + paddings, value)
        return then(m, y) if then else y


pad_case("pad_all_sides", (4, 5, 3), -7, [[1, 1], [1, 1], [0, 0]])
pad_case("pad_asymmetrical", (4, 6, 3), 9, [[0, 1], [2, 1], [0, 0]])
pad_case("pad_channels", (4, 5, 3), -28, [[0, 0], [0, 0], [1, 2]])
pad_case("pad_everything", (3, 6, 5), 100, [[1, 0], [0, 2], [2, 1]])
pad_case("pad_nothing", (3, 4, 5), 100, [[0, 0], [0, 0], [0, 0]])
pad_case("pad_conv_stride2", (6, 8, 3), -1, [[0, 1], [0, 1], [0, 0]],
         then=lambda m, y: m.conv(y, 5, stride=(2, 2), padding=VALID))
pad_case("pad_depthwise_stride2", (7, 5, 5), -128, [[1, 1], [1, 1], [0, 0]],
         then=lambda m, y: m.depthwise(y, stride=(2, 2), padding=VALID))
pad_case("padv2", (4, 5, 2), 9, [[1, 0], [0, 2], [0, 0]], value=-77)
pad_case("padv2_channels", (3, 4, 2), 9, [[0, 1], [1, 0], [1, 1]], value=55)


@case((5, 6, 2), zero=-4)
def pad_after_conv(m, x):
    return m.pad(m.conv(x, 3, zero=-31), [[0, 0], [1, 2], [3, 0], [0, 0]])


def quantize_case(label, first, second, extreme=False):
    @case((5, 3, 7), scale=first[0], zero=first[1], name=label, extreme=extreme)
    def build(m, x):
        return m.quantize(x, *second)


quantize_case("quantize_up", (0.05, -1), (0.13, 12))
quantize_case("quantize_down", (0.05, -1), (0.041, -30))
quantize_case("quantize_zero_point_only", (0.05, -1), (0.05, 60))
quantize_case("quantize_same", (0.05, -1), (0.05, -1))
quantize_case("quantize_halves", (0.05, -128), (0.1, -128))
quantize_case("quantize_fourth_negative", (0.05, 127), (0.2, 10))
quantize_case("quantize_by_20", (1.0, 3), (0.05, 7), extreme=True)
quantize_case("quantize_by_1e-4", (1e-4, 3), (1.0, 7))


def find_ratio():
    """Two float scales a / b whose float quotient is 3/8 or so exactly, their double one below."""
    rng = np.random.default_rng(11)
    while True:
        b = f32(rng.uniform(0.05, 0.2))
        for k in (1, 3, 5, 7, 9, 11, 13):
            a = f32(float(b) * k / 16)
            for near in (a, np.nextafter(a, f32(0)), np.nextafter(a, f32(1))):
                if f32(near / b) == f32(k / 16) and float(near) / float(b) < k / 16 - 1e-10:
                    return near, b


for label, last in (("quantize_ties", lambda m, x, b: m.quantize(x, b, 2)),
                    ("relu_ties", lambda m, x, b: m.relu(x, b, -100)),):
    first, second = find_ratio()
    case((8, 8, 4), scale=first, zero=-60 if "relu" in label else 0, name=label)(
        lambda m, x, last=last, b=second: last(m, x, b))


@case((5, 6, 3), scale=0.05, zero=-90)
def relu_same_scale(m, x):
    return m.relu(x, 0.05, -90)


@case((5, 6, 3), scale=0.05, zero=-70)
def relu_other_scale(m, x):
    return m.relu(x, 0.04, -128)


@case((5, 6, 3), scale=0.03, zero=-100)
def relu_six(m, x):
    return m.relu(x, 0.03, -100, six=True)


@case((5, 4), zero=-3)
def expand_dims_conv(m, x):
    return m.squeeze(m.conv(m.expand_dims(x, 1), 3, kernel=(1, 3)), 1)


@case((4, 3), zero=-3)
def expand_dims_squeeze(m, x):
    return m.squeeze(m.expand_dims(x, 2), 2)


@case((4, 5, 2), zero=3)
def reshape_any_batch(m, x):
    return m.dense(m.flatten_any_batch(m.conv(x, 3, stride=(2, 2))), 5)


@case((4, 5, 2), zero=3)
def output_before_last(m, x):
    y = m.conv(x, 3)
    m.relu(y, 0.05, -1)
    m.dense(y, 2)
    return y


# ---- functions of one value ---------------------------------------------------------------------

EVERY = (4, 64)  # among the inputs are all 256 values

for function, rows in {
    "sigmoid": {
        "": ((0.05, 3), dict()),
        "_of_small_values": ((0.0011, -20), dict()),
        "_of_large_values": ((0.31, 40), dict()),
        "_of_signs": ((9.0, -128), dict()),
        "_other_scale": ((0.08, -128), dict(scale=1 / 128)),
    },
    "tanh": {
        "": ((0.03, -5), dict()),
        "_of_small_values": ((0.0007, 127), dict()),
        "_of_large_values": ((0.25, 0), dict()),
        "_other_quantization": ((0.04, 9), dict(scale=0.013, zero=5)),
    },
    "leaky_relu": {
        "": ((0.05, 3), dict(alpha=0.1, scale=0.04, zero=-60)),
        "_same_scale": ((0.05, 3), dict(alpha=0.3, scale=0.05, zero=3)),
        "_rising": ((0.05, 3), dict(alpha=-0.7, scale=0.061, zero=-128)),
        "_steep": ((0.02, -30), dict(alpha=2.5, scale=0.047, zero=11)),
    },
    "elu": {
        "": ((0.05, 3), dict(scale=0.031, zero=-80)),
        "_fine": ((0.0625, 100), dict(scale=1 / 128, zero=0)),
        "_of_small_values": ((0.0004, 20), dict(scale=0.0005, zero=-9)),
    },
    "hard_swish": {
        "": ((0.05, 3), dict(scale=0.03, zero=-119)),
        "_of_small_values": ((0.002, -40), dict(scale=0.0013, zero=0)),
        "_of_large_values": ((1.7, -90), dict(scale=1.5, zero=-128)),
    },
    "abs": {
        "": ((0.05, -7), dict(scale=0.05, zero=-128)),
        "_other_scale": ((0.05, 20), dict(scale=0.033, zero=-100)),
    },
    "rsqrt": {
        "": ((0.05, -128), dict(scale=0.018, zero=-128)),
        "_of_large_values": ((31.0, -128), dict(scale=0.0011, zero=-70)),
    },
    "relu6_bytes": {"": ((0.05, -100), dict(scale=0.02, zero=-128))},
}.items():
    for label, (quantization, options) in rows.items():
        table(function, {function + label: (
            EVERY, dict(zip(("scale", "zero"), quantization), extreme=True), options)})


@case((6, 5, 2), zero=-3)
def leaky_relu_between(m, x):
    y = m.leaky_relu(m.conv(x, 3, scale=0.05, zero=9), 0.2, 0.04, -50)
    y = m.conv(y, 2, kernel=(3, 1), stride=(2, 1), scale=0.05, zero=9)
    return m.leaky_relu(y, 0.2, 0.04, -50)


# ---- graphs -------------------------------------------------------------------------------------

def conv_relu(m, x, channels, **options):
    return m.conv(x, channels, act=RELU, scale=0.04, zero=-128, **options)


@case((6, 5, 3), zero=-1)
def graph_residual(m, x):
    return m.add(x, m.conv(conv_relu(m, x, 5), 3))


@case((7, 6, 2), zero=-1)
def graph_residual_relu(m, x):
    stem = conv_relu(m, x, 4)
    return m.add(stem, m.conv(conv_relu(m, stem, 4), 4), act=RELU, zero=-128)


@case((6, 5, 3), zero=4)
def graph_two_residuals(m, x):
    a = m.add(x, m.conv(conv_relu(m, x, 3), 3))
    return m.add(a, m.conv(conv_relu(m, a, 3), 3))


@case((5, 6, 3), zero=4)
def graph_nested_residuals(m, x):
    inner = conv_relu(m, x, 3)
    joined = m.add(inner, m.conv(inner, 3, kernel=(1, 3)))
    return m.add(x, m.conv(joined, 3))


@case((8, 7, 3), zero=-2)
def graph_downsampling_residual(m, x):
    long = m.conv(conv_relu(m, x, 5, stride=(2, 2)), 5, zero=-50)
    return m.add(long, m.conv(x, 5, kernel=(1, 1), stride=(2, 2), zero=-70), act=RELU)


@case((7, 6, 2), zero=-128)
def graph_paths_of_other_length(m, x):
    a = conv_relu(m, x, 3)
    short = m.conv(a, 3, kernel=(1, 1))
    long = m.conv(m.depthwise(conv_relu(m, a, 5), kernel=(5, 3)), 3, kernel=(1, 1))
    return m.add(short, long)


@case((6, 6, 2), zero=7)
def graph_used_three_times(m, x):
    a = conv_relu(m, x, 3)
    b, c = m.conv(a, 3), m.depthwise(a)
    return m.add(m.add(a, b), c)


@case((5, 6, 2), zero=7)
def graph_input_used_late(m, x):
    y = m.conv(conv_relu(m, conv_relu(m, x, 3), 3), 2)
    return m.dense(m.average_pool(m.add(y, x), (5, 6)), 4)


@case((6, 8, 2), zero=-5)
def graph_two_pools(m, x):
    a = m.max_pool(x, (2, 2), (2, 2))
    b = m.average_pool(x, (2, 2), (2, 2))
    return m.add(a, b)


@case((6, 5, 4), zero=-5)
def graph_two_branches(m, x):
    return m.add(m.conv(x, 3, kernel=(3, 1)), m.conv(x, 3, kernel=(1, 3)))


@case((9, 7, 1), zero=-128)
def graph_separable_net(m, x):
    y = conv_relu(m, x, 4, stride=(2, 2))
    y = m.depthwise(y, act=RELU6, scale=6 / 255, zero=-128)
    y = conv_relu(m, y, 7, kernel=(1, 1))
    y = m.average_pool(y, (5, 4), (5, 4))
    return m.softmax(m.dense(m.reshape(y, [1, 7]), 3, scale=0.01, zero=4))


@case((10, 9, 1), zero=-128)
def graph_plain_net(m, x):
    y = m.max_pool(conv_relu(m, x, 4, padding=VALID), (2, 2), (2, 2))
    y = conv_relu(m, y, 5, padding=VALID)
    return m.dense(m.dense(m.reshape(y, [1, 10]), 6, act=RELU, scale=0.05, zero=-128), 3)


@case((8, 8, 3), zero=-1)
def graph_inverted_residual(m, x):
    y = m.conv(x, 7, kernel=(1, 1), act=RELU6, scale=6 / 255, zero=-128)
    y = m.depthwise(y, act=RELU6, scale=6 / 255, zero=-128)
    return m.add(x, m.conv(y, 3, kernel=(1, 1)))


@case((2,), zero=-1)
def graph_dense_residual(m, x):
    a = m.dense(x, 7, act=RELU, scale=0.05, zero=-128)
    return m.add(a, m.dense(a, 7))


@case((9, 6, 2), zero=-1)
def graph_strides_and_dilation(m, x):
    y = m.conv(x, 3, kernel=(5, 2), stride=(1, 2))
    y = m.depthwise(y, times=2, dilation=(2, 1), padding=VALID)
    return m.max_pool(m.conv(y, 5, kernel=(2, 3), stride=(2, 1)), (3, 2), (1, 1), SAME)


# ---- reductions ---------------------------------------------------------------------------------

table("mean", {
    "mean_map": ((5, 3, 8), dict(zero=-7), dict(axes=[1, 2])),
    "mean_map_keep_17": ((4, 6, 17), dict(zero=-128), dict(axes=[2, 1], keep=True, scale=0.05 * 0.6, zero=-128)),
    "mean_map_negative_axes": ((7, 5, 3), dict(zero=127, scale=0.2), dict(axes=[-3, -2], scale=0.25, zero=110)),
    "mean_height": ((6, 4, 3), dict(zero=11), dict(axes=[1], keep=True)),
    "mean_width": ((5, 7, 4), dict(zero=-3), dict(axes=[2])),
    "mean_channels": ((3, 4, 7), dict(zero=-3), dict(axes=[-1], keep=True)),
    "mean_height_and_channels": ((6, 4, 5), dict(zero=20), dict(axes=[1, 3])),
    "mean_everything": ((3, 5, 7), dict(zero=1), dict(axes=[0, 1, 2, 3, -1], scale=0.004)),
    "mean_sequence": ((9, 6), dict(zero=-60), dict(axes=[1])),
    "mean_rank_6": ((2, 3, 2, 2, 3), dict(zero=5), dict(axes=[1, 3, 5])),
    "mean_saturates": ((3, 4, 5), dict(zero=-20, extreme=True), dict(axes=[1, 2], scale=0.002, zero=90)),
    "mean_scale_ratio_1e-9": ((3, 4, 5), dict(zero=-20, extreme=True, scale=1e-9), dict(axes=[1, 2], scale=2.0, zero=90)),
})


@case((12, 4, 3), zero=-9)
def mean_batches(m, x):
    return m.mean(m.reshape(x, [3, 4, 4, 3]), [1, 2])


@case((9, 7, 2), zero=-128)
def mean_after_conv(m, x):
    y = m.conv(x, 5, act=RELU, scale=0.04, zero=-128, padding=VALID)
    return m.softmax(m.dense(m.mean(y, [1, 2], scale=0.03, zero=-128), 3, scale=0.01))


table("reduce_sum", {
    "sum_map": ((5, 3, 8), dict(zero=-7), dict(axes=[1, 2])),
    "sum_rows": ((6, 5), dict(zero=40, scale=1.5), dict(axes=[-1], keep=True)),
    "sum_channels": ((4, 3, 9), dict(zero=0), dict(axes=[3])),
    "sum_large_multiplier": ((3, 2, 4), dict(zero=0, extreme=True, scale=3.0), dict(axes=[1], scale=0.001)),
})
for kind in ("max", "min"):
    table(f"reduce_{kind}", {
        f"reduce_{kind}_map": ((5, 3, 8), dict(zero=-7, extreme=True), dict(axes=[1, 2])),
        f"reduce_{kind}_channels": ((4, 3, 5), dict(zero=9, extreme=True), dict(axes=[-1])),
        f"reduce_{kind}_height_and_channels": ((4, 3, 5), dict(zero=9, extreme=True), dict(axes=[1, 3], keep=True)),
    })


# ---- vectors ------------------------------------------------------------------------------------

table("l2_normalize", {
    "l2_normalization_7": ((7,), dict(zero=-3), dict()),
    "l2_normalization_map": ((4, 3, 5), dict(zero=-128), dict()),
    "l2_normalization_3_high_zero": ((5, 3), dict(zero=127), dict()),
    "l2_normalization_2": ((6, 5, 2), dict(zero=-100, extreme=True), dict()),
    "l2_normalization_1": ((9, 4, 1), dict(zero=5, extreme=True), dict()),
    "l2_normalization_400": ((400,), dict(zero=-9), dict()),
})
table("log_softmax", {
    "log_softmax_10": ((10,), dict(scale=0.05, zero=3), dict()),
    "log_softmax_map": ((4, 3, 5), dict(scale=0.02, zero=-9), dict()),
    "log_softmax_large_scale": ((7,), dict(scale=0.6, zero=5, extreme=True), dict()),
    "log_softmax_huge_scale": ((7,), dict(scale=40.0, zero=5, extreme=True), dict()),
    "log_softmax_tiny_scale": ((9,), dict(scale=1e-5, zero=5, extreme=True), dict()),
    "log_softmax_300": ((300,), dict(scale=0.03, zero=5), dict()),
    "log_softmax_1": ((3, 1), dict(scale=0.03, zero=5, extreme=True), dict()),
})
table("cumsum", {
    "cumsum_channels": ((4, 3, 5), dict(zero=-3), dict(axis=-1)),
    "cumsum_width_exclusive": ((3, 6, 4), dict(zero=-30, extreme=True), dict(axis=2, exclusive=True)),
    "cumsum_height_reverse": ((7, 3, 2), dict(zero=20), dict(axis=1, reverse=True)),
    "cumsum_time_reverse_exclusive": ((6, 5), dict(zero=0), dict(axis=1, exclusive=True, reverse=True, scale=0.1)),
    "cumsum_flat": ((30,), dict(zero=0, extreme=True, scale=0.01), dict(axis=1, scale=0.02)),
    "cumsum_rank_5": ((2, 3, 4, 3), dict(zero=7), dict(axis=2)),
})


# ---- BATCH_MATMUL -------------------------------------------------------------------------------

def matmul_case(label, left, right, **options):
    """Both operands are the input, in these shapes."""
    @case((int(np.prod(left)),), zero=-9, scale=0.04, name=label)
    def build(m, x):
        a = m.reshape(x, list(left))
        return m.batch_matmul(a, m.reshape(m.quantize(x, 0.07, 20), list(right)), **options)


matmul_case("batch_matmul_matrix", (1, 4, 6), (1, 6, 4))
matmul_case("batch_matmul_adj_y", (1, 5, 7), (1, 5, 7), adj_y=True)
matmul_case("batch_matmul_adj_x", (1, 5, 7), (1, 5, 7), adj_x=True)
matmul_case("batch_matmul_adj_both", (2, 4, 3), (2, 3, 4), adj_x=True, adj_y=True)
matmul_case("batch_matmul_heads", (1, 3, 4, 5), (1, 3, 4, 5), adj_y=True)
matmul_case("batch_matmul_broadcast", (3, 1, 4, 5), (1, 3, 5, 4))
matmul_case("batch_matmul_rank_5", (2, 1, 3, 2, 4), (2, 1, 3, 4, 2))
matmul_case("batch_matmul_rank_2_and_3", (6, 4), (2, 4, 3))


# ---- values that move: see moves.py --------------------------------------------------------------

moves.register(CASES)

# ---- two operands: see pairs.py -----------------------------------------------------------------

pairs.register(CASES)

# ---- other elements: see elements.py -------------------------------------------------------------

elements.register(CASES)

# ---- constants that are computed: see folds.py ---------------------------------------------------

folds.register(CASES)


# ---- TRANSPOSE_CONV -----------------------------------------------------------------------------

table("conv_transpose", {
    "transpose_conv_2x2": ((4, 3, 3), dict(zero=-1), dict(channels=5, kernel=(2, 2))),
    "transpose_conv_3x3": ((4, 5, 4), dict(zero=-128), dict(channels=4, act=RELU, zero=-128)),
    "transpose_conv_3x3_valid": ((3, 4, 2), dict(zero=17), dict(channels=9, padding=VALID)),
    "transpose_conv_stride1": ((5, 4, 3), dict(zero=4), dict(channels=3, stride=(1, 1), act=RELU6, scale=6 / 255, zero=-128)),
    "transpose_conv_5x4_stride_3x2": ((3, 4, 2), dict(zero=127), dict(channels=6, kernel=(5, 4), stride=(3, 2), per_channel=False)),
    "transpose_conv_kernel_below_stride": ((3, 3, 3), dict(zero=-9), dict(channels=2, kernel=(1, 2), stride=(3, 3), padding=VALID)),
    "transpose_conv_odd_size": ((3, 4, 3), dict(zero=-9), dict(channels=4, kernel=(3, 3), stride=(3, 2), size=(7, 7))),
    "transpose_conv_output_padding": ((3, 4, 3), dict(zero=-9), dict(channels=4, padding=VALID, size=(8, 10))),
    "transpose_conv_no_bias": ((3, 4, 3), dict(zero=-60), dict(channels=3, bias=False, zero=-5)),
    "transpose_conv_bias_minus_1": ((3, 4, 3), dict(zero=-60), dict(channels=3, bias=None, zero=-5)),
})


# ---- maps of one row, as Keras' Conv1D makes them -------------------------------------------------

def one_row(shape, **options):
    return case((1,) + shape, **options)


@one_row((23, 3), zero=-128)
def row_convolutions(m, x):
    y = conv_relu(m, x, 8, kernel=(1, 3), stride=(1, 2))
    y = m.depthwise(y, kernel=(1, 3), padding=VALID)
    y = m.conv(y, 5, kernel=(1, 4), dilation=(1, 2))
    y = m.conv(y, 7, kernel=(1, 1), act=RELU, scale=0.05, zero=-128)
    return m.dense(m.reshape(y, [1, 70]), 4)


@one_row((26, 4), zero=9)
def row_pools(m, x):
    y = m.max_pool(m.conv(x, 8, kernel=(1, 5), padding=VALID), (1, 3), (1, 2), SAME)
    y = m.average_pool(m.conv(y, 5, kernel=(1, 2)), (1, 2), (1, 2))
    return m.softmax(m.dense(m.mean(y, [1, 2]), 3, scale=0.05))


@one_row((9, 4), zero=5)
def row_windows_higher_than_the_map(m, x):
    y = m.depthwise(m.conv(x, 4, kernel=(3, 2)), kernel=(2, 3))
    y = m.max_pool(y, (3, 2), (2, 1), SAME)
    return m.average_pool(y, (2, 3), (1, 2), SAME)


@case((6, 7, 2), zero=-20)
def row_from_a_map(m, x):
    y = m.conv(x, 4, kernel=(6, 2), padding=VALID)
    return m.conv(m.depthwise(y, kernel=(1, 3)), 5, kernel=(1, 2), stride=(1, 2))


@case((4, 9, 3), zero=-20)
def row_pooled_from_a_map(m, x):
    y = m.max_pool(m.depthwise(x, kernel=(2, 2), stride=(2, 1)), (2, 2), (2, 1))
    return m.add(m.conv(y, 3, kernel=(1, 3)), y)


@case((5, 8, 3), zero=-20)
def row_of_means(m, x):
    y = m.conv(m.mean(x, [1], keep=True), 4, kernel=(1, 3))
    return m.mean(y, [3], keep=True)


@one_row((6, 3), zero=-9)
def row_to_a_map(m, x):
    return m.conv(m.conv_transpose(x, 4), 3, kernel=(2, 2))


@one_row((7, 3), zero=-9)
def row_transpose_conv(m, x):
    y = m.conv_transpose(x, 6, kernel=(1, 3), stride=(1, 2))
    return m.conv_transpose(y, 3, kernel=(1, 2), stride=(3, 1), padding=SAME, size=(1, 14))


@one_row((8, 3), zero=-9)
def row_pads(m, x):
    y = m.conv(m.pad(x, [(0, 0), (0, 0), (2, 1), (0, 1)]), 4, kernel=(1, 3), padding=VALID)
    return m.conv(m.pad(y, [(0, 0), (1, 1), (1, 1), (0, 0)]), 3, padding=VALID)


@one_row((8, 4), zero=-9)
def row_paths(m, x):
    a, b = m.conv(x, 4, kernel=(1, 3)), m.depthwise(x, kernel=(1, 5))
    return m.prelu(m.add(a, b), [1, 8, 1])


# ---- run ----------------------------------------------------------------------------------------

def run(data, inputs):
    """In a child, because the interpreter aborts on some models that it refuses."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply_async(interpret, (data, inputs)).get(timeout=10)


def interpret_on_desktop(data, inputs):
    """TensorFlow Lite's reference kernels, for operators that TensorFlow Lite Micro lacks."""
    import tensorflow as tf
    interpreter = tf.lite.Interpreter(
        model_content=data,
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    outputs = []
    for x in inputs:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).copy())
    return np.stack(outputs)


def interpret(data, inputs):
    interpreter = runtime.Interpreter.from_bytes(data, arena_size=200000)
    outputs = []
    for x in inputs:
        interpreter.set_input(x, 0)
        interpreter.invoke()
        outputs.append(interpreter.get_output(0).copy())
    return np.stack(outputs)


def text(shape):
    return "x".join(str(n) for n in shape)


def write_layers(prefixes):
    """All models, or those whose names begin with one of `prefixes`."""
    folder = os.path.join(HERE, "layers")
    index, failures, total = [], [], 0
    chosen = {name: make for name, make in CASES.items()
              if not prefixes or name.startswith(tuple(prefixes))}
    if prefixes:
        with open(os.path.join(folder, "index.txt")) as f:
            index = [line for line in f if line.split()[0] not in chosen]
    else:
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    for name, make in chosen.items():
        m, data = make()
        outside, m.outside = m.outside, False
        inline = m.finish(m.output) if outside else data
        kind = elements.NUMPY[m.tensors[m.input.index].type]
        inputs = m.input.values.astype(kind).reshape((-1,) + m.input.shape)
        try:
            outputs = interpret_on_desktop(inline, inputs) if m.desktop else run(inline, inputs)
        except Exception as error:
            failures.append(f"{name}: refused: {error!r:.200}")
            continue
        kind = elements.NUMPY[m.tensors[m.output.index].type]
        assert outputs.dtype == kind and outputs.shape[1:] == m.output.shape, (
            name, outputs.dtype, outputs.shape, m.output.shape)
        expected = m.output.values.reshape(outputs.shape)
        worst = int(np.abs(outputs.astype(np.int64) - expected).max())
        if worst > (0 if m.exact else 1):
            failures.append(f"{name}: {np.count_nonzero(outputs != expected)} of {outputs.size} "
                            f"differ from the integer model, by up to {worst}")
        low, high = m.clamps
        free = float(np.mean((outputs != low) & (outputs != high)))
        if free < 0.5 and not m.extreme:
            failures.append(f"{name}: only {free:.0%} of the outputs are inside {low}..{high}")
        if "-v" in sys.argv and hasattr(m, "ties"):
            print(name, count_others(m))
        pairs = b"".join(a.tobytes() + b.tobytes() for a, b in zip(inputs, outputs))
        for suffix, content in ((".tflite", data), (".golden", pairs)):
            total += len(content)
            with open(os.path.join(folder, name + suffix), "wb") as f:
                f.write(content)
        if len(data) > 4096:
            print(f"{name}: {len(data)} bytes")
        index.append(f"{name} {m.operators_text()} {text(m.input.shape)} {text(m.output.shape)} "
                     f"{len(inputs)}\n")
    with open(os.path.join(folder, "index.txt"), "w") as f:
        f.writelines(sorted(index))
    print(f"{len(index)} models, {total} bytes")
    print("\n".join(failures))
    return not failures


if __name__ == "__main__":
    sys.exit(not write_layers([word for word in sys.argv[1:] if word != "-v"]))
