// Mean, Sum       out[k] = saturate(zero + scale_in / scale_out / n * (sum over r of
//                          in[k, r] - n * in_zero)), n values to an output; a sum without the / n
// ReduceMax       out[k] = largest of in[k, r] over r
// ReduceMin       out[k] = smallest
//
// k counts along the axes that are kept, r along those that are reduced.
//
// Affine   the output's scale and zero point; of ReduceMax and ReduceMin the input's.
// Axes     Axes<0, 1>: height and width; from the end with negative numbers. AxesOf: of a tensor
//          with any dimensions.
// To       the output's shape, of as many values as the kept axes have; the input's with 1 for each
//          reduced axis unless given.
// Formula  tensorflow/lite/kernels/internal/reference/reduce.h (QuantizedMeanOrSum)
#pragma once

#include "../kernel/kernel.hpp"
#include "pixels.hpp"
#include "window.hpp"

namespace mote {

/// A tensor's dimensions, how many of the last ones make a row, and a bit for each reduced axis.
struct ReducedAxes {
    int32_t sizes[6];
    int rank;
    int in_row;
    uint32_t bits;

    constexpr bool reduces(int axis) const { return (bits >> axis & 1) != 0; }

    /// Those from axis `first` on.
    constexpr kernel::Reduction from(int first) const {
        kernel::Reduction result{{1, 1, 1, 1}, {1, 1, 1}};
        int place = 3;
        bool reducing = false;
        for (int axis = rank - 1; axis >= first; --axis) {
            if (sizes[axis] != 1) {
                if (!reduces(axis) && reducing) --place;
                reducing = reduces(axis);
                if (reducing)
                    result.reduced[place - 1] *= sizes[axis];
                else
                    result.kept[place] *= sizes[axis];
            }
        }
        return result;
    }
    constexpr int rows_from() const { return rank - in_row; }
    constexpr bool keeps_rows() const {
        for (int axis = 0; axis < rows_from(); ++axis)
            if (reduces(axis) && sizes[axis] != 1) return false;
        return true;
    }
};

namespace check {
template <int Rank, int Axis>
struct axis_of {
    static_assert(Axis >= -Rank && Axis < Rank,
                  "an axis lies outside of the tensor: 0 is the height, 1 the width, 2 the "
                  "channels; negative ones count from the end");
    static constexpr uint32_t bit = uint32_t{1} << ((Axis < 0 ? Axis + Rank : Axis) & 7);
};
}  // namespace check

/// Axes of Shape<height, width, channels>.
template <int... Indices>
struct Axes {
    template <class Shape>
    static constexpr ReducedAxes of() {
        return {{Shape::height, Shape::width, Shape::channels, 1, 1, 1},
                3,
                2,
                (uint32_t{0} | ... | check::axis_of<3, Indices>::bit)};
    }
};

/// Axes of a tensor with dimensions of its own: a bit for each of `Sizes`.
template <uint32_t Bits, int32_t... Sizes>
struct AxesOf {
    template <class Shape>
    static constexpr ReducedAxes of() {
        constexpr int rank = static_cast<int>(sizeof...(Sizes));
        constexpr int in_row = Shape::width == 1 ? 1 : 2;
        return {{Sizes...}, rank, rank < in_row ? rank : in_row, Bits};
    }
};

namespace check {
template <class Shape, bool Height, bool Width, bool Channels>
using KeptShape = mote::Shape<Height ? 1 : Shape::height, Width ? 1 : Shape::width,
                              Channels ? 1 : Shape::channels>;
template <long Values, long Kept>
struct kept_size {
    static constexpr bool value = true;
    static_assert(Values == Kept,
                  "a reduction's output shape holds another number of values than the axes that "
                  "are kept; leave it out to keep all dimensions");
};
}  // namespace check

/// `To`, or what is left of `Shape` if that is void.
template <class Shape, class Axes, class To>
struct ReducedShape {
    using type = To;
};
template <class Shape, class Axes>
struct ReducedShape<Shape, Axes, void> {
    static constexpr ReducedAxes all = Axes::template of<Shape>();
    using type = check::KeptShape<Shape, all.reduces(0), all.reduces(1), all.reduces(2)>;
};

/// `Function`: what becomes of the values that lead to one output; see below.
template <class Function, class Axes, class To = void>
struct Reduce {
    static MOTE_INLINE constexpr const char* name() { return Function::name(); }

    template <class ArchType, class InputType>
    struct On : Rowwise {
       private:
        static constexpr ReducedAxes all = Axes::template of<typename InputType::Shape>();

       public:
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, typename ReducedShape<typename Input::Shape, Axes, To>::type,
                              typename Function::template Quantization<Input>>;

        /// Whether output row r needs input row r alone.
        static constexpr bool by_row =
            all.keeps_rows() && Output::Shape::height == Input::Shape::height;
        static constexpr kernel::Reduction axes = all.from(by_row ? all.rows_from() : 0);
        static constexpr RowWindow window = by_row ? same_row() : all_rows(Input::Shape::height);
        static constexpr int32_t macs = 0;
        static constexpr int32_t kept = axes.outputs() * (by_row ? Input::Shape::height : 1);
        static_assert(check::kept_size<Output::size, kept>::value, "the reason stands above");

       private:
        using Made = typename Function::template Of<Input, Output, axes.count()>;

       public:
        static constexpr int32_t start = Made::start;
        static MOTE_INLINE constexpr int32_t joined(int32_t state, int8_t value) {
            return Made::joined(state, value);
        }
        static MOTE_INLINE int8_t finished(int32_t state) { return Made::finished(state); }

