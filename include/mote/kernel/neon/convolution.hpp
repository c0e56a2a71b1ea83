// Convolution. The rows under a window are first copied to the stack, with their padding.
#pragma once

#include "../../arch.hpp"
#include "copy.hpp"
#include "products.hpp"
#include "words.hpp"

#if MOTE_HAS_ARM_NEON

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

/// The rows under a window, as much of them as the windows of an output row see.
template <class Spec>
struct Under {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int columns = (Spec::Output::Shape::width - 1) * Spec::stride_width +
                                   (Spec::kernel_width - 1) * Spec::dilation_width + 1;
    static constexpr int32_t inside =
        detail::smaller(Spec::Input::Shape::width, columns - Spec::left) * channels;
    static constexpr int32_t left = Spec::left * channels;
    static constexpr int32_t pitch = columns * channels;
    static constexpr bool adjacent = Spec::dilation_width == 1;

    using Runs = Geometry<Spec::kernel_height, adjacent ? 1 : Spec::kernel_width,
                          (adjacent ? Spec::kernel_width : 1) * channels, pitch,
                          Spec::dilation_width * channels, Spec::stride_width * channels>;

    /// The last run is read up to a multiple of four.
    alignas(16) int8_t values[Spec::kernel_height * pitch + 3];

    MOTE_INLINE explicit Under(const int8_t* const* rows) {
        constexpr int zero = Spec::Input::Quantization::zero_point;
        int8_t* to = values;
        for (int ky = 0; ky < Spec::kernel_height; ++ky, to += pitch) {
            if (!rows[ky]) {
                fill<pitch>(to, zero);
                continue;
            }
            fill<left>(to, zero);
            copy<inside>(rows[ky], to + left);
            fill<pitch - left - inside>(to + left + inside, zero);
        }
        fill<3>(to, 0);
    }
};

template <class Spec, class Order, class Dot>
using PackedWindows =
    PackedBlocks<Spec, Order, Dot, typename Under<Spec>::Runs, Spec::Output::Shape::width>;

template <class Spec, class Table>
MOTE_INLINE void convolve(const Table& table, const int8_t* const* rows, int8_t* out) {
    const Under<Spec> under(rows);
    multiply_points<Spec, Spec::Output::Shape::width>(table, under.values, out);
}

}  // namespace neon

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_neon) {
    return neon::PackedWindows<Spec, ByOutput, neon::WordsOf<Spec>>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_neon) {
    neon::convolve<Spec>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
