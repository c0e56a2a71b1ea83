#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// Channels for blocks of pixels, one way or the other.
template <Builtin Code>
struct SpaceAndDepth : AnyElement<Turning<SpaceAndDepth<Code>>> {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;
    static constexpr bool to_depth = Code == Builtin::SPACE_TO_DEPTH;

    /// Blocks have height.
    static constexpr bool turned(Inspection&) { return false; }

    static constexpr void check(Inspection& at) {
        if (!at.has_options()) return;
        at.same_quantization();
        const TensorInfo in = at.input(0), out = at.output();
        at.require(in.rank == 4, Fault::rank, in.rank);
        at.require(out.rank == 4, Fault::rank, out.rank);
        const int64_t block = at.step(slot::space_to_depth::block, 0);
        if (at.fault != Fault::none) return;
        const TensorInfo space = to_depth ? in : out, depth = to_depth ? out : in;
        at.require(space.of_four(0) == depth.of_four(0) &&
                       space.of_four(1) == depth.of_four(1) * block &&
                       space.of_four(2) == depth.of_four(2) * block && space.size() == depth.size(),
                   Fault::output_shape, out.of_four(3));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr int block = On::number(slot::space_to_depth::block, 1);
        using Layer =
            detail::conditional_t<to_depth, mote::SpaceToDepth<block>, mote::DepthToSpace<block>>;
    };
};
using SpaceToDepth = SpaceAndDepth<Builtin::SPACE_TO_DEPTH>;
using DepthToSpace = SpaceAndDepth<Builtin::DEPTH_TO_SPACE>;

/// Batches for blocks of pixels, one way or the other. Rank 3 has no width.
struct BatchForm {
    int32_t in[4];
    int32_t block[2];
    int32_t out[2];
    int32_t before[2];
    int32_t after[2];
};

template <Builtin Code>
struct SpaceAndBatch : AnyElement<AsItIs> {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 3, most_inputs = 3;
    static constexpr bool to_batch = Code == Builtin::SPACE_TO_BATCH_ND;

    static constexpr BatchForm form(Inspection& at) {
        const TensorInfo in = at.input(0), out = at.output();
        const bool wide = in.rank == 4;
        BatchForm form{{in.dim(0), in.dim(1), wide ? in.dim(2) : 1, in.dim(in.rank - 1)},
                       {1, 1},
                       {out.dim(1), wide ? out.dim(2) : 1},
                       {},
                       {}};
        for (int axis = 0; axis < in.rank - 2 && axis < 2; ++axis) {
            form.block[axis] = at.integer(1, axis);
            form.before[axis] = at.integer(2, 2 * axis);
            form.after[axis] = at.integer(2, 2 * axis + 1);
        }
        return form;
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0), out = at.output();
        at.same_quantization();
        at.require(in.rank == 3 || in.rank == 4, Fault::rank, in.rank);
        at.require(out.rank == in.rank, Fault::rank, out.rank);
        if (at.fault != Fault::none || !at.integers(1, in.rank - 2) ||
            !at.integers(2, 2 * (in.rank - 2)))
            return;
        const BatchForm found = form(at);
        int64_t blocks = 1;
        for (int axis = 0; axis < 2 && at.fault == Fault::none; ++axis) {
            const int64_t block = found.block[axis], before = found.before[axis],
                          after = found.after[axis], size = found.in[1 + axis];
            at.require(block >= 1 && block <= most_dimension && before >= 0 &&
                           before <= most_dimension && after >= 0 && after <= most_dimension,
                       Fault::move_parameter, block);
            if (at.fault != Fault::none) return;
            blocks *= block;
            at.require(to_batch ? size + before + after == found.out[axis] * block
                                : size * block - before - after == found.out[axis],
                       Fault::output_shape, static_cast<long>(found.out[axis]));
        }
        const int64_t few = to_batch ? in.dim(0) : out.dim(0);
        const int64_t many = to_batch ? out.dim(0) : in.dim(0);
        at.require(few * blocks == many && in.dim(in.rank - 1) == out.dim(in.rank - 1),
                   Fault::output_shape, out.dim(0));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Shape = typename On::Output::Shape;
        static constexpr BatchForm form = FormOf<SpaceAndBatch, Source, Index>::value;
        using Dims = Numbers<form.in[0], form.in[1], form.in[2], form.in[3]>;
        using Size = Numbers<form.block[0], form.block[1]>;
        using Out = Numbers<form.out[0], form.out[1]>;
        using Before = Numbers<form.before[0], form.before[1]>;
        using Layer =
            detail::conditional_t<to_batch, mote::SpaceToBatch<Shape, Dims, Size, Out, Before>,
                                  mote::BatchToSpace<Shape, Dims, Size, Out, Before>>;
    };
};
using SpaceToBatch = SpaceAndBatch<Builtin::SPACE_TO_BATCH_ND>;
using BatchToSpace = SpaceAndBatch<Builtin::BATCH_TO_SPACE_ND>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
