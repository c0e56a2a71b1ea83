// The trained constants of a layer written by hand, taken from constexpr arrays.
//
// A layer asks its weights for: outputs, height, width, depth, count, values(), bias(o),
// scale_bits(o). tflite/ gives the same from a file.
#pragma once

#include "../quantization.hpp"

namespace mote {

/// One scale for all output channels, or one for each.
template <const float* Scale>
struct PerTensor {
    static constexpr uint32_t scale_bits(int) { return detail::bits_of(Scale[0]); }
};
template <const float* Scales>
struct PerChannel {
    static constexpr uint32_t scale_bits(int channel) { return detail::bits_of(Scales[channel]); }
};

struct NoBias {
    static constexpr int32_t bias(int) { return 0; }
};
template <const int32_t* Values>
struct Bias {
    static constexpr int32_t bias(int channel) { return Values[channel]; }
};

/// int8 weights[Outputs][Height][Width][Depth] (convolution), weights[Height][Width][Outputs]
/// (depthwise, Depth 1) or weights[Outputs][Depth] (dense, Height and Width 1).
template <int Outputs, int Height, int Width, int Depth, const int8_t* Values, class Scales,
          class Biases = NoBias>
struct Weights {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = int32_t{Outputs} * Height * Width * Depth;

    static constexpr const int8_t* values() { return Values; }
    static constexpr int32_t bias(int channel) { return Biases::bias(channel); }
    static constexpr uint32_t scale_bits(int channel) { return Scales::scale_bits(channel); }
};

/// Weights of a window of one column as those of one row, or the other way round.
template <class Of>
struct TurnedWeights : Of {
    static_assert(Of::height == 1 || Of::width == 1, "weights of one row or one column");
    static constexpr int height = Of::width;
    static constexpr int width = Of::height;
};

}  // namespace mote
