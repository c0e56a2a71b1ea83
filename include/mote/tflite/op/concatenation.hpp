#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// How the inputs make up the output: see layer/concatenate.hpp.
struct JoinForm {
    int axis;
    bool rows;
    int32_t outer;
};

/// Along axis `axis` of the output.
constexpr JoinForm join_form(Inspection& at, int64_t axis) {
    const TensorInfo out = at.output();
    JoinForm form{at.axis(axis, out.rank), false, 1};
    if (at.fault != Fault::none) return form;
    const int of_rows = out.row_dims();
    form.rows = form.axis < of_rows;
    for (int i = form.rows ? 0 : of_rows; i < form.axis; ++i) form.outer *= out.dim(i);
    return form;
}

/// As it is where its rows are the output's, else as rows of one size.
constexpr Extents joined_extents(const TensorInfo& in, const TensorInfo& out, bool rows) {
    const int64_t row = out.width() * out.channels();
    const bool fits = rows ? in.width() * in.channels() == row : in.height() == out.height();
    if (fits) return in.extents();
    return rows ? Extents{in.size() / row, out.width(), out.channels()}
                : Extents{out.height(), 1, in.size() / out.height()};
}

/// A constant operand.
template <class Source, int Tensor>
struct FileBytes {
    static constexpr TensorInfo info = Source::template Tensor<Tensor>::info;
    static constexpr int32_t size = static_cast<int32_t>(info.bytes());
    static constexpr int8_t at(int32_t index) { return static_cast<int8_t>(info.values[index]); }
};

template <class Operator>
struct Joined : AnyElement<OneResult> {
    static constexpr int most = 32;
    static constexpr int maps = most, least_inputs = 1, most_inputs = most;
    static constexpr bool takes_constants = true;

    static constexpr Extents sees(Inspection& at, int position) {
        return joined_extents(at.input(position), at.output(), Operator::form(at).rows);
    }

    static constexpr void same_quantizations(Inspection& at) {
        const TensorInfo out = at.output();
        for (int i = 0; i < at.operation.input_count; ++i) {
            const TensorInfo in = at.input(i);
            at.same_values(in, out);
        }
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr JoinForm form = FormOf<Operator, Source, Index>::value;

        template <int Position>
        struct Operand {
            static constexpr int find() {
                Model copy = Source::model;
                return copy.operand(On::info, Position);
            }
            static constexpr int tensor = find();
            using type =
                detail::conditional_t<Source::template Tensor<tensor>::info.data.length == 0,
                                      FromMap, FileBytes<Source, tensor>>;
        };
        template <class Positions>
        struct Make;
        template <int... Positions>
        struct Make<detail::sequence<Positions...>> {
            using type = mote::Concatenate<typename On::Output::Shape,
                                           form.rows ? Joins::rows : Joins::columns, form.outer,
                                           typename Operand<Positions>::type...>;
        };
        using Layer = typename Make<detail::make_sequence_t<On::info.input_count>>::type;
    };
};

struct Concatenation : Joined<Concatenation> {
    static constexpr Builtin code = Builtin::CONCATENATION;

    static constexpr JoinForm form(Inspection& at) {
        return join_form(at, at.number(slot::concatenation::axis));
    }
    static constexpr void check(Inspection& at) {
        const int activation = at.option(slot::concatenation::activation);
        at.require(activation == 0, Fault::activation, activation);
        same_quantizations(at);
        const TensorInfo out = at.output();
        const JoinForm found = form(at);
        int64_t sum = 0;
        for (int i = 0; i < at.operation.input_count && at.fault == Fault::none; ++i) {
            const TensorInfo in = at.input(i);
            at.require(in.rank == out.rank, Fault::rank, in.rank);
            for (int axis = 0; axis < out.rank && at.fault == Fault::none; ++axis)
                at.require(axis == found.axis || in.dim(axis) == out.dim(axis), Fault::output_shape,
                           out.dim(axis));
            if (at.fault == Fault::none) sum += in.dim(found.axis);
        }
        if (at.fault == Fault::none)
            at.require(sum == out.dim(found.axis), Fault::output_shape, out.dim(found.axis));
    }
};

struct Pack : Joined<Pack> {
    static constexpr Builtin code = Builtin::PACK;

    static constexpr JoinForm form(Inspection& at) {
        return join_form(at, at.number(slot::pack::axis));
    }
    static constexpr void check(Inspection& at) {
        same_quantizations(at);
        const TensorInfo out = at.output();
        const JoinForm found = form(at);
        if (at.fault != Fault::none) return;
        at.require(out.dim(found.axis) == at.operation.input_count, Fault::output_shape,
                   out.dim(found.axis));
        for (int i = 0; i < at.operation.input_count && at.fault == Fault::none; ++i) {
            const TensorInfo in = at.input(i);
            at.require(in.rank == out.rank - 1, Fault::rank, in.rank);
            for (int axis = 0; axis < out.rank && at.fault == Fault::none; ++axis)
                at.require(axis == found.axis ||
                               in.dim(axis - (axis > found.axis ? 1 : 0)) == out.dim(axis),
                           Fault::output_shape, out.dim(axis));
        }
    }
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
