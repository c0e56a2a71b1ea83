// The window that convolutions and pools slide over a map: strides, dilations and paddings.
#pragma once

#include <stddef.h>

#include "../config.hpp"
#include "../rows.hpp"
#include "check.hpp"

namespace mote {

template <int Height, int Width = Height>
struct Strides {
    static_assert(Height > 0 && Width > 0, "Strides: a stride starts at 1");
    static constexpr int height = check::at_least_one(Height);
    static constexpr int width = check::at_least_one(Width);
};

template <int Height, int Width = Height>
struct Dilation {
    static_assert(Height > 0 && Width > 0, "Dilation: a dilation starts at 1");
    static constexpr int height = check::at_least_one(Height);
    static constexpr int width = check::at_least_one(Width);
};

/// Height and width of a pool's window.
template <int Height, int Width = Height>
struct Pool {
    static_assert(Height > 0 && Width > 0, "Pool: a window starts at 1");
    static constexpr int height = check::at_least_one(Height);
    static constexpr int width = check::at_least_one(Width);
};

/// The window lies inside the map.
struct Valid {
    static constexpr int outputs(int input, int extent, int stride) {
        return (input - extent + stride) / stride;
    }
    static constexpr int before(int, int, int) { return 0; }
    /// What a transposed window makes of an axis.
    static constexpr int grown(int input, int extent, int stride) {
        return (input - 1) * stride + (extent > stride ? extent : stride);
    }
};

/// ceil(input / stride) outputs; the missing rows and columns are split evenly, the odd one at the
/// end.
struct Same {
    static constexpr int outputs(int input, int, int stride) {
        return (input + stride - 1) / stride;
    }
    static constexpr int before(int input, int extent, int stride) {
        const int missing = (outputs(input, extent, stride) - 1) * stride + extent - input;
        return missing > 0 ? missing / 2 : 0;
    }
    static constexpr int grown(int input, int, int stride) { return input * stride; }
};

/// `Layer`, whose height and width are exchanged, on a map of one column: the same bytes as one
/// row. Kernels share what they load between the pixels of a row.
template <bool IsColumn, class Layer, class Arch, class Input>
struct LaidDown {
    using type = void;
};
template <class Layer, class Arch, class Input>
struct LaidDown<true, Layer, Arch, Input> {
    using Map =
        Tensor<typename Input::Element, Shape<1, Input::Shape::height, Input::Shape::channels>,
               typename Input::Quantization>;
    using type = typename Layer::template On<Arch, Map>;
};
/// `Pair` of a height and a width, exchanged.
template <template <int, int> class Pair, class Of>
using Exchanged = Pair<Of::width, Of::height>;

/// What all layers with a window share: its geometry on `Input`, and the input rows beneath it.
template <class Input, int Height, int Width, class Strides, class Dilation, class Padding>
struct Sliding : Rowwise {
   private:
    static constexpr int extent_height = (Height - 1) * Dilation::height + 1;
    static constexpr int extent_width = (Width - 1) * Dilation::width + 1;

   public:
    static constexpr int kernel_height = Height;
    static constexpr int kernel_width = Width;
    static constexpr int stride_width = Strides::width;
    static constexpr int dilation_width = Dilation::width;
    static constexpr int left = Padding::before(Input::Shape::width, extent_width, Strides::width);
    static constexpr int output_height =
        Padding::outputs(Input::Shape::height, extent_height, Strides::height);
    static constexpr int output_width =
        Padding::outputs(Input::Shape::width, extent_width, Strides::width);

    static constexpr RowWindow window{
        Height, Strides::height, Dilation::height,
        Padding::before(Input::Shape::height, extent_height, Strides::height)};

    /// Whether the map is one column: see LaidDown.
    static constexpr bool is_column =
        Input::Shape::width == 1 && Width == 1 && Input::Shape::height > 1;

    /// Whether one window takes in every cell of the map.
    static constexpr bool covers_all =
        output_height == 1 && output_width == 1 && Height - window.before >= Input::Shape::height &&
        Width - left >= Input::Shape::width && Dilation::height == 1 && Dilation::width == 1;

    template <int Channels>
    using Map = typename check::output_rows<output_height, output_width>::template then<
        Shape<check::at_least_one(output_height), check::at_least_one(output_width), Channels>>;

    /// The input row under each row of the window for output row `row`; null for padding.
    struct Pointers {
        const int8_t* rows[static_cast<size_t>(Height)];
    };
    template <class In>
    static MOTE_INLINE Pointers under(In in, int row) {
        MOTE_VARIABLE(row);
        Pointers pointers;
        for (int k = 0; k < Height; ++k) {
            const int y = row * window.stride - window.before + k * window.dilation;
            pointers.rows[k] = y >= 0 && y < Input::Shape::height ? in.row(y) : nullptr;
        }
        return pointers;
    }
};

}  // namespace mote
