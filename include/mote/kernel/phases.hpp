// A transposed convolution as several convolutions: of outputs that are a stride apart all see the
// same taps, each tap of a stride, backwards. Outputs of the same rest by the strides are a phase.
//
// `Cpu::pack<Spec>()` and `Cpu::convolve<Spec>(table, rows, out)` are those of a convolution.
#pragma once

#include <stddef.h>

#include "../detail/array.hpp"
#include "../detail/meta.hpp"
#include "../tensor.hpp"
#include "portable/window.hpp"
#include "requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace phases {

/// Some of the taps of weights, as if they stood in memory.
template <class Phase>
struct Taps {
    int32_t first;

    constexpr Taps operator+(int32_t count) const { return {first + count}; }
    constexpr int8_t operator[](int32_t index) const {
        using Weights = typename Phase::Of::Weights;
        const int32_t at = first + index;
        const int32_t pixel = at / Weights::depth;
        const int32_t y = Phase::y + (Phase::kernel_height - 1 -
                                      pixel / Phase::kernel_width % Phase::kernel_height) *
                                         Phase::Of::stride_height;
        const int32_t x = Phase::x + (Phase::kernel_width - 1 - pixel % Phase::kernel_width) *
                                         Phase::Of::stride_width;
        if (y >= Weights::height || x >= Weights::width) return 0;
        const int32_t output = pixel / (Phase::kernel_height * Phase::kernel_width);
        return static_cast<int8_t>(
            Weights::values()[((output * Weights::height + y) * Weights::width + x) *
                                  Weights::depth +
                              at % Weights::depth]);
    }
};

/// How many taps of `size` a phase has; one of weight 0 where there is none.
constexpr int taps_of(int size, int stride, int phase) {
    return phase < size ? (size - phase + stride - 1) / stride : 1;
}

/// The convolution that gives row phase `Y` and column phase `X` of `Spec`.
template <class Spec, int Y, int X>
struct Phase {
    using Of = Spec;
    static constexpr int y = Y;
    static constexpr int x = X;
    static constexpr int kernel_height = taps_of(Spec::kernel_height, Spec::stride_height, Y);
    static constexpr int kernel_width = taps_of(Spec::kernel_width, Spec::stride_width, X);
    static constexpr int stride_width = 1;
    static constexpr int dilation_width = 1;
    /// The first column of the output that is of this phase, and how many are.
    static constexpr int column =
        (X + Spec::stride_width - Spec::left % Spec::stride_width) % Spec::stride_width;
    static constexpr int columns =
        (Spec::Output::Shape::width - column + Spec::stride_width - 1) / Spec::stride_width;
    static constexpr int left = kernel_width - 1 - (column + Spec::left) / Spec::stride_width;

    using Input = typename Spec::Input;
    using Output = Tensor < int8_t,
          Shape<Spec::Output::Shape::height, columns<1 ? 1 : columns, Spec::Weights::outputs>,
                typename Spec::Output::Quantization>;
    using Rounding = typename Spec::Rounding;
    using Arch = typename Spec::Arch;
    static constexpr auto range = Spec::range;
    static constexpr bool sums_fit = Spec::sums_fit;

    struct Weights {
        static constexpr int outputs = Spec::Weights::outputs;
        static constexpr int height = kernel_height;
        static constexpr int width = kernel_width;
        static constexpr int32_t depth = Spec::Weights::depth;
        static constexpr int32_t count = int32_t{outputs} * height * width * depth;
        static constexpr Taps<Phase> values() { return {0}; }
        static constexpr int32_t bias(int channel) { return Spec::Weights::bias(channel); }
        static constexpr uint32_t scale_bits(int channel) {
            return Spec::Weights::scale_bits(channel);
        }
    };
};

/// The tables of phases from `Index` on: row by row, then column by column.
template <class Cpu, class Spec, int Index, int Count>
struct Tables {
    using Of = Phase<Spec, Index / Spec::stride_width, Index % Spec::stride_width>;
    detail::remove_const_t<detail::remove_reference_t<decltype(Cpu::template pack<Of>())>> first;
    Tables<Cpu, Spec, Index + 1, Count> others;
};
template <class Cpu, class Spec, int Count>
struct Tables<Cpu, Spec, Count, Count> {};

template <class Cpu, class Spec, int Index, int Count>
struct PackedTables {
    using Table = Tables<Cpu, Spec, Index, Count>;
    static constexpr Table value = {Cpu::template pack<typename Table::Of>(),
                                    PackedTables<Cpu, Spec, Index + 1, Count>::value};
};
template <class Cpu, class Spec, int Count>
struct PackedTables<Cpu, Spec, Count, Count> {
    static constexpr Tables<Cpu, Spec, Count, Count> value = {};
};

template <class Spec, int X = 0>
constexpr bool windows_begin_outside() {
    if constexpr (X == Spec::stride_width)
        return true;
    else
        return Phase<Spec, 0, X>::left >= 0 && windows_begin_outside<Spec, X + 1>();
}

/// Whether phases do: each takes code of its own.
template <class Spec>
constexpr bool serve() {
    return Spec::stride_height * Spec::stride_width <= 9 && windows_begin_outside<Spec>();
}

template <class Spec, class Cpu>
constexpr const auto& pack() {
    return PackedTables<Cpu, Spec, 0, Spec::stride_height * Spec::stride_width>::value;
}

/// One row of a phase, to every stride-th pixel of the output.
template <class Cpu, class Of, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int outputs = Of::Weights::outputs;
    constexpr int step = Of::Of::stride_width * outputs;
    if constexpr (step == outputs) {
        Cpu::template convolve<Of>(table, rows, out);
    } else {
        int8_t row[Of::Output::Shape::width * outputs];
        Cpu::template convolve<Of>(table, rows, row);
        const int8_t* from = row;
        out += Of::column * outputs;
        for (int x = 0; x < Of::columns; ++x, from += outputs, out += step)
            copy_bytes<outputs>(from, out);
    }
}

/// Output row `row` if it is of the row phase of a table, or else of those behind it.
template <class Spec, class Cpu, int Index, int Count>
MOTE_INLINE void convolve_transposed(const Tables<Cpu, Spec, Index, Count>& tables,
                                     const int8_t* in, int row, int8_t* out) {
    using Of = typename Tables<Cpu, Spec, Index, Count>::Of;
    if ((row + Spec::top) % Spec::stride_height == Of::y) {
        const int8_t* rows[Of::kernel_height];
        const int last = (row + Spec::top) / Spec::stride_height;
        for (int ky = 0; ky < Of::kernel_height; ++ky) {
            const int from = last - (Of::kernel_height - 1) + ky;
            rows[ky] = from < 0 || from >= Spec::Input::Shape::height
                           ? nullptr
                           : in + int32_t{from} * Spec::Input::Shape::row_size;
        }
        if constexpr (Of::columns > 0) convolve<Cpu, Of>(tables.first, rows, out);
    }
    if constexpr (Index + 1 < Count) convolve_transposed(tables.others, in, row, out);
}

}  // namespace phases
}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
