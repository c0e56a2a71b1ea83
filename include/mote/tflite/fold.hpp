// How the compiler computes an operator on constants alone, or a shape. What it gives is a constant
// like those of the file.
#pragma once

#include "op.hpp"

namespace mote {
namespace tflite {
namespace fold {

constexpr int64_t most_bytes = int64_t{1} << 20;

/// Elements that such an operator may read and give.
constexpr Elements element_types = elements(Type::FLOAT32, Type::INT32, Type::UINT8, Type::INT64,
                                            Type::BOOL, Type::INT16, Type::INT8);
constexpr Elements integer_types = elements(Type::INT32, Type::INT64);

enum class Kind : int { none, shape, same, slice, transpose, join, gather, pair, each, reduce };

constexpr Kind kind_of(Builtin code) {
    switch (code) {
        case Builtin::SHAPE:
            return Kind::shape;
        case Builtin::RESHAPE:
        case Builtin::SQUEEZE:
        case Builtin::EXPAND_DIMS:
            return Kind::same;
        case Builtin::SLICE:
        case Builtin::STRIDED_SLICE:
        case Builtin::REVERSE_V2:
        case Builtin::SPLIT:
        case Builtin::SPLIT_V:
        case Builtin::UNPACK:
            return Kind::slice;
        case Builtin::TRANSPOSE:
            return Kind::transpose;
        case Builtin::CONCATENATION:
        case Builtin::PACK:
            return Kind::join;
        case Builtin::GATHER:
            return Kind::gather;
        case Builtin::ADD:
        case Builtin::SUB:
        case Builtin::MUL:
        case Builtin::DIV:
        case Builtin::FLOOR_DIV:
        case Builtin::FLOOR_MOD:
        case Builtin::MAXIMUM:
        case Builtin::MINIMUM:
            return Kind::pair;
        case Builtin::CAST:
        case Builtin::QUANTIZE:
        case Builtin::DEQUANTIZE:
            return Kind::each;
        case Builtin::SUM:
        case Builtin::REDUCE_PROD:
        case Builtin::REDUCE_MAX:
        case Builtin::REDUCE_MIN:
            return Kind::reduce;
        default:
            return Kind::none;
    }
}

constexpr bool is_constant(const TensorInfo& info) {
    return info.data.length != 0 && static_cast<int64_t>(info.data.length) == info.bytes();
}
constexpr bool fits(const TensorInfo& info) {
    return element_types.has(info.type) && info.rank <= most_rank && !info.dynamic &&
           !info.sparse && info.size() <= most_bytes && info.bytes() <= most_bytes;
}

/// One result of an operator under inspection.
struct Folding {
    Inspection& at;
    Kind kind;
    int result;
    TensorInfo first;
    TensorInfo out;

    constexpr Folding(Inspection& inspected, int number)
        : at(inspected),
          kind(kind_of(inspected.operation.code)),
          result(number),
          first(inspected.input(map())),
          out(inspected.output(number)) {}

    constexpr int map() const { return at.operation.code == Builtin::SPLIT ? 1 : 0; }
    constexpr int inputs() const { return at.operation.input_count; }

    /// Whether it can be computed, as far as that does not depend on what the values are.
    constexpr bool possible() {
        if (kind == Kind::none || at.operation.output_count <= result || inputs() < 1) return false;
        if (!fits(out) || out.data.length != 0) return false;
        if (kind == Kind::shape)
            return !first.dynamic && first.rank <= most_rank && integer_types.has(out.type) &&
                   out.size() == first.rank;
        for (int i = 0; i < inputs(); ++i) {
            if (!at.has_input(i)) return false;
            const TensorInfo in = at.input(i);
            if (!is_constant(in) || !fits(in)) return false;
        }
        check();
        return at.fault == Fault::none && !at.model.reader.fault;
    }

    /// Its bytes; `to` has room for them.
    constexpr void compute(unsigned char* to) {
        switch (kind) {
            case Kind::same:
                return move(straight(first), to);
            case Kind::slice:
                return move(sliced(slice_form()), to);
            case Kind::transpose:
                return move(transposed(), to);
            case Kind::join:
                return join(to);
            case Kind::gather:
                return gather(to);
            default:
                for (int32_t i = 0; i < out.size(); ++i) write(to, i, value(i));
        }
    }

