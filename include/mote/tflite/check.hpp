// Checks that operators share.
#pragma once

#include "../detail/integer.hpp"
#include "../layer/activation.hpp"
#include "../layer/window.hpp"
#include "model.hpp"

namespace mote {
namespace tflite {

/// An operator under inspection. `fault` keeps the first thing that is wrong.
struct Inspection {
    Model& model;
    OperatorInfo operation;
    Fault fault;
    long found;
    int64_t macs;

    constexpr bool require(bool holds, Fault otherwise, int64_t what) {
        if (!holds && fault == Fault::none) {
            fault = otherwise;
            found = detail::as_long(what);
        }
        return fault == Fault::none;
    }

    constexpr TensorInfo input(int position) {
        return model.tensor(model.operand(operation, position));
    }
    constexpr TensorInfo output(int number = 0) {
        return model.tensor(model.index_at(operation.all_outputs, static_cast<uint32_t>(number)));
    }

    /// A tensor that layers pass on: of some elements, a fixed shape; int8 has one scale.
    constexpr void feature_map(const TensorInfo& tensor, Elements some = elements(Type::INT8)) {
        require(some.has(tensor.type), unsupported_map(tensor.type),
                static_cast<long>(tensor.type));
        require(tensor.rank <= most_rank, Fault::rank, tensor.rank);
        require(!tensor.dynamic, Fault::dynamic_shape, 0);
        require(tensor.size() <= most_elements, Fault::size, tensor.size());
        require(!tensor.sparse, Fault::sparse, 0);
        if (tensor.type != Type::INT8) return;
        require(tensor.scales.length != 0 && tensor.zero_points.length != 0, Fault::no_quantization,
                0);
        require(tensor.scales.length == 1, Fault::activation_per_channel,
                static_cast<long>(tensor.scales.length));
        require(positive(tensor.scale_bits), Fault::no_quantization,
                static_cast<long>(tensor.scale_bits));
        require(tensor.zero_point >= -128 && tensor.zero_point <= 127, Fault::zero_point,
                tensor.zero_point);
    }

    static constexpr Fault unsupported_map(Type type) {
        return type == Type::FLOAT32 ? Fault::float_maps
               : type == Type::INT16 ? Fault::int16_maps
               : type == Type::UINT8 ? Fault::uint8_maps
                                     : Fault::element_type;
    }

    /// Whether operand 1 is a window of one row.
    constexpr bool slides_along() { return input(1).of_four(1) == 1; }

    /// What slides over maps wants of them: [batch, height, width, channels].
    constexpr void slides_over(const TensorInfo& map) {
        require(map.rank == 4, Fault::rank, map.rank);
    }

    /// The output's dimensions are the ones that the inputs lead to, for each map of the batch.
    constexpr void output_is(int64_t height, int64_t width, int64_t channels) {
        const Extents out = output().upright();
        require(output().of_four(0) == input(0).of_four(0), Fault::output_shape,
                output().of_four(0));
        height *= input(0).of_four(0);
        require(out == Extents{height, width, channels}, Fault::output_shape,
                static_cast<long>(out.height != height ? out.height
                                  : out.width != width ? out.width
                                                       : out.channels));
    }
    /// As many values in the last dimension, and as many of those.
    constexpr void same_pixels() {
        same_size();
        require(input(0).channels() == output().channels(), Fault::output_shape,
                output().channels());
    }
    constexpr void same_size() {
        require(input(0).size() == output().size(), Fault::output_shape, output().size());
    }

    /// Every output is a sum of rows * columns * depth products. Until something was found to be
    /// wrong these are dimensions of weights that are not too large; after that they may be
    /// anything.
    constexpr void multiplies(int64_t rows, int64_t columns, int64_t depth) {
        if (fault != Fault::none) return;
        const int64_t taps = rows * columns * depth;
        const int64_t size = output().size();
        require(taps <= most_macs / (size > 0 ? size : 1), Fault::too_large,
                static_cast<long>(size));
        if (fault == Fault::none) macs = size * taps;
    }

