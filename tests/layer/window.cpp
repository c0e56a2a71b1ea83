#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "parts.hpp"

TEST_CASE("VALID: the windows that lie inside") {
    for (int input = 1; input < 40; ++input)
        for (int extent = 1; extent <= input; ++extent)
            for (int stride = 1; stride < 8; ++stride) {
                int fit = 0;
                for (int first = 0; first + extent <= input; first += stride) ++fit;
                CHECK(mote::Valid::outputs(input, extent, stride) == fit);
                CHECK(mote::Valid::before(input, extent, stride) == 0);
            }
    for (int extent = 6; extent < 20; ++extent)
        for (int stride = 1; stride < 8; ++stride)
            CHECK(mote::Valid::outputs(5, extent, stride) <= 0);
}

TEST_CASE("SAME: ceil(input / stride) windows, padding split with the odd one at the end") {
    for (int input = 1; input < 40; ++input)
        for (int extent = 1; extent < 20; ++extent)
            for (int stride = 1; stride < 8; ++stride) {
                const int outputs = mote::Same::outputs(input, extent, stride);
                CHECK(outputs == int(std::ceil(double(input) / stride)));
                const int before = mote::Same::before(input, extent, stride);
                const int missing = std::max((outputs - 1) * stride + extent - input, 0);
                CHECK(before == missing / 2);
                const int after = missing - before;
                CHECK(after - before >= 0);
                CHECK(after - before <= 1);
            }
}

namespace {

template <int Height, int Width>
using Map = mote::Tensor<int8_t, mote::Shape<Height, Width, 1>, mote::Quantization<0x3f800000U, 0>>;

/// Every row of a window is the map's row or padding.
template <class Window, int Height>
void check_pointers() {
    int8_t memory[Height * 4];
    const mote::Rows<Map<Height, 4>> rows{memory};
    for (int row = 0; row < Window::output_height; ++row) {
        const auto pointers = Window::under(rows, row);
        for (int k = 0; k < Window::kernel_height; ++k) {
            const int y =
                row * Window::window.stride - Window::window.before + k * Window::window.dilation;
            CHECK(pointers.rows[k] == (y < 0 || y >= Height ? nullptr : memory + 4 * y));
        }
    }
}

}  // namespace

TEST_CASE("Sliding: the input rows under an output row") {
    using Dilated =
        mote::Sliding<Map<7, 4>, 3, 2, mote::Strides<2, 1>, mote::Dilation<2, 3>, mote::Same>;
    static_assert(Dilated::output_height == 4 && Dilated::output_width == 4, "");
    // Extent 5: 3 * 2 + 5 - 7 = 4 rows are missing; extent 4: 3 columns.
    static_assert(Dilated::window.before == 2 && Dilated::left == 1, "");
    check_pointers<Dilated, 7>();
    using Plain = mote::Sliding<Map<7, 4>, 3, 3, mote::Strides<1>, mote::Dilation<1>, mote::Valid>;
    static_assert(Plain::output_height == 5 && Plain::output_width == 2 && Plain::left == 0, "");
    check_pointers<Plain, 7>();
    // A window larger than the map.
    using Large = mote::Sliding<Map<2, 4>, 5, 5, mote::Strides<3>, mote::Dilation<1>, mote::Same>;
    static_assert(Large::output_height == 1 && Large::window.before == 1, "");
    check_pointers<Large, 2>();
}

namespace {

/// A network whose maps are one column gives the same whether a plan lays them down or goes row by
/// row.
template <class... Parts>
void check_column() {
    using Graph = mote::graph::Sequential<Parts...>;
    mote::Runner<Graph, mote::plan::LayerByLayer> laid_down;
    mote::Runner<Graph, mote::plan::PushedRows, mote::arch::portable> by_rows;
    for (int round = 0; round < 3; ++round) {
        int8_t values[decltype(laid_down)::Input::size];
        for (int8_t& value : values)
            value = static_cast<int8_t>((&value - values) * (37 + 2 * round) % 255 - 127);
        const auto result = laid_down(values);
        const auto wanted = by_rows(values);
        for (int32_t i = 0; i < result.size(); ++i) CHECK(result[i] == wanted[i]);
    }
}

}  // namespace

TEST_CASE("maps of one column, laid down or row by row") {
    using namespace mote;
    using parts::tenth;
    using parts::Weights;
    static_assert(
        !detail::is_same<MaxPool2D<Pool<3, 1>>::On<arch::best, Map<17, 1>>::Along, void>::value,
        "a map of one column is laid down");
    check_column<
        parts::Input<21, 1, 8>, Conv2D<Weights<5, 3, 1, 8>, tenth, Strides<2, 1>, Same>,
        Conv2D<Weights<8, 1, 1, 5>, tenth, Strides<1>, Valid, Relu>,
        DepthwiseConv2D<Weights<8, 3, 1, 1>, tenth, Strides<1>, Same, Linear, Dilation<2, 1>>,
        Conv2D<Weights<7, 2, 1, 8>, tenth, Strides<1>, Valid, Linear, Dilation<3, 1>>>();
    check_column<parts::Input<19, 1, 6>, MaxPool2D<Pool<3, 1>, Strides<2, 1>, Same>,
                 DepthwiseConv2D<Weights<12, 4, 1, 1>, tenth>,
                 AveragePool2D<Pool<3, 1>, Strides<1>, Same>, Conv2D<Weights<4, 3, 1, 3>, tenth>>();
}
