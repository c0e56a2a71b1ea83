// Rules that several layers share. The numbers stand in the type, so that every compiler prints
// them beside the sentence.
#pragma once

#include <stdint.h>

namespace mote {
namespace check {

/// Groups of a convolution whose weights see `depth` of the input's channels; 0: none fit.
constexpr int32_t channel_groups(int32_t input, int32_t depth, int32_t outputs) {
    return depth > 0 && input % depth == 0 && outputs % (input / depth) == 0 ? input / depth : 0;
}

/// Behind a refused number the compiler goes on with 1, and prints nothing more.
constexpr int at_least_one(int value) { return value > 0 ? value : 1; }

/// `Weights` are for all input channels, or for each of as many groups as divide both sides.
template <int Input, int Weights, int Outputs>
struct channels {
    static_assert(channel_groups(Input, Weights, Outputs) > 0,
                  "Conv2D: the weights are for another number of input channels; "
                  "compare their depth with the layer before");
};

template <int Input, int Weights>
struct input_channels {
    static_assert(Input == Weights,
                  "Conv2DTranspose: the weights are for another number of input channels; "
                  "compare their depth with the layer before");
};

template <int Input, int Outputs>
struct channel_multiple {
    static_assert(Outputs % Input == 0,
                  "DepthwiseConv2D: the number of output channels is no multiple of the input "
                  "channels; give Weights one output for each input channel and multiplier");
};

template <long Input, long Weights>
struct input_length {
    static_assert(Input == Weights,
                  "Dense: the layer before gives another number of values than the weights take; "
                  "change the weights' depth or the layer before");
};

template <int Rows, int Columns>
struct output_rows {
    static_assert(Rows > 0 && Columns > 0,
                  "the window leaves no rows or columns with padding Valid; enlarge the input, "
                  "shrink the window, or use Same");
    template <class Shape>
    using then = Shape;
};

template <long From, long To>
struct same_size {
    static_assert(From == To,
                  "Reshape: the two shapes hold different numbers of values; a reshape keeps all");
};

}  // namespace check
}  // namespace mote
