// Random small networks as types: a constexpr generator writes a recipe, and each of its items
// becomes a layer.
#pragma once

#include "mote.hpp"

namespace random_graph {

struct Random {
    uint32_t state;

    constexpr int below(int end) {
        state = state * 1664525u + 1013904223u;
        return static_cast<int>((state >> 16) % static_cast<uint32_t>(end));
    }
    constexpr bool one_in(int count) { return below(count) == 0; }
};

enum Kind { conv, depthwise, largest, average, add, dense, softmax, reshape, pad, quantize };

struct Item {
    Kind kind;
    /// Tensors it reads; the second is -1 for all but add.
    int from, other;
    int height, width, stride_height, stride_width, dilation_height, dilation_width;
    bool same, relu;
    /// Rows and columns that a pad adds, on either side.
    int top, bottom, left, right;
    /// The output's shape and quantization.
    int out_height, out_width, out_channels;
    float scale;
    int zero;
    float weight_scale;
};

/// Tensor 0 is the input, tensor n + 1 the output of item n.
struct Recipe {
    static constexpr int most = 32;

    int count;
    Item items[most];
    int height, width, channels;

    constexpr Item tensor(int index) const {
        if (index > 0) return items[index - 1];
        Item input{};
        input.out_height = height;
        input.out_width = width;
        input.out_channels = channels;
        input.scale = 0.1f;
        input.zero = -3;
        return input;
    }
};

constexpr float root(float value) {
    float guess = value;
    for (int i = 0; i < 20; ++i) guess = (guess + value / guess) / 2;
    return guess;
}

/// Writes a recipe. Functions take and return tensors.
struct Writer {
    Random random;
    Recipe recipe;

    constexpr int height(int tensor) const { return recipe.tensor(tensor).out_height; }
    constexpr int width(int tensor) const { return recipe.tensor(tensor).out_width; }
    constexpr int channels(int tensor) const { return recipe.tensor(tensor).out_channels; }
    constexpr bool alike(int one, int other) const {
        return height(one) == height(other) && width(one) == width(other) &&
               channels(one) == channels(other);
    }

    /// An item with the shape and quantization of what it reads.
    constexpr Item start(Kind kind, int from) const {
        Item item = recipe.tensor(from);
        item.kind = kind;
        item.from = from;
        item.other = -1;
        item.height = item.width = item.stride_height = item.stride_width = 1;
        item.dilation_height = item.dilation_width = 1;
        item.same = item.relu = false;
        item.top = item.bottom = item.left = item.right = 0;
        return item;
    }
    constexpr int finish(const Item& item) {
        recipe.items[recipe.count++] = item;
        return recipe.count;
    }
    constexpr void new_quantization(Item& item) {
        item.scale = 0.05f * static_cast<float>(1 + random.below(4));
        item.zero = random.below(60) - 30;
    }
    /// Scales weights so that outputs are spread over int8, for sums of `taps` products.
    constexpr void weigh(Item& item, int taps) {
        const float input = recipe.tensor(item.from).scale;
        new_quantization(item);
        item.weight_scale = 0.0136f * item.scale / (input * root(static_cast<float>(taps)));
        item.relu = random.one_in(4);
    }

    static constexpr int outputs(int input, int window, int stride, int dilation, bool same) {
        return same ? (input + stride - 1) / stride
                    : (input - (window - 1) * dilation - 1 + stride) / stride;
    }
    constexpr int slide(Item item, int out_channels) {
        if ((item.height - 1) * item.dilation_height >= height(item.from) ||
            (item.width - 1) * item.dilation_width >= width(item.from))
            item.same = true;
        item.out_height = outputs(height(item.from), item.height, item.stride_height,
                                  item.dilation_height, item.same);
        item.out_width = outputs(width(item.from), item.width, item.stride_width,
                                 item.dilation_width, item.same);
        item.out_channels = out_channels;
        const int window = item.height * item.width;
        if (item.kind == conv) weigh(item, window * channels(item.from));
        if (item.kind == depthwise) weigh(item, window);
        return finish(item);
    }

