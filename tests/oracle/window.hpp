// Where windows stand on a map.
#pragma once

#include "array.hpp"

namespace oracle {

/// Where a window stands along one axis.
struct Axis {
    int stride;
    int dilation;
    int before;

    static Axis of(int padding, int in, int out, int kernel, int stride, int dilation) {
        const int missing = (out - 1) * stride + (kernel - 1) * dilation + 1 - in;
        const bool same = padding == static_cast<int>(mote::tflite::Padding::SAME);
        return {stride, dilation, same ? std::max(missing, 0) / 2 : 0};
    }
    int input(int output, int tap) const { return output * stride + tap * dilation - before; }
};
struct Axes {
    Axis down;
    Axis across;

    /// Calls `each` with tap and pixel for all taps of the window that lie inside.
    template <class Each>
    void for_each_tap(const Array& in, int y, int x, int height, int width, Each each) const {
        for (int i = 0; i < height; ++i)
            for (int k = 0; k < width; ++k) {
                const int row = down.input(y, i), column = across.input(x, k);
                if (row >= 0 && row < in.dim(1) && column >= 0 && column < in.dim(2))
                    each(i, k, row, column);
            }
    }
};

}  // namespace oracle