   private:
    constexpr void check() {
        switch (at.operation.code) {
            case Builtin::SLICE:
                return op::Slice::check(at);
            case Builtin::STRIDED_SLICE:
                return op::StridedSlice::check(at);
            case Builtin::REVERSE_V2:
                return op::Reverse::check(at);
            case Builtin::SPLIT:
                return op::Split::check(at);
            case Builtin::SPLIT_V:
                return op::SplitV::check(at);
            case Builtin::UNPACK:
                return op::Unpack::check(at);
            case Builtin::TRANSPOSE:
                return op::Transpose::check(at);
            case Builtin::CONCATENATION:
                return op::Concatenation::check(at);
            case Builtin::PACK:
                return op::Pack::check(at);
            default:
                break;
        }
        if (kind == Kind::same) at.require(first.size() == out.size(), Fault::output_shape, 0);
        if (kind == Kind::same) at.require(first.type == out.type, Fault::element_type, 0);
        if (kind == Kind::gather) check_gather();
        if (kind == Kind::pair) check_pair();
        if (kind == Kind::each) check_each();
        if (kind == Kind::reduce) check_reduce();
    }
    constexpr void check_gather() {
        const int axis = gather_axis();
        const TensorInfo indices = at.input(1);
        at.require(at.number(slot::gather::batch_dims) == 0 && first.type == out.type &&
                       integer_types.has(indices.type),
                   Fault::element_type, 0);
        if (at.fault != Fault::none || first.rank == 0) return;
        const int64_t extent = first.dim(axis);
        at.require(out.size() == first.size() / extent * indices.size(), Fault::output_shape, 0);
        for (int32_t i = 0; i < indices.size(); ++i) {
            const int64_t index = at.model.whole_number(indices, static_cast<uint32_t>(i));
            at.require(index >= 0 && index < extent, Fault::move_parameter, 0);
        }
    }
    constexpr int gather_axis() { return at.axis(at.number(slot::gather::axis), first.rank); }
    constexpr void check_pair() {
        const TensorInfo second = at.input(1);
        at.require(inputs() == 2 && integer_types.has(first.type) && first.type == second.type &&
                       first.type == out.type,
                   Fault::element_type, 0);
        for (int axis = 0; axis < most_rank; ++axis) {
            const int32_t one = first.of_six(axis);
            const int32_t other = second.of_six(axis);
            at.require((one == other || one == 1 || other == 1) &&
                           out.of_six(axis) == (one == 1 ? other : one),
                       Fault::broadcast, 0);
        }
        const Builtin code = at.operation.code;
        if (code == Builtin::DIV || code == Builtin::FLOOR_DIV || code == Builtin::FLOOR_MOD)
            for (int32_t i = 0; i < second.size(); ++i)
                at.require(at.model.whole_number(second, static_cast<uint32_t>(i)) > 0,
                           Fault::division, 0);
    }
    constexpr void check_each() {
        at.require(inputs() == 1 && first.size() == out.size(), Fault::output_shape, 0);
        if (at.operation.code == Builtin::CAST) {
            at.require(first.type != Type::FLOAT32 && out.type != Type::FLOAT32,
                       Fault::element_type, 0);
        } else {
            const bool into = at.operation.code == Builtin::QUANTIZE;
            const TensorInfo scaled = into ? out : first;
            at.require((into ? first : out).type == Type::FLOAT32 && scaled.type == Type::INT8,
                       Fault::element_type, 0);
            at.require(scaled.scales.length == 1 && Inspection::positive(scaled.scale_bits),
                       Fault::no_quantization, 0);
            at.require(scaled.zero_point >= -128 && scaled.zero_point <= 127, Fault::zero_point, 0);
        }
    }
    constexpr void check_reduce() {
        at.require(inputs() == 2 && integer_types.has(first.type) && first.type == out.type,
                   Fault::element_type, 0);
        const AxisSet axes = axes_of(at, 1, 64);
        if (at.fault == Fault::none)
            at.require(op::kept_dims(first, axes.bits) == op::kept_dims(out, 0),
                       Fault::output_shape, 0);
    }

    // Moves.

