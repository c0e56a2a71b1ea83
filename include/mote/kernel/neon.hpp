// AArch64 with NEON: four 32-bit sums a register, one for each of four output channels.
//
// Sums of products take four taps of four outputs at a time (a `Dot`): weights stand so in the
// table, inputs are read as they are, 16 at a time. The rows under a window are first copied to the
// stack, with their padding. Blocks of some points by some registers of outputs are multiplied;
// their sums are scaled and stored.
#pragma once

#include <stddef.h>

#include "../detail/integer.hpp"
#include "../detail/meta.hpp"
#include "accumulate.hpp"

#if MOTE_HAS_ARM_NEON

#include <arm_neon.h>

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {
namespace neon {

constexpr int lanes = 4;

/// Bytes of a register; four taps of four outputs.
constexpr int step_size = 16;

constexpr int ceil_divide(int value, int divisor) { return (value + divisor - 1) / divisor; }

/// Channels are cut into blocks; where they do not divide evenly the last block begins earlier and
/// overlaps the one before it.
constexpr int block_start(int block, int size, int channels) {
    return channels < size ? 0 : detail::smaller(block * size, channels - size);
}

// Scaling

/// What is known about the scales of a layer. `Left`: some sum is shifted up before it is
/// multiplied. `Unshifted`: some product is not shifted down. `Positive`: results below the zero
/// point are cut off, so their rounding does not show.
template <bool Left, bool Unshifted, bool Positive, class RoundingPolicy>
struct Policy {
    static constexpr bool left = Left;
    static constexpr bool unshifted = Unshifted;
    static constexpr bool positive = Positive;
    using Rounding = RoundingPolicy;
};

template <class Spec>
using PolicyOf =
    Policy<(largest_shift<Spec>() > 0), (largest_shift<Spec>() >= 0),
           (Spec::range.low >= Spec::Output::Quantization::zero_point), typename Spec::Rounding>;

/// Multipliers in the order of blocks; shifts to the right are negative, as the CPU has them.
template <int Slots>
struct Scaling {
    ChannelArray<int32_t, Slots> multiplier;
    ChannelArray<int32_t, Slots> left;
    ChannelArray<int32_t, Slots> right;
};

constexpr int right_shift(int shift, rounding::Double) { return shift < 0 ? shift : 0; }
constexpr int right_shift(int shift, rounding::Single) { return shift - 31; }

// What stands in slot `slot` of a table: for one of the channels, the last ones once more where
// they do not fill a block.

template <class Spec, class Order>
struct SlotBias {
    static constexpr int32_t of(int32_t channel) { return folded_bias<Spec, Order>(channel); }
};
template <class Spec>
struct SlotMultiplier {
    static constexpr int32_t of(int32_t channel) { return multiplier_of<Spec>(channel).value; }
};
template <class Spec>
struct SlotLeft {
    static constexpr int32_t of(int32_t channel) {
        return detail::larger<int32_t>(multiplier_of<Spec>(channel).shift, 0);
    }
};
template <class Spec>
struct SlotRight {
    static constexpr int32_t of(int32_t channel) {
        return right_shift(multiplier_of<Spec>(channel).shift, typename Spec::Rounding{});
    }
};

/// Blocks of `Size` channels; 0 beyond the last channel.
template <class What, int Channels, int Size>
struct PerSlot : detail::OneByOne<PerSlot<What, Channels, Size>, int32_t,
                                  ceil_divide(Channels, Size) * Size, channels_at_once> {
    static constexpr int32_t at(int32_t slot) {
        const int32_t channel =
            block_start(detail::as_int(slot / Size), Size, Channels) + slot % Size;
        return channel < Channels ? What::of(channel) : 0;
    }
};

template <class Spec, int Size>
struct PackedScaling {
    template <class What>
    using Of = detail::Assembled<PerSlot<What, Spec::Weights::outputs, Size>>;
    static constexpr Scaling<PerSlot<SlotLeft<Spec>, Spec::Weights::outputs, Size>::count> value = {
        Of<SlotMultiplier<Spec>>::value, Of<SlotLeft<Spec>>::value, Of<SlotRight<Spec>>::value};
};

template <class Spec, class Order, int Size>
using PackedBiases =
    detail::Assembled<PerSlot<SlotBias<Spec, Order>, Spec::Weights::outputs, Size>>;

/// What scales four sums.
struct Scale {
    int32x4_t multiplier, left, right;
};

template <int Slots>
MOTE_INLINE Scale load_scale(const Scaling<Slots>& scaling, int slot) {
    return {vld1q_s32(scaling.multiplier + slot), vld1q_s32(scaling.left + slot),
            vld1q_s32(scaling.right + slot)};
}

template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by, rounding::Double) {
    if (Policy::left) sums = vshlq_s32(sums, by.left);
    sums = vqrdmulhq_s32(sums, by.multiplier);
    // Halves below 0 are rounded down: one less, where there is a shift.
    if (!Policy::positive)
        sums = vsraq_n_s32(sums, Policy::unshifted ? vandq_s32(sums, by.right) : sums, 31);
    return vrshlq_s32(sums, by.right);
}
template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by, rounding::Single) {
    const int64x2_t low = vmull_s32(vget_low_s32(sums), vget_low_s32(by.multiplier));
    const int64x2_t high = vmull_high_s32(sums, by.multiplier);
    return vmovn_high_s64(vmovn_s64(vrshlq_s64(low, vmovl_s32(vget_low_s32(by.right)))),
                          vrshlq_s64(high, vmovl_high_s32(by.right)));
}
template <class Policy>
MOTE_INLINE int32x4_t scaled(int32x4_t sums, const Scale& by) {
    return scaled<Policy>(sums, by, typename Policy::Rounding{});
}

