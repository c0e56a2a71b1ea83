// Sums, largest and smallest values along some axes of a map.
#pragma once

#include "products.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Which axes are reduced, neighbours of a kind taken together and those of size 1 left out: kept,
/// reduced, kept, reduced, ... from the slowest to the fastest.
struct Reduction {
    int32_t kept[4];
    int32_t reduced[3];

    /// Values that lead to one output.
    constexpr int32_t count() const { return reduced[0] * reduced[1] * reduced[2]; }
    constexpr int32_t outputs() const { return kept[0] * kept[1] * kept[2] * kept[3]; }
    /// Values from one step of an axis to the next.
    constexpr int32_t kept_step(int axis) const {
        int32_t step = 1;
        for (int i = 3; i > axis; --i) step *= kept[i] * reduced[i - 1];
        return step;
    }
    constexpr int32_t reduced_step(int axis) const {
        int32_t step = kept[3];
        for (int i = 2; i > axis; --i) step *= reduced[i] * kept[i];
        return step;
    }
    /// Whether the reduced axes come first and the kept ones behind them: pixels that are added up.
    constexpr bool takes_pixels() const {
        return kept[0] == 1 && kept[1] == 1 && kept[2] == 1 && reduced[0] == 1 && reduced[1] == 1;
    }
};

/// `Outputs` neighbours, the first of which begins at `in`.
template <class Spec, int Outputs>
MOTE_INLINE void reduce_some(const int8_t* in, int8_t* out) {
    constexpr Reduction axes = Spec::axes;
    constexpr int32_t steps[] = {axes.reduced_step(0), axes.reduced_step(1), axes.reduced_step(2)};
    int32_t states[static_cast<size_t>(Outputs)];
    MOTE_UNROLL
    for (int i = 0; i < Outputs; ++i) states[i] = Spec::start;
    for (int32_t y = 0; y < axes.reduced[0]; ++y) {
        for (int32_t x = 0; x < axes.reduced[1]; ++x) {
            const int8_t* values = in + y * steps[0] + x * steps[1];
            for (int32_t z = 0; z < axes.reduced[2]; ++z, values += steps[2]) {
                MOTE_UNROLL
                for (int i = 0; i < Outputs; ++i) states[i] = Spec::joined(states[i], values[i]);
            }
        }
    }
    MOTE_UNROLL
    for (int i = 0; i < Outputs; ++i) out[i] = Spec::finished(states[i]);
}

/// Outputs `first` to first + count - 1 of a map that begins at `in`.
template <class Spec>
MOTE_NOINLINE void reduce(const int8_t* in, int8_t* out, int32_t first, int32_t count,
                          arch::portable) {
    constexpr Reduction axes = Spec::axes;
    constexpr int32_t steps[] = {axes.kept_step(0), axes.kept_step(1), axes.kept_step(2)};
    while (count > 0) {
        const int32_t group = first / axes.kept[3];
        const int32_t column = first % axes.kept[3];
        const int32_t run = detail::smaller(axes.kept[3] - column, count);
        const int8_t* from = in + group % axes.kept[2] * steps[2] +
                             group / axes.kept[2] % axes.kept[1] * steps[1] +
                             group / axes.kept[2] / axes.kept[1] * steps[0] + column;
        int32_t done = 0;
        for (; done + outputs_at_once <= run; done += outputs_at_once)
            reduce_some<Spec, outputs_at_once>(from + done, out + done);
        for (; done < run; ++done) reduce_some<Spec, 1>(from + done, out + done);
        out += run;
        first += run;
        count -= run;
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
