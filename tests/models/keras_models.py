"""Makes keras/NAME_KIND.tflite and keras/NAME_KIND.golden: what people make with Keras, in each kind
that TensorFlow's converter gives; the batch is None, as Keras has it.

    python3 keras_models.py          needs tensorflow and tflite_micro

A golden file is, for each inference, the input bytes followed by the output bytes that TensorFlow
Lite Micro's reference kernels give; those of kind `dynamic`, which it refuses, and of `dilated`, are
TensorFlow Lite's with its reference kernels.
"""
import os
import shutil
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tflite_micro.python.tflite_micro import runtime

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM, SEED = 6, 5

NETWORKS = {
    "dense": ((24,), lambda: [
        layers.Dense(44, activation="relu"),
        layers.Dense(24, activation="relu"),
        layers.Dense(4, activation="softmax")]),
    "conv1d_flatten": ((48, 3), lambda: [
        layers.Conv1D(8, 5, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Flatten(),
        layers.Dense(8, activation="softmax")]),
    "conv2d_flatten": ((12, 12, 1), lambda: [
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(6, activation="softmax")]),
    "conv1d_average": ((40, 6), lambda: [
        layers.Conv1D(12, 5, padding="same", activation="relu"),
        layers.Conv1D(18, 5, strides=2, activation="relu"),
        layers.GlobalAveragePooling1D(),
        layers.Dense(5)]),
    "tanh_sigmoid": ((32,), lambda: [
        layers.Dense(36, activation="tanh"),
        layers.Dense(12, activation="sigmoid"),
        layers.Dense(1, activation="sigmoid")]),
    "separable_swish": ((10, 10, 2), lambda: [
        layers.SeparableConv2D(16, 3, padding="same", activation="swish"),
        layers.SeparableConv2D(64, 3, strides=2, padding="same", activation="swish"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(3, activation="softmax")]),
    "leaky_relu": ((14, 8), lambda: [
        layers.Conv1D(16, 3),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(10),
        layers.LeakyReLU(),
        layers.Dense(2)]),
}

# As int8 alone. TensorFlow Lite Micro takes the batches that a dilated convolution makes for 1.
FURTHER = {
    "dilated": ((32, 3), lambda: [
        layers.Conv1D(6, 3, dilation_rate=2, padding="causal", activation="relu"),
        layers.MaxPooling1D(2),
        layers.Conv1D(4, 3, dilation_rate=3),
        layers.Reshape((40,))]),
    "time_distributed": ((5, 6), lambda: [
        layers.TimeDistributed(layers.Dense(4, activation="relu")),
        layers.Flatten(),
        layers.Dense(3)]),
}

KINDS = {"float": None, "dynamic": None, "int8_real_borders": tf.float32, "int8": tf.int8,
         "int8_uint8_borders": tf.uint8}


def network(shape, make):
    """All weights random, biases too; every channel of another size, as training leaves them."""
    model = keras.Sequential([keras.Input(shape)] + make())
    for layer in model.layers:
        layer.set_weights([w + np.random.normal(0, 0.1, w.shape).astype(np.float32)
                           if w.ndim < 2 else w * np.random.uniform(0.5, 2, w.shape[-1:])
                           for w in layer.get_weights()])
    return model


def convert(model, kind, samples):
    """Through a saved model, in which nothing is shared between conversions."""
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        if kind != "float":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if kind.startswith("int8"):
            converter.representative_dataset = lambda: ([x[np.newaxis]] for x in samples)
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
            converter.inference_input_type = KINDS[kind]
            converter.inference_output_type = KINDS[kind]
        return converter.convert()


def desktop(data):
    return tf.lite.Interpreter(
        model_content=data,
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF)


def inputs_of(detail, samples):
    """Some of the samples, others from the whole range, both ends, and the ends by chance."""
    shape, dtype = tuple(detail["shape"]), detail["dtype"]
    rng = np.random.default_rng(SEED)
    if dtype == np.float32:
        low, high = -6.0, 6.0
        near = list(samples[:RANDOM])
    else:
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        scale, zero = detail["quantization"]
        near = [np.clip(np.round(x / scale) + zero, low, high) for x in samples[:RANDOM // 2]]
        near += list(rng.integers(low, high + 1, (RANDOM - len(near),) + shape))
    ends = [np.full(shape, low), np.full(shape, high), rng.choice([low, high], shape)]
    return [np.reshape(x, shape).astype(dtype) for x in near + ends]


def answers(data, name, kind, inputs):
    if kind == "dynamic" or name == "dilated":
        interpreter = desktop(data)
        interpreter.allocate_tensors()
        for x in inputs:
            interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
            interpreter.invoke()
            yield interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).copy()
        return
    interpreter = runtime.Interpreter.from_bytes(data, arena_size=400000)
    for x in inputs:
        interpreter.set_input(x, 0)
        interpreter.invoke()
        yield interpreter.get_output(0).copy()


def main():
    folder = os.path.join(HERE, "keras")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    total = 0
    for name, (shape, make) in {**NETWORKS, **FURTHER}.items():
        keras.utils.set_random_seed(SEED)
        model = network(shape, make)
        samples = np.random.normal(0, 1, (40,) + shape).astype(np.float32)
        for kind in KINDS if name in NETWORKS else ["int8"]:
            data = convert(model, kind, samples)
            detail = desktop(data).get_input_details()[0]
            inputs = inputs_of(detail, samples)
            golden = b"".join(x.tobytes() + y.tobytes()
                              for x, y in zip(inputs, answers(data, name, kind, inputs)))
            for suffix, content in ((".tflite", data), (".golden", golden)):
                total += len(content)
                with open(os.path.join(folder, f"{name}_{kind}{suffix}"), "wb") as f:
                    f.write(content)
    print(total, "bytes")


if __name__ == "__main__":
    main()