/// Words with the zero point; narrowing saturates, also before it is added.
template <class Spec>
MOTE_INLINE int16x8_t words(int32x4_t low, int32x4_t high) {
    constexpr int zero = Spec::Output::Quantization::zero_point;
    const int16x8_t both = vqmovn_high_s32(vqmovn_s32(low), high);
    return zero == 0 ? both : vqaddq_s16(both, vdupq_n_s16(zero));
}

/// The output bytes of sums that were scaled.
template <class Spec>
MOTE_INLINE int8x8_t narrow(int32x4_t low, int32x4_t high) {
    int8x8_t bytes = vqmovn_s16(words<Spec>(low, high));
    if (Spec::range.low > -128) bytes = vmax_s8(bytes, vdup_n_s8(Spec::range.low));
    if (Spec::range.high < 127) bytes = vmin_s8(bytes, vdup_n_s8(Spec::range.high));
    return bytes;
}
template <class Spec>
MOTE_INLINE int8x16_t narrow(int32x4_t first, int32x4_t second, int32x4_t third, int32x4_t fourth) {
    int8x16_t bytes =
        vqmovn_high_s16(vqmovn_s16(words<Spec>(first, second)), words<Spec>(third, fourth));
    if (Spec::range.low > -128) bytes = vmaxq_s8(bytes, vdupq_n_s8(Spec::range.low));
    if (Spec::range.high < 127) bytes = vminq_s8(bytes, vdupq_n_s8(Spec::range.high));
    return bytes;
}

// Products

/// Bytes are multiplied to words, which are added up by twos. `Pairs`: four by four.
template <bool Pairs>
struct Words {
    /// Registers for the sums of a block of points and outputs, and for the points' inputs.
    static constexpr int registers = 20;
    /// Rows under a depthwise window that are interleaved.
    static constexpr int interleaved = 1;

    /// Quarters of instructions that a step of all points and outputs of a block takes.
    static constexpr int cost(int points, int vectors) {
        return points * vectors * (Pairs ? 12 : 16) + points * 5 + vectors * 2;
    }

    /// What stands at a place of a step.
    static constexpr int output_of(int place) { return place % 8 / 2; }
    static constexpr int tap_of(int place) { return place / 8 * 2 + place % 2; }

    static MOTE_INLINE int32x4_t add(int32x4_t sums, int8x16_t left, int8x16_t right) {
        const int16x8_t first = vmull_s8(vget_low_s8(left), vget_low_s8(right));
        if (Pairs) return vpadalq_s16(sums, vmlal_high_s8(first, left, right));
        return vpadalq_s16(vpadalq_s16(sums, first), vmull_high_s8(left, right));
    }

    /// add() for two. GCC's scheduler would keep more products waiting than there are registers.
    static MOTE_INLINE void add_two(int32x4_t& first, int32x4_t& second, int8x16_t inputs,
                                    int8x16_t left, int8x16_t right) {
        if (Pairs) {
            int16x8_t product, other;
            __asm__ volatile(
                "smull %2.8h, %4.8b, %5.8b\n\t"
                "smull %3.8h, %4.8b, %6.8b\n\t"
                "smlal2 %2.8h, %4.16b, %5.16b\n\t"
                "smlal2 %3.8h, %4.16b, %6.16b\n\t"
                "sadalp %0.4s, %2.8h\n\t"
                "sadalp %1.4s, %3.8h"
                : "+w"(first), "+w"(second), "=&w"(product), "=&w"(other)
                : "w"(inputs), "w"(left), "w"(right));
        } else {
            first = add(first, inputs, left);
            second = add(second, inputs, right);
        }
    }

    /// Four of 16 inputs, as add() needs them: the first two for each output, then the others.
    template <int Four>
    static MOTE_INLINE int8x16_t spread(int8x16_t inputs) {
        constexpr uint8_t at = Four * 4;
        constexpr uint8_t next = at + 2;
        const uint8x16_t order = {at,   at + 1,   at,   at + 1,   at,   at + 1,   at,   at + 1,
                                  next, next + 1, next, next + 1, next, next + 1, next, next + 1};
        return vqtbl1q_s8(inputs, order);
    }
    template <int Four, int Vectors>
    static MOTE_INLINE void add_step(int32x4_t* sums, int8x16_t inputs, const int8x16_t* weights) {
        const int8x16_t four = spread<Four>(inputs);
        MOTE_UNROLL
        for (int v = 0; v + 2 <= Vectors; v += 2)
            add_two(sums[v], sums[v + 1], four, weights[v], weights[v + 1]);
        if (Vectors % 2 == 1)
            sums[Vectors - 1] = add(sums[Vectors - 1], four, weights[Vectors - 1]);
    }

    /// Eight channels of each row under one column of a window.
    template <int Rows>
    struct Column {
        int8x8_t values[static_cast<size_t>(Rows)];

