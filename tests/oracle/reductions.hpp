// Along axes, or along the last one: reductions, running sums, softmax and its kin.
#pragma once

#include "bounds.hpp"
#include "softmax.hpp"

namespace oracle {

inline void reduce(Call& call) {
    const Array &in = call.x(), &out = call.y();
    std::vector<bool> reduced(in.dims.size(), false);
    for (const int64_t number : call.in[1]->values) reduced[size_t(in.axis(number))] = true;
    int64_t count = 1;
    Dims kept;
    for (size_t i = 0; i < reduced.size(); ++i)
        if (reduced[i])
            count *= in.dims[i];
        else
            kept.push_back(in.dims[i]);
    struct State {
        int64_t sum = 0, largest = INT64_MIN, smallest = INT64_MAX;
    };
    std::vector<State> states(size_t(out.size()));
    for_each_index(in.dims, [&](const Dims& at) {
        int64_t place = 0;
        for (size_t i = 0; i < reduced.size(); ++i)
            if (!reduced[i]) place = place * in.dims[i] + at[i];
        State& state = states[size_t(place)];
        state.sum += in.at(at) - in.zero;
        state.largest = std::max(state.largest, in.at(at));
        state.smallest = std::min(state.smallest, in.at(at));
    });
    Factor by = factor(double(in.scale()) / double(out.scale()));
    if (call.code == Builtin::MEAN) {
        int bits = -1;
        for (int64_t rest = count; rest > 0; rest /= 2) ++bits;
        bits = std::min(bits, 31 + by.shift);
        by = {(by.fixed << bits) / count, by.shift - bits};
    }
    size_t next = 0;
    call.fill([&](const Dims&) {
        const State& state = states[next++];
        return call.code == Builtin::REDUCE_MAX   ? state.largest
               : call.code == Builtin::REDUCE_MIN ? state.smallest
                                                  : narrowed(scaled(state.sum, by) + out.zero);
    });
}

inline void cumulate(Call& call) {
    const Array &in = call.x(), &out = call.y();
    const size_t axis = size_t(in.axis(call.in[1]->values[0]));
    const bool exclusive = call.options.byte(slot::cumsum::exclusive) != 0;
    const bool reverse = call.options.byte(slot::cumsum::reverse) != 0;
    const double real = 2.0 * double(in.scale()) / (double(1 << 20) * double(out.scale()));
    call.fill([&](Dims at) {
        int64_t sum = -in.zero;
        const int here = at[axis];
        for (int i = 0; i < in.dims[axis]; ++i) {
            at[axis] = i;
            if ((reverse ? i > here : i < here) || (i == here && !exclusive))
                sum += in.at(at) - in.zero;
        }
        return narrowed(scaled(wrapped(sum * (1 << 19)), real) + out.zero);
    });
}

template <class Vector>
void for_each_vector(Call& call, Vector vector) {
    const size_t depth = size_t(call.x().dim(-1));
    Array& out = call.y();
    out.values = call.x().values;
    for (size_t first = 0; first < out.values.size(); first += depth)
        vector(&call.x().values[first], &out.values[first], int(depth));
}

inline void softmax(Call& call) {
    const float scale = call.x().scale(), beta = call.options.real(slot::softmax::beta);
    for_each_vector(call, [&](const int64_t* in, int64_t* out, int depth) {
        softmax(double(beta) * double(scale), in, out, depth);
    });
}
inline void log_softmax(Call& call) {
    const float scale = call.x().scale();
    for_each_vector(call, [&](const int64_t* in, int64_t* out, int depth) {
        log_softmax(double(scale), in, out, depth);
    });
}
inline void normalize(Call& call) {
    const int zero = call.x().zero;
    for_each_vector(call, [&](const int64_t* in, int64_t* out, int depth) {
        int64_t sum = 0;
        for (int i = 0; i < depth; ++i) sum += (in[i] - zero) * (in[i] - zero);
        Factor by = inverse_root(sum);
        by.shift += 7;
        for (int i = 0; i < depth; ++i) out[i] = narrowed(scaled(in[i] - zero, by));
    });
}

}  // namespace oracle
