// Element by element.
#pragma once

#include "bounds.hpp"
#include "functions.hpp"

namespace oracle {

inline void quantize(Call& call) {
    const Array& in = call.x();
    Array& out = call.y();
    const Bounds limits = out.type == Type::UINT8   ? Bounds{0, 255}
                          : out.type == Type::INT16 ? Bounds{-32768, 32767}
                                                    : Bounds{-128, 127};
    out.values.clear();
    for (const float real : in.reals)
        out.values.push_back(within(int64_t(std::llround(real / out.scale())) + out.zero, limits));
    for (const int64_t value : in.values)
        out.values.push_back(within(
            scaled(value - in.zero, double(in.scale()) / double(out.scale())) + out.zero, limits));
}
inline void dequantize(Call& call) {
    call.y().reals.clear();
    for (const int64_t value : call.x().values)
        call.y().reals.push_back(float(double(call.x().scale()) * double(value - call.x().zero)));
}

/// Functions of one value.
inline void apply(Call& call) {
    const Array& in = call.x();
    const Scales scales{in.scale(), call.y().scale(), call.y().zero};
    call.y().values.clear();
    for (const int64_t given : in.values) {
        const int64_t value = given - in.zero;
        call.y().values.push_back(narrowed([&] {
            switch (call.code) {
                case Builtin::LOGISTIC:
                    return sigmoid(value, scales);
                case Builtin::TANH:
                    return tanh(value, scales);
                case Builtin::ELU:
                    return elu(value, scales);
                case Builtin::ABS:
                    return abs(value, scales);
                case Builtin::RELU:
                    return relu(value, scales);
                case Builtin::LEAKY_RELU:
                    return leaky_relu(value, scales, call.options.real(slot::leaky_relu::alpha));
                case Builtin::RSQRT:
                    return rsqrt(value, scales);
                case Builtin::HARD_SWISH:
                    return hard_swish(value, scales);
                default:  // RELU6, which copies bytes
                    return within(given, {in.zero, bounds(3, in).high});
            }
        }()));
    }
}

inline void prelu(Call& call) {
    const Array &in = call.x(), &alpha = *call.in[1], &out = call.y();
    const double ratio = double(in.scale()) / double(out.scale());
    const double below = double(in.scale()) * double(alpha.scale()) / double(out.scale());
    call.fill([&](const Dims& at) {
        const int64_t value = in.spread(at) - in.zero;
        return narrowed(out.zero + (value >= 0
                                        ? scaled(value, ratio)
                                        : scaled(value * (alpha.spread(at) - alpha.zero), below)));
    });
}

/// By a reciprocal in fixed point; a divisor of 0 counts as 1.
inline int64_t quotient(int64_t left, int64_t right, double real) {
    if (right < 0) {
        left = -left;
        right = -right;
    }
    right = std::max<int64_t>(right, 1);
    const int length = 32 - leading_zeros(right);
    const int64_t inverse = reciprocal((right << (32 - length)) + lowest);
    const int room = leading_zeros(left < 0 ? -left - 1 : left) - 1;
    const Factor by = factor(real);
    return scaled(product(left * (int64_t{1} << room), inverse),
                  Factor{by.fixed, by.shift - (length - 1) - room});
}

/// Of integers as they are; divisors are above 0.
inline int64_t combined(Builtin code, int64_t left, int64_t right) {
    switch (code) {
        case Builtin::ADD:
            return left + right;
        case Builtin::SUB:
            return left - right;
        case Builtin::MUL:
            return left * right;
        case Builtin::DIV:
            return left / right;
        case Builtin::FLOOR_DIV:
            return left / right - (left % right < 0 ? 1 : 0);
        case Builtin::FLOOR_MOD:
            return (left % right + right) % right;
        case Builtin::MAXIMUM:
            return std::max(left, right);
        default:
            return std::min(left, right);
    }
}

inline void combine(Call& call) {
    if (call.x().type != Type::INT8)
        return call.fill([&](const Dims& at) {
            return combined(call.code, call.x().spread(at), call.in[1]->spread(at));
        });
    const Array &left = call.x(), &right = *call.in[1], &out = call.y();
    const double first = double(left.scale()), second = double(right.scale());
    const double result = double(out.scale()), twice = 2 * std::max(first, second);
    const bool fuses = call.code == Builtin::ADD || call.code == Builtin::SUB ||
                       call.code == Builtin::MUL || call.code == Builtin::DIV;
    const Bounds limits = bounds(fuses ? call.options.byte(slot::pairwise::activation) : 0, out);
    const float divided_by = left.scale() / (right.scale() * out.scale());
    const int room = call.code == Builtin::SQUARED_DIFFERENCE ? 7 : 20;
    call.fill([&](const Dims& at) {
        const int64_t x = left.spread(at), y = right.spread(at);
        const int64_t a = x - left.zero, b = y - right.zero;
        const int64_t part = scaled(a * (int64_t{1} << room), first / twice);
        const int64_t other = scaled(b * (int64_t{1} << room), second / twice);
        const double sums = twice / (double(1 << 20) * result);
        switch (call.code) {
            case Builtin::MAXIMUM:
                return std::max(x, y);
            case Builtin::MINIMUM:
                return std::min(x, y);
            case Builtin::MUL:
                return within(scaled(a * b, first * second / result) + out.zero, limits);
            case Builtin::DIV:
                return within(quotient(a, b, double(divided_by)) + out.zero, limits);
            case Builtin::SQUARED_DIFFERENCE:
                return within(scaled((part - other) * (part - other),
                                     twice * twice / (double(1 << 14) * result)) +
                                  out.zero,
                              limits);
            case Builtin::SUB:
                return within(scaled(part - other, sums) + out.zero, limits);
            default:
                return within(scaled(part + other, sums) + out.zero, limits);
        }
    });
}

}  // namespace oracle