        MOTE_INLINE explicit Column(int8x8_t value) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) values[r] = value;
        }
        MOTE_INLINE Column(const int8_t* const* rows, int32_t offset) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) values[r] = vld1_s8(rows[r] + offset);
        }
    };

    /// The sums of eight channels; with `Pairs` every second product waits for its partner.
    struct Sums {
        int32x4_t low, high;
        int16x8_t waiting;

        /// `Column` of `Last` + 1.
        template <int Index, int Last, int Rows>
        MOTE_INLINE void add(const Column<Rows>& column, const int8_t* factors) {
            MOTE_UNROLL
            for (int r = 0; r < Rows; ++r) {
                const int tap = Index * Rows + r;
                const int8x8_t factor = vld1_s8(factors + r * 8);
                const bool second = Pairs && tap % 2 == 1;
                waiting = second ? vmlal_s8(waiting, column.values[r], factor)
                                 : vmull_s8(column.values[r], factor);
                if (Pairs && !second && !(Index == Last && r == Rows - 1)) continue;
                low = vaddw_s16(low, vget_low_s16(waiting));
                high = vaddw_high_s16(high, waiting);
            }
        }
    };
};

template <class Spec>
using WordsOf = Words<pairs_fit<typename Spec::Weights>()>;

/// The cost of a row in blocks of `points` points, which may overlap.
template <class Dot>
constexpr int row_cost(int width, int points, int vectors) {
    return ceil_divide(width, points) * Dot::cost(points, vectors);
}
/// How many points a block has that is `vectors` registers of outputs wide.
template <class Dot>
constexpr int points_of(int width, int vectors) {
    int best = 1;
    for (int points = 2; points <= detail::smaller(width, 8); ++points)
        if (points * (vectors + 1) <= Dot::registers &&
            row_cost<Dot>(width, points, vectors) <= row_cost<Dot>(width, best, vectors))
            best = points;
    return best;
}
/// Registers of outputs that are multiplied together: 4, or 2 where that leaves fewer points over.
template <class Dot>
constexpr int vectors_of(int width) {
    return row_cost<Dot>(width, points_of<Dot>(width, 4), 4) <=
                   2 * row_cost<Dot>(width, points_of<Dot>(width, 2), 2)
               ? 4
               : 2;
}

/// Blocks of outputs whose weights stand together: as many as are multiplied together, where there
/// are so many, then two, then one by one.
struct Group {
    int first;
    int size;
};
constexpr Group group_of(int block, int vectors, int outputs) {
    const int full = outputs / lanes;
    const int even = full / vectors * vectors;
    if (block < even) return {block / vectors * vectors, vectors};
    if (full - even >= 2 && block < even + 2) return {even, 2};
    return {block, 1};
}

/// Where a point's inputs are: runs of `Length` values, `Across` runs in each of `Down` rows.
template <int Down, int Across, int32_t Length, int32_t DownStep, int32_t AcrossStep,
          int32_t PointStep>
struct Geometry {
    static constexpr int down = Down;
    static constexpr int across = Across;
    static constexpr int32_t length = Length;
    static constexpr int32_t down_step = DownStep;
    static constexpr int32_t across_step = AcrossStep;
    static constexpr int32_t point_step = PointStep;
    static constexpr int32_t taps = Down * Across * Length;
    /// Steps of four taps in a run.
    static constexpr int32_t run_steps = (Length + 3) / 4;
    static constexpr int32_t steps = Down * Across * run_steps;
};

/// Weights[groups][steps][blocks of a group][4 outputs by 4 taps], zero where there is no tap.
template <class Dot, int Vectors, int Outputs, class Geometry>
struct Steps {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int32_t row_size = step_size;
    static constexpr int32_t rows = ceil_divide(Outputs, lanes) * Geometry::steps;

    static constexpr int32_t output_of(int32_t place) {
        return Dot::output_of(detail::as_int(place));
    }
    static constexpr int32_t tap_of(int32_t place) { return Dot::tap_of(detail::as_int(place)); }
    static constexpr Row row(int32_t index) {
        const Group group = group_of(static_cast<int>(index / Geometry::steps), Vectors, Outputs);
        const int32_t in_group = index - group.first * Geometry::steps;
        const int32_t step = in_group / group.size;
        const int32_t output =
            block_start(detail::as_int(group.first + in_group % group.size), lanes, Outputs);
        const int32_t tap = step % Geometry::run_steps * 4;
        return {output, step / Geometry::run_steps * Geometry::length + tap, Outputs - output,
                Geometry::length - tap};
    }
};

template <class DotType, int Vectors, int Outputs, class GeometryType>
struct alignas(16) BlockTable {
    using Dot = DotType;
    using Geometry = GeometryType;
    using Layout = Steps<Dot, Vectors, Outputs, Geometry>;
    static constexpr int vectors = Vectors;
    static constexpr int blocks = ceil_divide(Outputs, lanes);
    static constexpr int32_t steps = Geometry::steps;

    ChannelArray<int32_t, blocks * lanes> bias;
    Scaling<blocks * lanes> scaling;
    WeightBlocks<Layout> weights;
};

/// `Count`: points that are multiplied together.
template <class Spec, class Order, class Dot, class Geometry, int Count>
struct PackedBlocks {
    using Weights = typename Spec::Weights;
    using Table = BlockTable<Dot, vectors_of<Dot>(Count), Weights::outputs, Geometry>;
    static constexpr Table value = {
        PackedBiases<Spec, Order, lanes>::value, PackedScaling<Spec, lanes>::value,
        detail::Assembled<Packed<Weights, Order, typename Table::Layout>>::value};
};

