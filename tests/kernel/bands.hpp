// How close outputs may come to the inputs that are still needed: see kernel.hpp.
#pragma once

#include <stdint.h>

namespace kernels {

/// Rows of a layer, in bytes: output row r needs input rows from r * stride - before on.
struct Bands {
    int32_t input_rows, input_row, output_rows, output_row;
    int stride, before;

    constexpr int32_t inputs() const { return input_rows * input_row; }
    constexpr int32_t outputs() const { return output_rows * output_row; }

    /// The last place for the outputs, counted from where the inputs begin, at which no row of them
    /// lies on what it or a later row needs.
    constexpr int32_t closest() const {
        int32_t place = 0;
        for (int32_t row = 0; row < output_rows; ++row) {
            const int32_t first = row * stride - before;
            const int32_t needed = first > 0 ? first * input_row : 0;
            if (first < input_rows && needed - (row + 1) * output_row < place)
                place = needed - (row + 1) * output_row;
        }
        return place;
    }
};

template <class Spec>
constexpr Bands bands_of() {
    using In = typename Spec::Input::Shape;
    using Out = typename Spec::Output::Shape;
    return {In::height,    In::row_size,        Out::height,
            Out::row_size, Spec::window.stride, Spec::window.before};
}

}  // namespace kernels