    /// Element by element of the output, where in the input each is from.
    struct Steps {
        int rank;
        int32_t counts[most_rank];
        int32_t steps[most_rank];
        int32_t base;
    };
    static constexpr int32_t step_of(const TensorInfo& info, int axis) {
        int32_t step = 1;
        for (int k = axis + 1; k < info.rank; ++k) step *= info.dim(k);
        return step;
    }
    static constexpr Steps straight(const TensorInfo& in) {
        Steps steps{};
        steps.rank = in.rank;
        for (int axis = 0; axis < in.rank; ++axis) {
            steps.counts[axis] = in.dim(axis);
            steps.steps[axis] = step_of(in, axis);
        }
        return steps;
    }
    constexpr op::SliceForm slice_form() {
        switch (at.operation.code) {
            case Builtin::SLICE:
                return op::Slice::form(at);
            case Builtin::STRIDED_SLICE:
                return op::StridedSlice::form(at);
            case Builtin::REVERSE_V2:
                return op::Reverse::form(at);
            case Builtin::SPLIT:
                return op::Split::form(at, result);
            case Builtin::SPLIT_V:
                return op::SplitV::form(at, result);
            default:
                return op::Unpack::form(at, result);
        }
    }
    constexpr Steps sliced(const op::SliceForm& form) const {
        Steps steps = straight(first);
        for (int axis = 0; axis < first.rank; ++axis) {
            steps.base += form.starts[axis] * steps.steps[axis];
            steps.counts[axis] = form.counts[axis];
            steps.steps[axis] *= form.steps[axis];
        }
        return steps;
    }
    constexpr Steps transposed() {
        const Steps from = straight(first);
        const op::Transpose::Form form = op::Transpose::form(at);
        Steps steps = from;
        for (int axis = 0; axis < first.rank; ++axis) {
            steps.counts[axis] = from.counts[form.axes[axis]];
            steps.steps[axis] = from.steps[form.axes[axis]];
        }
        return steps;
    }

    struct Mover {
        Steps steps;
        const unsigned char* from;
        int width;
        unsigned char* to;

        constexpr void move(int axis, int32_t place) {
            if (axis >= most_rank || axis == steps.rank) {
                for (int k = 0; k < width; ++k) *to++ = from[place * width + k];
                return;
            }
            for (int32_t i = 0; i < steps.counts[axis]; ++i, place += steps.steps[axis])
                move(axis + 1, place);
        }
    };
    constexpr void move(const Steps& steps, unsigned char* to) const {
        Mover mover{steps, first.values, bytes_of(first.type), to};
        mover.move(0, steps.base);
    }
    static constexpr unsigned char* copy(const unsigned char* from, int32_t count,
                                         unsigned char* to) {
        for (int32_t i = 0; i < count; ++i) *to++ = from[i];
        return to;
    }
    constexpr void join(unsigned char* to) {
        const int32_t number = at.operation.code == Builtin::PACK
                                   ? at.number(slot::pack::axis)
                                   : at.number(slot::concatenation::axis);
        const int axis = at.axis(number, out.rank);
        int32_t outer = 1;
        for (int k = 0; k < axis; ++k) outer *= out.dim(k);
        for (int32_t o = 0; o < outer; ++o) {
            for (int i = 0; i < inputs(); ++i) {
                const TensorInfo in = at.input(i);
                const int32_t part = static_cast<int32_t>(in.bytes() / outer);
                to = copy(in.values + o * part, part, to);
            }
        }
    }
    constexpr void gather(unsigned char* to) {
        const TensorInfo indices = at.input(1);
        const int axis = gather_axis();
        const int32_t extent = first.rank == 0 ? 1 : first.dim(axis);
        const int32_t part =
            (first.rank == 0 ? 1 : step_of(first, axis)) * int32_t{bytes_of(first.type)};
        const int32_t outer = static_cast<int32_t>(first.bytes()) / (part * extent);
        for (int32_t o = 0; o < outer; ++o)
            for (int32_t i = 0; i < indices.size(); ++i)
                to = copy(
                    first.values +
                        (o * extent + at.model.number(indices, static_cast<uint32_t>(i))) * part,
                    part, to);
    }

    // Values.

