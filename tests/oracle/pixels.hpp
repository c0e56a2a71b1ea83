// Pixels as others, as channels and as batches.
#pragma once

#include "array.hpp"

namespace oracle {

inline void resize_nearest(Call& call) {
    namespace field = slot::resize_nearest_neighbor;
    const Array &in = call.x(), &out = call.y();
    const bool aligned = call.options.byte(field::align_corners) != 0;
    const bool half = call.options.byte(field::half_pixel_centers) != 0;
    const auto nearest = [&](int index, int axis) {
        const int from = in.dim(axis), to = out.dim(axis);
        const float step =
            aligned && to > 1 ? float(from - 1) / float(to - 1) : float(from) / float(to);
        const float at = (float(index) + (half ? 0.5f : 0.0f)) * step;
        return std::min(int(aligned ? std::round(at) : std::floor(at)), from - 1);
    };
    call.fill([&](const Dims& at) {
        return in.at({at[0], nearest(at[1], 1), nearest(at[2], 2), at[3]});
    });
}

inline void resize_bilinear(Call& call) {
    namespace field = slot::resize_bilinear;
    const Array &in = call.x(), &out = call.y();
    const bool aligned = call.options.byte(field::align_corners) != 0;
    const bool half = call.options.byte(field::half_pixel_centers) != 0;
    struct Between {
        int lower, upper;
        int64_t part;
    };
    const auto between = [&](int index, int axis) {
        const int from = in.dim(axis), to = out.dim(axis);
        const int step = aligned && to > 1 ? (1024 * (from - 1) + (to - 1) / 2) / (to - 1)
                                           : (1024 * from + to / 2) / to;
        const int at = index * step + (half ? step / 2 - 512 : 0);
        const int lower = std::max(at / 1024, 0);
        return Between{lower, std::min(std::max((at + 1023) / 1024, 0), from - 1),
                       at - 1024 * lower};
    };
    call.fill([&](const Dims& at) {
        const Between y = between(at[1], 1), x = between(at[2], 2);
        const auto row = [&](int number) {
            return in.at({at[0], number, x.lower, at[3]}) * (1024 - x.part) +
                   in.at({at[0], number, x.upper, at[3]}) * x.part;
        };
        const int64_t sum = row(y.lower) * (1024 - y.part) + row(y.upper) * y.part;
        return (sum > 0 ? sum + (1 << 19) : sum - (1 << 19)) / (1 << 20);
    });
}

inline void space_to_depth(Call& call) {
    const int block = call.options.number(slot::space_to_depth::block);
    const int depth = call.x().dim(3);
    call.fill([&](const Dims& at) {
        const int pixel = at[3] / depth;
        return call.x().at(
            {at[0], at[1] * block + pixel / block, at[2] * block + pixel % block, at[3] % depth});
    });
}
inline void depth_to_space(Call& call) {
    const int block = call.options.number(slot::space_to_depth::block);
    const int depth = call.y().dim(3);
    call.fill([&](const Dims& at) {
        const int pixel = at[1] % block * block + at[2] % block;
        return call.x().at({at[0], at[1] / block, at[2] / block, pixel * depth + at[3]});
    });
}

/// Both ways between batches and blocks of one or two dimensions: what stands at `spot` of block
/// `batch` in the wide map stands at `spot` of `batch` in the other.
inline void blocks_and_batches(Call& call) {
    const bool to_batch = call.code == Builtin::SPACE_TO_BATCH_ND;
    const Array& in = call.x();
    const std::vector<int> block = call.in[1]->numbers(), border = call.in[2]->numbers();
    const int few = to_batch ? in.dim(0) : call.y().dim(0);
    call.fill([&](Dims at) {
        int offset = 0;
        if (to_batch) {
            int number = at[0] / few;
            at[0] %= few;
            for (size_t i = block.size(); i-- > 0; number /= block[i]) {
                int& place = at[i + 1];
                place = place * block[i] + number % block[i] - border[2 * i];
                if (place < 0 || place >= in.dims[i + 1]) offset = -1;
            }
            return offset < 0 ? int64_t(in.zero) : in.at(at);
        }
        for (size_t i = 0; i < block.size(); ++i) {
            const int place = at[i + 1] + border[2 * i];
            offset = offset * block[i] + place % block[i];
            at[i + 1] = place / block[i];
        }
        at[0] += offset * few;
        return in.at(at);
    });
}

}  // namespace oracle
