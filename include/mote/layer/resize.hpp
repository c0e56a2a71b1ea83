// Other heights and widths of maps: the nearest pixel.
//
// Height, Width  the output's; `batch` maps stand below each other
// Formula        tensorflow/lite/kernels/internal/reference/resize_nearest_neighbor.h
#pragma once

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

/// Each pixel as so many rows and columns.
template <int Height, int Width = Height>
struct UpSampling2D {
    static MOTE_INLINE constexpr const char* name() { return "UpSampling2D"; }
    template <class Arch, class Input>
    using On = typename ResizeNearest<Input::Shape::height * Height,
                                      Input::Shape::width * Width>::template On<Arch, Input>;
};

}  // namespace mote
