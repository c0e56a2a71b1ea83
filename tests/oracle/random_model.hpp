// Random .tflite models of any int8 operators: branches that come together, several inputs and
// outputs, constants, views, operators that lead nowhere.
#pragma once

#include <cmath>
#include <map>
#include <random>

#include "mote/tflite/verify.hpp"
#include "writer.hpp"

namespace oracle {

class Random {
   public:
    explicit Random(uint32_t seed) : engine_(seed * 2654435761u + 1) {}
    int below(int end) { return int(engine_() % uint32_t(end)); }
    int between(int least, int most) { return least + below(most - least + 1); }
    bool one_in(int count) { return below(count) == 0; }
    float real(float least, float most) {
        return least + (most - least) * float(engine_() % 4096) / 4096.0f;
    }
    template <class Values>
    auto pick(const Values& values) {
        return values[size_t(below(int(values.size())))];
    }
    template <class Value>
    Value pick(std::initializer_list<Value> values) {
        return values.begin()[below(int(values.size()))];
    }

   private:
    std::mt19937 engine_;
};

/// Bytes for all inputs of a model, spread over their types.
inline Bytes some_inputs(const Model& model, Random& random) {
    Bytes bytes;
    const auto append = [&bytes](auto value) {
        int8_t parts[sizeof value];
        std::memcpy(parts, &value, sizeof value);
        bytes.insert(bytes.end(), parts, parts + sizeof value);
    };
    for (const int tensor : model.inputs()) {
        const Array& array = model.array_at(tensor);
        for (int64_t i = 0; i < array.size(); ++i) {
            if (array.type == Type::FLOAT32)
                append(random.real(-4, 4));
            else if (array.type == Type::INT16)
                append(int16_t(random.between(-32768, 32767)));
            else
                append(int8_t(random.between(-128, 127)));
        }
    }
    return bytes;
}

inline mote::tflite::Fault first_fault(const File& file) {
    mote::tflite::Fault fault = mote::tflite::Fault::none;
    mote::tflite::for_each_fault(file.data(), uint32_t(file.size()),
                                 [&fault](const mote::tflite::Status& status) {
                                     if (fault == mote::tflite::Fault::none) fault = status.fault;
                                 });
    return fault;
}

class RandomModel {
   public:
    using Refusals = std::map<std::pair<Builtin, mote::tflite::Fault>, int>;

    RandomModel(uint32_t seed, int operators) : random_(seed), seed_(seed) {
        begin();
        for (int tries = 0; int(draft_.operators.size()) < operators && tries < 8 * operators;)
            if (step() < 0) ++tries;
        end();
    }
    /// Operators on inputs alone, whose results are like one of the inputs: any number of them
    /// makes a graph. All results are outputs.
    RandomModel(uint32_t seed, const std::vector<Draft::Tensor>& kinds)
        : random_(seed), seed_(seed), closed_(true) {
        for (const Draft::Tensor& kind : kinds) {
            draft_.inputs.push_back(int(draft_.tensors.size()));
            draft_.tensors.push_back(kind);
        }
        maps_ = draft_.inputs;
        while (results_.size() < most_results) step();
        draft_.outputs = results_;
    }
    const Draft& draft() const { return draft_; }
    /// Operators that were tried and that mote refuses.
    const Refusals& refusals() const { return refusals_; }

   private:
    using Field = Draft::Field;
    static constexpr int64_t most_values = 1000;
    static constexpr size_t most_results = 28;
    /// Of an operator in a closed model.
    static constexpr int most_of(Builtin code) {
        return code == Builtin::RESHAPE ? 4 : code == Builtin::CONV_2D ? 2 : 1;
    }

    // ---- Tensors ----

    const Dims& dims(int tensor) const { return draft_.tensors[size_t(tensor)].dims; }
    int rank(int tensor) const { return int(dims(tensor).size()); }
    float scale(int tensor) const { return draft_.tensors[size_t(tensor)].scales[0]; }
    int zero(int tensor) const { return draft_.tensors[size_t(tensor)].zeros[0]; }
    bool alike(int one, int other) const {
        return scale(one) == scale(other) && zero(one) == zero(other);
    }

    int tensor(Type type, const Dims& dims, const std::vector<float>& scales,
               const std::vector<int>& zeros, const Bytes& data = {}, int axis = 0) {
        draft_.tensors.push_back({type, dims, scales, zeros, axis, data});
        return int(draft_.tensors.size()) - 1;
    }
    int map(const Dims& dims, float scale, int zero) {
        return tensor(Type::INT8, dims, {scale}, {zero});
    }
    int like(int x, const Dims& dims) { return map(dims, scale(x), zero(x)); }
    int free(const Dims& dims) {
        if (closed_) return like(draft_.inputs[0], dims);
        return map(dims, random_.real(0.02f, 0.1f), random_.between(-60, 60));
    }
    int integers(const std::vector<int>& values, bool wide = false) {
        Bytes data;
        for (const int value : values)
            for (int i = 0; i < (wide ? 8 : 4); ++i)
                data.push_back(static_cast<int8_t>(int64_t{value} >> (8 * i)));
        return tensor(wide ? Type::INT64 : Type::INT32, {int(values.size())}, {}, {}, data);
    }
    int integer(int value) {
        const int made = integers({value});
        draft_.tensors.back().dims = {};
        return made;
    }
    Bytes some_bytes(int64_t count, int least = -128, int without = 1000) {
        Bytes data;
        for (int64_t i = 0; i < count; ++i) {
            const int value = random_.between(least, 127);
            data.push_back(static_cast<int8_t>(value == without ? value - 1 : value));
        }
        return data;
    }
    int constant(const Dims& dims, float scale, int zero, int without = 1000) {
        return tensor(Type::INT8, dims, {scale}, {zero}, some_bytes(size_of(dims), -127, without));
    }

