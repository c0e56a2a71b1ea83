// Depthwise convolution of 16 channels at a time: products of 8 bits add up by twos in 16 bits.
// With one input channel it is a convolution.
#pragma once

#include <stddef.h>

#include "convolution.hpp"

#if MOTE_HAS_ARM_MVE

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace mve {

template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int taps = Spec::kernel_height * Spec::kernel_width;
    static constexpr bool by_sixteen =
        channels >= 16 && channels == Spec::Weights::outputs && pairs_fit<typename Spec::Weights>();
    static constexpr int way = channels == 1 ? 1 : (by_sixteen ? 2 : 0);
};

/// Four vectors hold channels 0, 4, 8, 12 of sixteen, then 2 ..., 1 ..., 3 ...: so do products of
/// even and odd bytes come apart.
template <int Channels>
struct Apart {
    static constexpr int32_t fours = round_up(Channels, 16) / 4;
    static constexpr int32_t channel(int32_t four, int lane) {
        return four / 4 * 16 + lane * 4 + (four % 4 % 2 * 2 + four % 4 / 2);
    }
};

/// By 16 channels, then taps; an odd number of taps ends with zeros.
template <class Spec>
struct ChannelsTable {
    static constexpr int channels = Spec::Weights::outputs;
    static constexpr int taps = Depthwise<Spec>::taps;
    static constexpr int padded = (taps + 1) / 2 * 2;
    using Fours = FoursOf<Spec, ByTap, Apart<channels>, false>;
    using Weights =
        Packed<typename Spec::Weights, ByTap, Groups<16, 0, channels, taps, false, padded>>;
    static constexpr Table<
        Policy<false, (largest_shift<Spec>() > 0), clamps<Spec>(), typename Spec::Rounding>,
        round_up(channels, 16), padded, detail::BlocksOf<Weights>>
        value = {layer_of<Spec, false>(padded), detail::Assembled<Weights>::value,
                 detail::Assembled<Fours>::value};
};

template <bool Whole>
MOTE_INLINE int8x16_t load_channels(const int8_t* from, mve_pred16_t lanes) {
    return Whole ? vldrbq_s8(from) : vldrbq_z_s8(from, lanes);
}

/// One pixel; `taps`: the values under each weight. `Whole`: channels are a multiple of 16.
template <bool Whole, class Policy>
MOTE_NOINLINE void multiply_channels(const Layer& layer, const int8_t* const* taps, int8_t* out,
                                     const Four<false>* four, const int8_t* weights) {
    Scale<Policy> scaled(layer);
    const int16x8_t zero = vdupq_n_s16(static_cast<int16_t>(layer.zero));
    const int8x16_t low = vdupq_n_s8(static_cast<int8_t>(layer.low));
    const int8x16_t high = vdupq_n_s8(static_cast<int8_t>(layer.high));
    for (int32_t c = 0; c < layer.outputs; c += 16, four += 4) {
        const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(layer.outputs - c));
        int32x4_t sum0 = vldrwq_s32(four[0].bias);
        int32x4_t sum1 = vldrwq_s32(four[1].bias);
        int32x4_t sum2 = vldrwq_s32(four[2].bias);
        int32x4_t sum3 = vldrwq_s32(four[3].bias);
        const int8_t* const* tap = taps;
        for (int32_t pair = layer.taps >> 1; pair > 0; --pair) {
            int8x16_t values = load_channels<Whole>(*tap++ + c, lanes);
            int8x16_t weight = load_16(weights);
            int16x8_t even = vmullbq_int_s8(values, weight);
            int16x8_t odd = vmulltq_int_s8(values, weight);
            values = load_channels<Whole>(*tap++ + c, lanes);
            // Weights are loaded twice: that takes a register less.
            const int8_t* again = weights;
            even = vaddq_s16(even, vmullbq_int_s8(values, load_16(again)));
            odd = vaddq_s16(odd, vmulltq_int_s8(values, load_16(weights)));
            sum0 = vaddq_s32(sum0, vmovlbq_s16(even));
            sum1 = vaddq_s32(sum1, vmovltq_s16(even));
            sum2 = vaddq_s32(sum2, vmovlbq_s16(odd));
            sum3 = vaddq_s32(sum3, vmovltq_s16(odd));
        }
        // Narrowing saturates, also before the zero point is added.
        scaled.take(four[0]);
        int16x8_t even = narrow(scaled.product(sum0));
        scaled.take(four[1]);
        even = vqaddq_s16(vqmovntq_s32(even, scaled.product(sum1)), zero);
        scaled.take(four[2]);
        int16x8_t odd = narrow(scaled.product(sum2));
        scaled.take(four[3]);
        odd = vqaddq_s16(vqmovntq_s32(odd, scaled.product(sum3)), zero);
        int8x16_t result = vqmovntq_s16(narrow(even), odd);
        if (Policy::clamped) result = vminq_s8(vmaxq_s8(result, low), high);
        if (Whole)
            vstrbq_s8(out + c, result);
        else
            vstrbq_p_s8(out + c, result, lanes);
    }
}

template <class Spec, class Table>
MOTE_INLINE void depthwise(const Table& table, const int8_t* const* rows, int8_t* out) {
    constexpr int channels = Spec::Input::Shape::channels;
    constexpr int width = Spec::Input::Shape::width;
    alignas(8) int8_t padding[static_cast<size_t>(channels)];
    fill(padding, Spec::Input::Quantization::zero_point, channels);
    const int8_t* taps[Depthwise<Spec>::taps + 1];
    taps[Depthwise<Spec>::taps] = padding;
    int left = -Spec::left;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, left += Spec::stride_width) {
        const int8_t** tap = taps;
        const bool inside =
            Spec::dilation_width == 1 && left >= 0 && left + Spec::kernel_width <= width;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) {
            int column = left;
            MOTE_UNROLL
            for (int kx = 0; kx < Spec::kernel_width; ++kx, column += Spec::dilation_width) {
                const bool there = rows[ky] && (inside || (column >= 0 && column < width));
                *tap++ = there ? rows[ky] + column * channels : padding;
            }
        }
        multiply_channels<channels % 16 == 0, typename Table::Policy>(table.layer, taps, out,
                                                                      table.fours, table.weights);
        out += channels;
    }
}

}  // namespace mve

template <class Spec, class = detail::enable_if_t<(mve::Depthwise<Spec>::way > 0)>>
constexpr const auto& pack_depthwise(arch::arm_mve) {
    if constexpr (mve::Depthwise<Spec>::way == 1)
        return mve::TableOf<Spec, ByTap, 16>::value;
    else
        return mve::ChannelsTable<Spec>::value;
}

template <class Spec, class Table, class = detail::enable_if_t<(mve::Depthwise<Spec>::way > 0)>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_mve) {
    if constexpr (mve::Depthwise<Spec>::way == 1)
        mve::convolve<Spec>(table, rows, out);
    else
        mve::depthwise<Spec>(table, rows, out);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