    constexpr int sum(int one, int other) {
        const bool swapped = random.one_in(2);
        Item item = start(add, swapped ? other : one);
        item.other = swapped ? one : other;
        const float left = recipe.tensor(one).scale, right = recipe.tensor(other).scale;
        item.scale = 1.3f * (left < right ? right : left);
        item.zero = random.below(40) - 20;
        item.relu = random.one_in(4);
        return finish(item);
    }
    constexpr int requantize(int from) {
        Item item = start(quantize, from);
        new_quantization(item);
        item.relu = random.one_in(2);
        return finish(item);
    }
    constexpr int probabilities(int from) {
        Item item = start(softmax, from);
        item.scale = 1 / 256.0f;
        item.zero = -128;
        return finish(item);
    }
    constexpr int shape(int from, int rows, int columns, int depth) {
        Item item = start(reshape, from);
        item.out_height = rows;
        item.out_width = columns;
        item.out_channels = depth;
        return finish(item);
    }
    constexpr int border(int from, int top, int bottom, int left, int right) {
        Item item = start(pad, from);
        item.top = top;
        item.bottom = bottom;
        item.left = left;
        item.right = right;
        item.out_height += top + bottom;
        item.out_width += left + right;
        return finish(item);
    }
    /// Of each pixel, or of the whole map.
    constexpr int connect(int from, bool whole) {
        Item item = start(dense, from);
        const int size = item.out_height * item.out_width * item.out_channels;
        whole = whole || item.out_height * item.out_width == 1;
        if (whole) item.out_height = item.out_width = 1;
        item.out_channels = 2 + random.below(4);
        weigh(item, whole ? size : channels(from));
        return finish(item);
    }

    /// A layer with a window of any kind.
    constexpr int window(int from, Kind kind) {
        Item item = start(kind, from);
        item.height = 1 + random.below(4);
        item.width = 1 + random.below(3);
        item.stride_height = random.one_in(2) ? 1 : 1 + random.below(3);
        item.stride_width = random.one_in(2) ? 1 : 1 + random.below(3);
        item.same = random.one_in(2);
        if ((kind == conv || kind == depthwise) && random.one_in(4)) {
            item.dilation_height = 1 + random.below(3);
            item.dilation_width = 1 + random.below(2);
            item.stride_height = item.stride_width = 1;
        }
        const int depth = channels(from);
        return slide(item, kind == conv        ? 1 + random.below(5)
                           : kind == depthwise ? depth * (depth < 4 ? 1 + random.below(2) : 1)
                                               : depth);
    }
    /// Any layer.
    constexpr int any(int from) {
        const int pick = random.below(20);
        if (pick < 6) return window(from, conv);
        if (pick < 10) return window(from, depthwise);
        if (pick < 12) return window(from, largest);
        if (pick < 14) return window(from, average);
        if (pick < 16)
            return border(from, random.below(3), random.below(3), random.below(2), random.below(2));
        if (pick < 17) return requantize(from);
        if (pick < 18) return probabilities(from);
        if (pick < 19) return connect(from, false);
        return shape(from, width(from), height(from), channels(from));
    }
    /// A layer whose output has the shape of its input.
    constexpr int keep(int from) {
        const int pick = random.below(8);
        if (pick == 0) return requantize(from);
        if (pick == 1 && random.one_in(2)) return probabilities(from);
        if (pick == 2 && height(from) > 2 && width(from) > 2) {
            Item item = start(depthwise, from);
            item.height = item.width = 3;
            const int inner = slide(item, channels(from));
            const int top = random.below(3);
            return border(inner, top, 2 - top, 1, 1);
        }
        Item item = start(pick < 5   ? conv
                          : pick < 6 ? depthwise
                          : pick < 7 ? largest
                                     : average,
                          from);
        item.height = 1 + random.below(5);
        item.width = 1 + random.below(3);
        item.same = true;
        if (pick < 6 && random.one_in(4)) item.dilation_height = 2;
        return slide(item, channels(from));
    }
    constexpr int stride(int from, Kind kind, int window, int step, int out_channels) {
        Item item = start(kind, from);
        item.height = item.width = window;
        item.stride_height = item.stride_width = step;
        item.same = true;
        return slide(item, out_channels);
    }

