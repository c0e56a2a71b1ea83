#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

template <class Info, bool Transposed, class Dimensions>
struct MatrixIn;
template <class Info, bool Transposed, int... Dimensions>
struct MatrixIn<Info, Transposed, detail::sequence<Dimensions...>> {
    using type = MatrixOf<Transposed, Info::info.dim(Dimensions)...>;
};

struct BatchMatMul : AsItIs {
    static constexpr Builtin code = Builtin::BATCH_MATMUL;
    static constexpr int maps = 2, least_inputs = 2, most_inputs = 2;

    /// Dimension `axis` of five, the last ones being rows and columns.
    static constexpr int64_t size_of(const TensorInfo& tensor, bool transposed, int axis) {
        return tensor.dims[most_rank - 5 + (transposed && axis >= 3 ? 7 - axis : axis)];
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo left = at.input(0);
        const TensorInfo right = at.input(1);
        const TensorInfo out = at.output();
        at.require(left.rank >= 2 && left.rank <= 5, Fault::rank, left.rank);
        at.require(right.rank >= 2 && right.rank <= 5, Fault::rank, right.rank);
        const bool left_turned = at.option(slot::batch_matmul::adj_x) != 0;
        const bool right_turned = at.option(slot::batch_matmul::adj_y) != 0;
        const int64_t depth = size_of(left, left_turned, 4);
        at.require(depth == size_of(right, right_turned, 3), Fault::matrix_shape, depth);
        at.require(out.rank == detail::larger(left.rank, right.rank), Fault::output_shape,
                   out.rank);
        for (int axis = 0; axis < 5; ++axis) {
            const int64_t a = size_of(left, left_turned, axis);
            const int64_t b = size_of(right, right_turned, axis);
            if (axis < 3) at.require(a == b || a == 1 || b == 1, Fault::matrix_shape, b);
            const int64_t wanted = axis == 3 ? a : axis == 4 ? b : detail::larger(a, b);
            at.require(size_of(out, false, axis) == wanted, Fault::output_shape, wanted);
        }
        at.require(MatrixScale{left.scale_bits, right.scale_bits, out.scale_bits}.possible(),
                   Fault::matrix_scale, static_cast<long>(right.scale_bits));
        at.multiplies(1, 1, depth);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        template <int Position, int Slot>
        using Matrix =
            typename MatrixIn<typename Source::template Tensor<On::info.inputs[Position]>,
                              On::byte(Slot) != 0,
                              detail::make_sequence_t<On::template tensor<Position>.rank>>::type;
        using Layer =
            mote::BatchMatMul<typename On::Affine, Matrix<0, slot::batch_matmul::adj_x>,
                              Matrix<1, slot::batch_matmul::adj_y>, typename On::Output::Shape>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