/// 4, 8, 12 or 16 inputs.
template <int Count>
MOTE_INLINE int8x16_t load_inputs(const int8_t* from) {
    if constexpr (Count == 16) return vld1q_s8(from);
    if constexpr (Count == 4) {
        int32_t four;
        __builtin_memcpy(&four, from, sizeof four);
        return vreinterpretq_s8_s32(vsetq_lane_s32(four, vdupq_n_s32(0), 0));
    }
    const int8x16_t eight = vcombine_s8(vld1_s8(from), vdup_n_s8(0));
    if constexpr (Count == 8) return eight;
    int32_t four;
    __builtin_memcpy(&four, from + 8, sizeof four);
    return vreinterpretq_s8_s32(vsetq_lane_s32(four, vreinterpretq_s32_s8(eight), 2));
}

/// Sums of `Points` points by `Vectors` registers of outputs.
template <class Dot, class Geometry, int Points, int Vectors>
struct Block {
    int32x4_t sums[static_cast<size_t>(Points)][static_cast<size_t>(Vectors)];

    template <int Four>
    MOTE_INLINE void add_step(const int8x16_t* inputs, const int8_t* weights) {
        int8x16_t factors[static_cast<size_t>(Vectors)];
        MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            factors[v] = vld1q_s8(weights + (Four * Vectors + v) * step_size);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p)
            Dot::template add_step<Four, Vectors>(sums[p], inputs[p], factors);
    }
    /// `Steps` steps, at most four.
    template <int Steps>
    MOTE_INLINE void add_steps(const int8_t* in, const int8_t*& weights) {
        int8x16_t inputs[static_cast<size_t>(Points)];
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p)
            inputs[p] = load_inputs<Steps * 4>(in + p * Geometry::point_step);
        add_step<0>(inputs, weights);
        if constexpr (Steps > 1) add_step<1>(inputs, weights);
        if constexpr (Steps > 2) add_step<2>(inputs, weights);
        if constexpr (Steps > 3) add_step<3>(inputs, weights);
        weights += Steps * Vectors * step_size;
    }
    MOTE_INLINE void add_run(const int8_t* in, const int8_t*& weights) {
        constexpr int rest = Geometry::run_steps % 4;
        for (int32_t step = 4; step <= Geometry::run_steps; step += 4, in += 16) {
            // GCC would keep inputs that another point needs later, and run out of registers.
            __asm__("" : "+r"(in));
            add_steps<4>(in, weights);
        }
        if constexpr (rest != 0) add_steps<rest>(in, weights);
    }
    MOTE_INLINE void add_runs(const int8_t* in, const int8_t* weights) {
        if constexpr (Geometry::down == 1 && Geometry::across == 1) return add_run(in, weights);
        // Short runs would spend their time on the loop: they come without one.
        constexpr int together =
            Geometry::across == 1 && Geometry::run_steps < 4 && Geometry::down <= 10
                ? Geometry::down
                : 1;
        for (int y = 0; y < Geometry::down; y += together) {
            for (int x = 0; x < Geometry::across; ++x) {
                MOTE_UNROLL
                for (int i = 0; i < together; ++i)
                    add_run(in + (y + i) * Geometry::down_step + x * Geometry::across_step,
                            weights);
            }
        }
    }
};

/// Multiplies the runs of `Points` points at `in` by the outputs from `block` on.
template <class Spec, int Points, int Vectors, class Table>
MOTE_INLINE void multiply_block(const Table& table, int block, const int8_t* in, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    Block<typename Table::Dot, typename Table::Geometry, Points, Vectors> products;
    MOTE_UNROLL
    for (int p = 0; p < Points; ++p) {
        MOTE_UNROLL
        for (int v = 0; v < Vectors; ++v)
            products.sums[p][v] = vld1q_s32(table.bias + (block + v) * lanes);
    }
    products.add_runs(in, table.weights + block * Table::steps * step_size);
    auto& sums = products.sums;
    MOTE_UNROLL
    for (int v = 0; v < Vectors; ++v) {
        const Scale scale = load_scale(table.scaling, (block + v) * lanes);
        MOTE_UNROLL
        for (int p = 0; p < Points; ++p) sums[p][v] = scaled<PolicyOf<Spec>>(sums[p][v], scale);
    }
    out += block_start(block, lanes, outputs);
    MOTE_UNROLL
    for (int p = 0; p < Points; ++p) {
        int8_t* const to = out + p * outputs;
        if constexpr (Vectors == 4) {
            vst1q_s8(to, narrow<Spec>(sums[p][0], sums[p][1], sums[p][2], sums[p][3]));
        } else if constexpr (Vectors == 2) {
            vst1_s8(to, narrow<Spec>(sums[p][0], sums[p][1]));
        } else {
            const int8x8_t bytes = narrow<Spec>(sums[p][0], sums[p][0]);
            __builtin_memcpy(to, &bytes, outputs < lanes ? outputs : lanes);
        }
    }
}

template <class Spec, int Count, int Vectors, class Table>
MOTE_INLINE void multiply_group(const Table& table, int block, const int8_t* in, int8_t* out) {
    constexpr int points = points_of<typename Table::Dot>(Count, Vectors);
    for (int from = 0; from < Count; from += points) {
        const int at = detail::smaller(from, Count - points);
        multiply_block<Spec, points, Vectors>(table, block, in + at * Table::Geometry::point_step,
                                              out + at * Spec::Weights::outputs);
    }
}