    // ---- Operators ----

    /// The last operator's first result; -1, and nothing, if it is refused or makes too much.
    int add(Builtin code, const std::vector<int>& inputs, const std::vector<int>& outputs,
            int kind = 0, const std::vector<Field>& options = {}, bool rescales = false) {
        draft_.operators.push_back({code, inputs, outputs, kind, options});
        draft_.outputs = outputs;
        bool small = true;
        for (const int output : outputs)
            small = small && size_of(dims(output)) <= most_values && size_of(dims(output)) > 0;
        const File file = draft_.file();
        const mote::tflite::Fault fault = small ? first_fault(file) : mote::tflite::Fault::size;
        if (small && fault != mote::tflite::Fault::none) ++refusals_[{code, fault}];
        if (!small || fault != mote::tflite::Fault::none || (rescales && !calibrate(outputs[0]))) {
            draft_.operators.pop_back();
            return -1;
        }
        if (closed_) return close();
        for (const int output : outputs) maps_.push_back(output);
        return outputs[0];
    }
    /// Keeps the last operator if its results are like inputs; gives the input that the first is
    /// like.
    int close() {
        const std::vector<int> outputs = draft_.operators.back().outputs;
        bool inside = results_.size() + outputs.size() <= most_results + 4;
        int same = 0;
        for (const Draft::Operator& made : draft_.operators)
            same += made.code == draft_.operators.back().code ? 1 : 0;
        inside = inside && same <= most_of(draft_.operators.back().code);
        for (const int output : outputs) inside = inside && input_like(output) >= 0;
        if (!inside) {
            draft_.operators.pop_back();
            return -1;
        }
        results_.insert(results_.end(), outputs.begin(), outputs.end());
        return input_like(outputs[0]);
    }
    int input_like(int x) const {
        for (const int input : draft_.inputs)
            if (dims(input) == dims(x) && alike(input, x)) return input;
        return -1;
    }

    /// Gives a result a scale that spreads its values over int8, if there is one.
    bool calibrate(int output) {
        if (closed_) return spread_of(draft_.file(), output) > 5;
        float best = 0;
        for (int round = 0; round < 4; ++round) {
            const File file = draft_.file();
            if (first_fault(file) != mote::tflite::Fault::none) return false;
            const double spread = spread_of(file, output);
            if (spread > 25 && spread < 90) return true;
            float& scale = draft_.tensors[size_t(output)].scales[0];
            best = scale;
            if (spread < 1 && round > 0) break;
            scale *= float(std::min(std::max(spread, 1.0), 400.0) / 50.0);
        }
        draft_.tensors[size_t(output)].scales[0] = best;
        const File file = draft_.file();
        return first_fault(file) == mote::tflite::Fault::none &&
               (spread_of(file, output) > 2 || random_.one_in(8));
    }
    double spread_of(const File& file, int output) {
        Model model(file);
        Random random(seed_);
        double sum = 0, squares = 0, count = 0;
        for (int n = 0; n < 3; ++n) {
            model.run(some_inputs(model, random).data());
            for (const int64_t value : model.array_at(output).values) {
                sum += double(value);
                squares += double(value * value);
                ++count;
            }
        }
        return std::sqrt(std::max(squares / count - sum / count * (sum / count), 0.0));
    }

    static Field byte(int slot, int value) { return {slot, 1, uint64_t(value)}; }
    static Field number(int slot, int value) { return {slot, 4, uint64_t(uint32_t(value))}; }
    static Field real(int slot, float value) {
        uint32_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        return {slot, 4, bits};
    }

    int activation() { return random_.one_in(3) ? random_.pick({1, 2, 3, 1}) : 0; }
    /// An axis, at times counted from the end.
    int axis_name(int axis, int rank) { return random_.one_in(3) ? axis - rank : axis; }

    int reshape(int x, const Dims& to) {
        return add(Builtin::RESHAPE, {x, integers(to)}, {like(x, to)}, 17);
    }
    /// The map as one picture of height, width and channels.
    int picture(int x) {
        if (rank(x) == 4 && dims(x)[0] == 1 && !random_.one_in(12)) return x;
        const Dims to = parted(int(size_of(dims(x))), 3);
        return reshape(x, {1, to[0], to[1], to[2]});
    }
    /// `count` factors of a size.
    Dims parted(int size, int count) {
        Dims parts;
        for (; count > 1; --count) {
            std::vector<int> divisors;
            for (int i = 1; i <= size; ++i)
                if (size % i == 0 && i <= 16) divisors.push_back(i);
            parts.push_back(random_.pick(divisors));
            size /= parts.back();
        }
        parts.push_back(size);
        return parts;
    }

    static int slid(int size, int kernel, int stride, int dilation, bool same) {
        return same ? (size + stride - 1) / stride
                    : (size - (kernel - 1) * dilation - 1 + stride) / stride;
    }

