// What the network computes with for the inputs of a file, and what the caller gives and gets.
#pragma once

#include "../border.hpp"
#include "import_types.hpp"
#include "source.hpp"

namespace mote {
namespace tflite {

/// What the network computes with for input `Number`, and what the caller gives: `Border`.
template <class Source, int Tensor, Type Element>
struct BorderOf {
    using type = border::Same;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::FLOAT32> {
    using type = border::Real;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::UINT8> {
    using type = border::Integer<uint8_t, typename MapOf<Source, Tensor>::Quantization>;
};
template <class Source, int Tensor>
struct BorderOf<Source, Tensor, Type::INT16> {
    using type = border::Integer<int16_t, typename MapOf<Source, Tensor>::Quantization>;
};
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
    using Border =
        typename BorderOf<Source, outer(), Source::template Tensor<outer()>::info.type>::type;
};
template <class Source, int Number>
struct OutputOf {
   private:
    static constexpr int outer() {
        Model copy = Source::model;
        return copy.output(Number);
    }

   public:
    using Border =
        typename BorderOf<Source, outer(), Source::template Tensor<outer()>::info.type>::type;
};

}  // namespace tflite
}  // namespace mote
