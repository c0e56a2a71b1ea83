// The input inside a border of `Value` (the zero point, which stands for 0, unless given).
//
// Shape    in Shape<H, W, C>; out Shape<H + top + bottom, W + left + right, C + front + back>.
// Formula  tensorflow/lite/kernels/internal/reference/pad.h
#pragma once

#include "../kernel/kernel.hpp"
#include "window.hpp"

namespace mote {

/// Sizes of a border, in rows, columns and channels.
template <int Top, int Bottom, int Left = Top, int Right = Bottom, int Front = 0, int Back = 0>
struct Border {
    static_assert(Top >= 0 && Bottom >= 0 && Left >= 0 && Right >= 0 && Front >= 0 && Back >= 0,
                  "Pad: a border cannot be negative; to crop a map is not supported");
    static constexpr int top = Top, bottom = Bottom, left = Left, right = Right, front = Front,
                         back = Back;
};

/// The quantized value that stands for the real 0.
struct ZeroPoint {
    template <class Quantization>
    static constexpr int value() {
        return Quantization::zero_point;
    }
};
template <int Quantized>
struct Value {
    template <class Quantization>
    static constexpr int value() {
        return Quantized;
    }
};

template <class Border, class Fill = ZeroPoint>
struct Pad {
    static MOTE_INLINE constexpr const char* name() { return "Pad"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using From = typename Input::Shape;
        using Output = Tensor<int8_t,
                              Shape<From::height + Border::top + Border::bottom,
                                    From::width + Border::left + Border::right,
                                    From::channels + Border::front + Border::back>,
                              typename Input::Quantization>;

        static constexpr RowWindow window{1, 1, 1, Border::top};
        static constexpr int32_t macs = 0;
        static constexpr int8_t fill =
            static_cast<int8_t>(Fill::template value<typename Input::Quantization>());

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::copy(nullptr, nullptr, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            using To = typename Output::Shape;
            for (int row = first; row < last; ++row) {
                MOTE_VARIABLE(row);
                int8_t* to = out.row(row);
                kernel::fill(to, fill, To::row_size, Arch{});
                const int from = row - Border::top;
                if (from < 0 || from >= From::height) continue;
                const int8_t* values = in.row(from);
                to += Border::left * To::channels + Border::front;
                if (From::channels == To::channels) {
                    kernel::copy(values, to, From::row_size, Arch{});
                    continue;
                }
                for (int x = 0; x < From::width; ++x) {
                    MOTE_VARIABLE(x);
                    kernel::copy(values + x * From::channels, to + x * To::channels, From::channels,
                                 Arch{});
                }
            }
        }
    };
};

}  // namespace mote
