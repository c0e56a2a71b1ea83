"""make.py OUT.tflite HEIGHTxWIDTHxCHANNELS LAYER...: writes a model with random weights.

A LAYER is conv:OUTPUTS,KERNEL,STRIDE  depthwise:KERNEL,STRIDE  pool:KERNEL  dense:OUTPUTS, each with
scales of its own for all channels, or with ",1" at its end one scale for all; add:BACK adds what so many
layers before gave; COUNT*LAYER+LAYER... stands for as many times these layers. Needs nothing but Python.
"""
import random
import struct
import sys

INT8, INT32 = 9, 2
SAME = 0
ADD, AVERAGE_POOL_2D, CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED = 0, 1, 3, 4, 9
CONV_OPTIONS, DEPTHWISE_OPTIONS, POOL_OPTIONS, DENSE_OPTIONS, ADD_OPTIONS = 1, 2, 5, 8, 11


class Writer:
    """A flatbuffer, parents before what they point to."""

    def __init__(self):
        self.bytes = bytearray(b"\0\0\0\0TFL3")

    def align(self, size, after=0):
        self.bytes += bytes(-(len(self.bytes) + after) % size)

    def point(self, slot, make):
        """Lets the offset at `slot` point to what `make` writes."""
        struct.pack_into("<I", self.bytes, slot, make(self) - slot)


def vector(form, values):
    """Of numbers, or of raw bytes."""
    def write(writer):
        writer.align(16, 4)
        at = len(writer.bytes)
        writer.bytes += struct.pack("<I", len(values))
        writer.bytes += bytes(values) if form == "B" else struct.pack(f"<{len(values)}{form}", *values)
        return at
    return write


def tables(makers):
    def write(writer):
        writer.align(4)
        at = len(writer.bytes)
        writer.bytes += struct.pack("<I", len(makers)) + bytes(4 * len(makers))
        for i, make in enumerate(makers):
            writer.point(at + 4 + 4 * i, make)
        return at
    return write


def table(*fields):
    """Of numbers and of what other makers write; None: the default."""
    def write(writer):
        writer.align(4)
        offsets, size = [], 4
        for field in fields:
            offsets.append(0 if field is None else size)
            size += 0 if field is None else 4
        vtable = struct.pack(f"<HH{len(fields)}H", 4 + 2 * len(fields), size, *offsets)
        writer.align(4, len(vtable))
        writer.bytes += vtable
        at = len(writer.bytes)
        writer.bytes += struct.pack("<i", len(vtable)) + bytes(size - 4)
        for field, offset in zip(fields, offsets):
            if callable(field):
                writer.point(at + offset, field)
            elif field is not None:
                struct.pack_into("<i", writer.bytes, at + offset, field)
        return at
    return write


class Model:
    def __init__(self, shape):
        self.random = random.Random(1)
        self.tensors, self.buffers, self.operators, self.codes = [], [table()], [], []
        self.shape = shape
        self.tensor = self.add_tensor([1, *shape], INT8, [0.05])
        self.given = [self.tensor]

    def add_tensor(self, shape, kind, scales, dimension=0, data=None):
        if data is not None:
            self.buffers.append(table(vector("B", data)))
        affine = table(None, None, vector("f", scales), vector("q", [-1 if data is None else 0] * len(scales)),
                       None, None, dimension)
        self.tensors.append(table(vector("i", shape), kind, 0 if data is None else len(self.buffers) - 1, None, affine))
        return len(self.tensors) - 1

    def add_operator(self, code, inputs, shape, options_type, options):
        if code not in self.codes:
            self.codes.append(code)
        output = self.add_tensor(shape, INT8, [0.05])
        self.operators.append(table(self.codes.index(code), vector("i", inputs), vector("i", [output]),
                                    options_type, table(*options)))
        self.tensor, self.shape = output, shape[1:]
        self.given.append(output)

    def add_product(self, code, weights, outputs, dimension, shape, options_type, options, uniform):
        size = 1
        for extent in weights:
            size *= extent
        taps = size // outputs
        scales = [0.06 / taps ** 0.5 * (1 if uniform else self.random.uniform(0.5, 1)) for _ in
                  range(1 if uniform else outputs)]
        bias = [self.random.randrange(-2000, 2000) for _ in range(outputs)]
        inputs = [self.tensor,
                  self.add_tensor(weights, INT8, scales, dimension, self.random.randbytes(size)),
                  self.add_tensor([outputs], INT32, [1.0], 0, struct.pack(f"<{outputs}i", *bias))]
        self.add_operator(code, inputs, shape, options_type, options)

    def add(self, layer):
        count, _, several = layer.rpartition("*")
        if count:
            for each in int(count) * several.split("+"):
                self.add(each)
            return
        name, _, numbers = layer.partition(":")
        numbers = [int(number) for number in numbers.split(",")]
        uniform = len(numbers) > {"conv": 3, "depthwise": 2, "pool": 1, "dense": 1, "add": 1}[name]
        height, width, channels = self.shape if len(self.shape) == 3 else (1, 1, self.shape[-1])
        if name == "conv":
            outputs, kernel, stride = numbers[:3]
            self.add_product(CONV_2D, [outputs, kernel, kernel, channels], outputs, 0,
                             [1, -(-height // stride), -(-width // stride), outputs],
                             CONV_OPTIONS, [SAME, stride, stride], uniform)
        elif name == "depthwise":
            kernel, stride = numbers[:2]
            self.add_product(DEPTHWISE_CONV_2D, [1, kernel, kernel, channels], channels, 3,
                             [1, -(-height // stride), -(-width // stride), channels],
                             DEPTHWISE_OPTIONS, [SAME, stride, stride, 1], uniform)
        elif name == "pool":
            kernel = numbers[0]
            self.add_operator(AVERAGE_POOL_2D, [self.tensor], [1, -(-height // kernel), -(-width // kernel), channels],
                              POOL_OPTIONS, [SAME, kernel, kernel, kernel, kernel])
        elif name == "add":
            self.add_operator(ADD, [self.given[-1 - numbers[0]], self.tensor], [1, *self.shape], ADD_OPTIONS, [0])
        else:
            outputs = numbers[0]
            self.add_product(FULLY_CONNECTED, [outputs, height * width * channels], outputs, 0, [1, outputs],
                             DENSE_OPTIONS, [0], uniform)

    def finish(self):
        subgraph = table(tables(self.tensors), vector("i", [0]), vector("i", [self.tensor]), tables(self.operators))
        codes = tables([table(code, None, None, code) for code in self.codes])
        writer = Writer()
        writer.point(0, table(3, codes, tables([subgraph]), None, tables(self.buffers)))
        return bytes(writer.bytes)


def make(path, shape, layers):
    """Writes the model, and returns the number of its operators."""
    model = Model([int(extent) for extent in shape.split("x")])
    for layer in layers:
        model.add(layer)
    with open(path, "wb") as file:
        file.write(model.finish())
    return len(model.operators)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    make(sys.argv[1], sys.argv[2], sys.argv[3:])
