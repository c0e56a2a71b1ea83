#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// How often the input stands along each axis of the output, which may have more of them in front.
struct TileForm {
    int32_t times[most_rank];
    int32_t dims[most_rank];
    int rank;
};

template <class Operator>
struct ImportTile {
    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TileForm form = FormOf<Operator, Source, Index>::value;
        struct Times {
            static constexpr int size = form.rank;
            static constexpr int32_t at(int axis) { return form.times[axis]; }
        };
        struct Dims {
            static constexpr int size = form.rank;
            static constexpr int32_t at(int axis) { return form.dims[axis]; }
        };
        using Layer = mote::Tile<typename On::Output::Shape, NumbersOf<Dims>, NumbersOf<Times>>;
    };
};

constexpr void check_tile(Inspection& at, const TileForm& form) {
    int32_t dims[most_rank] = {};
    for (int axis = 0; axis < form.rank && at.fault == Fault::none; ++axis) {
        const int64_t size = static_cast<int64_t>(form.dims[axis]) * form.times[axis];
        at.require(form.times[axis] >= 1 && size <= most_elements, Fault::move_parameter,
                   static_cast<long>(form.times[axis]));
        if (at.fault == Fault::none) dims[axis] = static_cast<int32_t>(size);
    }
    at.output_has(dims, form.rank);
}

struct Tile : AnyElement<AsItIs>, ImportTile<Tile> {
    static constexpr Builtin code = Builtin::TILE;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr TileForm form(Inspection& at) {
        const TensorInfo in = at.input(0);
        TileForm form{};
        form.rank = in.rank;
        for (int axis = 0; axis < in.rank && axis < most_rank; ++axis) {
            form.dims[axis] = in.dim(axis);
            form.times[axis] = at.integer(1, axis);
        }
        return form;
    }
    static constexpr void check(Inspection& at) {
        at.same_quantization();
        if (at.integers(1, at.input(0).rank)) check_tile(at, form(at));
    }
};

struct BroadcastTo : AnyElement<AsItIs>, ImportTile<BroadcastTo> {
    static constexpr Builtin code = Builtin::BROADCAST_TO;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr TileForm form(Inspection& at) {
        const TensorInfo in = at.input(0);
        TileForm form{};
        form.rank = detail::smaller(at.integer_count(1), most_rank);
        for (int axis = 0; axis < form.rank; ++axis) {
            const int own = axis - (form.rank - in.rank);
            const int32_t wanted = at.integer(1, axis);
            form.dims[axis] = own < 0 ? 1 : in.dim(own);
            form.times[axis] = form.dims[axis] == wanted ? 1 : form.dims[axis] == 1 ? wanted : 0;
        }
        return form;
    }
    static constexpr void check(Inspection& at) {
        at.same_quantization();
        if (!at.integers(1, -1)) return;
        at.require(at.integer_count(1) <= most_rank && at.integer_count(1) >= at.input(0).rank,
                   Fault::move_parameter, at.integer_count(1));
        if (at.fault == Fault::none) check_tile(at, form(at));
    }
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