    /// Paths that start at `from` and are joined.
    constexpr int branch(int from, int depth) {
        const int pick = random.below(depth < 2 ? 6 : 3);
        if (recipe.count > Recipe::most - 16) return sum(keep(from), from);
        if (pick == 0) {  // down-sampling, with a shortcut
            const int step = 1 + random.below(3), many = 1 + random.below(5);
            int path = stride(from, conv, 1 + random.below(3), step, many);
            for (int i = random.below(3); i > 0; --i) path = keep(path);
            const bool pools = many == channels(from) && random.one_in(2);
            return sum(path, stride(from, pools ? largest : conv, pools ? step : 1, step, many));
        }
        if (pick == 1) {  // used three times
            const int one = keep(from);
            const int other = keep(keep(from));
            return sum(sum(one, other), from);
        }
        if (pick == 2 && random.one_in(2)) {  // rows of the two paths come at different paces
            const int step = 2 + random.below(2);
            const int path = stride(from, depthwise, 3, step, channels(from));
            Item item = start(average, from);
            item.height = height(from) - height(path) + 1;
            item.width = width(from) - width(path) + 1;
            return sum(path, slide(item, channels(from)));
        }
        int path = keep(from);
        for (int i = random.below(3); i > 0; --i) path = keep(path);
        if (pick > 3) path = branch(path, depth + 1);
        return alike(path, from) ? sum(path, from) : path;
    }
    /// Adds some earlier tensor of the same shape, where there is one.
    constexpr int skip(int from) {
        const int first = random.below(recipe.count + 1);
        for (int i = 0; i <= recipe.count; ++i) {
            const int other = (first + i) % (recipe.count + 1);
            if (alike(from, other)) return sum(from, other);
        }
        return keep(from);
    }

    constexpr int head(int from) {
        const int size = height(from) * width(from) * channels(from);
        const int pick = random.below(9);
        if (pick < 3) {  // a pool over the map, a dense layer
            Item item = start(pick == 0 ? largest : average, from);
            item.height = height(from);
            item.width = width(from);
            from = slide(item, channels(from));
            if (random.one_in(2)) from = shape(from, 1, 1, channels(from));
            return random.one_in(3) ? from : probabilities(connect(from, true));
        }
        if (pick == 3) return connect(shape(from, 1, 1, size), true);
        if (pick == 4) return probabilities(connect(shape(from, 1, 1, size), true));
        if (pick == 5) return connect(from, true);
        if (pick == 6) return shape(from, 1, size, 1);
        if (pick == 7) return keep(probabilities(from));
        return from;
    }

    constexpr void write() {
        const int rows = 2 + random.below(14), columns = 1 + random.below(7),
                  depth = 1 + random.below(4);
        recipe.height = rows;
        recipe.width = columns;
        recipe.channels = depth;
        int last = 0;
        if (random.one_in(4)) {  // the file's input has another shape
            const bool flat = random.one_in(2);
            recipe.height = flat ? 1 : rows;
            recipe.width = flat ? 1 : columns * depth;
            recipe.channels = flat ? rows * columns * depth : 1;
            last = shape(last, rows, columns, depth);
        }
        const int style = random.below(4);
        for (int parts = 3 + random.below(5); parts > 0 && recipe.count < 16; --parts) {
            if (style == 1 && random.one_in(2))
                last = branch(last, 0);
            else if (style == 2 && random.one_in(2))
                last = skip(last);
            else if (style == 3 && random.one_in(3))
                last = random.one_in(2) ? branch(last, 0) : skip(last);
            else
                last = random.one_in(3) ? keep(last) : any(last);
        }
        head(last);
    }
};

constexpr Recipe make_recipe(int seed) {
    uint32_t state = static_cast<uint32_t>(seed) + 1;
    for (int i = 0; i < 3; ++i) {
        state *= 2654435761u;
        state ^= state >> 15;
    }
    Writer writer{{state}, {}};
    writer.write();
    return writer.recipe;
}

/// The size of graphs whose nodes read up to two tensors: node n has operands 2 n and 2 n + 1.
template <int Nodes>
using Size = mote::graph::Size<Nodes, 2 * Nodes>;

/// What the planner wants to know of a recipe's first `Nodes` layers.
template <int Nodes>
struct Facts {
    using Outline = mote::plan::Outline<Size<Nodes>>;

