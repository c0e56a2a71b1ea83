// Pools.
#pragma once

#include "bounds.hpp"
#include "window.hpp"

namespace oracle {

inline void pool(Call& call) {
    namespace field = slot::pool_2d;
    Options& o = call.options;
    const Array &in = call.x(), &out = call.y();
    const int height = o.number(field::height), width = o.number(field::width);
    const int padding = o.byte(field::padding);
    const Axes axes{Axis::of(padding, in.dim(1), out.dim(1), height, o.number(field::stride_h), 1),
                    Axis::of(padding, in.dim(2), out.dim(2), width, o.number(field::stride_w), 1)};
    const Bounds limits = bounds(o.byte(field::activation), out);
    call.fill([&](const Dims& at) {
        int64_t sum = 0, count = 0, largest = -128;
        axes.for_each_tap(in, at[1], at[2], height, width, [&](int, int, int row, int column) {
            const int64_t value = in.at({at[0], row, column, at[3]});
            largest = std::max(largest, value);
            sum += value;
            ++count;
        });
        if (call.code == Builtin::MAX_POOL_2D) return within(largest, limits);
        return within((sum > 0 ? sum + count / 2 : sum - count / 2) / count, limits);
    });
}

}  // namespace oracle
