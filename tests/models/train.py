"""Trains sine.tflite and digits.tflite, and writes all that is made from them.

    python3 train.py           needs tensorflow, scikit-learn and tflite_micro

For each model NAME: NAME.tflite, NAME.in.bin and NAME.out.bin (int8 inputs and what TensorFlow Lite
Micro's reference kernels answer), digits.labels.bin, figures.json with the measured figures, and
the headers that the examples Hello and Digits include.
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from tflite_micro.python.tflite_micro import runtime

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "examples")
layers = tf.keras.layers


def to_int8(model, shape, samples):
    function = tf.function(lambda x: model(x, training=False))
    concrete = function.get_concrete_function(tf.TensorSpec((1,) + shape, tf.float32))
    frozen = convert_variables_to_constants_v2(concrete)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen])
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([x[None]] for x in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()


def scale_and_zero(details):
    q = details["quantization_parameters"]
    return float(q["scales"][0]), int(q["zero_points"][0])


def run(data, inputs):
    interpreter = runtime.Interpreter.from_bytes(data, arena_size=100000)
    outputs = []
    for x in inputs:
        interpreter.set_input(x[None], 0)
        interpreter.invoke()
        outputs.append(interpreter.get_output(0)[0].copy())
    return (np.stack(outputs), scale_and_zero(interpreter.get_input_details(0)),
            scale_and_zero(interpreter.get_output_details(0)))


def save(name, content):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(content if isinstance(content, bytes) else content.tobytes())


def byte_rows(data):
    rows = (data[i:i + 19] for i in range(0, len(data), 19))
    return "".join("    " + " ".join(f"{b}," for b in row) + "\n" for row in rows)


def byte_string(data):
    rows = (data[i:i + 24] for i in range(0, len(data), 24))
    return "\n".join('"' + "".join(f"\\x{b:02x}" for b in row) + '"' for row in rows)


def save_header(path, text):
    path = os.path.join(EXAMPLES, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write("#pragma once\n\n" + text)


def model_header(path, name, comment, data):
    save_header(path, f"// {comment}\n// {len(data)} bytes; made by tests/models/train.py.\n\n"
                "#if __cplusplus < 201703L\n"
                "#pragma GCC system_header  // where inline variables are accepted with a remark\n"
                "#endif\n\n"
                f"alignas(16) inline constexpr unsigned char {name}_file[] =\n{byte_string(data)};\n")


# ---- sine ---------------------------------------------------------------------------------------

def sine():
    tf.keras.utils.set_random_seed(3)
    rng = np.random.default_rng(3)
    x = rng.uniform(0, 2 * np.pi, (4000, 1)).astype(np.float32)
    model = tf.keras.Sequential([tf.keras.Input((1,)), layers.Dense(16, "relu"),
                                 layers.Dense(16, "relu"), layers.Dense(1)])
    epochs = 150
    steps = epochs * 4000 // 64
    model.compile(tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.CosineDecay(6e-3, steps)),
                  "mse")
    model.fit(x, np.sin(x), batch_size=64, epochs=epochs, verbose=0)
    samples = np.linspace(0, 2 * np.pi, 256, dtype=np.float32)[:, None]
    data = to_int8(model, (1,), samples)
    inputs = np.arange(-128, 128).astype(np.int8)[:, None]
    outputs, (si, zi), (so, zo) = run(data, inputs)
    angle = (inputs.astype(float) - zi) * si
    exact = np.sin(angle)
    answer = (outputs.astype(float) - zo) * so
    floats = model(angle.astype(np.float32)).numpy()
    save("sine.tflite", data)
    save("sine.in.bin", inputs)
    save("sine.out.bin", outputs)
    model_header("Hello/sine_file.h", "sine", "sin(x) for x in 0..2 pi: dense 1 > 16 > 16 > 1.", data)
    return dict(bytes=len(data), input_scale=si, input_zero=zi, output_scale=so, output_zero=zo,
                mse_float=float(np.mean((floats - exact)**2)),
                mse_int8=float(np.mean((answer - exact)**2)),
                worst_int8=float(np.abs(answer - exact).max()))


# ---- digits -------------------------------------------------------------------------------------

def moved(images, rng):
    """Each image shifted by up to one pixel, turned and stretched a little, a little noisier."""
    n = len(images)
    y, x = np.meshgrid(np.arange(8) - 3.5, np.arange(8) - 3.5, indexing="ij")
    turn = rng.normal(0, 0.12, (n, 1, 1))
    stretch = rng.normal(1, 0.07, (2, n, 1, 1))
    shift = rng.uniform(-0.9, 0.9, (2, n, 1, 1))
    sy = (np.cos(turn) * y - np.sin(turn) * x) * stretch[0] + shift[0] + 3.5
    sx = (np.sin(turn) * y + np.cos(turn) * x) * stretch[1] + shift[1] + 3.5
    y0, x0 = np.floor(sy).astype(int), np.floor(sx).astype(int)
    padded = np.pad(images, ((0, 0), (3, 4), (3, 4)))
    item = np.arange(n)[:, None, None]

    def at(dy, dx):
        return padded[item, (y0 + dy + 3).clip(0, 14), (x0 + dx + 3).clip(0, 14)]
    fy, fx = sy - y0, sx - x0
    out = ((1 - fy) * ((1 - fx) * at(0, 0) + fx * at(0, 1))
           + fy * ((1 - fx) * at(1, 0) + fx * at(1, 1)))
    return (out + rng.normal(0, 0.02, out.shape)).clip(0, 1).astype(np.float32)


def digits_model():
    def norm():
        return [layers.BatchNormalization(momentum=0.9), layers.ReLU()]
    return tf.keras.Sequential([
        tf.keras.Input((8, 8, 1)),
        layers.Conv2D(8, 3, padding="same", use_bias=False), *norm(),
        layers.MaxPooling2D(2),
        layers.Conv2D(24, 3, padding="same", use_bias=False), *norm(),
        layers.DepthwiseConv2D(3, padding="same", use_bias=False), *norm(),
        layers.Conv2D(32, 1, use_bias=False), *norm(),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dropout(0.2),
        layers.Dense(10),
        layers.Softmax(),
    ])


def digits():
    tf.keras.utils.set_random_seed(5)
    rng = np.random.default_rng(5)
    source = load_digits()
    pixels = source.images.clip(0, 15).astype(np.uint8)
    train_x, test_x, train_y, test_y = train_test_split(
        pixels, source.target, test_size=360, stratify=source.target, random_state=1)
    x = train_x.astype(np.float32) / 15
    model = digits_model()
    epochs = 120
    schedule = tf.keras.optimizers.schedules.CosineDecay(4e-3, epochs * (len(x) // 64 + 1))
    model.compile(tf.keras.optimizers.Adam(schedule), "sparse_categorical_crossentropy")
    for _ in range(epochs):
        order = rng.permutation(len(x))
        model.fit(moved(x, rng)[order][..., None], train_y[order], batch_size=64, verbose=0,
                  shuffle=False)
    data = to_int8(model, (8, 8, 1), x[:500, ..., None])
    inputs = (test_x.astype(int) * 17 - 128).astype(np.int8)[..., None]
    outputs, (si, zi), (so, zo) = run(data, inputs)
    floats = model(test_x[..., None].astype(np.float32) / 15).numpy()
    assert zi == -128 and abs(si - 1 / 255) < 1e-6, (si, zi)
    save("digits.tflite", data)
    save("digits.in.bin", inputs)
    save("digits.out.bin", outputs)
    save("digits.labels.bin", test_y.astype(np.uint8))
    model_header("Digits/digits_file.h", "digits",
                 "Handwritten digits, 8x8 pixels: convolutions, max pools, dense, softmax.", data)
    flat = test_x.reshape(360, 64)
    packed = (flat[:, 0::2] | flat[:, 1::2] << 4).astype(np.uint8)
    save_header("Digits/digits_images.h", f"""#include <stdint.h>

