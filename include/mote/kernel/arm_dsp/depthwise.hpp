// Depthwise convolution. With one input channel it is a convolution. A window of 3x3 slides along
// the row of one channel at a time, so that a column is loaded once and weights stay in registers.
// Other windows take four channels at a time.
#pragma once

#include <stddef.h>

#include "convolution.hpp"

#if MOTE_HAS_ARM_DSP

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace dsp {

template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr int stride = Spec::stride_width;
    static constexpr bool expands = channels == 1;
    /// Columns of the last window to the right of the map.
    static constexpr int right =
        detail::larger((width - 1) * stride - Spec::left + 3 - Spec::Input::Shape::width, 0);
    static constexpr bool slides = !expands && channels == Spec::Weights::outputs &&
                                   Spec::kernel_height == 3 && Spec::kernel_width == 3 &&
                                   Spec::dilation_width == 1 && stride <= 2 && Spec::left <= 1 &&
                                   right <= 1 && width > 1;
    static constexpr bool fours = channels % 4 == 0 && channels == Spec::Weights::outputs;
    static constexpr int way = expands ? 1 : (slides ? 2 : (fours ? 3 : 0));
};

/// The numbers that decide what code a row takes.
template <int Channels, int Stride, int Width, bool Left, bool Right, int Zero>
struct Slide {
    static constexpr int channels = Channels;
    static constexpr int stride = Stride;
    static constexpr int width = Width;
    static constexpr bool left = Left;  // the first column is padding
    static constexpr bool right = Right;
    static constexpr int zero = Zero;  // of the input
};

/// One channel: its sums of a row. A column is loaded once and added to all sums that it is in.
template <class Slide>
MOTE_INLINE void slide(const int8_t* const* rows, int channel, const int8_t* weights, int32_t bias,
                       int32_t* sums) {
    constexpr int width = Slide::width;
    constexpr int32_t zero = Slide::zero;
    constexpr int32_t zeros = pair_of(zero);
    // Pairs of rows 0 and 1 in each column; row 2 is a pair and a single one.
    const int32_t first = load_word(weights);
    const int32_t second = load_word(weights + 4);
    int32_t weight0 = sign_extend_even(first);
    int32_t weight1 = sign_extend_odd(first);
    int32_t weight2 = sign_extend_even(second);
    int32_t lower01 = sign_extend_odd(second);
    int32_t lower2 = weights[8];
    // As numbers, since a row of padding is null.
    const auto place = [&](int row) MOTE_INLINE_LAMBDA {
        return reinterpret_cast<const int8_t*>(reinterpret_cast<uintptr_t>(rows[row]) +
                                               static_cast<uintptr_t>(channel));
    };
    const int8_t* row0 = place(0);
    const int8_t* row1 = place(1);
    const int8_t* row2 = place(2);
    // A row of padding has weights of 0; its share of the sum is constant.
    if (!rows[0]) {
        row0 = row1;
        bias = __smlabb(zeros, weight0, __smlabb(zeros, weight1, __smlabb(zeros, weight2, bias)));
        weight0 = weight0 >> 16 << 16;
        weight1 = weight1 >> 16 << 16;
        weight2 = weight2 >> 16 << 16;
    }
    if (!rows[2]) {
        row2 = row1;
        bias = __smlad(zeros, lower01, __smlabb(zeros, lower2, bias));
        lower01 = lower2 = 0;
    }
    int32_t upper = zeros;
    int32_t lower = zero;
    const auto next = [&]() MOTE_INLINE_LAMBDA {
        const int32_t low = *row0;
        const int32_t high = *row1;
        lower = *row2;
        __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(upper) : "r"(low), "r"(high));
        row0 += Slide::channels;
        row1 += Slide::channels;
        row2 += Slide::channels;
    };
    const auto begin = [&](int32_t& sum) MOTE_INLINE_LAMBDA {
        sum = __smlabb(lower, lower01, __smlad(upper, weight0, bias));
    };
    const auto middle = [&](int32_t& sum) MOTE_INLINE_LAMBDA {
        sum = __smlabt(lower, lower01, __smlad(upper, weight1, sum));
    };
    const auto end = [&](int32_t sum) MOTE_INLINE_LAMBDA {
        *sums++ = __smlabb(lower, lower2, __smlad(upper, weight2, sum));
    };
    int32_t a, b, c;
    if (!Slide::left) next();
    begin(a);
    if constexpr (Slide::stride == 1) {
        next();
        middle(a);
        begin(b);
        const auto slide = [&](int32_t& oldest, int32_t& old, int32_t& fresh) MOTE_INLINE_LAMBDA {
            next();
            end(oldest);
            middle(old);
            begin(fresh);
        };
        for (int three = 0; three < (width - 2) / 3; ++three) {
            slide(a, b, c);
            slide(b, c, a);
            slide(c, a, b);
        }
        if ((width - 2) % 3 > 0) slide(a, b, c);
        if ((width - 2) % 3 > 1) slide(b, c, a);
        int32_t& oldest = (width - 2) % 3 == 0 ? a : ((width - 2) % 3 == 1 ? b : c);
        int32_t& old = (width - 2) % 3 == 0 ? b : ((width - 2) % 3 == 1 ? c : a);
        next();
        end(oldest);
        middle(old);
        if (Slide::right) {
            upper = zeros;
            lower = zero;
        } else {
            next();
        }
        end(old);
    } else {
        const auto slide = [&](int32_t& old, int32_t& fresh) MOTE_INLINE_LAMBDA {
            next();
            middle(old);
            next();
            end(old);
            begin(fresh);
        };
        for (int two = 0; two < (width - 1) / 2; ++two) {
            slide(a, b);
            slide(b, a);
        }
        if ((width - 1) % 2 != 0) slide(a, b);
        int32_t& old = (width - 1) % 2 == 0 ? a : b;
        next();
        middle(old);
        if (Slide::right) {
            upper = zeros;
            lower = zero;
        } else {
            next();
        }
        end(old);
    }
}

