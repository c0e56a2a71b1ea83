// True and false, indices, and values taken as another type.
#pragma once

#include "array.hpp"
#include "fixed_point.hpp"

namespace oracle {

inline bool holds(Builtin code, int64_t left, int64_t right) {
    switch (code) {
        case Builtin::EQUAL:
            return left == right;
        case Builtin::NOT_EQUAL:
            return left != right;
        case Builtin::GREATER:
            return left > right;
        case Builtin::GREATER_EQUAL:
            return left >= right;
        case Builtin::LESS:
            return left < right;
        case Builtin::LESS_EQUAL:
            return left <= right;
        case Builtin::LOGICAL_AND:
            return left != 0 && right != 0;
        default:
            return left != 0 || right != 0;
    }
}
/// int8 by what it stands for, with 8 bits behind the point.
inline int64_t comparable(const Array& array, const Dims& at) {
    const int64_t value = array.spread(at);
    return array.type == Type::INT8 ? scaled((value - array.zero) * 256, double(array.scale()))
                                    : value;
}
inline void compare(Call& call) {
    const Array &left = call.x(), &right = *call.in[1];
    call.fill([&](const Dims& at) {
        return int64_t{holds(call.code, comparable(left, at), comparable(right, at))};
    });
}
inline void negate(Call& call) {
    call.fill([&](const Dims& at) { return int64_t{call.x().at(at) == 0}; });
}

inline void select(Call& call) {
    call.fill([&](const Dims& at) {
        return (call.x().spread(at) != 0 ? call.in[1] : call.in[2])->spread(at);
    });
}

inline void cast(Call& call) {
    const Type type = call.y().type;
    call.fill([&](const Dims& at) {
        const int64_t value = call.x().at(at);
        return type == Type::BOOL    ? int64_t{value != 0}
               : type == Type::INT8  ? int64_t{static_cast<int8_t>(value)}
               : type == Type::INT16 ? int64_t{static_cast<int16_t>(value)}
                                     : value;
    });
}

/// The first index of the largest value along an axis, or of the smallest.
inline void find_extreme(Call& call) {
    const Array& in = call.x();
    const size_t axis = size_t(in.axis(call.in[1]->values[0]));
    call.fill([&](Dims at) {
        if (at.size() < in.dims.size()) at.insert(at.begin() + std::ptrdiff_t(axis), 0);
        int64_t best = 0;
        int found = 0;
        for (int i = 0; i < in.dims[axis]; ++i) {
            at[axis] = i;
            const int64_t value = in.at(at);
            if (i == 0 || (call.code == Builtin::ARG_MAX ? value > best : value < best)) {
                best = value;
                found = i;
            }
        }
        return int64_t{found};
    });
}

}  // namespace oracle
