// Softmax in fixed point, as gemmlowp and TensorFlow Lite define it. The exponentials of all
// differences that count are a table; only the reciprocal is computed at run time.
#pragma once

#include <stddef.h>

#include "../../arch.hpp"
#include "../../detail/meta.hpp"
#include "../fixed_point.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// exp(-difference * input scale * beta) in Q0.31; differences past the end count as 0.
template <int Count>
struct ExponentialTable {
    static constexpr int count = Count;
    int32_t values[static_cast<size_t>(Count)];
};

/// `multiplier`: beta * input scale in Q5.26.
template <int Count>
constexpr ExponentialTable<Count> pack_exponentials(Multiplier multiplier) {
    ExponentialTable<Count> table{};
    for (int difference = 0; difference < Count; ++difference)
        table.values[difference] = fixed::exp_negative(
            high_multiply(static_cast<int32_t>(-difference * (int64_t{1} << multiplier.shift)),
                          multiplier.value));
    return table;
}

/// What holds the sum of `Depth` exponentials in Q.19, each 1 at most.
template <int32_t Depth>
using ExponentialSum = detail::conditional_t<(Depth < (int32_t{1} << 13)), uint32_t, uint64_t>;

/// 512 in Q.19: the largest quotient of this sum is half a step of the output, which rounds up; of
/// larger sums no quotient counts. (The reference shifts by 32 bits and more here.)
constexpr uint32_t half_step_sum = uint32_t{1} << 28;

/// Softmax of `points` vectors of `depth` values. `Sum`: ExponentialSum of the depth or of more.
template <class Sum, class Table>
MOTE_NOINLINE void softmax(const Table& table, const int8_t* in, int8_t* out, int points, int depth,
                           arch::portable) {
    for (; points > 0; --points, in += depth, out += depth) {
        int16_t largest = -128;
        for (int i = 0; i < depth; ++i) largest = detail::larger<int16_t>(largest, in[i]);
        Sum sum = 0;
        for (int i = 0; i < depth; ++i) {
            const int difference = largest - in[i];
            if (difference < Table::count)
                sum += static_cast<uint32_t>(
                    rounding_shift(table::read(table, &table.values[difference]), 12));
        }
        if (sum >= half_step_sum) {
            for (int i = 0; i < depth; ++i)
                out[i] = sum == half_step_sum && in[i] == largest ? -127 : -128;
            continue;
        }
        int headroom = 0;
        uint32_t shifted = static_cast<uint32_t>(sum);
        for (; (shifted & 0x80000000U) == 0; shifted <<= 1) ++headroom;
        const int32_t inverse = fixed::reciprocal(static_cast<int32_t>(shifted - 0x80000000U));
        const int exponent = 12 - headroom + 31 - 8;
        for (int i = 0; i < depth; ++i) {
            const int difference = largest - in[i];
            const int32_t value =
                difference < Table::count
                    ? rounding_shift(
                          fixed::product(inverse, table::read(table, &table.values[difference])),
                          exponent)
                    : 0;
            out[i] = clamp(value - 128, -128, 127);
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