// {len(packed)} handwritten digits that the network did not see in training, 8x8 pixels each.
// Two pixels a byte, the left one in the low bits: 0 is paper, 15 is ink.
// From the digits of scikit-learn (UCI, Alpaydin and Kaynak), 16 clamped to 15.

// An AVR leaves this in program memory, where pgm_read_byte reads it.
#if defined(__AVR__)
#define DIGITS_FLASH __attribute__((section(".progmem.data")))
#else
#define DIGITS_FLASH
#endif

constexpr int digits_count = {len(packed)};

constexpr uint8_t digits_images[digits_count][32] DIGITS_FLASH = {{
{"".join("    {" + ", ".join(str(b) for b in row) + "}," + chr(10) for row in packed)}}};

constexpr uint8_t digits_labels[digits_count] DIGITS_FLASH = {{
{byte_rows(test_y.astype(np.uint8))}}};
""")
    weights, largest = sizes(data)
    return dict(bytes=len(data), input_scale=si, input_zero=zi, output_scale=so, output_zero=zo,
                accuracy_float=float(np.mean(floats.argmax(1) == test_y)),
                accuracy_int8=float(np.mean(outputs.argmax(1) == test_y)),
                weight_bytes=weights, largest_input_plus_output=largest)


def sizes(data):
    """Bytes of constants, and of the largest input map plus output map of one operator."""
    interpreter = tf.lite.Interpreter(
        model_content=data, experimental_op_resolver_type=tf.lite.experimental.OpResolverType
        .BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    tensors = {t["index"]: int(np.prod(t["shape"])) * np.dtype(t["dtype"]).itemsize
               for t in interpreter.get_tensor_details()}
    made = {int(interpreter.get_input_details()[0]["index"])}
    operators = interpreter._get_ops_details()
    print([o["op_name"] for o in operators])
    for o in operators:
        made |= {int(i) for i in o["outputs"]}
    largest = max(sum(tensors[int(i)] for i in [*o["inputs"], *o["outputs"]] if int(i) in made)
                  for o in operators if o["op_name"] not in ("RESHAPE", "DELEGATE"))
    return sum(n for i, n in tensors.items() if i not in made), largest


if __name__ == "__main__":
    tf.config.experimental.enable_op_determinism()
    figures = dict(sine=sine(), digits=digits())
    with open(os.path.join(HERE, "figures.json"), "w") as f:
        json.dump(figures, f, indent=2)
        f.write("\n")
    print(json.dumps(figures, indent=2))
