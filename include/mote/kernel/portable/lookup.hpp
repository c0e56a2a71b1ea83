// int8 to int8 by a table of all 256 values.
#pragma once

#include "../../arch.hpp"
#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// The outputs of the inputs -128 to 127.
struct LookupTable {
    int8_t values[256];
};

/// `function` takes a value less its zero point and gives an output of any size.
template <class Function>
constexpr LookupTable tabulate(const Function& function, int32_t zero_point) {
    LookupTable table{};
    for (int value = -128; value < 128; ++value)
        table.values[value + 128] = clamp(function(value - zero_point), -128, 127);
    return table;
}

/// `out` may be `in`.
template <class Table>
MOTE_NOINLINE void look_up(const Table& table, const int8_t* in, int8_t* out, int32_t count,
                           arch::portable) {
    for (int32_t i = 0; i < count; ++i)
        out[i] = table::read(table, &table.values[static_cast<int16_t>(in[i]) + 128]);
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
