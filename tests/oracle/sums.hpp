// Convolutions, dense layers and products of matrices.
#pragma once

#include "bounds.hpp"
#include "window.hpp"

namespace oracle {

/// From sums of 32 bits for each output channel to outputs.
struct Sums {
    const Call& call;
    const Array& in;
    const Array& weights;
    const Array* bias;
    Bounds limits;

    int64_t output(int64_t sum, int channel) const {
        if (bias != nullptr) sum += bias->values[size_t(channel)];
        const double real =
            double(in.scale()) * double(weights.scale(channel)) / double(call.y().scale());
        return within(scaled(wrapped(sum), real) + call.y().zero, limits);
    }
};

inline void convolve(Call& call) {
    namespace field = slot::conv_2d;
    Options& o = call.options;
    const Array &in = call.x(), &w = *call.in[1], &out = call.y();
    const int padding = o.byte(field::padding), depth = w.dim(3), groups = in.dim(3) / depth;
    const Axes axes{Axis::of(padding, in.dim(1), out.dim(1), w.dim(1), o.number(field::stride_h),
                             o.number(field::dilation_h, 1)),
                    Axis::of(padding, in.dim(2), out.dim(2), w.dim(2), o.number(field::stride_w),
                             o.number(field::dilation_w, 1))};
    const Sums sums{call, in, w, call.has(2) ? call.in[2] : nullptr,
                    bounds(o.byte(field::activation), out)};
    call.fill([&](const Dims& at) {
        int64_t sum = 0;
        const int first = at[3] / (out.dim(3) / groups) * depth;
        axes.for_each_tap(in, at[1], at[2], w.dim(1), w.dim(2), [&](int i, int k, int row, int x) {
            const int64_t* weight = &w.values[size_t(w.place({at[3], i, k, 0}))];
            const int64_t* value = &in.values[size_t(in.place({at[0], row, x, first}))];
            for (int c = 0; c < depth; ++c) sum += (value[c] - in.zero) * weight[c];
        });
        return sums.output(sum, at[3]);
    });
}

inline void convolve_depthwise(Call& call) {
    namespace field = slot::depthwise_conv_2d;
    Options& o = call.options;
    const Array &in = call.x(), &w = *call.in[1], &out = call.y();
    const int padding = o.byte(field::padding), times = out.dim(3) / in.dim(3);
    const Axes axes{Axis::of(padding, in.dim(1), out.dim(1), w.dim(1), o.number(field::stride_h),
                             o.number(field::dilation_h, 1)),
                    Axis::of(padding, in.dim(2), out.dim(2), w.dim(2), o.number(field::stride_w),
                             o.number(field::dilation_w, 1))};
    const Sums sums{call, in, w, call.has(2) ? call.in[2] : nullptr,
                    bounds(o.byte(field::activation), out)};
    call.fill([&](const Dims& at) {
        int64_t sum = 0;
        axes.for_each_tap(in, at[1], at[2], w.dim(1), w.dim(2), [&](int i, int k, int row, int x) {
            sum += (in.at({at[0], row, x, at[3] / times}) - in.zero) * w.at({0, i, k, at[3]});
        });
        return sums.output(sum, at[3]);
    });
}

inline void convolve_transposed(Call& call) {
    namespace field = slot::transpose_conv;
    Options& o = call.options;
    const Array &in = *call.in[2], &w = *call.in[1], &out = call.y();
    const int padding = o.byte(field::padding);
    // The other way round: outputs are the inputs of a convolution.
    const auto axis = [&](int number, int stride) {
        const bool same = padding == static_cast<int>(mote::tflite::Padding::SAME);
        const int steps = same ? (out.dim(number) + stride - 1) / stride
                               : (out.dim(number) - w.dim(number) + stride) / stride;
        return Axis::of(padding, out.dim(number), steps, w.dim(number), stride, 1);
    };
    const Axis down = axis(1, o.number(field::stride_h));
    const Axis across = axis(2, o.number(field::stride_w));
    std::vector<int64_t> sums(size_t(out.size()), 0);
    for_each_index(in.dims, [&](const Dims& at) {
        for_each_index({w.dim(1), w.dim(2), w.dim(0)}, [&](const Dims& tap) {
            const int row = down.input(at[1], tap[0]), column = across.input(at[2], tap[1]);
            if (row >= 0 && row < out.dim(1) && column >= 0 && column < out.dim(2))
                sums[size_t(out.place({at[0], row, column, tap[2]}))] +=
                    (in.at(at) - in.zero) * w.at({tap[2], tap[0], tap[1], at[3]});
        });
    });
    const Sums made{call, in, w, call.has(3) ? call.in[3] : nullptr,
                    bounds(o.byte(field::activation), out)};
    call.fill([&](const Dims& at) { return made.output(sums[size_t(out.place(at))], at.back()); });
}

inline void connect(Call& call) {
    const Array &in = call.x(), &w = *call.in[1], &out = call.y();
    const int depth = w.dim(-1);
    const Sums sums{call, in, w, call.has(2) ? call.in[2] : nullptr,
                    bounds(call.options.byte(slot::fully_connected::activation), out)};
    call.fill([&](const Dims& at) {
        const int64_t vector = out.place(at) / out.dim(-1);
        int64_t sum = 0;
        for (int c = 0; c < depth; ++c)
            sum += (in.values[size_t(vector * depth + c)] - in.zero) *
                   w.values[size_t(at.back() * depth + c)];
        return sums.output(sum, at.back());
    });
}

inline void multiply_matrices(Call& call) {
    const Array &left = call.x(), &right = *call.in[1], &out = call.y();
    const bool left_turned = call.options.byte(slot::batch_matmul::adj_x) != 0;
    const bool right_turned = call.options.byte(slot::batch_matmul::adj_y) != 0;
    const double real = double(left.scale() * right.scale()) / double(out.scale());
    const int depth = left.dim(left_turned ? -2 : -1);
    const size_t rank = out.dims.size();
    const auto value = [](const Array& array, Dims at, int row, int column, bool turned) {
        at[at.size() - 2] = turned ? column : row;
        at[at.size() - 1] = turned ? row : column;
        // Rows and columns are never repeated.
        return array.spread(at) - array.zero;
    };
    call.fill([&](const Dims& at) {
        int64_t sum = 0;
        for (int i = 0; i < depth; ++i)
            sum += value(left, at, at[rank - 2], i, left_turned) *
                   value(right, at, i, at[rank - 1], right_turned);
        return narrowed(scaled(sum, real) + out.zero);
    });
}

}  // namespace oracle
