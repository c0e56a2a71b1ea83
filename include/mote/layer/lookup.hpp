// out[i] = function(in[i]), int8 to int8: a table of all 256 values, computed by the compiler
//
// Function  a type of layer/function/, or one of your own (see scales.hpp there).
// Affine    the output's scale and zero point.
// Shape     any; out the same shape. `out` may take the place of the input. Layers of one function
//           and the same quantizations share a table.
// Formula   that of the function
//
//   Keras                    layer
//   sigmoid                  Sigmoid<>                      scale 1/256, zero point -128
//   tanh                     Tanh<>                         scale 1/128, zero point 0
//   LeakyReLU                LeakyReLU<AlphaBits, Affine>   alpha as the bits of an IEEE single
//   ELU                      ELU<Affine>                    alpha = 1
//   hard_silu                HardSwish<Affine>
//   ReLU, after which scales change: ReLU<Affine>;  tf.abs: Abs<Affine>;  tf.math.rsqrt:
//   Rsqrt<Affine>
#pragma once

#include "../kernel/kernel.hpp"
#include "function/elu.hpp"
#include "function/hard_swish.hpp"
#include "function/rescaled.hpp"
#include "function/rsqrt.hpp"
#include "function/sigmoid.hpp"
#include "window.hpp"

namespace mote {

namespace detail {

/// The table of a function between two quantizations, one for all layers.
template <class Function, class In, class Out, class Rounding>
struct Tabulated {
    static constexpr function::Scales scales{In::scale_bits, In::zero_point, Out::scale_bits,
                                             Out::zero_point};
    using Of = typename Function::template Of<Rounding>;
    static_assert(Of::possible(scales),
                  "Lookup: the function is not defined for these scales; give the output a scale "
                  "nearer to the input's, or the one that the function wants");
    static inline constexpr kernel::LookupTable table MOTE_FLASH =
        kernel::tabulate(Of(scales), In::zero_point);
};

}  // namespace detail

/// A layer on an input that looks its output up in `TableType::table`.
template <class ArchType, class InputType, class OutputType, class TableType>
struct LookedUp : Rowwise {
    using Arch = ArchType;
    using Input = InputType;
    using Output = OutputType;
    using Table = TableType;

    static constexpr RowWindow window = same_row();
    static constexpr int32_t macs = 0;
    static constexpr bool in_place = true;
    static constexpr bool elementwise = true;
    static constexpr int8_t value(int8_t in) { return Table::table.values[int16_t{in} + 128]; }

    /// The call that picks the kernel: see kernel/serving.hpp.
    template <class Tag>
    static auto pick(Tag tag) -> decltype(kernel::look_up(Table::table, nullptr, nullptr, 0, tag));

    static constexpr int32_t table_bytes() { return sizeof(kernel::LookupTable); }

    template <class Out, class In>
    static void rows(int first, int last, Out out, In in) {
        const int run = adjacent<Out, In>(last - first);
        for (int row = first; row < last; row += run)
            kernel::look_up(table::of<Table>(), in.row(row), out.row(row),
                            static_cast<int32_t>(run) * Output::Shape::row_size, Arch{});
    }
};

template <class Function, class Affine, class RoundingPolicy = rounding::Double>
struct Lookup {
    static MOTE_INLINE constexpr const char* name() { return Function::name(); }

    template <class Arch, class Input,
              class Output =
                  Tensor<int8_t, typename Input::Shape, typename Quantized<Affine>::type>>
    using On = LookedUp<Arch, Input, Output,
                        detail::Tabulated<Function, typename Input::Quantization,
                                          typename Output::Quantization, RoundingPolicy>>;
};

template <class Affine = Quantization<0x3b800000U, -128>, class Rounding = rounding::Double>
using Sigmoid = Lookup<function::Sigmoid, Affine, Rounding>;
template <class Affine = Quantization<0x3c000000U, 0>, class Rounding = rounding::Double>
using Tanh = Lookup<function::Tanh, Affine, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using ReLU = Lookup<function::Relu, Affine, Rounding>;
template <uint32_t AlphaBits, class Affine, class Rounding = rounding::Double>
using LeakyReLU = Lookup<function::LeakyRelu<AlphaBits>, Affine, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using ELU = Lookup<function::Elu, Affine, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using HardSwish = Lookup<function::HardSwish, Affine, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using Abs = Lookup<function::Abs, Affine, Rounding>;
template <class Affine, class Rounding = rounding::Double>
using Rsqrt = Lookup<function::Rsqrt, Affine, Rounding>;

}  // namespace mote