    struct Slide {
        int kernel[2], stride[2], dilation[2];
        bool same;
    };
    Slide some_slide(bool dilates) {
        Slide made{};
        for (int i = 0; i < 2; ++i) {
            made.kernel[i] = random_.between(1, random_.one_in(4) ? 5 : 3);
            made.stride[i] = random_.one_in(3) ? random_.between(1, 3) : 1;
            made.dilation[i] = dilates && random_.one_in(5) ? random_.between(2, 3) : 1;
        }
        if (random_.one_in(3)) made.kernel[random_.below(2)] = 1;
        made.same = random_.one_in(2);
        return made;
    }
    Dims output_of(int x, const Slide& slide, int channels) {
        Dims made{1, 0, 0, channels};
        for (size_t i = 0; i < 2; ++i) {
            made[i + 1] = slid(dims(x)[i + 1], slide.kernel[i], slide.stride[i], slide.dilation[i],
                               slide.same);
            if (made[i + 1] < 1) made[i + 1] = 0;
        }
        return made;
    }

    /// Weights of `taps` products for each output, and perhaps a bias: operands.
    std::vector<int> weights(int x, int out, const Dims& shape, int axis, int taps) {
        const int channels = shape[size_t(axis)];
        const bool each = !random_.one_in(3);
        const float base = 0.0136f * scale(out) / (scale(x) * std::sqrt(float(taps)));
        std::vector<float> scales;
        for (int i = 0; i < (each ? channels : 1); ++i)
            scales.push_back(random_.one_in(30) && each ? 0.0f : base * random_.real(0.6f, 1.3f));
        std::vector<int> operands{tensor(Type::INT8, shape, scales,
                                         std::vector<int>(scales.size(), 0),
                                         some_bytes(size_of(shape), -127), each ? axis : 0)};
        if (random_.one_in(5)) return operands;
        const int most = int(3000 * std::sqrt(float(taps)));
        std::vector<int> biases;
        for (int i = 0; i < channels; ++i) biases.push_back(random_.between(-most, most));
        operands.push_back(integers(biases));
        Draft::Tensor& bias = draft_.tensors.back();
        for (const float each_scale : scales) bias.scales.push_back(scale(x) * each_scale);
        bias.zeros.assign(scales.size(), 0);
        return operands;
    }
    int weighted(Builtin code, std::vector<int> inputs, int out, int kind,
                 const std::vector<Field>& options) {
        return add(code, inputs, {out}, kind, options, true);
    }

    int convolution(int x) {
        if ((x = picture(x)) < 0) return -1;
        const Slide slide = some_slide(true);
        const int depth = dims(x)[3];
        const int groups = depth % 2 == 0 && random_.one_in(5) ? 2 : 1;
        const int channels = groups * random_.between(1, 5);
        const Dims to = output_of(x, slide, channels);
        const int taps = slide.kernel[0] * slide.kernel[1] * depth / groups;
        if (size_of(to) == 0 || taps * channels > 1500) return -1;
        const int out = free(to);
        std::vector<int> inputs{x};
        for (const int operand :
             weights(x, out, {channels, slide.kernel[0], slide.kernel[1], depth / groups}, 0, taps))
            inputs.push_back(operand);
        namespace field = slot::conv_2d;
        return weighted(
            Builtin::CONV_2D, inputs, out, 1,
            {byte(field::padding, slide.same ? 0 : 1), number(field::stride_w, slide.stride[1]),
             number(field::stride_h, slide.stride[0]), byte(field::activation, activation()),
             number(field::dilation_w, slide.dilation[1]),
             number(field::dilation_h, slide.dilation[0])});
    }
    int depthwise(int x) {
        if ((x = picture(x)) < 0) return -1;
        const Slide slide = some_slide(true);
        const int times = random_.one_in(4) ? 2 : 1, channels = dims(x)[3] * times;
        const Dims to = output_of(x, slide, channels);
        const int taps = slide.kernel[0] * slide.kernel[1];
        if (size_of(to) == 0 || taps * channels > 1500) return -1;
        const int out = free(to);
        std::vector<int> inputs{x};
        for (const int operand :
             weights(x, out, {1, slide.kernel[0], slide.kernel[1], channels}, 3, taps))
            inputs.push_back(operand);
        namespace field = slot::depthwise_conv_2d;
        return weighted(
            Builtin::DEPTHWISE_CONV_2D, inputs, out, 2,
            {byte(field::padding, slide.same ? 0 : 1), number(field::stride_w, slide.stride[1]),
             number(field::stride_h, slide.stride[0]), number(field::multiplier, times),
             byte(field::activation, activation()), number(field::dilation_w, slide.dilation[1]),
             number(field::dilation_h, slide.dilation[0])});
    }
    int transposed_convolution(int x) {
        if ((x = picture(x)) < 0) return -1;
        const Slide slide = some_slide(false);
        const int depth = dims(x)[3], channels = random_.between(1, 4);
        Dims to{1, 0, 0, channels};
        for (size_t i = 0; i < 2; ++i)
            to[i + 1] = dims(x)[i + 1] * slide.stride[i] +
                        (slide.same ? 0 : std::max(slide.kernel[i] - slide.stride[i], 0));
        const int taps = slide.kernel[0] * slide.kernel[1] * depth;
        if (taps * channels > 1500) return -1;
        const int out = free(to);
        std::vector<int> operands =
            weights(x, out, {channels, slide.kernel[0], slide.kernel[1], depth}, 0, taps);
        std::vector<int> inputs{integers(to), operands[0], x};
        if (operands.size() > 1) inputs.push_back(operands[1]);
        namespace field = slot::transpose_conv;
        return weighted(
            Builtin::TRANSPOSE_CONV, inputs, out, 49,
            {byte(field::padding, slide.same ? 0 : 1), number(field::stride_w, slide.stride[1]),
             number(field::stride_h, slide.stride[0]), byte(field::activation, activation())});
    }
    int dense(int x) {
        const int size = int(size_of(dims(x))), last = rank(x) > 0 ? dims(x).back() : 1;
        const bool keeps = random_.one_in(2);
        const int depth = keeps ? last : size, outputs = random_.between(1, 8);
        if (depth * outputs > 1500) return -1;
        Dims to = dims(x);
        if (to.empty() || !keeps)
            to = {1, outputs};
        else
            to.back() = outputs;
        if (keeps && random_.one_in(3)) to = {size / depth, outputs};
        const int out = free(to);
        std::vector<int> inputs{x};
        for (const int operand : weights(x, out, {outputs, depth}, 0, depth))
            inputs.push_back(operand);
        return weighted(Builtin::FULLY_CONNECTED, inputs, out, 8,
                        {byte(slot::fully_connected::activation, activation()),
                         byte(2, to.size() == dims(x).size() ? 1 : 0)});
    }
    int product(int x) {
        if (rank(x) < 2 || rank(x) > 5) return -1;
        // With itself, one of them transposed, or with some rows of itself.
        const size_t rows = size_t(rank(x)) - 2;
        int other = x;
        if (random_.one_in(2)) {
            Dims begin(dims(x).size(), 0), size = dims(x);
            size[rows] = random_.between(1, size[rows]);
            begin[rows] = random_.between(0, dims(x)[rows] - size[rows]);
            other = add(Builtin::SLICE, {x, integers(begin), integers(size)}, {like(x, size)}, 48);
            if (other < 0) return -1;
        }
        const bool columns = other == x && random_.one_in(2);
        Dims to = dims(x);
        to[rows] = dims(x)[rows + (columns ? 1 : 0)];
        to[rows + 1] = dims(other)[rows + (columns ? 1 : 0)];
        return add(Builtin::BATCH_MATMUL, {x, other}, {free(to)}, 101,
                   {byte(slot::batch_matmul::adj_x, columns ? 1 : 0),
                    byte(slot::batch_matmul::adj_y, columns ? 0 : 1)},
                   true);
    }
    int pool(int x) {
        if ((x = picture(x)) < 0) return -1;
        Slide slide = some_slide(false);
        if (random_.one_in(6))
            for (size_t i = 0; i < 2; ++i) slide.kernel[i] = dims(x)[i + 1];
        const Dims to = output_of(x, slide, dims(x)[3]);
        if (size_of(to) == 0) return -1;
        namespace field = slot::pool_2d;
        return add(
            random_.pick({Builtin::AVERAGE_POOL_2D, Builtin::MAX_POOL_2D}), {x}, {like(x, to)}, 5,
            {byte(field::padding, slide.same ? 0 : 1), number(field::stride_w, slide.stride[1]),
             number(field::stride_h, slide.stride[0]), number(field::width, slide.kernel[1]),
             number(field::height, slide.kernel[0]), byte(field::activation, activation())});
    }