template <class Slide, class Policy>
MOTE_NOINLINE void slide(const Layer& layer, const int8_t* const* rows, int8_t* out,
                         const Channel<Policy::uniform>* channel, const int8_t* weights,
                         const int8_t* shift) {
    for (int c = 0; c < Slide::channels; ++c, ++channel, weights += 9, ++out) {
        int32_t sums[Slide::width];
        slide<Slide>(rows, c, weights, channel->bias, sums);
        const Scale<Policy> scaled(layer, *channel, shift);
        if (!Policy::uniform) ++shift;
        // Unrolling pays where few outputs share what comes before them.
        if constexpr (Slide::width <= 8) {
            MOTE_UNROLL_FOUR
            for (int x = 0; x < Slide::width; ++x) out[x * Slide::channels] = scaled(sums[x]);
        } else {
            for (int x = 0; x < Slide::width; ++x) out[x * Slide::channels] = scaled(sums[x]);
        }
    }
}

/// One pixel; `taps`: the values under each weight. Weights stand by four channels, then taps.
template <class Policy>
MOTE_NOINLINE void multiply_channels(const Layer& layer, const int8_t* const* taps, int8_t* out,
                                     const Channel<Policy::uniform>* channel, const int8_t* weights,
                                     const int8_t* shift) {
    for (int32_t c = 0; c < layer.outputs; c += 4) {
        int32_t sums[4] = {channel[0].bias, channel[1].bias, channel[2].bias, channel[3].bias};
        const int8_t* const* const end = taps + layer.taps;
        for (const int8_t* const* tap = taps; tap != end; ++tap, weights += 4) {
            const int32_t values = load_word(*tap + c);
            const int32_t words = load_word(weights);
            const int32_t value02 = sign_extend_even(values);
            const int32_t value13 = sign_extend_odd(values);
            const int32_t weight02 = sign_extend_even(words);
            const int32_t weight13 = sign_extend_odd(words);
            sums[0] = __smlabb(value02, weight02, sums[0]);
            sums[1] = __smlabb(value13, weight13, sums[1]);
            sums[2] = __smlatt(value02, weight02, sums[2]);
            sums[3] = __smlatt(value13, weight13, sums[3]);
        }
        MOTE_UNROLL
        for (int i = 0; i < 4; ++i) {
            *out++ = Scale<Policy>(layer, *channel++, shift)(sums[i]);
            if (!Policy::uniform) ++shift;
        }
    }
}