        static constexpr bool accumulates =
            !by_row && axes.takes_pixels() && Output::Shape::height == 1;
        static constexpr int32_t state_bytes = Output::size * int32_t{4};

        static void begin(int32_t* state) {
            kernel::start(state, start, static_cast<int>(Output::size), Arch{});
        }
        static void accumulate(const int8_t* values, int32_t first, int32_t count, int32_t* state) {
            take_pixels<On, Output::size>(values, first, count, state);
        }
        template <class Tag>
        static void take(const int8_t* values, int pixels, int channels, int32_t* state, Tag tag) {
            Function::take(values, pixels, channels, state, tag);
        }
        static void finish(const int32_t* state, int8_t* out) {
            for (int i = 0; i < Output::size; ++i) out[i] = finished(state[i]);
        }

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::reduce<On>(nullptr, nullptr, 0, 0, tag));
        template <class Tag>
        static auto pick_accumulator(Tag tag)
            -> decltype(Function::take(nullptr, 0, 0, nullptr, tag));

        static constexpr int32_t table_bytes() { return 0; }
        static constexpr int32_t accumulator_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            constexpr int32_t size = Output::Shape::row_size;
            for (int row = first; row < last; ++row)
                kernel::reduce<On>(in.row(by_row ? row : 0), out.row(row), by_row ? 0 : row * size,
                                   size, Arch{});
        }
    };
};

namespace reduction {

/// 1 / count joins the multiplier; what the division leaves is cut off, as in the reference.
template <class Rounding>
constexpr Multiplier mean_of(Multiplier multiplier, int32_t count, Rounding) {
    int shift = detail::bit_length(static_cast<uint64_t>(count)) - 1;
    shift = detail::smaller(shift, 31 + multiplier.shift);
    return {static_cast<int32_t>((static_cast<int64_t>(multiplier.value) << shift) / count),
            static_cast<int8_t>(multiplier.shift - shift)};
}

/// Sums of more values might leave 32 bits.
constexpr int32_t most_values = int32_t{1} << 23;

template <class Affine, bool Mean, class Rounding>
struct Total {
    static MOTE_INLINE constexpr const char* name() { return Mean ? "Mean" : "Sum"; }

    template <class Input>
    using Quantization = typename Quantized<Affine>::type;

    template <class Input, class Output, int32_t Count>
    struct Of {
        static_assert(Count <= most_values,
                      "Mean or Sum: more than 2^23 values lead to one output; reduce the map "
                      "before, for example by a pool");
        static constexpr Multiplier ratio =
            rescaling<typename Input::Quantization, typename Output::Quantization>(Rounding{});
        static constexpr Multiplier multiplier = Mean ? mean_of(ratio, Count, Rounding{}) : ratio;

        static constexpr int32_t start = -Count * Input::Quantization::zero_point;
        static MOTE_INLINE constexpr int32_t joined(int32_t state, int8_t value) {
            return state + value;
        }
        static MOTE_INLINE int8_t finished(int32_t state) {
            return kernel::clamp(
                kernel::scale(state, multiplier.value, multiplier.shift, Rounding{}) +
                    Output::Quantization::zero_point,
                -128, 127);
        }
    };

    template <class Tag>
    static auto take(const int8_t* values, int pixels, int channels, int32_t* state, Tag tag)
        -> decltype(kernel::add_pixels(values, pixels, channels, state, tag)) {
        kernel::add_pixels(values, pixels, channels, state, tag);
    }
};

/// The largest value, or the smallest.
template <bool Largest>
struct Extreme {
    static MOTE_INLINE constexpr const char* name() { return Largest ? "ReduceMax" : "ReduceMin"; }

    template <class Input>
    using Quantization = typename Input::Quantization;

    template <class Input, class Output, int32_t Count>
    struct Of {
        static constexpr int32_t start = Largest ? -128 : 127;
        static MOTE_INLINE constexpr int32_t joined(int32_t state, int8_t value) {
            return Largest ? detail::larger<int32_t>(state, value)
                           : detail::smaller<int32_t>(state, value);
        }
        static MOTE_INLINE int8_t finished(int32_t state) { return static_cast<int8_t>(state); }
    };

    template <class Tag>
    static auto take(const int8_t* values, int pixels, int channels, int32_t* state, Tag tag)
        -> decltype(kernel::keep_largest(values, pixels, channels, state, tag)) {
        if constexpr (Largest)
            kernel::keep_largest(values, pixels, channels, state, tag);
        else
            kernel::keep_smallest(values, pixels, channels, state, tag);
    }
};

}  // namespace reduction

template <class Affine, class Axes, class To = void, class Rounding = rounding::Double>
using Mean = Reduce<reduction::Total<Affine, true, Rounding>, Axes, To>;
template <class Affine, class Axes, class To = void, class Rounding = rounding::Double>
using Sum = Reduce<reduction::Total<Affine, false, Rounding>, Axes, To>;
template <class Axes, class To = void>
using ReduceMax = Reduce<reduction::Extreme<true>, Axes, To>;
template <class Axes, class To = void>
using ReduceMin = Reduce<reduction::Extreme<false>, Axes, To>;

/// Over height and width. A sequence, Shape<time, 1, channels>, is a map of one column.
template <class Affine>
using GlobalAveragePooling2D = Mean<Affine, Axes<0, 1>>;
template <class Affine>
using GlobalAveragePooling1D = Mean<Affine, Axes<0, 1>>;
using GlobalMaxPooling2D = ReduceMax<Axes<0, 1>>;
using GlobalMaxPooling1D = ReduceMax<Axes<0, 1>>;

}  // namespace mote