    int reduction(int x, bool keeps) {
        if (rank(x) == 0) return -1;
        std::vector<int> axes;
        std::vector<bool> reduced(dims(x).size(), false);
        for (int i = random_.between(1, 2); i > 0; --i) {
            const int axis = random_.below(rank(x));
            if (reduced[size_t(axis)]) continue;
            reduced[size_t(axis)] = true;
            axes.push_back(axis_name(axis, rank(x)));
        }
        Dims to;
        for (size_t i = 0; i < reduced.size(); ++i)
            if (!reduced[i] || keeps) to.push_back(reduced[i] ? 1 : dims(x)[i]);
        const Builtin code = random_.pick(
            {Builtin::MEAN, Builtin::MEAN, Builtin::SUM, Builtin::REDUCE_MAX, Builtin::REDUCE_MIN});
        const bool sums = code == Builtin::MEAN || code == Builtin::SUM;
        return add(code, {x, integers(axes)}, {sums ? free(to) : like(x, to)}, 27,
                   {byte(0, keeps ? 1 : 0)}, sums);
    }
    int running_sum(int x) {
        if (rank(x) == 0) return -1;
        const int axis = integer(axis_name(random_.below(rank(x)), rank(x)));
        return add(Builtin::CUMSUM, {x, axis}, {free(dims(x))}, 102,
                   {byte(slot::cumsum::exclusive, random_.below(2)),
                    byte(slot::cumsum::reverse, random_.below(2))},
                   true);
    }
    int normalization(int x) {
        if (rank(x) == 0) return -1;
        switch (random_.below(4)) {
            case 0:
                return add(Builtin::LOG_SOFTMAX, {x}, {map(dims(x), 1 / 16.0f, 127)}, 36);
            case 1:
                return add(Builtin::L2_NORMALIZATION, {x}, {map(dims(x), 1 / 128.0f, 0)}, 12);
            default:
                return add(Builtin::SOFTMAX, {x}, {map(dims(x), 1 / 256.0f, -128)}, 9,
                           {real(slot::softmax::beta, random_.pick({1.0f, 1.0f, 0.5f}))});
        }
    }

