#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// Sizes of a border before and after each axis.
struct PadForm {
    int32_t before[most_rank];
    int32_t after[most_rank];
    /// Whole rows, columns and channels do, so many before and after the height, the width and the
    /// channels.
    bool plain;
    int32_t sizes[6];
};

constexpr PadForm pad_form(Inspection& at) {
    const TensorInfo in = at.input(0);
    PadForm form{};
    form.plain = true;
    const int rows = at.output().row_dims();
    int32_t outer = 1, inner = 1;
    bool rows_grow = false;
    for (int axis = 0; axis < in.rank && axis < most_rank; ++axis) {
        const int32_t before = form.before[axis] = at.integer(1, 2 * axis);
        const int32_t after = form.after[axis] = at.integer(1, 2 * axis + 1);
        if (axis >= rows) {
            const int place = axis == in.rank - 1 ? 4 : 2;
            form.sizes[place] = before;
            form.sizes[place + 1] = after;
        } else if (before != 0 || after != 0) {
            form.plain = form.plain && outer == 1 && !rows_grow;
            rows_grow = true;
            inner = 1;
            form.sizes[0] = before;
            form.sizes[1] = after;
        } else {
            inner =
                static_cast<int32_t>(detail::smaller(int64_t{inner} * in.dim(axis), most_elements));
        }
        if (in.dim(axis) != 1) outer = 2;
    }
    const int64_t top = int64_t{form.sizes[0]} * inner, bottom = int64_t{form.sizes[1]} * inner;
    form.plain = form.plain && top <= most_elements && bottom <= most_elements;
    if (form.plain) {
        form.sizes[0] = static_cast<int32_t>(top);
        form.sizes[1] = static_cast<int32_t>(bottom);
    }
    return form;
}

/// The output is the input and the border.
constexpr void check_border(Inspection& at) {
    const TensorInfo in = at.input(0);
    at.same_quantization();
    if (!at.integers(1, 2 * in.rank)) return;
    const PadForm form = pad_form(at);
    int32_t dims[most_rank] = {};
    for (int axis = 0; axis < in.rank; ++axis) {
        const int32_t before = form.before[axis], after = form.after[axis];
        at.require(before >= 0 && before <= most_dimension, Fault::pad_border,
                   static_cast<long>(before));
        at.require(after >= 0 && after <= most_dimension, Fault::pad_border,
                   static_cast<long>(after));
        if (at.fault == Fault::none) dims[axis] = before + in.dim(axis) + after;
    }
    at.output_has(dims, in.rank);
}

/// The numbers of an import's form as types.
template <class Owner, int Rank>
struct BorderNumbers {
    struct Before {
        static constexpr int size = Rank;
        static constexpr int32_t at(int axis) { return Owner::form.before[axis]; }
    };
    struct After {
        static constexpr int size = Rank;
        static constexpr int32_t at(int axis) { return Owner::form.after[axis]; }
    };
};

template <class Source, int Index, class Fill>
struct ImportPad {
    using On = Operands<Source, Index>;
    using Shape = typename On::Output::Shape;
    static constexpr PadForm find() {
        Model copy = Source::model;
        Inspection at{copy, copy.operation(Index), Fault::none, 0, 0};
        return pad_form(at);
    }
    static constexpr PadForm form = find();
    using Lists = BorderNumbers<ImportPad, On::template tensor<0>.rank>;

    template <bool Plain, class Unused = void>
    struct Choose {
        using type = mote::Pad<Border<form.sizes[0], form.sizes[1], form.sizes[2], form.sizes[3],
                                      form.sizes[4], form.sizes[5]>,
                               Fill>;
    };
    template <class Unused>
    struct Choose<false, Unused> {
        using type =
            PadAxes<Shape, typename DimensionsOf<Source, On::info.inputs[0]>::type,
                    NumbersOf<typename Lists::Before>, NumbersOf<typename Lists::After>, Fill>;
    };
    using Layer = typename Choose<form.plain>::type;
};

/// PAD fills with the zero point, PADV2 with its third input.
struct Pad : Turning<Pad> {
    static constexpr Builtin code = Builtin::PAD;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) { check_border(at); }

    template <class Source, int Index>
    using Import = ImportPad<Source, Index, ZeroPoint>;
};

struct PadV2 : Turning<PadV2> {
    static constexpr Builtin code = Builtin::PADV2;
    static constexpr int maps = 1, least_inputs = 3, most_inputs = 3;

    static constexpr void check(Inspection& at) {
        const TensorInfo value = at.input(2);
        at.constant(2);
        at.require(value.type == Type::INT8, Inspection::unsupported_map(value.type),
                   static_cast<long>(value.type));
        at.require(value.data.length == 1, Fault::buffer_size,
                   static_cast<long>(value.data.length));
        check_border(at);
    }

    template <class Source, int Index>
    struct Import {
        static constexpr int value =
            static_cast<int8_t>(Operands<Source, Index>::template tensor<2>.values[0]);
        using Layer = typename ImportPad<Source, Index, Value<value>>::Layer;
    };
};

struct MirrorPad : AsItIs {
    static constexpr Builtin code = Builtin::MIRROR_PAD;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    /// 1: the mirror stands on the last value, which is there once.
    static constexpr int edge(Inspection& at) {
        return at.option(slot::mirror_pad::mode) == 0 ? 1 : 0;
    }

    static constexpr void check(Inspection& at) {
        if (!at.has_options()) return;
        check_border(at);
        if (at.fault != Fault::none) return;
        const TensorInfo in = at.input(0);
        const PadForm form = pad_form(at);
        for (int axis = 0; axis < in.rank; ++axis) {
            const int32_t most = in.dim(axis) - edge(at);
            const int32_t wider = detail::larger(form.before[axis], form.after[axis]);
            at.require(wider <= most, Fault::mirror_border, static_cast<long>(wider));
        }
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr PadForm form = ImportPad<Source, Index, ZeroPoint>::form;
        using Lists = BorderNumbers<Import, On::template tensor<0>.rank>;
        using Layer =
            mote::MirrorPad<typename On::Output::Shape,
                            typename DimensionsOf<Source, On::info.inputs[0]>::type,
                            NumbersOf<typename Lists::Before>, NumbersOf<typename Lists::After>,
                            On::byte(slot::mirror_pad::mode) == 0 ? 1 : 0>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
