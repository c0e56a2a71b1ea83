// From values in a file to the types of layers: tensors, weights, paddings, activations.
//
// A `Source` is the file as a type: data, size, Tensor<Index>, Operation<Index>.
#pragma once

#include "../layer/layer.hpp"
#include "check.hpp"

namespace mote {
namespace tflite {

template <int64_t Height, int64_t Width, int64_t Channels>
using ShapeOf =
    Shape<static_cast<int>(Height), static_cast<int>(Width), static_cast<int>(Channels)>;

template <class Source, int Index, bool Scaled = Source::template Tensor<Index>::info.scaled()>
struct QuantizationOf {
    static constexpr TensorInfo info = Source::template Tensor<Index>::info;
    using type = mote::Quantization<info.scale_bits, info.zero_point>;
};
template <class Source, int Index>
struct QuantizationOf<Source, Index, false> {
    using type = Unscaled;
};

template <class Source, int Index>
struct MapOf {
   private:
    static constexpr TensorInfo info = Source::template Tensor<Index>::info;

   public:
    using Shape = ShapeOf<info.height(), info.width(), info.channels()>;
    using Quantization = typename QuantizationOf<Source, Index>::type;
    using type = mote::Tensor<typename ElementOf<info.type>::type, Shape, Quantization>;
};

/// Weights and biases that stay in the file; see layer/weights.hpp.
template <class Source, int WeightTensor, int BiasTensor, int Outputs, int Height, int Width,
          int32_t Depth>
struct FileWeights {
   private:
    static constexpr TensorInfo info = Source::template Tensor<WeightTensor>::info;
    static constexpr TensorInfo biases =
        Source::template Tensor<(BiasTensor < 0 ? WeightTensor : BiasTensor)>::info;

    static constexpr uint32_t word(uint32_t at) {
        return flatbuffer::Reader{Source::data(), Source::size, false}.u32(at);
    }

   public:
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;
    static constexpr bool per_tensor = info.scales.length == 1;

    static constexpr const unsigned char* values() { return info.values; }
    static constexpr int32_t bias(int channel) {
        if (BiasTensor < 0) return 0;
        return flatbuffer::Reader{biases.values, biases.held, false}.i32(
            4 * static_cast<uint32_t>(channel));
    }
    static constexpr uint32_t scale_bits(int channel) {
        return word(info.scales.at + (per_tensor ? 0 : 4 * static_cast<uint32_t>(channel)));
    }
};

/// A constant that is read as a map: see layer/constant.hpp.
template <class Source, int TensorIndex, class ShapeType>
struct FileConstant {
   private:
    static constexpr TensorInfo info = Source::template Tensor<TensorIndex>::info;

   public:
    using Shape = ShapeType;
    using Quantization = typename MapOf<Source, TensorIndex>::Quantization;
    using Element = typename MapOf<Source, TensorIndex>::type::Element;
    static constexpr const unsigned char* values() { return info.values; }
    static constexpr Element at(int32_t index) {
        Model copy = Source::model;
        return static_cast<Element>(copy.number(info, static_cast<uint32_t>(index)));
    }
};

template <Padding Kind>
struct PaddingOf {
    using type = Same;
};
template <>
struct PaddingOf<Padding::VALID> {
    using type = Valid;
};

template <Activation Kind>
struct ActivationOf {
    using type = Linear;
};
template <>
struct ActivationOf<Activation::RELU> {
    using type = Relu;
};
template <>
struct ActivationOf<Activation::RELU_N1_TO_1> {
    using type = ReluN1To1;
};
template <>
struct ActivationOf<Activation::RELU6> {
    using type = Relu6;
};

/// A list of numbers (size, at(index)) as a type.
template <class List, class Indices>
struct ToNumbers;
template <class List, int... Indices>
struct ToNumbers<List, detail::sequence<Indices...>> {
    using type = Numbers<List::at(Indices)...>;
};
template <class List>
using NumbersOf = typename ToNumbers<List, detail::make_sequence_t<List::size>>::type;

/// A tensor's dimensions in the file.
template <class Source, int Index>
struct DimensionsOf {
    static constexpr int size = Source::template Tensor<Index>::info.rank;
    static constexpr int32_t at(int axis) { return Source::template Tensor<Index>::info.dim(axis); }
    using type = NumbersOf<DimensionsOf>;
};

/// What `Operator::form` finds out about operator `Index`.
template <class Operator, class Source, int Index>
struct FormOf {
    static constexpr auto find() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
        return Operator::form(at);
    }
    static constexpr auto value = find();
};

/// What an operator that knows height from width takes for them.
template <class Operator, class Source, int Index>
struct WayOf {
   private:
    static constexpr bool find_turned() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
        return Operator::turned(at);
    }
    static constexpr Extents find_made() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
        return Operator::makes(at);
    }

   public:
    static constexpr bool turned = find_turned();
    static constexpr Extents made = find_made();
    using Shape = ShapeOf<made.height, made.width, made.channels>;

    /// `Pair` of a height and a width; on its side nothing is left of the height.
    template <template <int, int> class Pair, int Height, int Width>
    using Turned = detail::conditional_t<turned, Pair<Width, 1>, Pair<Height, Width>>;
    template <int WeightTensor, int BiasTensor, int Outputs, int Height, int Width, int32_t Depth>
    using Weights = FileWeights<Source, WeightTensor, BiasTensor, Outputs, turned ? Width : Height,
                                turned ? Height : Width, Depth>;
};

/// What every operator's import begins with.
template <class Source, int Index>
struct Operands {
    static constexpr OperatorInfo info = Source::template Operation<Index>::info;

    template <int Position>
    static constexpr TensorInfo tensor = Source::template Tensor<info.inputs[Position]>::info;

    using Output = typename MapOf<Source, info.output>::type;
    using Affine = typename Output::Quantization;

    static constexpr uint32_t byte(int slot) {
        return info.options == 0 ? 0
                                 : flatbuffer::Reader{Source::data(), Source::size, false}.u8_field(
                                       info.options, slot, 0);
    }
    static constexpr int32_t number(int slot, int32_t otherwise) {
        return flatbuffer::Reader{Source::data(), Source::size, false}.i32_field(info.options, slot,
                                                                                 otherwise);
    }
    template <int Slot>
    using PaddingAt = typename PaddingOf<static_cast<Padding>(byte(Slot))>::type;
    template <int Slot>
    using ActivationAt = typename ActivationOf<static_cast<Activation>(byte(Slot))>::type;
};

}  // namespace tflite
}  // namespace mote