    int function(int x) {
        const Builtin code =
            random_.pick({Builtin::LOGISTIC, Builtin::TANH, Builtin::ELU, Builtin::ABS,
                          Builtin::RELU, Builtin::RELU6, Builtin::LEAKY_RELU, Builtin::HARD_SWISH,
                          Builtin::QUANTIZE, Builtin::QUANTIZE, Builtin::RSQRT, Builtin::RELU});
        if (code == Builtin::LOGISTIC) return add(code, {x}, {map(dims(x), 1 / 256.0f, -128)});
        if (code == Builtin::TANH) return add(code, {x}, {map(dims(x), 1 / 128.0f, 0)});
        const bool same = random_.one_in(3) || code == Builtin::RELU6;
        const int out = same ? like(x, dims(x)) : free(dims(x));
        const bool leaks = code == Builtin::LEAKY_RELU;
        return add(
            code, {x}, {out},
            leaks                         ? 75
            : code == Builtin::QUANTIZE   ? 89
            : code == Builtin::HARD_SWISH ? 91
            : code == Builtin::ABS        ? 78
                                          : 0,
            leaks ? std::vector<Field>{real(slot::leaky_relu::alpha, random_.real(-0.2f, 0.6f))}
                  : std::vector<Field>{},
            !same);
    }
    int parametric(int x) {
        Dims alphas = dims(x);
        for (int& dim : alphas)
            if (random_.one_in(2)) dim = 1;
        while (!alphas.empty() && alphas.front() == 1 && random_.one_in(2))
            alphas.erase(alphas.begin());
        return add(Builtin::PRELU, {x, constant(alphas, 0.004f, random_.between(-9, 9))},
                   {free(dims(x))}, 0, {}, true);
    }

    static bool goes(const Dims& one, const Dims& other, Dims& both) {
        const size_t rank = std::max(one.size(), other.size());
        both.assign(rank, 1);
        for (size_t i = 0; i < rank; ++i) {
            const int a = i < one.size() ? one[one.size() - 1 - i] : 1;
            const int b = i < other.size() ? other[other.size() - 1 - i] : 1;
            if (a != b && a != 1 && b != 1) return false;
            both[rank - 1 - i] = std::max(a, b);
        }
        return size_of(both) <= most_values;
    }
    int quantized_as(int x, int other) {
        return alike(x, other) ? x : add(Builtin::QUANTIZE, {x}, {like(other, dims(x))}, 89);
    }
    int another_input(const Dims& dims) {
        if (closed_) return random_.pick(maps_);
        const int made = free(dims);
        draft_.inputs.push_back(made);
        maps_.push_back(made);
        return made;
    }

    int pair(int x) {
        const Builtin code = random_.pick({Builtin::ADD, Builtin::ADD, Builtin::SUB, Builtin::MUL,
                                           Builtin::MUL, Builtin::DIV, Builtin::MAXIMUM,
                                           Builtin::MINIMUM, Builtin::SQUARED_DIFFERENCE});
        const bool picks = code == Builtin::MAXIMUM || code == Builtin::MINIMUM;
        int other = -1;
        Dims to;
        switch (random_.below(6)) {
            case 0:
            case 1:  // a constant: some dimensions, or one more
                to = dims(x);
                for (int& dim : to)
                    if (random_.one_in(2)) dim = 1;
                while (!to.empty() && to.front() == 1 && random_.one_in(2)) to.erase(to.begin());
                if (to.size() < 5 && to.size() == dims(x).size() && random_.one_in(6))
                    to.insert(to.begin(), random_.between(1, 3));
                other = picks ? constant(to, scale(x), zero(x))
                              : constant(to, random_.real(0.02f, 0.06f), 3, 3);
                break;
            case 2:
                other = reduction(x, true);
                break;
            case 3:
                if ((draft_.inputs.size() < 3 || closed_) && random_.one_in(2))
                    other = another_input(dims(x));
                else
                    other = x;
                break;
            default:
                for (int tries = 0; tries < 8 && other < 0; ++tries) {
                    const int tried = random_.pick(maps_);
                    if (goes(dims(x), dims(tried), to)) other = tried;
                }
        }
        if (other < 0) return -1;
        if (picks && (other = quantized_as(other, x)) < 0) return -1;
        if (!goes(dims(x), dims(other), to)) return -1;
        const bool is_constant = !draft_.tensors[size_t(other)].data.empty();
        const bool swaps = random_.one_in(2) && (code != Builtin::DIV || !is_constant);
        int out = picks ? like(x, to) : free(to);
        if (code == Builtin::DIV) {
            const float ratio = swaps ? scale(other) / scale(x) : scale(x) / scale(other);
            out = map(to, ratio / random_.real(200, 4000), random_.between(-60, 60));
        }
        const int kind = code == Builtin::ADD   ? 11
                         : code == Builtin::SUB ? 28
                         : code == Builtin::MUL ? 21
                         : code == Builtin::DIV ? 29
                         : picks                ? 39
                                                : 76;
        const std::vector<Field> options =
            kind == 39 || kind == 76
                ? std::vector<Field>{}
                : std::vector<Field>{byte(slot::pairwise::activation, activation())};
        return add(code, swaps ? std::vector<int>{other, x} : std::vector<int>{x, other}, {out},
                   kind, options, !picks && code != Builtin::DIV);
    }

    // ---- Moves ----