    typename Outline::NodeList nodes;
    typename Outline::OperandList operands;
    typename Outline::TensorList tensors;
    int input_shape;

    explicit constexpr Facts(const Recipe& recipe)
        : nodes{}, operands{}, tensors{}, input_shape(0) {
        int readers = 0;
        for (int tensor = 0; tensor <= Nodes; ++tensor) {
            const Item item = recipe.tensor(tensor);
            const int row = item.out_width * item.out_channels;
            tensors[tensor] = {item.out_height * row, item.out_height, row};
        }
        for (int node = 0; node < Nodes; ++node) {
            set(node, recipe.items[node], recipe.tensor(recipe.items[node].from));
            for (int i = 0; i < nodes[node].operand_count; ++i) {
                if (operands[2 * node + i].tensor != 0) continue;
                ++readers;
                if (nodes[node].view) input_shape = node + 1;
            }
        }
        if (readers != 1) input_shape = 0;
    }

    constexpr Outline outline() const {
        Outline made{nodes, operands, tensors, input_shape};
        made.keep(Nodes);
        return made;
    }

   private:
    constexpr void set(int node, const Item& item, const Item& from) {
        mote::graph::NodeFacts& result = nodes[node];
        mote::RowWindow window = mote::same_row();
        result.first_operand = 2 * node;
        result.operand_count = 1;
        switch (item.kind) {
            case conv:
            case depthwise:
            case largest:
            case average: {
                const int extent = (item.height - 1) * item.dilation_height + 1;
                const int missing =
                    (item.out_height - 1) * item.stride_height + extent - from.out_height;
                const int before = item.same && missing > 0 ? missing / 2 : 0;
                window = {item.height, item.stride_height, item.dilation_height, before};
                if (item.kind == conv || item.kind == depthwise) break;
                const int missing_columns =
                    (item.out_width - 1) * item.stride_width + item.width - from.out_width;
                const int left = item.same && missing_columns > 0 ? missing_columns / 2 : 0;
                result.accumulates = item.out_height == 1 && item.out_width == 1 &&
                                     item.height - before >= from.out_height &&
                                     item.width - left >= from.out_width;
                result.state_bytes = item.out_channels * 4;
                break;
            }
            case add:
                result.operand_count = 2;
                operands[2 * node + 1] = {item.other, mote::same_row()};
                result.in_place = true;
                break;
            case dense:
                result.accumulates = item.out_height == 1 && item.out_width == 1;
                if (result.accumulates) window = mote::all_rows(from.out_height);
                result.state_bytes = item.out_channels * 4;
                break;
            case softmax:
            case quantize:
                result.in_place = true;
                break;
            case reshape:
                window = mote::all_rows(from.out_height);
                result.view = true;
                break;
            case pad:
                window.before = item.top;
                break;
        }
        operands[2 * node] = {item.from, window};
    }
};

template <int Seed>
struct Written {
    static constexpr Recipe recipe = make_recipe(Seed);
};

template <int Seed, int Count>
struct Constants {
    int8_t weights[Count] = {};
    int32_t biases[Count] = {};

    constexpr Constants() {
        Random random{static_cast<uint32_t>(Seed)};
        for (int i = 0; i < Count; ++i) {
            weights[i] = static_cast<int8_t>(random.below(255) - 127);
            biases[i] = random.below(4001) - 2000;
        }
    }
};
template <int Seed, int Count>
inline constexpr Constants<Seed, Count> constants{};

template <int Seed, int Index>
struct Layer {
    static constexpr Item item = Written<Seed>::recipe.items[Index];
    static constexpr Item from = Written<Seed>::recipe.tensor(item.from);