    constexpr void same_quantization(int operand = 0, int result = 0) {
        same_values(input(operand), output(result));
    }
    /// Of one element, and the same bytes stand for the same.
    constexpr void same_values(const TensorInfo& in, const TensorInfo& out) {
        require(in.type == out.type, Fault::element_type, static_cast<long>(out.type));
        require(
            !in.scaled() || (in.scale_bits == out.scale_bits && in.zero_point == out.zero_point),
            Fault::quantization_change, out.zero_point);
    }

    /// The operand's bytes stand in the file.
    constexpr void constant(int position) {
        const TensorInfo values = input(position);
        require(!values.cut_off, Fault::cut_off, model.operand(operation, position));
        require(values.data.length != 0, Fault::not_constant, model.operand(operation, position));
    }

    /// Constant integers: axes, sizes, indices. So many, or any number if `count` is negative.
    constexpr bool integers(int position, int64_t count) {
        if (!require(has_input(position), Fault::operand_count, position)) return false;
        const TensorInfo values = input(position);
        constant(position);
        require(values.type == Type::INT32 || values.type == Type::INT64, Fault::integer_type,
                static_cast<long>(values.type));
        const uint32_t bytes = values.type == Type::INT64 ? 8 : 4;
        require(values.data.length % bytes == 0 &&
                    (count < 0 || static_cast<int64_t>(values.data.length / bytes) == count),
                Fault::buffer_size, static_cast<long>(values.data.length));
        return fault == Fault::none;
    }
    constexpr int integer_count(int position) {
        const TensorInfo values = input(position);
        return static_cast<int>(values.data.length / (values.type == Type::INT64 ? 8 : 4));
    }
    /// One of them; those past 32 bits end there.
    constexpr int32_t integer(int position, int index) {
        return model.number(input(position), static_cast<uint32_t>(index));
    }
    /// An axis, counted from the end if negative; one that does not exist is a fault.
    constexpr int axis(int64_t number, int rank) {
        const int64_t found_here = number < 0 ? number + rank : number;
        return require(found_here >= 0 && found_here < rank, Fault::move_parameter, number)
                   ? static_cast<int>(found_here)
                   : 0;
    }
    /// The output has these dimensions.
    constexpr void output_has(const int32_t* dims, int rank, int number = 0) {
        const TensorInfo out = output(number);
        require(out.rank == rank, Fault::output_shape, out.rank);
        for (int i = 0; i < rank && fault == Fault::none; ++i)
            require(out.dim(i) == dims[i], Fault::output_shape, out.dim(i));
    }

    /// Constant int8 weights in the buffer, a scale for all or for each of `channels`.
    constexpr void weights(const TensorInfo& weights, int dimension, int64_t channels) {
        constant(1);
        require(weights.type == Type::INT8, Fault::weights_type, static_cast<long>(weights.type));
        require(!weights.dynamic && weights.rank <= most_rank && weights.size() <= most_elements,
                Fault::weights_shape, weights.rank);
        require(!weights.sparse, Fault::sparse, 1);
        require(static_cast<int64_t>(weights.data.length) == weights.size(), Fault::buffer_size,
                static_cast<long>(weights.data.length));
        const uint32_t scales = weights.scales.length;
        require(scales != 0, Fault::no_quantization, 1);
        require(scales == 1 || (static_cast<int64_t>(scales) == channels &&
                                weights.quantized_dimension == dimension),
                Fault::channel_scales, static_cast<long>(scales));
        if (fault != Fault::none) return;
        for (uint32_t channel = 0; channel < scales; ++channel) {
            // A channel of scale 0 comes to nothing.
            const uint32_t bits = model.reader.u32(weights.scales.at + 4 * channel);
            require(bits == 0 || positive(bits), Fault::no_quantization,
                    static_cast<long>(channel));
        }
        for (uint32_t channel = 0; channel < weights.zero_points.length && channel < scales;
             ++channel)
            require(model.zero_point(weights, channel) == 0, Fault::weights_zero_point,
                    model.zero_point(weights, channel));
    }

    /// A constant int32 bias for each of `channels`, or none.
    constexpr void bias(int position, int64_t channels) {
        if (!has_input(position)) return;
        const TensorInfo values = input(position);
        constant(position);
        require(values.type == Type::INT32, Fault::bias_type, static_cast<long>(values.type));
        require(static_cast<int64_t>(values.data.length) == 4 * channels, Fault::buffer_size,
                static_cast<long>(values.data.length));
    }

