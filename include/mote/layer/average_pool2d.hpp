// out[y][x][c] = clamp(round(mean over the window of in[...][...][c])); cells outside the map do
//                not count, halves are rounded away from zero
//
// Shape    in Shape<H, W, C>; out as Conv2D, channels C; the quantization is the input's.
// Formula  tensorflow/lite/kernels/internal/reference/integer_ops/pooling.h
#pragma once

#include "../kernel/kernel.hpp"
#include "activation.hpp"
#include "pixels.hpp"
#include "window.hpp"

namespace mote {

template <class Pool, class Strides = mote::Strides<Pool::height, Pool::width>,
          class Padding = Valid, class Activation = Linear>
struct AveragePool2D {
    static MOTE_INLINE constexpr const char* name() { return "AveragePool2D"; }

    template <int Low, int High>
    using Clamped = AveragePool2D<Pool, Strides, Padding, Within<Activation, Low, High>>;

    template <class ArchType, class InputType>
    struct On : Sliding<InputType, Pool::height, Pool::width, Strides, mote::Dilation<1>, Padding> {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, typename On::template Map<Input::Shape::channels>,
                              typename Input::Quantization>;

        static constexpr Range range = Activation::template range<typename Output::Quantization>();
        static constexpr int32_t macs = 0;

        static constexpr bool accumulates = On::covers_all;
        static constexpr int32_t state_bytes = Input::Shape::channels * int32_t{4};

        static void begin(int32_t* state) {
            kernel::start(state, 0, Input::Shape::channels, Arch{});
        }
        static void accumulate(const int8_t* values, int32_t first, int32_t count, int32_t* state) {
            take_pixels<On>(values, first, count, state);
        }
        template <class Tag>
        static void take(const int8_t* values, int pixels, int channels, int32_t* state, Tag tag) {
            kernel::add_pixels(values, pixels, channels, state, tag);
        }
        static void finish(const int32_t* state, int8_t* out) {
            constexpr int32_t pixels = Input::size / Input::Shape::channels;
            for (int c = 0; c < Input::Shape::channels; ++c)
                out[c] = kernel::clamp(kernel::rounded_quotient(state[c], pixels), range.low,
                                       range.high);
        }

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::average_row<On>(nullptr, nullptr, tag));
        template <class Tag>
        static auto pick_accumulator(Tag tag)
            -> decltype(kernel::add_pixels(nullptr, 0, 0, nullptr, tag));

        static constexpr int32_t table_bytes() { return 0; }
        static constexpr int32_t accumulator_bytes() { return 0; }

        using Along =
            typename LaidDown<On::is_column,
                              AveragePool2D<Exchanged<mote::Pool, Pool>,
                                            Exchanged<mote::Strides, Strides>, Padding, Activation>,
                              ArchType, InputType>::type;

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row)
                kernel::average_row<On>(On::under(in, row).rows, out.row(row), Arch{});
        }
    };
};

}  // namespace mote