/// All outputs of `Count` points.
template <class Spec, int Count, class Table>
MOTE_INLINE void multiply_points(const Table& table, const int8_t* in, int8_t* out) {
    constexpr int outputs = Spec::Weights::outputs;
    constexpr int full = outputs / lanes;
    constexpr int vectors = Table::vectors;
    for (int block = 0; block + vectors <= full; block += vectors)
        multiply_group<Spec, Count, vectors>(table, block, in, out);
    if constexpr (full % vectors >= 2)
        multiply_group<Spec, Count, 2>(table, full / vectors * vectors, in, out);
    if constexpr (full % 2 == 1) multiply_group<Spec, Count, 1>(table, full - 1, in, out);
    if constexpr (outputs % lanes != 0) multiply_group<Spec, Count, 1>(table, full, in, out);
}

template <int32_t Count>
MOTE_INLINE void copy(const int8_t* from, int8_t* to) {
    if constexpr (Count <= 16) {
        __builtin_memcpy(to, from, Count);
    } else {
        for (int32_t i = 0; i + 16 <= Count; i += 16) vst1q_s8(to + i, vld1q_s8(from + i));
        if (Count % 16 != 0) vst1q_s8(to + (Count - 16), vld1q_s8(from + (Count - 16)));
    }
}

template <int32_t Count>
MOTE_INLINE void fill(int8_t* to, int value) {
    const int8x16_t values = vdupq_n_s8(static_cast<int8_t>(value));
    if constexpr (Count <= 16) {
        __builtin_memcpy(to, &values, Count);
    } else {
        for (int32_t i = 0; i + 16 <= Count; i += 16) vst1q_s8(to + i, values);
        if (Count % 16 != 0) vst1q_s8(to + (Count - 16), values);
    }
}

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

/// A matrix takes its points row by row, since a row of outputs may take the place of inputs before
/// it. Narrow rows are copied to the stack, some together; others are read where they are, unless
/// the number of inputs is no multiple of four.
template <class Spec>
struct Points {
    static constexpr int outputs = Spec::Weights::outputs;
    static constexpr int32_t inputs = Spec::Weights::count / outputs;
    static constexpr int32_t step = (inputs + 3) / 4 * 4;
    static constexpr int row = Spec::Output::Shape::width;
    static constexpr int height = Spec::Output::Shape::height;
    static constexpr int rows = row > 2 ? 1 : detail::smaller(8 / row, height);
    static constexpr int together = rows * row;

    template <class Dot>
    using Packed = PackedBlocks<Spec, ByOutput, Dot, Geometry<1, 1, inputs, 0, 0, step>, together>;

    template <int Count, class Table>
    static MOTE_INLINE void multiply_copied(const Table& table, const int8_t* in, int8_t* out) {
        alignas(16) int8_t copies[static_cast<size_t>(Count * step)];
        if constexpr (inputs == step) {
            copy<Count * step>(in, copies);
        } else {
            for (int p = 0; p < Count; ++p) {
                copy<inputs>(in + p * inputs, copies + p * step);
                fill<step - inputs>(copies + p * step + inputs, 0);
            }
        }
        multiply_points<Spec, Count>(table, copies, out);
    }

    template <class Table>
    static MOTE_INLINE void multiply(const Table& table, const int8_t* in, int8_t* out,
                                     int32_t points) {
        if constexpr (rows > 1)
            for (; points >= together;
                 points -= together, in += together * inputs, out += together * outputs)
                multiply_copied<together>(table, in, out);
        for (; points > 0; points -= row, in += row * inputs, out += row * outputs) {
            if constexpr (inputs == step)
                multiply_points<Spec, row>(table, in, out);
            else
                multiply_copied<row>(table, in, out);
        }
    }
};

// Depthwise, eight channels at a time.

constexpr int slice = 8;

/// Factors[blocks][columns][groups of rows][channels][rows of a group].
template <class Dot, int Channels, int Height, int Width>
struct Columns {
    using Element = int8_t;
    static constexpr bool flipped = false;
    static constexpr int groups = ceil_divide(Height, Dot::interleaved);
    static constexpr int32_t row_size = slice * Dot::interleaved;
    static constexpr int32_t rows = ceil_divide(Channels, slice) * Width * groups;

    static constexpr int32_t output_of(int32_t place) { return place / Dot::interleaved; }
    static constexpr int32_t tap_of(int32_t place) { return place % Dot::interleaved * Width; }
    static constexpr Row row(int32_t index) {
        const int32_t channel =
            block_start(detail::as_int(index / (Width * groups)), slice, Channels);
        const int32_t above = index % groups * Dot::interleaved;
        return {channel, above * Width + index / groups % Width, Channels - channel,
                (Height - above) * Width};
    }
};

template <class DotType, int Channels, int Height, int Width>
struct alignas(16) DepthwiseTable {
    using Dot = DotType;
    using Layout = Columns<Dot, Channels, Height, Width>;
    static constexpr int blocks = ceil_divide(Channels, slice);
    static constexpr int groups = Layout::groups;
    static constexpr int steps = Width * groups;
    /// Bytes of a step.
    static constexpr int size = Layout::row_size;

    ChannelArray<int32_t, blocks * slice> bias;
    Scaling<blocks * slice> scaling;
    WeightBlocks<Layout> factors;
};

