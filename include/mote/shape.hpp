#pragma once

#include <stdint.h>

namespace mote {

/// Height, width and channels of one feature map (batch 1, NHWC as in TensorFlow Lite).
template <int Height, int Width, int Channels>
struct Shape {
    static_assert(Height > 0 && Width > 0 && Channels > 0,
                  "Shape: height, width and channels start at 1");
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int channels = Channels;
    static constexpr int row_size = Width * Channels;
    static constexpr int32_t size = int32_t{Height} * row_size;
};

}  // namespace mote