    int some_view(int x) {
        const int size = int(size_of(dims(x)));
        if (random_.one_in(4) && rank(x) < 6) {
            const int axis = random_.between(0, rank(x));
            Dims to = dims(x);
            to.insert(to.begin() + axis, 1);
            return add(Builtin::EXPAND_DIMS, {x, integer(axis)}, {like(x, to)}, 52);
        }
        if (random_.one_in(2)) {
            Dims to;
            for (const int dim : dims(x))
                if (dim != 1) to.push_back(dim);
            const bool squeezed = to.size() != dims(x).size();
            if (squeezed) return add(Builtin::SQUEEZE, {x}, {like(x, to)}, 30);
        }
        return reshape(x, parted(size, random_.between(1, random_.one_in(3) ? 6 : 4)));
    }

    int join(int x) {
        if (rank(x) == 0) return -1;
        const bool packs = rank(x) < 5 && random_.one_in(4);
        const int axis = random_.below(rank(x) + (packs ? 1 : 0));
        std::vector<int> parts{x};
        for (int i = random_.between(packs ? 0 : 1, 2); i > 0; --i) {
            Dims to = dims(x);
            if (!packs && random_.one_in(2)) to[size_t(axis)] = random_.between(1, 3);
            int part = -1;
            const int pick = random_.below(4);
            if (pick == 0)
                part = constant(to, scale(x), zero(x));
            else if (pick == 1)
                part = x;
            else
                for (int tries = 0; tries < 12 && part < 0; ++tries) {
                    const int tried = random_.pick(maps_);
                    if (rank(tried) != rank(x)) continue;
                    bool fits = true;
                    for (int k = 0; k < rank(x); ++k)
                        fits = fits && (dims(tried)[size_t(k)] == dims(x)[size_t(k)] ||
                                        (!packs && k == axis));
                    if (fits) part = tried;
                }
            if (part < 0 || (part = quantized_as(part, x)) < 0) continue;
            parts.insert(parts.begin() + random_.below(int(parts.size()) + 1), part);
        }
        Dims to = dims(x);
        if (packs) {
            to.insert(to.begin() + axis, int(parts.size()));
        } else {
            to[size_t(axis)] = 0;
            for (const int part : parts) to[size_t(axis)] += dims(part)[size_t(axis)];
        }
        const int named = axis_name(axis, int(to.size()));
        return packs ? add(Builtin::PACK, parts, {like(x, to)}, 59,
                           {number(0, int(parts.size())), number(slot::pack::axis, named)})
                     : add(Builtin::CONCATENATION, parts, {like(x, to)}, 10,
                           {number(slot::concatenation::axis, named),
                            byte(slot::concatenation::activation, 0)});
    }

    int split(int x) {
        if (rank(x) == 0) return -1;
        const int axis = random_.below(rank(x)), size = dims(x)[size_t(axis)];
        const int named = axis_name(axis, rank(x));
        const int kind = random_.below(3);
        std::vector<int> sizes;
        if (kind == 0) {  // evenly
            const int parts = random_.between(1, 4);
            if (size % parts != 0) return -1;
            sizes.assign(size_t(parts), size / parts);
        } else if (kind == 1) {
            for (int rest = size; rest > 0; rest -= sizes.back())
                sizes.push_back(sizes.size() == 4 ? rest : random_.between(1, rest));
        } else {
            if (size > 6) return -1;
            sizes.assign(size_t(size), 1);
        }
        std::vector<int> results;
        for (const int part : sizes) {
            Dims to = dims(x);
            to[size_t(axis)] = part;
            if (kind == 2) to.erase(to.begin() + axis);
            results.push_back(like(x, to));
        }
        const int count = int(sizes.size());
        const int made =
            kind == 0   ? add(Builtin::SPLIT, {integer(named), x}, results, 35, {number(0, count)})
            : kind == 1 ? add(Builtin::SPLIT_V, {x, integers(sizes), integer(named)}, results, 79,
                              {number(0, count)})
                        : add(Builtin::UNPACK, {x}, results, 64,
                              {number(0, count), number(slot::unpack::axis, named)});
        return made < 0 ? -1 : random_.pick(results);
    }