    /// The element of an input that meets element `index` of the output.
    constexpr int64_t met(const TensorInfo& in, int32_t index) {
        int32_t place = 0;
        int32_t step = 1;
        for (int axis = most_rank - 1; axis >= 0; --axis) {
            const int32_t here = index % out.of_six(axis);
            index /= out.of_six(axis);
            if (in.of_six(axis) != 1) place += here * step;
            step *= in.of_six(axis);
        }
        return at.model.whole_number(in, static_cast<uint32_t>(place));
    }
    constexpr int64_t value(int32_t index) {
        if (kind == Kind::shape) return first.dim(detail::as_int(index));
        if (kind == Kind::reduce) return reduced(index);
        if (kind == Kind::pair)
            return paired(at.operation.code, met(first, index), met(at.input(1), index));
        const int64_t one = at.model.whole_number(first, static_cast<uint32_t>(index));
        if (at.operation.code == Builtin::QUANTIZE) return quantized(static_cast<uint32_t>(one));
        if (at.operation.code == Builtin::DEQUANTIZE) return dequantized(one);
        return out.type == Type::BOOL ? (one != 0 ? 1 : 0) : one;
    }
    static constexpr int64_t paired(Builtin code, int64_t one, int64_t other) {
        // Sums and products wrap.
        const uint64_t left = static_cast<uint64_t>(one);
        const uint64_t right = static_cast<uint64_t>(other);
        switch (code) {
            case Builtin::ADD:
                return static_cast<int64_t>(left + right);
            case Builtin::SUB:
                return static_cast<int64_t>(left - right);
            case Builtin::MUL:
                return static_cast<int64_t>(left * right);
            case Builtin::DIV:
                return one / other;
            case Builtin::FLOOR_DIV:
                return one / other - (one % other < 0 ? 1 : 0);
            case Builtin::FLOOR_MOD:
                return one % other + (one % other < 0 ? other : 0);
            case Builtin::MAXIMUM:
                return detail::larger(one, other);
            default:
                return detail::smaller(one, other);
        }
    }
    constexpr int64_t reduced(int32_t index) {
        const AxisSet axes = axes_of(at, 1, 64);
        const bool adds = at.operation.code == Builtin::SUM;
        const bool multiplies = at.operation.code == Builtin::REDUCE_PROD;
        int64_t state = multiplies ? 1 : 0;
        bool begun = adds || multiplies;
        for (int32_t place = 0; place < first.size(); ++place) {
            // Which output this one leads to.
            int32_t rest = place;
            int32_t leads = 0;
            int32_t step = 1;
            for (int axis = first.rank - 1; axis >= 0; --axis) {
                if ((axes.bits >> axis & 1) == 0) {
                    leads += rest % first.dim(axis) * step;
                    step *= first.dim(axis);
                }
                rest /= first.dim(axis);
            }
            if (leads == index) {
                const int64_t one = at.model.whole_number(first, static_cast<uint32_t>(place));
                state = begun ? joined(state, one) : one;
                begun = true;
            }
        }
        return state;
    }
    constexpr int64_t joined(int64_t state, int64_t one) const {
        switch (at.operation.code) {
            case Builtin::SUM:
                return paired(Builtin::ADD, state, one);
            case Builtin::REDUCE_PROD:
                return paired(Builtin::MUL, state, one);
            case Builtin::REDUCE_MAX:
                return paired(Builtin::MAXIMUM, state, one);
            default:
                return paired(Builtin::MINIMUM, state, one);
        }
    }
    constexpr int64_t quantized(uint32_t bits) const {
        const float scaled = detail::float_of(bits) / detail::float_of(out.scale_bits);
        if (!(scaled > -1000.0f)) return -128;
        if (scaled > 1000.0f) return 127;
        const int32_t whole = static_cast<int32_t>(scaled);
        const float rest = scaled - static_cast<float>(whole);
        const int32_t sum =
            whole + (rest >= 0.5f ? 1 : 0) - (rest <= -0.5f ? 1 : 0) + out.zero_point;
        return sum < -128 ? -128 : sum > 127 ? 127 : sum;
    }
    constexpr int64_t dequantized(int64_t one) const {
        const int32_t steps = static_cast<int32_t>(one) - first.zero_point;
        const float real =
            detail::float_of(first.scale_bits) * static_cast<float>(steps < 0 ? -steps : steps);
        return static_cast<int64_t>(detail::bits_of(real) | (steps < 0 ? 0x80000000U : 0U));
    }
    constexpr void write(unsigned char* to, int32_t index, int64_t number) const {
        const int width = bytes_of(out.type);
        uint64_t bits = static_cast<uint64_t>(number);
        for (int k = 0; k < width; ++k, bits >>= 8)
            to[index * width + k] = static_cast<unsigned char>(bits & 255);
    }
};

}  // namespace fold

}  // namespace tflite
}  // namespace mote