    struct Weights {
        static constexpr bool whole =
            item.kind == dense && item.out_height == 1 && item.out_width == 1;
        static constexpr int outputs = item.out_channels;
        static constexpr int height = item.height;
        static constexpr int width = item.width;
        static constexpr int32_t depth = item.kind == depthwise ? 1
                                         : whole
                                             ? from.out_height * from.out_width * from.out_channels
                                             : from.out_channels;
        static constexpr int32_t count = outputs * height * width * depth;

        static constexpr const int8_t* values() {
            return constants<Seed * 64 + Index, count>.weights;
        }
        static constexpr int32_t bias(int channel) {
            return constants<Seed * 64 + Index, count>.biases[channel];
        }
        static constexpr uint32_t scale_bits(int channel) {
            return mote::detail::bits_of(item.weight_scale *
                                         (0.7f + 0.1f * static_cast<float>(channel % 5)));
        }
    };

    using Affine = mote::Quantization<mote::detail::bits_of(item.scale), item.zero>;
    using Strides = mote::Strides<item.stride_height, item.stride_width>;
    using Dilation = mote::Dilation<item.dilation_height, item.dilation_width>;
    using Pool = mote::Pool<item.height, item.width>;
    using Padding = mote::detail::conditional_t<item.same, mote::Same, mote::Valid>;
    using Activation = mote::detail::conditional_t<item.relu, mote::Relu, mote::Linear>;

    template <Kind Which, class Unused = void>
    struct Of;
    template <class Unused>
    struct Of<conv, Unused> {
        using type = mote::Conv2D<Weights, Affine, Strides, Padding, Activation, Dilation>;
    };
    template <class Unused>
    struct Of<depthwise, Unused> {
        using type = mote::DepthwiseConv2D<Weights, Affine, Strides, Padding, Activation, Dilation>;
    };
    template <class Unused>
    struct Of<largest, Unused> {
        using type = mote::MaxPool2D<Pool, Strides, Padding, Activation>;
    };
    template <class Unused>
    struct Of<average, Unused> {
        using type = mote::AveragePool2D<Pool, Strides, Padding, Activation>;
    };
    template <class Unused>
    struct Of<add, Unused> {
        using type = mote::Add<Affine, Activation>;
    };
    template <class Unused>
    struct Of<dense, Unused> {
        using type = mote::Dense<Weights, Affine, Activation>;
    };
    template <class Unused>
    struct Of<softmax, Unused> {
        using type = mote::Softmax<>;
    };
    template <class Unused>
    struct Of<reshape, Unused> {
        using type = mote::Reshape<mote::Shape<item.out_height, item.out_width, item.out_channels>>;
    };
    template <class Unused>
    struct Of<pad, Unused> {
        using type = mote::Pad<mote::Border<item.top, item.bottom, item.left, item.right>>;
    };
    template <class Unused>
    struct Of<quantize, Unused> {
        using type = mote::Quantize<Affine, Activation>;
    };
    using type = typename Of<item.kind>::type;

    template <bool Two, class Unused = void>
    struct Reads {
        using Node = mote::Node<type, item.from>;
    };
    template <class Unused>
    struct Reads<true, Unused> {
        using Node = mote::Node<type, item.from, item.other>;
    };
    using Node = typename Reads<(item.other >= 0)>::Node;
};

template <int Seed, class Indices>
struct Made;
template <int Seed, int... Indices>
struct Made<Seed, mote::detail::sequence<Indices...>> {
    static constexpr Recipe recipe = Written<Seed>::recipe;
    using Input = mote::Tensor<int8_t, mote::Shape<recipe.height, recipe.width, recipe.channels>,
                               mote::Quantization<mote::detail::bits_of(0.1f), -3>>;
    using type = mote::Graph<Input, typename Layer<Seed, Indices>::Node...>;
};

/// The graph of a seed. A name of its own keeps symbols short.
template <int Seed>
struct Unbound : Made<Seed, mote::detail::make_sequence_t<Written<Seed>::recipe.count>>::type {};
template <int Seed>
using Graph = mote::graph::Bound<Unbound<Seed>>;

}  // namespace random_graph
