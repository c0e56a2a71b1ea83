#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// Along each axis of the input: where a slice starts, its step, and how many values it has.
struct SliceForm {
    int32_t starts[most_rank];
    int32_t steps[most_rank];
    int32_t counts[most_rank];
    /// Axes that the output does not have.
    uint32_t left_out;
};

constexpr SliceForm whole_of(const TensorInfo& in) {
    SliceForm form{};
    for (int axis = 0; axis < in.rank && axis < most_rank; ++axis) {
        form.steps[axis] = 1;
        form.counts[axis] = in.dim(axis);
    }
    return form;
}

/// Output `number` is a slice of input `map`.
constexpr void check_slice(Inspection& at, const SliceForm& form, int number = 0, int map = 0) {
    const TensorInfo in = at.input(map);
    int32_t dims[most_rank] = {};
    int rank = 0;
    for (int axis = 0; axis < in.rank && at.fault == Fault::none; ++axis) {
        const int64_t last =
            form.starts[axis] + (static_cast<int64_t>(form.counts[axis]) - 1) * form.steps[axis];
        at.require(form.counts[axis] >= 1 && form.starts[axis] >= 0 &&
                       form.starts[axis] < in.dim(axis) && last >= 0 && last < in.dim(axis),
                   Fault::move_parameter, static_cast<long>(form.starts[axis]));
        if ((form.left_out >> axis & 1) == 0) dims[rank++] = form.counts[axis];
    }
    at.output_has(dims, rank, number);
}

/// The layer of one: a view if it leaves out nothing and turns nothing around.
template <class Owner, class Source, int Input, class Shape>
struct SliceLayer {
    static constexpr TensorInfo in = Source::template Tensor<Input>::info;
    struct Starts {
        static constexpr int size = in.rank;
        static constexpr int32_t at(int axis) { return Owner::form.starts[axis]; }
    };
    struct Steps {
        static constexpr int size = in.rank;
        static constexpr int32_t at(int axis) { return Owner::form.steps[axis]; }
    };
    struct Counts {
        static constexpr int size = in.rank;
        static constexpr int32_t at(int axis) { return Owner::form.counts[axis]; }
    };
    static constexpr bool view() {
        bool whole = true;
        for (int axis = 0; axis < in.rank; ++axis)
            whole = whole && Owner::form.counts[axis] == in.dim(axis) &&
                    (in.dim(axis) == 1 || Owner::form.steps[axis] == 1);
        return whole;
    }
    using type = detail::conditional_t<
        view(), mote::Reshape<Shape>,
        mote::StridedSlice<Shape, typename DimensionsOf<Source, Input>::type, NumbersOf<Starts>,
                           NumbersOf<Steps>, NumbersOf<Counts>>>;
};

template <class Operator>
struct ImportSlice {
    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr SliceForm form = FormOf<Operator, Source, Index>::value;
        using Layer = typename SliceLayer<Import, Source, On::info.inputs[0],
                                          typename On::Output::Shape>::type;
    };
};

struct Slice : AnyElement<AsItIs>, ImportSlice<Slice> {
    static constexpr Builtin code = Builtin::SLICE;
    static constexpr int maps = 1, least_inputs = 3, most_inputs = 3;

    static constexpr SliceForm form(Inspection& at) {
        const TensorInfo in = at.input(0);
        SliceForm form = whole_of(in);
        for (int axis = 0; axis < in.rank && axis < most_rank; ++axis) {
            form.starts[axis] = at.integer(1, axis);
            const int32_t size = at.integer(2, axis);
            const bool possible = form.starts[axis] >= 0 && form.starts[axis] <= in.dim(axis);
            form.counts[axis] = size == -1 && possible ? in.dim(axis) - form.starts[axis] : size;
        }
        return form;
    }
    static constexpr void check(Inspection& at) {
        const int rank = at.input(0).rank;
        at.same_quantization();
        if (at.integers(1, rank) && at.integers(2, rank)) check_slice(at, form(at));
    }
};