template <class Spec, class Dot>
struct PackedChannels {
    using Weights = typename Spec::Weights;
    using Table = DepthwiseTable<Dot, Weights::outputs, Spec::kernel_height, Spec::kernel_width>;
    static constexpr Table value = {
        PackedBiases<Spec, ByTap, slice>::value, PackedScaling<Spec, slice>::value,
        detail::Assembled<Packed<Weights, ByTap, typename Table::Layout>>::value};
};

/// As many points as their sums leave registers for.
constexpr int depthwise_points(int width) {
    int best = 1;
    for (int points = 2; points <= detail::smaller(width, 5); ++points)
        if (ceil_divide(width, points) * (points + 1) < ceil_divide(width, best) * (best + 1))
            best = points;
    return best;
}

/// Eight channels of an output row, some points at a time: each column that their windows see is
/// loaded once.
template <class Spec, class Table>
struct DepthwiseSlice {
    using Dot = typename Table::Dot;
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr int in_width = Spec::Input::Shape::width;
    static constexpr int width = Spec::Output::Shape::width;
    static constexpr int height = Spec::kernel_height;
    static constexpr int zero = Spec::Input::Quantization::zero_point;
    static constexpr int points = depthwise_points(width);
    /// Columns that the windows of some points see, and of a row beyond the map's right end.
    static constexpr int reach = (Spec::kernel_width - 1) * Spec::dilation_width;
    static constexpr int columns = (points - 1) * Spec::stride_width + reach + 1;
    static constexpr int right =
        (width - 1) * Spec::stride_width + reach - Spec::left - in_width + 1;
    using Column = typename Dot::template Column<height>;

    typename Dot::Sums sums[static_cast<size_t>(points)];

    template <int Index, int Tap>
    MOTE_INLINE void add_tap(const Column& column, const int8_t* factors) {
        constexpr int from = Index - Tap * Spec::dilation_width;
        constexpr int point = from / Spec::stride_width;
        if constexpr (from >= 0 && from % Spec::stride_width == 0 && point < points)
            sums[point].template add<Tap, Spec::kernel_width - 1>(
                column, factors + Tap * Table::groups * Table::size);
    }
    template <int Index, int... Taps>
    MOTE_INLINE void add_column(const int8_t* const* rows, int left, const int8_t* factors,
                                detail::sequence<Taps...>) {
        // The other columns are inside for every point.
        const bool outside = (Index < Spec::left && left + Index < 0) ||
                             (Index >= columns - right && left + Index >= in_width);
        const Column column =
            outside ? Column(vdup_n_s8(zero)) : Column(rows, (left + Index) * channels);
        (add_tap<Index, Taps>(column, factors), ...);
    }
    template <int... Indices>
    MOTE_INLINE void add_columns(const int8_t* const* rows, int left, const int8_t* factors,
                                 detail::sequence<Indices...>) {
        (add_column<Indices>(rows, left, factors, detail::make_sequence_t<Spec::kernel_width>{}),
         ...);
    }

    MOTE_INLINE void compute(const Table& table, const int8_t* const* rows, int8_t* out) {
        // Stands in for rows outside the map.
        alignas(16) int8_t padding[static_cast<size_t>((in_width - 1) * channels + slice)];
        bool whole = true;
        for (int r = 0; r < height; ++r) whole = whole && rows[r];
        if (!whole) fill<sizeof(padding)>(padding, zero);
        for (int block = 0; block < Table::blocks; ++block) {
            const int slot = block * slice;
            const int channel = block_start(block, slice, channels);
            const int8_t* under[static_cast<size_t>(height)];
            MOTE_UNROLL
            for (int r = 0; r < height; ++r) under[r] = rows[r] ? rows[r] + channel : padding;
            for (int from = 0; from < width; from += points) {
                const int x = detail::smaller(from, width - points);
                MOTE_UNROLL
                for (int p = 0; p < points; ++p) {
                    sums[p].low = vld1q_s32(table.bias + slot);
                    sums[p].high = vld1q_s32(table.bias + slot + lanes);
                }
                add_columns(under, x * Spec::stride_width - Spec::left,
                            table.factors + block * Table::steps * Table::size,
                            detail::make_sequence_t<columns>{});
                const Scale low = load_scale(table.scaling, slot);
                const Scale high = load_scale(table.scaling, slot + lanes);
                MOTE_UNROLL
                for (int p = 0; p < points; ++p)
                    vst1_s8(out + (x + p) * channels + channel,
                            narrow<Spec>(scaled<PolicyOf<Spec>>(sums[p].low, low),
                                         scaled<PolicyOf<Spec>>(sums[p].high, high)));
            }
        }
    }
};

/// One input channel makes a convolution; few channels, or some outputs of each of many, are left
/// to plain C++.
template <class Spec>
struct Depthwise {
    static constexpr int channels = Spec::Input::Shape::channels;
    static constexpr bool is_convolution = channels == 1;
    static constexpr bool is_sliced = channels == Spec::Weights::outputs && channels >= slice;
    static constexpr bool here = is_convolution || is_sliced;
};

template <class Spec, class Dot>
constexpr const auto& pack_any_depthwise() {
    if constexpr (Depthwise<Spec>::is_sliced)
        return PackedChannels<Spec, Dot>::value;
    else
        return PackedWindows<Spec, ByTap, Dot>::value;
}

}  // namespace neon

// The kernels

