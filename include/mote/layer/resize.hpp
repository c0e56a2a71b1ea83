// Other heights and widths of maps: the nearest pixel, or what lies between the four around.
//
// Height, Width  the output's; `Batch` maps stand below each other
// Formula        tensorflow/lite/kernels/internal/reference/resize_nearest_neighbor.h,
//                resize_bilinear.h (integers)
#pragma once

#include "../kernel/kernel.hpp"
#include "move.hpp"

namespace mote {

/// How output pixels lie on the input's.
enum class Pixels : int { corners, aligned_corners, half_centers, aligned_half_centers };

namespace resize {

constexpr bool aligned(Pixels pixels) {
    return pixels == Pixels::aligned_corners || pixels == Pixels::aligned_half_centers;
}
constexpr bool half(Pixels pixels) {
    return pixels == Pixels::half_centers || pixels == Pixels::aligned_half_centers;
}

/// The input index that is nearest to output index `index`, in the reference's single precision.
constexpr int32_t nearest(int32_t index, int32_t input, int32_t output, Pixels pixels) {
    const float scale = aligned(pixels) && output > 1
                            ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                            : static_cast<float>(input) / static_cast<float>(output);
    const float at = (static_cast<float>(index) + (half(pixels) ? 0.5f : 0.0f)) * scale;
    int32_t found = static_cast<int32_t>(at);
    if (aligned(pixels) && at - static_cast<float>(found) >= 0.5f) ++found;
    return found < input - 1 ? found : input - 1;
}

/// Along an axis, in the reference's 1024ths.
constexpr kernel::Spacing spacing(int32_t input, int32_t output, Pixels pixels) {
    const bool ends = aligned(pixels) && output > 1;
    const int64_t span = ends ? input - 1 : input, parts = ends ? output - 1 : output;
    const int32_t step = static_cast<int32_t>((1024 * span + parts / 2) / parts);
    return {input, step, half(pixels) ? step / 2 - 512 : 0};
}
/// Whether the last output lies inside: rounded steps may add up to more than the input.
constexpr bool stays_inside(int32_t input, int32_t output, Pixels pixels) {
    const kernel::Spacing spaces = spacing(input, output, pixels);
    const int64_t last = (static_cast<int64_t>(output) - 1) * spaces.step + spaces.first;
    return last < int64_t{1024} * input && last < 0x7fffffff - 1024;
}

}  // namespace resize

template <class From, int Batch, int Height, int Width, Pixels Kind>
struct NearestMap : SeparateAxes {
    static MOTE_INLINE constexpr const char* name() { return "ResizeNearest"; }
    static constexpr int axes() { return 4; }
    static constexpr int32_t count(int axis) {
        return Numbers<Batch, Height, Width, From::channels>::at(axis);
    }
    static constexpr int32_t from(int axis, int32_t, int32_t index) {
        return axis == 0   ? index * (From::height / Batch) * From::row_size
               : axis == 1 ? resize::nearest(index, From::height / Batch, Height, Kind) *
                                 int32_t{From::row_size}
               : axis == 2
                   ? resize::nearest(index, From::width, Width, Kind) * int32_t{From::channels}
                   : index;
    }
};

template <int Height, int Width, Pixels Kind = Pixels::corners, int Batch = 1>
struct ResizeNearest {
    static MOTE_INLINE constexpr const char* name() { return "ResizeNearest"; }
    template <class Arch, class Input>
    using On = typename Move<
        Shape<Height * Batch, Width, Input::Shape::channels>,
        NearestMap<typename Input::Shape, Batch, Height, Width, Kind>>::template On<Arch, Input>;
};

template <int Height, int Width, Pixels Kind = Pixels::corners, int Batch = 1>
struct ResizeBilinear {
    static MOTE_INLINE constexpr const char* name() { return "ResizeBilinear"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<int8_t, Shape<Height * Batch, Width, Input::Shape::channels>,
                              typename Input::Quantization>;

        static constexpr int input_height = Input::Shape::height / Batch;
        static_assert(resize::stays_inside(input_height, Height, Kind) &&
                          resize::stays_inside(Input::Shape::width, Width, Kind),
                      "ResizeBilinear: a few pixels become so many that rounded steps lead beyond "
                      "the last one; resize in two steps");
        static constexpr kernel::Spacing down = resize::spacing(input_height, Height, Kind);
        static constexpr kernel::Spacing across = resize::spacing(Input::Shape::width, Width, Kind);
        static constexpr RowWindow window = all_rows(Input::Shape::height);
        static constexpr int32_t macs = 0;

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::bilinear_row<On>(nullptr, nullptr, 0, nullptr, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last; ++row) {
                const int map = row / Height * input_height;
                const kernel::Between rows = down.at(row % Height);
                kernel::bilinear_row<On>(in.row(map + static_cast<int>(rows.lower)),
                                         in.row(map + static_cast<int>(rows.upper)), rows.part,
                                         out.row(row), Arch{});
            }
        }
    };
};

/// Each pixel as so many rows and columns.
template <int Height, int Width = Height>
struct UpSampling2D {
    static MOTE_INLINE constexpr const char* name() { return "UpSampling2D"; }
    template <class Arch, class Input>
    using On = typename ResizeNearest<Input::Shape::height * Height,
                                      Input::Shape::width * Width>::template On<Arch, Input>;
};

}  // namespace mote