struct StridedSlice : AnyElement<AsItIs>, ImportSlice<StridedSlice> {
    static constexpr Builtin code = Builtin::STRIDED_SLICE;
    static constexpr int maps = 1, least_inputs = 4, most_inputs = 4;

    static constexpr int64_t between(int64_t number, int64_t least, int64_t most) {
        return number < least ? least : number > most ? most : number;
    }

    static constexpr SliceForm form(Inspection& at) {
        namespace field = slot::strided_slice;
        const TensorInfo in = at.input(0);
        const int32_t from_begin = at.number(field::begin_mask),
                      to_end = at.number(field::end_mask);
        const int32_t shrink = at.number(field::shrink_axis_mask);
        SliceForm form = whole_of(in);
        for (int axis = 0; axis < in.rank && axis < most_rank; ++axis) {
            const int64_t size = in.dim(axis), step = at.integer(3, axis);
            const int64_t least = step > 0 ? 0 : -1, most = step > 0 ? size : size - 1;
            int64_t start = at.integer(1, axis), stop = at.integer(2, axis);
            start = between(start < 0 ? start + size : start, least, most);
            if ((from_begin >> axis & 1) != 0) start = step > 0 ? 0 : size - 1;
            if (at.option(field::offset) != 0) stop += start;
            stop = between(stop < 0 ? stop + size : stop, least, most);
            if ((to_end >> axis & 1) != 0) stop = step > 0 ? size : -1;
            form.starts[axis] = static_cast<int32_t>(start);
            form.steps[axis] = static_cast<int32_t>(step);
            if ((shrink >> axis & 1) != 0) {
                form.left_out |= uint32_t{1} << axis;
                form.counts[axis] = 1;
            } else {
                const int64_t count = step == 0  ? 0
                                      : step > 0 ? (stop - start + step - 1) / step
                                                 : (start - stop - step - 1) / -step;
                form.counts[axis] = count < 0 ? 0 : static_cast<int32_t>(count);
            }
        }
        return form;
    }
    static constexpr void check(Inspection& at) {
        namespace field = slot::strided_slice;
        const int rank = at.input(0).rank;
        at.same_quantization();
        at.require(at.number(field::ellipsis_mask) == 0 && at.number(field::new_axis_mask) == 0,
                   Fault::slice_mask, at.number(field::new_axis_mask));
        if (at.integers(1, rank) && at.integers(2, rank) && at.integers(3, rank))
            check_slice(at, form(at));
    }
};

struct Reverse : AnyElement<AsItIs>, ImportSlice<Reverse> {
    static constexpr Builtin code = Builtin::REVERSE_V2;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr SliceForm form(Inspection& at) {
        const TensorInfo in = at.input(0);
        SliceForm form = whole_of(in);
        const int count = at.integer_count(1);
        for (int i = 0; i < count && i < most_rank; ++i) {
            const int axis = at.axis(at.integer(1, i), in.rank);
            if (in.rank == 0) return form;
            form.starts[axis] = in.dim(axis) - 1;
            form.steps[axis] = -1;
        }
        return form;
    }
    static constexpr void check(Inspection& at) {
        at.same_quantization();
        if (!at.integers(1, -1)) return;
        at.require(at.integer_count(1) <= most_rank, Fault::move_parameter, at.integer_count(1));
        check_slice(at, form(at));
    }
};

/// Several slices: each result is a layer by itself, and those that lead nowhere are left out.
template <class Operator>
struct SeveralSlices : AnyElement<AsItIs> {
    static constexpr int most_outputs = 32;

    static constexpr void check_slices(Inspection& at) {
        for (int i = 0; i < at.operation.output_count && at.fault == Fault::none; ++i) {
            at.same_quantization(Operator::map, i);
            check_slice(at, Operator::form(at, i), i, Operator::map);
        }
    }

