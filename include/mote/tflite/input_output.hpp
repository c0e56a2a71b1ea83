// What the network computes with for the inputs of a file, and what the caller gives and gets.
#pragma once

#include "../border.hpp"
#include "import_types.hpp"
#include "source.hpp"

namespace mote {
namespace tflite {

/// What the caller gives or gets for a tensor that operator `Operator` turns into what the network
/// computes with, or from that; -1: there is none.
template <class Source, int Tensor, int Operator,
          Type Element = Operator<0 ? Type::INT8
                                    : Source::template Tensor<Tensor>::info.type> struct BorderOf {
    using type = border::Same;
};
template <class Source, int Tensor, int Operator>
struct BorderOf<Source, Tensor, Operator, Type::FLOAT32> {
    using type = border::Real;
};
template <class Source, int Tensor, int Operator>
struct BorderOf<Source, Tensor, Operator, Type::UINT8> {
    using type = border::Integer<uint8_t, typename MapOf<Source, Tensor>::Quantization>;
};
template <class Source, int Tensor, int Operator>
struct BorderOf<Source, Tensor, Operator, Type::INT16> {
    using type = border::Integer<int16_t, typename MapOf<Source, Tensor>::Quantization>;
};

/// What the network computes with for input `Number`, and what the caller gives: `Border`.
template <class Source, int Number>
struct InputOf {
   private:
    static constexpr int outer() {
        Model copy = Source::model;
        return copy.input(Number);
    }
    static constexpr int inner() {
        Model copy = Source::model;
        const int border = Source::borders.in[Number];
        return border < 0 ? copy.input(Number) : copy.operation(border).output;
    }

   public:
    using type = typename MapOf<Source, inner()>::type;
    using Border = typename BorderOf<Source, outer(), Source::borders.in[Number]>::type;
};
template <class Source, int Number>
struct OutputOf {
   private:
    static constexpr int outer() {
        Model copy = Source::model;
        return copy.output(Number);
    }

   public:
    using Border = typename BorderOf<Source, outer(), Source::borders.out[Number]>::type;
};

}  // namespace tflite
}  // namespace mote
