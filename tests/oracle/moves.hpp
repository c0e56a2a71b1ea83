// What moves values and changes none.
#pragma once

#include "array.hpp"

namespace oracle {

inline void view(Call& call) { call.y().values = call.x().values; }

inline void shape(Call& call) {
    call.y().values.assign(call.x().dims.begin(), call.x().dims.end());
}

/// The operands one behind the other along `axis`; a new axis for PACK.
inline void join(Call& call) {
    const bool packs = call.code == Builtin::PACK;
    const size_t axis = size_t(
        call.y().axis(call.options.number(packs ? slot::pack::axis : slot::concatenation::axis)));
    call.fill([&](Dims at) {
        if (packs) {
            const Array& from = *call.in[size_t(at[axis])];
            at.erase(at.begin() + std::ptrdiff_t(axis));
            return from.at(at);
        }
        size_t part = 0;
        for (; at[axis] >= call.in[part]->dims[axis]; ++part) at[axis] -= call.in[part]->dims[axis];
        return call.in[part]->at(at);
    });
}

/// All results from the input along an axis that they part.
inline void split(Call& call) {
    const bool unpacks = call.code == Builtin::UNPACK, evenly = call.code == Builtin::SPLIT;
    const Array& in = *call.in[evenly ? 1 : 0];
    const size_t axis = size_t(in.axis(unpacks ? call.options.number(slot::unpack::axis)
                                               : call.in[evenly ? 0 : 2]->values[0]));
    int start = 0;
    for (Array* out : call.out) {
        Call one{call.code, {&in}, {out}, call.options, call.memory};
        one.fill([&](Dims at) {
            if (unpacks) at.insert(at.begin() + std::ptrdiff_t(axis), 0);
            at[axis] += start;
            return in.at(at);
        });
        start += unpacks ? 1 : out->dims[axis];
    }
}

inline void slice(Call& call) {
    const Array& in = call.x();
    const std::vector<int> begin = call.in[1]->numbers();
    call.fill([&](Dims at) {
        for (size_t i = 0; i < at.size(); ++i) at[i] += begin[i];
        return in.at(at);
    });
}

inline void slice_in_strides(Call& call) {
    namespace field = slot::strided_slice;
    const Array& in = call.x();
    const std::vector<int> begin = call.in[1]->numbers(), step = call.in[3]->numbers();
    const int from_edge = call.options.number(field::begin_mask);
    const int shrinks = call.options.number(field::shrink_axis_mask);
    call.fill([&](const Dims& at) {
        Dims from;
        size_t next = 0;
        for (size_t i = 0; i < in.dims.size(); ++i) {
            const int size = in.dims[i];
            int start = begin[i] < 0 ? begin[i] + size : begin[i];
            start = step[i] > 0 ? std::clamp(start, 0, size) : std::clamp(start, -1, size - 1);
            if ((from_edge >> i & 1) != 0) start = step[i] > 0 ? 0 : size - 1;
            from.push_back((shrinks >> i & 1) != 0 ? start : start + at[next++] * step[i]);
        }
        return in.at(from);
    });
}

inline void reverse(Call& call) {
    const Array& in = call.x();
    call.fill([&](Dims at) {
        for (const int64_t number : call.in[1]->values) {
            const size_t axis = size_t(in.axis(number));
            at[axis] = in.dims[axis] - 1 - at[axis];
        }
        return in.at(at);
    });
}

inline void gather(Call& call) {
    const Array &in = call.x(), &indices = *call.in[1];
    const size_t axis = size_t(in.axis(call.options.number(slot::gather::axis)));
    int batches = call.options.number(slot::gather::batch_dims);
    if (batches < 0) batches += indices.rank();
    const size_t shared = size_t(batches), chosen = indices.dims.size() - shared;
    call.fill([&](const Dims& at) {
        // Dimensions: batches, those before the axis, those of the indices, those behind the axis.
        Dims which(at.begin(), at.begin() + std::ptrdiff_t(shared)), from;
        which.insert(which.end(), at.begin() + std::ptrdiff_t(axis),
                     at.begin() + std::ptrdiff_t(axis + chosen));
        from.assign(at.begin(), at.begin() + std::ptrdiff_t(axis));
        from.push_back(int(indices.at(which)));
        from.insert(from.end(), at.begin() + std::ptrdiff_t(axis + chosen), at.end());
        return in.at(from);
    });
}

inline void gather_nd(Call& call) {
    const Array &in = call.x(), &indices = *call.in[1];
    const size_t chosen = indices.dims.size() - 1;
    call.fill([&](const Dims& at) {
        Dims which(at.begin(), at.begin() + std::ptrdiff_t(chosen)), from;
        for (int i = 0; i < indices.dim(-1); ++i) {
            which.resize(chosen);
            which.push_back(i);
            from.push_back(int(indices.at(which)));
        }
        from.insert(from.end(), at.begin() + std::ptrdiff_t(chosen), at.end());
        return in.at(from);
    });
}

inline void transpose(Call& call) {
    const Array& in = call.x();
    call.fill([&](const Dims& at) {
        Dims from(at.size());
        for (size_t i = 0; i < at.size(); ++i) from[size_t(in.axis(call.in[1]->values[i]))] = at[i];
        return in.at(from);
    });
}

inline void repeat(Call& call) {
    const Array& in = call.x();
    call.fill([&](const Dims& at) {
        Dims from(in.dims.size());
        for (size_t i = 0; i < from.size(); ++i)
            from[i] = at[at.size() - from.size() + i] % in.dims[i];
        return in.at(from);
    });
}

inline void pad(Call& call) {
    const Array& in = call.x();
    const std::vector<int> borders = call.in[1]->numbers();
    const bool mirrors = call.code == Builtin::MIRROR_PAD;
    const int edge = mirrors && call.options.byte(slot::mirror_pad::mode) == 0 ? 1 : 0;
    const int64_t fill = call.has(2) ? call.in[2]->values[0] : in.zero;
    call.fill([&](Dims at) {
        for (size_t i = 0; i < at.size(); ++i) {
            at[i] -= borders[2 * i];
            const int size = in.dims[i];
            if (!mirrors && (at[i] < 0 || at[i] >= size)) return fill;
            if (at[i] < 0) at[i] = -at[i] - 1 + edge;
            if (at[i] >= size) at[i] = 2 * size - 1 - edge - at[i];
        }
        return in.at(at);
    });
}

}  // namespace oracle