    template <class Source, int Index>
    struct Import {
        template <int Number>
        struct Of {
            static constexpr SliceForm find() {
                Model copy = Source::model;
                Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
                return Operator::form(at, Number);
            }
            static constexpr SliceForm form = find();
            static constexpr int find_output() {
                Model copy = Source::model;
                return copy.index_at(copy.operation(Index).all_outputs, Number);
            }
            using type =
                typename SliceLayer<Of, Source,
                                    Source::template Operation<Index>::info.inputs[Operator::map],
                                    typename MapOf<Source, find_output()>::Shape>::type;
        };
        template <int Number>
        using Result = typename Of<Number>::type;
    };
};

/// The part of an axis that is result `number`'s, by the results' own sizes.
constexpr SliceForm split_form(Inspection& at, int map, int64_t number_of_axis, int number) {
    const TensorInfo in = at.input(map);
    SliceForm form = whole_of(in);
    const int axis = at.axis(number_of_axis, in.rank);
    int64_t start = 0;
    for (int i = 0; i <= number && at.fault == Fault::none; ++i) {
        const TensorInfo out = at.output(i);
        if (!at.require(out.rank == in.rank, Fault::output_shape, out.rank)) return form;
        form.starts[axis] = static_cast<int32_t>(start);
        form.counts[axis] = out.dim(axis);
        start += out.dim(axis);
    }
    return form;
}
/// The results are all of the axis.
constexpr void check_split(Inspection& at, int map, int64_t number_of_axis, bool alike) {
    const int last = at.operation.output_count - 1;
    const SliceForm form = split_form(at, map, number_of_axis, last);
    const TensorInfo in = at.input(map);
    const int axis = at.axis(number_of_axis, in.rank);
    if (at.fault != Fault::none) return;
    at.require(int64_t{form.starts[axis]} + form.counts[axis] == in.dim(axis), Fault::output_shape,
               static_cast<long>(form.counts[axis]));
    for (int i = 0; i < last && alike; ++i)
        at.require(at.output(i).dim(axis) == form.counts[axis], Fault::output_shape,
                   static_cast<long>(form.counts[axis]));
}

struct Split : SeveralSlices<Split> {
    static constexpr Builtin code = Builtin::SPLIT;
    static constexpr int first_map = 1, map = 1, maps = 2, least_inputs = 2, most_inputs = 2;

    static constexpr SliceForm form(Inspection& at, int number) {
        return split_form(at, 1, at.integer(0, 0), number);
    }
    static constexpr void check(Inspection& at) {
        if (!at.integers(0, 1)) return;
        check_split(at, 1, at.integer(0, 0), true);
        check_slices(at);
    }
};

struct SplitV : SeveralSlices<SplitV> {
    static constexpr Builtin code = Builtin::SPLIT_V;
    static constexpr int map = 0, maps = 1, least_inputs = 3, most_inputs = 3;

    static constexpr SliceForm form(Inspection& at, int number) {
        return split_form(at, 0, at.integer(2, 0), number);
    }
    static constexpr void check(Inspection& at) {
        if (!at.integers(2, 1)) return;
        check_split(at, 0, at.integer(2, 0), false);
        check_slices(at);
    }
};

struct Unpack : SeveralSlices<Unpack> {
    static constexpr Builtin code = Builtin::UNPACK;
    static constexpr int map = 0, maps = 1, least_inputs = 1, most_inputs = 1;

    static constexpr SliceForm form(Inspection& at, int number) {
        const TensorInfo in = at.input(0);
        SliceForm form = whole_of(in);
        const int axis = at.axis(at.number(slot::unpack::axis), in.rank);
        if (in.rank == 0) return form;
        form.starts[axis] = number;
        form.counts[axis] = 1;
        form.left_out = uint32_t{1} << axis;
        return form;
    }
    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const int axis = at.axis(at.number(slot::unpack::axis), in.rank);
        if (at.fault != Fault::none) return;
        at.require(in.dim(axis) == at.operation.output_count, Fault::output_shape,
                   at.operation.output_count);
        check_slices(at);
    }
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