template <class Spec>
constexpr const auto& pack_convolution(arch::arm_neon) {
    return neon::PackedWindows<Spec, ByOutput, neon::WordsOf<Spec>>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void convolve_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                arch::arm_neon) {
    neon::convolve<Spec>(table, rows, out);
}

template <class Spec, class = detail::enable_if_t<neon::Depthwise<Spec>::here>>
constexpr const auto& pack_depthwise(arch::arm_neon) {
    return neon::pack_any_depthwise<Spec, neon::WordsOf<Spec>>();
}

template <class Spec, class Table, class = detail::enable_if_t<neon::Depthwise<Spec>::here>>
MOTE_NOINLINE void depthwise_row(const Table& table, const int8_t* const* rows, int8_t* out,
                                 arch::arm_neon) {
    if constexpr (neon::Depthwise<Spec>::is_sliced) {
        neon::DepthwiseSlice<Spec, Table> slice;
        slice.compute(table, rows, out);
    } else {
        neon::convolve<Spec>(table, rows, out);
    }
}

template <class Spec>
constexpr const auto& pack_matrix(arch::arm_neon) {
    return neon::Points<Spec>::template Packed<neon::WordsOf<Spec>>::value;
}

template <class Spec, class Table>
MOTE_NOINLINE void multiply_matrix(const Table& table, const int8_t* in, int8_t* out,
                                   int32_t points, arch::arm_neon) {
    neon::Points<Spec>::multiply(table, in, out, points);
}

// Element by element, and pools

namespace neon {

/// scale() for one multiplier.
template <int32_t Value, int Shift>
MOTE_INLINE int32x4_t scaled_by(int32x4_t values, rounding::Double) {
    if constexpr (Shift > 0) values = vshlq_n_s32(values, Shift);
    values = vqrdmulhq_n_s32(values, Value);
    if constexpr (Shift < 0) {
        values = vsraq_n_s32(values, values, 31);
        values = vrshlq_s32(values, vdupq_n_s32(Shift));
    }
    return values;
}
template <int32_t Value, int Shift>
MOTE_INLINE int32x4_t scaled_by(int32x4_t values, rounding::Single) {
    const Scale scale{vdupq_n_s32(Value), vdupq_n_s32(0), vdupq_n_s32(Shift - 31)};
    return scaled<Policy<false, false, false, rounding::Single>>(values, scale);
}

/// Differences of 16 bytes and a zero point, as words.
struct Differences {
    int16x8_t low, high;

    MOTE_INLINE Differences(const int8_t* from, int zero) {
        const int8x16_t bytes = vld1q_s8(from);
        const int8x16_t zeros = vdupq_n_s8(static_cast<int8_t>(zero));
        low = vsubl_s8(vget_low_s8(bytes), vget_low_s8(zeros));
        high = vsubl_high_s8(bytes, zeros);
    }
};

/// result(words) of four elements at a time.
template <class Spec, class Result>
MOTE_INLINE void store_elements(int8_t* out, Result result) {
    vst1q_s8(out, narrow<Spec>(result(0), result(1), result(2), result(3)));
}

/// Four of 16 words, widened.
MOTE_INLINE int32x4_t four_of(const Differences& words, int four) {
    const int16x8_t half = four < 2 ? words.low : words.high;
    return four % 2 == 0 ? vmovl_s16(vget_low_s16(half)) : vmovl_high_s16(half);
}

}  // namespace neon

template <class Spec>
MOTE_NOINLINE void add(const int8_t* left, const int8_t* right, int8_t* out, int32_t count,
                       arch::arm_neon) {
    using Rounding = typename Spec::Rounding;
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const neon::Differences first(left + i, Spec::left_zero);
        const neon::Differences second(right + i, Spec::right_zero);
        neon::store_elements<Spec>(out + i, [&](int four) MOTE_INLINE_LAMBDA {
            const int32x4_t sum = vaddq_s32(
                neon::scaled_by<Spec::left_multiplier.value, Spec::left_multiplier.shift>(
                    vshlq_n_s32(neon::four_of(first, four), Spec::headroom), Rounding{}),
                neon::scaled_by<Spec::right_multiplier.value, Spec::right_multiplier.shift>(
                    vshlq_n_s32(neon::four_of(second, four), Spec::headroom), Rounding{}));
            return neon::scaled_by<Spec::sum_multiplier.value, Spec::sum_multiplier.shift>(
                sum, Rounding{});
        });
    }
    add<Spec>(left + i, right + i, out + i, count - i, arch::portable{});
}

template <class Spec>
MOTE_NOINLINE void rescale(const int8_t* in, int8_t* out, int32_t count, arch::arm_neon) {
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const neon::Differences values(in + i, Spec::Input::Quantization::zero_point);
        neon::store_elements<Spec>(out + i, [&](int four) MOTE_INLINE_LAMBDA {
            return neon::scaled_by<Spec::multiplier.value, Spec::multiplier.shift>(
                neon::four_of(values, four), typename Spec::Rounding{});
        });
    }
    rescale<Spec>(in + i, out + i, count - i, arch::portable{});
}

// Windows up to here: words hold every sum, and single precision tells every quotient from a whole
// number.
template <class Spec,
          class = detail::enable_if_t<(Spec::Input::Shape::channels >= 8 &&
                                       Spec::kernel_height * Spec::kernel_width <= 256)>>
