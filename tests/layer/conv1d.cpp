#include "mote/layer/conv1d.hpp"

#include "parts.hpp"
#include "streamed.hpp"

namespace {

using namespace mote;
using parts::tenth;
using parts::Weights;

/// Windows over time, and the same over the width of one row.
using Column =
    Network<parts::Input<24, 1, 4>, Conv1D<Weights<8, 5, 1, 4>, tenth, 1, Valid, Relu>,
            MaxPool1D<2>, DepthwiseConv1D<Weights<8, 3, 1, 1>, tenth, 1, Valid, Linear, 2>,
            AveragePool1D<3, 1>, parts::Dense<3, 4 * 8>>;
using Row =
    Network<parts::Input<1, 24, 4>, Conv2D<Weights<8, 1, 5, 4>, tenth, Strides<1>, Valid, Relu>,
            MaxPool2D<Pool<1, 2>>,
            DepthwiseConv2D<Weights<8, 1, 3, 1>, tenth, Strides<1>, Valid, Linear, Dilation<1, 2>>,
            AveragePool2D<Pool<1, 3>, Strides<1>>, parts::Dense<3, 4 * 8>>;

}  // namespace

TEST_CASE("Conv1D, DepthwiseConv1D and pools over time: what the row gives") {
    Column column;
    Row row;
    int8_t values[Column::Input::size];
    for (int8_t& value : values) value = static_cast<int8_t>((&value - values) * 37 % 255 - 127);
    const auto found = column(values);
    const auto wanted = row(values);
    for (int32_t i = 0; i < Column::Output::size; ++i) CHECK(found[i] == wanted[i]);
    static_assert(Column::ram_bytes < Row::ram_bytes, "time streams");
}

TEST_CASE("windows over time are streamed") { streamed::check<Column>(100); }
