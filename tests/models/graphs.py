"""Makes graphs/NAME.tflite and graphs/NAME.golden: models with several inputs or outputs, with
borders of another type than int8, or with variables.

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

from tiny import OP, RELU, SAME, TYPE, VALID, Model, tfl

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}


class Several(Model):
    """A model that may have further inputs, and any of its tensors as outputs."""

    def __init__(self, name, shape, scale=0.05, zero=-1):
        super().__init__(name, shape, scale, zero)
        self.inputs = [self.input]
        self.initial = {}

    def another_input(self, shape, scale=0.05, zero=-1):
        self.inputs.append(self.tensor(f"input_{len(self.inputs)}", (1,) + tuple(shape), scale, zero,
                                       self.stimuli(shape)))
        return self.inputs[-1]

    # ---- variables: a handle is (name, tensor that names it) ----

    def variable(self, name, initial=None):
        """`initial`: the int8 constant that CALL_ONCE assigns; None: nothing is assigned."""
        if initial is not None:
            self.initial[name] = initial
        return self.operator(OP.VAR_HANDLE, [], Outer(self.raw_tensor(name, (), TYPE.RESOURCE), (), None),
                             tfl.BuiltinOptions.VarHandleOptions, self.named(name))

    @staticmethod
    def named(name):
        options = tfl.VarHandleOptionsT()
        options.container, options.sharedName = "", name
        return options

    def read(self, handle, shape, scale=0.05, zero=-1):
        held = self.tensor("held", (1,) + tuple(shape), scale, zero, self.stimuli(shape))
        return self.operator(OP.READ_VARIABLE, [handle.index], held, tfl.BuiltinOptions.ReadVariableOptions,
                             tfl.ReadVariableOptionsT())

    def assign(self, handle, value):
        self.operator(OP.ASSIGN_VARIABLE, [handle.index, value], value, tfl.BuiltinOptions.AssignVariableOptions,
                      tfl.AssignVariableOptionsT())
        self.operators[-1].outputs = []

    def below(self, a, b):
        """The rows of b below those of a."""
        options = tfl.ConcatenationOptionsT()
        options.axis = 1
        shape = (1, a.shape[1] + b.shape[1]) + a.shape[2:]
        out = self.tensor("below", shape, a.scale, a.zero, np.concatenate([a.values, b.values], 1))
        return self.operator(OP.CONCATENATION, [a, b], out, tfl.BuiltinOptions.ConcatenationOptions, options)

    def part(self, x, begin, size):
        end = [b + s for b, s in zip(begin, size)]
        values = x.values[:, begin[1]:end[1], begin[2]:end[2], begin[3]:end[3]]
        out = self.tensor("part", size, x.scale, x.zero, values)
        return self.operator(OP.SLICE, [x] + [self.constant(name, np.array(v, np.int32), TYPE.INT32)
                                              for name, v in (("begin", begin), ("size", size))], out)

    def last_rows(self, x, count):
        rank = len(x.shape)
        begin = self.constant("begin", np.array([0, -count] + [0] * (rank - 2), np.int32), TYPE.INT32)
        end = self.constant("end", np.zeros(rank, np.int32), TYPE.INT32)
        steps = self.constant("steps", np.ones(rank, np.int32), TYPE.INT32)
        options = tfl.StridedSliceOptionsT()
        options.beginMask, options.endMask = 2 ** rank - 1 - 2, 2 ** rank - 1
        out = self.tensor("last", (1, count) + x.shape[2:], x.scale, x.zero, x.values[:, -count:])
        return self.operator(OP.STRIDED_SLICE, [x, begin, end, steps], out,
                             tfl.BuiltinOptions.StridedSliceOptions, options)

    def delay(self, name, x, rows, initial=None):
        """`rows` rows of before with those of x below, as Keras' streaming layers are converted."""
        handle = self.variable(name, initial)
        all_rows = self.below(self.read(handle, (rows,) + x.shape[2:], x.scale, x.zero), x)
        self.assign(handle, self.last_rows(all_rows, rows))
        return all_rows

    def initialize(self, model):
        """A second subgraph, which CALL_ONCE runs, assigns to the variables."""
        def code(op):
            if op not in self.codes:
                self.codes.append(op)
                c = tfl.OperatorCodeT()
                c.builtinCode, c.deprecatedBuiltinCode, c.version = op, min(op, 127), 1
                model.operatorCodes.append(c)
            return self.codes.index(op)

        def operator(op, inputs, outputs, kind, options):
            o = tfl.OperatorT()
            o.opcodeIndex, o.inputs, o.outputs = code(op), inputs, outputs
            o.builtinOptionsType, o.builtinOptions = kind, options
            return o

        start = tfl.SubGraphT()
        start.name, start.inputs, start.outputs, start.tensors, start.operators = "start", [], [], [], []
        for name, initial in self.initial.items():
            at = len(start.tensors)
            before = len(self.tensors)
            self.raw_tensor(name, (), TYPE.RESOURCE)
            self.constant("initial", initial, TYPE.INT8, [0.05])
            start.tensors += self.tensors[before:]
            del self.tensors[before:]
            start.operators += [
                operator(OP.VAR_HANDLE, [], [at], tfl.BuiltinOptions.VarHandleOptions, self.named(name)),
                operator(OP.ASSIGN_VARIABLE, [at, at + 1], [], tfl.BuiltinOptions.AssignVariableOptions,
                         tfl.AssignVariableOptionsT())]
        model.subgraphs.append(start)
        once = tfl.CallOnceOptionsT()
        once.initSubgraphIndex = 1
        model.subgraphs[0].operators.insert(
            0, operator(OP.CALL_ONCE, [], [], tfl.BuiltinOptions.CallOnceOptions, once))

    def bytes_of(self, outputs):
        def change(model):
            if self.initial:
                self.initialize(model)
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