    constexpr bool has_input(int position) {
        return position < operation.input_count && model.operand(operation, position) >= 0;
    }

    /// A byte of the options; 0 when there are none.
    constexpr int option(int slot) {
        return operation.options == 0
                   ? 0
                   : static_cast<int>(model.reader.u8_field(operation.options, slot, 0));
    }
    /// A number of the options; 0 when there are none.
    constexpr int32_t number(int slot) {
        return operation.options == 0 ? 0 : model.reader.i32_field(operation.options, slot, 0);
    }
    constexpr int padding(int slot) {
        const int padding = option(slot);
        require(padding <= static_cast<int>(Padding::VALID), Fault::padding, padding);
        return padding;
    }
    constexpr void activation(int slot) {
        const int found_here = option(slot);
        require(found_here <= static_cast<int>(Activation::RELU6), Fault::activation, found_here);
    }
    /// A stride, dilation or window size: 1 or more.
    constexpr int32_t step(int slot, int32_t otherwise) {
        const int32_t value = model.reader.i32_field(operation.options, slot, otherwise);
        require(value >= 1 && value <= most_dimension, Fault::stride, value);
        return value;
    }

    /// Outputs along one axis.
    constexpr int64_t extent(int padding, int64_t input, int64_t kernel, int64_t stride,
                             int64_t dilation) {
        const int64_t covered = (kernel - 1) * dilation + 1;
        require(covered <= most_covered, Fault::size, kernel);
        if (fault != Fault::none) return 0;
        const int64_t outputs = padding == static_cast<int>(Padding::SAME)
                                    ? (input + stride - 1) / stride
                                    : (input - covered + stride) / stride;
        require(outputs >= 1, Fault::output_shape, static_cast<long>(covered));
        return outputs;
    }

    static constexpr int64_t most_covered = int64_t{1} << 28;
    static constexpr int64_t most_macs = 0x7fffffff;

    constexpr bool has_options() { return require(operation.options != 0, Fault::stride, 0); }

    static constexpr bool positive(uint32_t scale_bits) {
        return scale_bits != 0 && scale_bits < 0x7f800000U;
    }
};

/// What holds for most operators.
struct OneResult {
    /// What elements maps have: of operand `position`, and of results.
    static constexpr Elements takes(int) { return elements(Type::INT8); }
    static constexpr Elements gives = elements(Type::INT8);
    /// Whether what may be a map may as well be a constant.
    static constexpr bool takes_constants = false;
    /// Operands before this one are no maps.
    static constexpr int first_map = 0;
    static constexpr int most_outputs = 1;
    /// Whether the layer takes one map of a batch at a time.
    static constexpr bool slides = false;
    /// Whether results may come out in another shape than the file gives them.
    static constexpr bool turns = false;
};

/// Operators that move values of any element.
template <class Base>
struct AnyElement : Base {
    static constexpr Elements takes(int) { return map_elements; }
    static constexpr Elements gives = map_elements;
};

/// Operators whose layer sees a map as the file has it,
struct AsItIs : OneResult {
    static constexpr Extents sees(Inspection& at, int position) {
        return at.input(position).extents();
    }
};
/// those that go element by element: in the shape of the output,
struct LikeOutput : OneResult {
    static constexpr Extents sees(Inspection& at, int) { return at.output().extents(); }
};
/// and those that know height from width. A map of one row that stays one is seen on its side, any
/// other as it is; what the layer makes is the same way around.
template <class Operator>
struct Turning : OneResult {
    static constexpr bool turns = true;

    static constexpr bool turned(Inspection& at) {
        return at.input(Operator::first_map).one_row() && at.output().one_row();
    }
    static constexpr Extents sees(Inspection& at, int position) {
        const TensorInfo in = at.input(position);
        return Operator::turned(at) ? in.extents() : in.upright();
    }
    static constexpr Extents makes(Inspection& at) {
        const TensorInfo out = at.output();
        return Operator::turned(at) ? out.extents() : out.upright();
    }
};

}  // namespace tflite
}  // namespace mote
