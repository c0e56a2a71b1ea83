"""Makes graphs/NAME.tflite and graphs/NAME.golden: models with several inputs or outputs.

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

from tiny import RELU, SAME, Model

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
        inputs = [t.values.astype(np.int8).reshape((-1,) + t.shape) for t in m.inputs]
        with multiprocessing.get_context("fork").Pool(1) as pool:
            golden = pool.apply_async(run, (data, inputs, len(outputs))).get(timeout=10)
        for suffix, content in ((".tflite", data), (".golden", golden)):
            with open(os.path.join(folder, name + suffix), "wb") as f:
                f.write(content)
    print(len(CASES), "models")


if __name__ == "__main__":
    main()