@case((2, 3, 2))
def a_delay_line(m, x):
    rows = m.delay("rows", x, 3, np.full((1, 3, 3, 2), -1, np.int8))
    return [m.conv(rows, 3, (4, 2), padding=VALID)]


@case((1, 1, 4))
def delay_lines_that_begin_with_values(m, x):
    rows = m.delay("first", x, 4, np.arange(16, dtype=np.int8).reshape((1, 4, 1, 4)))
    y = m.conv(rows, 6, (5, 1), padding=VALID, act=RELU, zero=-128)
    more = m.delay("second", y, 2, np.arange(-9, 3, dtype=np.int8).reshape((1, 2, 1, 6)))
    return [m.dense(m.depthwise(more, 1, (3, 1), padding=VALID), 3), y]


@case((3, 2, 2))
def a_sum_that_stays(m, x):
    sums = m.variable("sums", np.full((1, 3, 2, 2), 7, np.int8))
    y = m.add(m.read(sums, (3, 2, 2)), x, scale=0.05, zero=-1)
    m.assign(sums, y)
    return [m.conv(y, 2), y]


@case((2, 4, 1))
def a_variable_read_twice(m, x):
    state = m.variable("state")
    before = m.read(state, (2, 4, 1), 0.05, -1)
    y = m.conv(m.add(before, x, scale=0.05, zero=-1), 1, scale=0.05, zero=-1)
    m.assign(state, y)
    after = m.read(state, (2, 4, 1), 0.05, -1)
    z = m.add(after, before)
    m.assign(state, m.average_pool(after, (1, 3), (1, 1), SAME))
    return [z, m.max_pool(after, (2, 2))]


@case((2, 2, 2))
def two_variables_of_one_name_and_another(m, x):
    a = m.read(m.variable("a", np.arange(8, dtype=np.int8).reshape((1, 2, 2, 2))), (2, 2, 2))
    b = m.read(m.variable("ab"), (2, 2, 2))
    m.assign(m.variable("a"), m.add(a, x, scale=0.05, zero=-1))
    m.assign(m.variable("ab"), m.add(b, a, scale=0.05, zero=-1))
    return [m.add(m.read(m.variable("a"), (2, 2, 2)), b)]


@case((2, 3, 2))
def rows_that_are_given_out(m, x):
    handle = m.variable("rows", np.full((1, 2, 3, 2), -1, np.int8))
    all_rows = m.below(m.read(handle, (2, 3, 2), x.scale, x.zero), x)
    last = m.last_rows(all_rows, 2)
    m.assign(handle, last)
    return [last, m.conv(all_rows, 2)]


@case((2, 3, 2))
def first_rows_are_kept(m, x):
    handle = m.variable("rows", np.full((1, 3, 3, 2), -1, np.int8))
    all_rows = m.below(m.read(handle, (3, 3, 2), x.scale, x.zero), x)
    part = m.part(all_rows, [0, 1, 0, 0], [1, 3, 3, 2])
    m.assign(handle, part)
    return [m.conv(all_rows, 2)]


@case((1, 1, 8))
def slices_of_a_delay_line(m, x):
    rows = m.delay("rows", x, 6, np.full((1, 6, 1, 8), -1, np.int8))
    a, b = m.part(rows, [0, 0, 0, 0], [1, 7, 1, 4]), m.part(rows, [0, 0, 0, 4], [1, 7, 1, 4])
    y = m.depthwise(m.part(a, [0, 3, 0, 0], [1, 4, 1, 4]), 1, (3, 1), padding=VALID)
    z = m.conv(b, 5, (7, 1), padding=VALID)
    c = m.add(m.part(rows, [0, 2, 0, 4], [1, 2, 1, 4]), m.part(rows, [0, 5, 0, 0], [1, 2, 1, 4]))
    return [y, z, m.conv(c, 3, (1, 1))]


@case((2, 2, 4))
def slices_that_have_to_be_copied(m, x):
    rows = m.delay("rows", x, 3, np.full((1, 3, 2, 4), -1, np.int8))
    given = m.part(rows, [0, 1, 1, 0], [1, 2, 1, 4])
    flat = m.part(rows, [0, 1, 0, 0], [1, 3, 1, 4])
    odd = m.part(rows, [0, 0, 0, 1], [1, 5, 2, 3])
    return [given, m.dense(flat, 3), m.max_pool(odd, (2, 2)), m.softmax(m.part(odd, [0, 2, 0, 0], [1, 2, 2, 3]))]


@case((3, 2, 2))
def the_input_is_kept(m, x):
    before = m.variable("before", np.full((1, 3, 2, 2), -1, np.int8))
    y = m.add(m.read(before, (3, 2, 2)), x)
    m.assign(before, x)
    return [y]


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