/// Nine weights a channel, in the order that slide() widens.
template <int Channels>
struct Nines {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = 9;
    static constexpr int32_t rows = Channels;

    static constexpr int32_t output_of(int32_t) { return 0; }
    static constexpr int32_t tap_of(int32_t place) {
        constexpr int8_t taps[9] = {0, 1, 3, 4, 2, 6, 5, 7, 8};
        return taps[place];
    }
    static constexpr Row row(int32_t index) { return {index, 0, 1, 9}; }
};

template <class Spec, int Way>
struct DepthwiseTable;
template <class Spec>
struct DepthwiseTable<Spec, 1> : TableByFourTaps<Spec, ByTap, 2> {};
template <class Spec>
struct DepthwiseTable<Spec, 2>
    : TableOf<Spec, ByTap, Packed<typename Spec::Weights, ByTap, Nines<Spec::Weights::outputs>>, 1,
              9> {};
/// By four channels, then taps.
template <class Spec>
struct DepthwiseTable<Spec, 3>
    : TableOf<Spec, ByTap,
              Packed<typename Spec::Weights, ByTap,
                     Groups<4, 0, Spec::Weights::outputs,
                            Spec::Weights::count / Spec::Weights::outputs>>,
              1, Spec::Weights::count / Spec::Weights::outputs> {};

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<1>) {
    convolve<Spec>(table, rows, out);
}
template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<2>) {
    using D = Depthwise<Spec>;
    slide<Slide<D::channels, D::stride, D::width, (Spec::left > 0), (D::right > 0),
                Spec::Input::Quantization::zero_point>,
          typename Table::Policy>(table.layer, rows, out, table.channels, table.weights,
                                  table.shifts);
}

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out,
                           detail::constant<3>) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    constexpr int extent = (Spec::kernel_width - 1) * Spec::dilation_width + 1;
    constexpr int last = (Spec::Output::Shape::width - 1) * Spec::stride_width - Spec::left;
    bool padded = Spec::left > 0 || last + extent > width;
    for (int ky = 0; ky < Spec::kernel_height; ++ky) padded = padded || !rows[ky];
    int8_t padding[static_cast<size_t>(channels)];
    if (padded)
        for (int c = 0; c < channels; ++c)
            padding[c] = static_cast<int8_t>(Spec::Input::Quantization::zero_point);
    const int8_t* taps[Spec::kernel_height * Spec::kernel_width];
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int8_t** tap = taps;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = x * Spec::stride_width - Spec::left;
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width)
                *tap++ = rows[ky] && column >= 0 && column < width ? rows[ky] + column * channels
                                                                   : padding;
        }
        multiply_channels<typename Table::Policy>(table.layer, taps, out, table.channels,
                                                  table.weights, table.shifts);
    }
}

}  // namespace dsp

template <class Spec, class = detail::enable_if_t<(dsp::Depthwise<Spec>::way > 0)>>
constexpr const auto& pack_depthwise(arch::arm_dsp) {
    return dsp::DepthwiseTable<Spec, dsp::Depthwise<Spec>::way>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<(dsp::Depthwise<Spec>::way > 0)>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_dsp) {
    dsp::depthwise<Spec>(table, rows, out, detail::constant<dsp::Depthwise<Spec>::way>{});
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