    int slice(int x) {
        if (rank(x) == 0) return -1;
        const bool wide = random_.one_in(4);
        Dims begin, size, to;
        for (const int dim : dims(x)) {
            const bool whole = random_.one_in(2);
            to.push_back(whole ? dim : random_.between(1, dim));
            begin.push_back(whole ? 0 : random_.between(0, dim - to.back()));
            size.push_back(begin.back() + to.back() == dim && random_.one_in(2) ? -1 : to.back());
        }
        return add(Builtin::SLICE, {x, integers(begin, wide), integers(size, wide)}, {like(x, to)},
                   48);
    }
    int strided_slice(int x) {
        if (rank(x) == 0) return -1;
        Dims begin, end, stride, to;
        int begin_mask = 0, end_mask = 0, shrink = 0;
        for (int axis = 0; axis < rank(x); ++axis) {
            const int dim = dims(x)[size_t(axis)], bit = 1 << axis;
            const int step = random_.one_in(2) ? 1 : random_.pick({2, 3, -1, -2});
            const bool low = random_.one_in(2), high = random_.one_in(2);
            int first = low ? (step > 0 ? 0 : dim - 1) : random_.below(dim);
            // One past the last, in the step's direction.
            int last = high ? (step > 0 ? dim : -1)
                            : (step > 0 ? random_.between(first + 1, dim)
                                        : random_.between(-1, first - 1));
            int count =
                step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step;
            if (random_.one_in(6)) {
                shrink |= bit;
                count = 0;
            }
            if (low && (shrink & bit) == 0) begin_mask |= bit;
            if (high || last < 0) end_mask |= bit;
            if (high) last = random_.between(-dim, dim);
            if (random_.one_in(3) && first < dim) first -= dim;
            begin.push_back(first);
            end.push_back(last < 0 && !high ? 0 : last);
            stride.push_back((shrink & bit) != 0 ? 1 : step);
            if (count > 0) to.push_back(count);
        }
        namespace field = slot::strided_slice;
        return add(Builtin::STRIDED_SLICE, {x, integers(begin), integers(end), integers(stride)},
                   {like(x, to)}, 32,
                   {number(field::begin_mask, begin_mask), number(field::end_mask, end_mask),
                    number(field::shrink_axis_mask, shrink)});
    }
    int turn(int x) {
        if (rank(x) == 0) return -1;
        if (random_.one_in(3)) {
            std::vector<int> axes{axis_name(random_.below(rank(x)), rank(x))};
            return add(Builtin::REVERSE_V2, {x, integers(axes)}, {like(x, dims(x))}, 81);
        }
        std::vector<int> axes;
        for (int i = 0; i < rank(x); ++i) axes.insert(axes.begin() + random_.below(i + 1), i);
        Dims to;
        for (const int axis : axes) to.push_back(dims(x)[size_t(axis)]);
        return add(Builtin::TRANSPOSE, {x, integers(axes)}, {like(x, to)}, 26);
    }
    int gather(int x) {
        if (rank(x) == 0) return -1;
        const int axis = random_.below(rank(x));
        std::vector<int> indices;
        Dims shape = parted(random_.between(1, 6), random_.between(1, 2));
        for (int64_t i = size_of(shape); i > 0; --i)
            indices.push_back(random_.below(dims(x)[size_t(axis)]));
        const int where = integers(indices);
        Dims to(dims(x).begin(), dims(x).begin() + axis);
        if (random_.one_in(4)) {  // GATHER_ND of rows
            draft_.tensors[size_t(where)].dims = {int(indices.size()), 1};
            for (int& index : indices) index %= dims(x)[0];
            draft_.tensors[size_t(where)].data = draft_.tensors[size_t(integers(indices))].data;
            to = dims(x);
            to[0] = int(indices.size());
            return add(Builtin::GATHER_ND, {x, where}, {like(x, to)}, 83);
        }
        draft_.tensors[size_t(where)].dims = shape;
        to.insert(to.end(), shape.begin(), shape.end());
        to.insert(to.end(), dims(x).begin() + axis + 1, dims(x).end());
        if (to.size() > 6) return -1;
        return add(Builtin::GATHER, {x, where}, {like(x, to)}, 23,
                   {number(slot::gather::axis, axis_name(axis, rank(x))),
                    number(slot::gather::batch_dims, 0)});
    }
    int pad(int x) {
        if (rank(x) == 0) return -1;
        const int pick = random_.below(4);
        const int edge = random_.below(2);
        Dims to = dims(x);
        std::vector<int> borders;
        for (int& dim : to) {
            const int most = pick == 0 ? std::min(dim - edge, 3) : 2;
            for (int side = 0; side < 2; ++side)
                borders.push_back(random_.one_in(2) ? random_.between(0, most) : 0);
            dim += borders[borders.size() - 2] + borders.back();
        }
        const int where = integers(borders, pick == 0 && random_.one_in(3));
        draft_.tensors[size_t(where)].dims = {rank(x), 2};
        if (pick == 0)
            return add(Builtin::MIRROR_PAD, {x, where}, {like(x, to)}, 77,
                       {byte(slot::mirror_pad::mode, 1 - edge)});
        if (pick == 1)
            return add(Builtin::PADV2, {x, where, constant({}, scale(x), zero(x))}, {like(x, to)},
                       43);
        return add(Builtin::PAD, {x, where}, {like(x, to)}, 22);
    }
    int repeat(int x) {
        if (rank(x) == 0) return -1;
        Dims to = dims(x), times;
        for (int& dim : to) {
            times.push_back(random_.one_in(2) ? 1 : random_.between(1, 3));
            if (dim == 1 || random_.one_in(2)) continue;
            times.back() = 1;
        }
        const bool tiles = random_.one_in(2);
        for (size_t i = 0; i < to.size(); ++i) {
            if (!tiles && to[i] != 1) times[i] = 1;
            to[i] *= times[i];
        }
        if (tiles) return add(Builtin::TILE, {x, integers(times)}, {like(x, to)}, 50);
        if (to.size() < 5 && random_.one_in(3)) to.insert(to.begin(), random_.between(1, 2));
        return add(Builtin::BROADCAST_TO, {x, integers(to)}, {like(x, to)}, 104);
    }
    int resize(int x) {
        if ((x = picture(x)) < 0) return -1;
        Dims to = dims(x);
        for (size_t i = 1; i < 3; ++i) to[i] = random_.between(1, 2 * to[i] + 1);
        const int size = integers({to[1], to[2]});
        const bool aligned = random_.one_in(3), half = !aligned && random_.one_in(2);
        if (random_.one_in(2)) {
            namespace field = slot::resize_bilinear;
            return add(Builtin::RESIZE_BILINEAR, {x, size}, {like(x, to)}, 15,
                       {byte(field::align_corners, aligned ? 1 : 0),
                        byte(field::half_pixel_centers, half ? 1 : 0)});
        }
        namespace field = slot::resize_nearest_neighbor;
        return add(Builtin::RESIZE_NEAREST_NEIGHBOR, {x, size}, {like(x, to)}, 74,
                   {byte(field::align_corners, aligned ? 1 : 0),
                    byte(field::half_pixel_centers, half ? 1 : 0)});
    }
    int blocks(int x) {
        if ((x = picture(x)) < 0) return -1;
        const Dims from = dims(x);
        const int block = random_.between(2, 3);
        switch (random_.below(4)) {
            case 0:
                if (from[1] % block != 0 || from[2] % block != 0) return -1;
                return add(
                    Builtin::SPACE_TO_DEPTH, {x},
                    {like(x, {1, from[1] / block, from[2] / block, from[3] * block * block})}, 19,
                    {number(slot::space_to_depth::block, block)});
            case 1:
                if (from[3] % (block * block) != 0) return -1;
                return add(
                    Builtin::DEPTH_TO_SPACE, {x},
                    {like(x, {1, from[1] * block, from[2] * block, from[3] / (block * block)})}, 94,
                    {number(slot::space_to_depth::block, block)});
            default: {
                // To batches, something there perhaps, and back.
                const int across = random_.between(1, 2);
                const int down_rest = (block - from[1] % block) % block;
                const int rest = (across - from[2] % across) % across;
                // What fills the border is open in the reference where the zero point is not 0.
                if (down_rest + rest > 0 && zero(x) != 0) return -1;
                const int size = integers({block, across});
                const int border = integers({0, down_rest, 0, rest});
                draft_.tensors[size_t(border)].dims = {2, 2};
                int y = add(Builtin::SPACE_TO_BATCH_ND, {x, size, border},
                            {like(x, {block * across, (from[1] + down_rest) / block,
                                      (from[2] + rest) / across, from[3]})},
                            25);
                if (y < 0) return -1;
                if (random_.one_in(2) && (y = function(y)) < 0) return -1;
                return add(Builtin::BATCH_TO_SPACE_ND, {y, size, border}, {like(y, from)}, 24);
            }
        }
    }