MOTE_NOINLINE void average_row(const int8_t* const* rows, int8_t* out, arch::arm_neon) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        int count = 0;
        for (int ky = 0; ky < Spec::kernel_height; ++ky) count += rows[ky] ? to - from : 0;
        const float32x4_t divisor = vdupq_n_f32(static_cast<float>(count));
        const int32x4_t half = vdupq_n_s32(count / 2);
        const auto mean = [&](int32x4_t sum) MOTE_INLINE_LAMBDA {
            const int32x4_t sign = vshrq_n_s32(sum, 31);
            const int32x4_t away = vaddq_s32(sum, vsubq_s32(veorq_s32(half, sign), sign));
            return vcvtq_s32_f32(vdivq_f32(vcvtq_f32_s32(away), divisor));
        };
        for (int first = 0; first < channels; first += 8) {
            const int c = detail::smaller(first, channels - 8);
            int16x8_t sums = vdupq_n_s16(0);
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    sums = vaddw_s8(sums, vld1_s8(rows[ky] + column * channels + c));
            }
            const int16x8_t means = vqmovn_high_s32(vqmovn_s32(mean(vmovl_s16(vget_low_s16(sums)))),
                                                    mean(vmovl_high_s16(sums)));
            vst1_s8(out + c, vmin_s8(vmax_s8(vqmovn_s16(means), vdup_n_s8(Spec::range.low)),
                                     vdup_n_s8(Spec::range.high)));
        }
    }
}

template <class Spec, class = detail::enable_if_t<(Spec::Input::Shape::channels >= 16)>>
MOTE_NOINLINE void maximum_row(const int8_t* const* rows, int8_t* out, arch::arm_neon) {
    constexpr int channels = Spec::Input::Shape::channels;
    for (int x = 0; x < Spec::Output::Shape::width; ++x, out += channels) {
        const int left = x * Spec::stride_width - Spec::left;
        const int from = detail::larger(left, 0);
        const int to = detail::smaller(left + Spec::kernel_width, Spec::Input::Shape::width);
        for (int first = 0; first < channels; first += 16) {
            const int c = detail::smaller(first, channels - 16);
            int8x16_t largest = vdupq_n_s8(Spec::range.low);
            for (int ky = 0; ky < Spec::kernel_height; ++ky) {
                if (!rows[ky]) continue;
                for (int column = from; column < to; ++column)
                    largest = vmaxq_s8(largest, vld1q_s8(rows[ky] + column * channels + c));
            }
            vst1q_s8(out + c, vminq_s8(largest, vdupq_n_s8(Spec::range.high)));
        }
    }
}

// Layers that are fed row by row

MOTE_NOINLINE inline void add_pixels(const int8_t* in, int pixels, int channels, int32_t* state,
                                     arch::arm_neon) {
    int c = 0;
    for (; c + 8 <= channels; c += 8) {
        int32x4_t low = vld1q_s32(state + c);
        int32x4_t high = vld1q_s32(state + c + 4);
        const int8_t* from = in + c;
        for (int first = 0; first < pixels; first += 256) {
            // Words hold the sum of 256 bytes.
            int16x8_t sums = vdupq_n_s16(0);
            for (int p = detail::smaller(pixels - first, 256); p > 0; --p, from += channels)
                sums = vaddw_s8(sums, vld1_s8(from));
            low = vaddw_s16(low, vget_low_s16(sums));
            high = vaddw_high_s16(high, sums);
        }
        vst1q_s32(state + c, low);
        vst1q_s32(state + c + 4, high);
    }
    for (; c < channels; ++c)
        for (int p = 0; p < pixels; ++p) state[c] += in[p * channels + c];
}

/// Sums of products run along the inputs, so weights stay in the file's order.
template <class Spec>
constexpr const auto& pack_products(arch::arm_neon) {
    return TableInOrder<Spec>::value;
}

namespace neon {

template <class Dot, int Outputs, int32_t Depth>
MOTE_INLINE void add_products_of(const int8_t* weights, const int8_t* in, int32_t count,
                                 int32_t* state) {
    int32x4_t sums[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) sums[o] = vdupq_n_s32(0);
    int32_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const int8x16_t inputs = vld1q_s8(in + i);
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o)
            sums[o] = Dot::add(sums[o], inputs, vld1q_s8(weights + o * Depth + i));
    }
    MOTE_UNROLL
    for (int o = 0; o < Outputs; ++o) state[o] += vaddvq_s32(sums[o]);
    for (; i < count; ++i) {
        MOTE_UNROLL
        for (int o = 0; o < Outputs; ++o) state[o] += in[i] * weights[o * Depth + i];
    }
}

template <class Spec, class Dot>
MOTE_INLINE void add_products(const int8_t* weights, const int8_t* in, int32_t count,
                              int32_t* state) {
    constexpr int32_t depth = Spec::Weights::depth;
    constexpr int rest = Spec::Weights::outputs % 4;
    for (int o = 0; o + 4 <= Spec::Weights::outputs; o += 4, state += 4, weights += 4 * depth)
        add_products_of<Dot, 4, depth>(weights, in, count, state);
    if constexpr (rest != 0) add_products_of<Dot, rest, depth>(weights, in, count, state);
}

}  // namespace neon

template <class Spec, class Table>
MOTE_NOINLINE void add_products(const Table& table, const int8_t* in, int32_t first, int32_t count,
                                int32_t* state, arch::arm_neon) {
    neon::add_products<Spec, neon::WordsOf<Spec>>(table.weights + first, in, count, state);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote

#endif
