"""Makes graphs/NAME.tflite and graphs/NAME.golden: models with several inputs or outputs, or with
borders of another type than int8.

    python3 graphs.py          needs tensorflow (for its schema classes) and tflite_micro

A golden file is, for each inference, the bytes of all inputs followed by those of all outputs that
TensorFlow Lite Micro's reference kernels give.
"""
import multiprocessing
import os
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from tflite_micro.python.tflite_micro import runtime

from tiny import OP, RELU, SAME, TYPE, Model

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}


class Several(Model):
    """A model that may have further inputs, and any of its tensors as outputs."""

    def __init__(self, name, shape, scale=0.05, zero=-1):
        super().__init__(name, shape, scale, zero)
        self.inputs = [self.input]

    def another_input(self, shape, scale=0.05, zero=-1):
        self.inputs.append(self.tensor(f"input_{len(self.inputs)}", (1,) + tuple(shape), scale, zero,
                                       self.stimuli(shape)))
        return self.inputs[-1]

    def bytes_of(self, outputs):
        def change(model):
            graph = model.subgraphs[0]
            graph.inputs = [t.index for t in self.inputs]
            graph.outputs = [t.index for t in outputs]
        return self.finish(outputs[0], change=change)


def case(shape, **quantization):
    def register(build):
        CASES[build.__name__] = (build, shape, quantization)
        return build
    return register


@case((4, 3, 2))
def two_inputs(m, x):
    return [m.add(x, m.another_input((4, 3, 2), 0.03, 5))]


@case((6, 5, 2))
def three_inputs(m, x):
    y = m.conv(x, 3, padding=SAME, act=RELU, zero=-128)
    z = m.add(y, m.another_input((6, 5, 3), 0.04, -9))
    return [m.add(m.max_pool(z, (2, 2), (2, 2)), m.another_input((3, 2, 3)))]


@case((6, 4, 2))
def two_outputs(m, x):
    y = m.conv(x, 3)
    return [m.conv(y, 2, stride=(2, 2)), m.average_pool(y, (3, 2), (1, 1), SAME)]


@case((6, 4, 2))
def an_output_that_is_read(m, x):
    y = m.conv(x, 3)
    z = m.conv(y, 3)
    return [y, z, m.add(y, z)]


@case((5, 4, 2))
def outputs_before_the_last_operator(m, x):
    y = m.depthwise(x)
    m.conv(y, 2)
    return [y]


@case((6, 2, 2))
def two_inputs_and_outputs(m, x):
    other = m.another_input((6, 2, 2), 0.02, 3)
    a = m.add(x, other)
    return [m.dense(a, 3), m.conv(other, 2), m.softmax(m.dense(x, 4))]


TYPES = {np.dtype(np.float32): TYPE.FLOAT32, np.dtype(np.uint8): TYPE.UINT8,
         np.dtype(np.int16): TYPE.INT16}


def taken(m, type, scale=None, zero=0):
    """The model takes values of another type, which QUANTIZE turns into its int8 input."""
    x, shape = m.inputs[-1], m.inputs[-1].shape
    info = np.iinfo(type) if type != np.float32 else None
    values = m.rng.normal(0, 3, (8,) + shape[1:]).astype(np.float32) if info is None else \
        m.rng.integers(info.min, info.max + 1, (8,) + shape[1:]).astype(type)
    if info is None:
        values.reshape(8, -1)[:, :2] = [1e4, -1e4]
    quantization = None if info is None else m.quantization(scale, zero)
    index = m.raw_tensor("outer", shape, TYPES[np.dtype(type)], 0, quantization)
    m.operator(OP.QUANTIZE, [index], x)
    m.inputs[-1] = Outer(index, shape, values)


def given(m, y, type, scale=None, zero=0):
    quantization = None if type == np.float32 else m.quantization(scale, zero)
    index = m.raw_tensor("outer", y.shape, TYPES[np.dtype(type)], 0, quantization)
    outer = Outer(index, y.shape, None)
    return m.operator(OP.DEQUANTIZE if type == np.float32 else OP.QUANTIZE, [y], outer)


class Outer:
    def __init__(self, index, shape, values):
        self.index, self.shape, self.values = index, shape, values


@case((4, 3, 2), scale=0.03, zero=7)
def real_border(m, x):
    taken(m, np.float32)
    return [given(m, m.conv(x, 3), np.float32)]


@case((5, 2, 3), scale=0.04, zero=-5)
def uint8_border(m, x):
    taken(m, np.uint8, 0.04, 123)
    return [given(m, m.conv(x, 3, scale=0.06, zero=2), np.uint8, 0.06, 130)]


@case((5, 2, 3), scale=0.04, zero=-5)
def uint8_border_that_rescales(m, x):
    taken(m, np.uint8, 0.051, 3)
    return [given(m, m.conv(x, 3, scale=0.06, zero=2), np.uint8, 0.043, 200)]


@case((4, 2, 2), scale=0.04, zero=-5)
def int16_border(m, x):
    taken(m, np.int16, 0.0003, 0)
    return [given(m, m.dense(x, 5), np.int16, 0.0002, 0)]


@case((4, 3, 2), scale=0.03, zero=7)
def several_borders(m, x):
    taken(m, np.float32)
    y = m.another_input((4, 3, 2), 0.05, -3)
    taken(m, np.uint8, 0.05, 125)
    z = m.add(x, y)
    return [given(m, z, np.float32), m.conv(z, 2)]


def run(data, inputs, outputs):
    interpreter = runtime.Interpreter.from_bytes(data, arena_size=200000)
    golden = b""
    for values in zip(*inputs):
        for number, value in enumerate(values):
            interpreter.set_input(value, number)
        interpreter.invoke()
        golden += b"".join(v.tobytes() for v in values)
        golden += b"".join(interpreter.get_output(i).tobytes() for i in range(outputs))
    return golden


def main():
    folder = os.path.join(HERE, "graphs")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, (build, shape, quantization) in CASES.items():
        m = Several(name, shape, **quantization)
        outputs = build(m, m.input)
        data = m.bytes_of(outputs)
        inputs = [(t.values if isinstance(t, Outer) else t.values.astype(np.int8)).reshape((-1,) + t.shape)
                  for t in m.inputs]
        with multiprocessing.get_context("fork").Pool(1) as pool:
            golden = pool.apply_async(run, (data, inputs, len(outputs))).get(timeout=10)
        for suffix, content in ((".tflite", data), (".golden", golden)):
            with open(os.path.join(folder, name + suffix), "wb") as f:
                f.write(content)
    print(len(CASES), "models")


if __name__ == "__main__":
    main()