    // ---- The whole ----

    void begin() {
        const Dims shape =
            random_.one_in(4)
                ? parted(random_.pick({12, 24, 36, 60}), random_.between(1, 4))
                : Dims{1, random_.between(2, 12), random_.between(1, 7), random_.between(1, 5)};
        const int x = free(shape);
        maps_.push_back(x);
        const Type type = random_.one_in(8)
                              ? random_.pick({Type::FLOAT32, Type::UINT8, Type::INT16})
                              : Type::INT8;
        if (type == Type::INT8) {
            draft_.inputs.push_back(x);
            return;
        }
        const float step = type == Type::INT16 ? 0.0002f : 0.04f;
        const int middle = type == Type::UINT8 ? 120 : 0;
        draft_.inputs.push_back(type == Type::FLOAT32 ? tensor(type, shape, {}, {})
                                                      : tensor(type, shape, {step}, {middle}));
        draft_.operators.push_back({Builtin::QUANTIZE, {draft_.inputs[0]}, {x}, 89, {}});
    }

    int step() {
        const int x = closed_ || random_.one_in(4) ? random_.pick(maps_) : maps_.back();
        switch (random_.below(28)) {
            case 0:
            case 1:
            case 2:
                return convolution(x);
            case 3:
            case 4:
                return depthwise(x);
            case 5:
                return transposed_convolution(x);
            case 6:
                return dense(x);
            case 7:
                return product(x);
            case 8:
                return pool(x);
            case 9:
                return reduction(x, random_.one_in(2));
            case 10:
                return random_.one_in(2) ? running_sum(x) : normalization(x);
            case 11:
            case 12:
                return function(x);
            case 13:
                return parametric(x);
            case 14:
            case 15:
            case 16:
            case 17:
                return pair(x);
            case 18:
                return some_view(x);
            case 19:
            case 20:
                return join(x);
            case 21:
                return split(x);
            case 22:
                return random_.one_in(2) ? slice(x) : strided_slice(x);
            case 23:
                return turn(x);
            case 24:
                return random_.one_in(2) ? gather(x) : repeat(x);
            case 25:
                return pad(x);
            case 26:
                return resize(x);
            default:
                return blocks(x);
        }
    }

    /// The last result and perhaps some before it are outputs.
    void end() {
        std::vector<int> results;
        for (const Draft::Operator& made : draft_.operators)
            results.insert(results.end(), made.outputs.begin(), made.outputs.end());
        // A border's result is the input.
        if (draft_.tensors[size_t(draft_.inputs[0])].type != Type::INT8)
            results.erase(results.begin());
        if (results.empty()) return;
        draft_.outputs = {results.back()};
        for (int i = random_.one_in(3) ? random_.between(1, 3) : 0; i > 0; --i) {
            const int output = random_.pick(results);
            bool is_new = true;
            for (const int other : draft_.outputs) is_new = is_new && other != output;
            if (is_new)
                draft_.outputs.insert(
                    draft_.outputs.begin() + random_.below(int(draft_.outputs.size()) + 1), output);
        }
        if (random_.one_in(8)) {
            const int inside = draft_.outputs[0];
            const int out = tensor(Type::FLOAT32, dims(inside), {}, {});
            draft_.operators.push_back({Builtin::DEQUANTIZE, {inside}, {out}, 38, {}});
            draft_.outputs[0] = out;
        }
    }

    Random random_;
    uint32_t seed_;
    bool closed_ = false;
    std::vector<int> results_;
    Draft draft_;
    std::vector<int> maps_;
    Refusals refusals_;
};

}  // namespace oracle
