// Parts of small networks for tests.
#pragma once

#include "mote.hpp"

namespace parts {

struct tenth {
    static constexpr float scale = 0.1f;
    static constexpr int zero_point = -3;
};

/// Weights and biases that differ from each other, with one scale for all.
template <int Count>
struct Constants {
    int8_t weights[Count] = {};
    int32_t biases[Count] = {};

    constexpr Constants() {
        for (int i = 0; i < Count; ++i) {
            weights[i] = static_cast<int8_t>((i * 37 + 11) % 255 - 127);
            biases[i] = (i * 29) % 201 - 100;
        }
    }
};
template <int Count>
inline constexpr Constants<Count> constants{};
inline constexpr float scale[] = {0.00125f};

template <int Outputs, int Height, int Width, int Depth>
struct Weights {
    static constexpr int outputs = Outputs;
    static constexpr int height = Height;
    static constexpr int width = Width;
    static constexpr int32_t depth = Depth;
    static constexpr int32_t count = Outputs * Height * Width * Depth;

    static constexpr const int8_t* values() { return constants<count>.weights; }
    static constexpr int32_t bias(int channel) { return constants<count>.biases[channel]; }
    static constexpr uint32_t scale_bits(int) { return mote::detail::bits_of(scale[0]); }
};

template <int Height, int Width, int Channels>
using Input = mote::Input<mote::Shape<Height, Width, Channels>, tenth>;

template <int Outputs, int Size, int Depth>
using Conv = mote::Conv2D<Weights<Outputs, Size, Size, Depth>, tenth>;

template <int Outputs, int Depth>
using Dense = mote::Dense<Weights<Outputs, 1, 1, Depth>, tenth>;

}  // namespace parts
