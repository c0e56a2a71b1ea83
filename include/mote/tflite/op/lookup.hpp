#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

// Functions of one value, as tables.

constexpr function::Scales scales_of(const TensorInfo& in, const TensorInfo& out) {
    return {in.scale_bits, static_cast<int>(in.zero_point), out.scale_bits,
            static_cast<int>(out.zero_point)};
}

template <Builtin Code, class Function>
struct Lookup : LikeOutput {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr void check(Inspection& at) {
        at.same_size();
        at.require(code != Builtin::LOGISTIC || at.output().zero_point == -128,
                   Fault::sigmoid_output, at.output().zero_point);
        at.require(
            Function::template Of<rounding::Double>::possible(scales_of(at.input(0), at.output())),
            Fault::function_scale, static_cast<long>(at.output().scale_bits));
    }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::Lookup<Function, typename Operands<Source, Index>::Affine>;
    };
};

using Abs = Lookup<Builtin::ABS, function::Abs>;
using Elu = Lookup<Builtin::ELU, function::Elu>;
using HardSwish = Lookup<Builtin::HARD_SWISH, function::HardSwish>;
using Logistic = Lookup<Builtin::LOGISTIC, function::Sigmoid>;
using Rsqrt = Lookup<Builtin::RSQRT, function::Rsqrt>;
using Tanh = Lookup<Builtin::TANH, function::Tanh>;

struct LeakyRelu : LikeOutput {
    static constexpr Builtin code = Builtin::LEAKY_RELU;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr uint32_t alpha(flatbuffer::Reader& reader, uint32_t options) {
        return options == 0 ? 0 : reader.u32_field(options, slot::leaky_relu::alpha, 0);
    }

    static constexpr void check(Inspection& at) {
        const uint32_t bits = alpha(at.model.reader, at.operation.options);
        at.same_size();
        at.require(
            function::Leaky<rounding::Double>::possible(scales_of(at.input(0), at.output()), bits),
            Fault::function_scale, static_cast<long>(bits));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr uint32_t find() {
            flatbuffer::Reader reader{Source::data(), Source::size, false};
            return alpha(reader, On::info.options);
        }
        using Layer = mote::LeakyReLU<find(), typename On::Affine>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
