#pragma once

#include <stddef.h>

#include "../../detail/integer.hpp"
#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// How the output's rows come from an input's: see RowsOf. `fits`: as mote repeats them.
struct RepeatedRows {
    int32_t repeat;
    int32_t period;
    bool fits;

    static constexpr RepeatedRows of(const TensorInfo& in, const TensorInfo& out) {
        RepeatedRows rows{1, 1, true};
        // Behind one another: repeated dimensions, those that are there, repeated ones.
        int part = 0;
        for (int axis = out.row_axes() - 1; axis >= 0; --axis) {
            const bool there = in.of_six(axis) == out.of_six(axis);
            if (out.of_six(axis) != 1) {
                if (part == 2 && there) rows.fits = false;
                if (part == (there ? 0 : 1)) ++part;
                if (part == 1)
                    rows.period *= out.of_six(axis);
                else if (part == 0)
                    rows.repeat *= out.of_six(axis);
            }
        }
        return rows;
    }
    /// Whether heights say it all.
    constexpr bool plain(int64_t height) const { return period == 1 || period == height; }
};

/// Operators on several inputs, element by element; dimensions of 1 are repeated.
template <int Inputs>
struct ElementByElement : OneResult {
    static constexpr int maps = Inputs, least_inputs = Inputs, most_inputs = Inputs;
    static constexpr bool takes_constants = true;

    /// In the output's axes.
    static constexpr Extents sees(const TensorInfo& in, const TensorInfo& out) {
        const int rows = out.row_axes();
        int64_t height = 1;
        for (int axis = 0; axis < rows; ++axis) height *= in.of_six(axis);
        return {height, rows < most_rank - 1 ? in.of_six(4) : 1, in.of_six(5)};
    }
    static constexpr Extents sees(Inspection& at, int position) {
        return sees(at.input(position), at.output());
    }

    static constexpr bool check_shapes(Inspection& at) {
        const TensorInfo out = at.output();
        TensorInfo in[static_cast<size_t>(Inputs)] = {};
        for (int i = 0; i < Inputs; ++i) in[i] = at.input(i);
        for (int axis = 0; axis < most_rank; ++axis) {
            int32_t most = 1;
            for (int i = 0; i < Inputs; ++i) {
                const int32_t found = in[i].of_six(axis);
                at.require(found == most || found == 1 || most == 1, Fault::broadcast, found);
                if (found != 1) most = found;
            }
            at.require(out.of_six(axis) == most, Fault::output_shape, out.of_six(axis));
        }
        for (int i = 0; i < Inputs && at.fault == Fault::none; ++i)
            at.require(RepeatedRows::of(in[i], out).fits, Fault::broadcast, out.rank);
        return at.fault == Fault::none;
    }
};

/// The layer of one on two inputs; `Any<Heights>::type`: of two maps.
template <class Source, int Index, template <class Heights> class Any>
struct PairImport {
   private:
    using On = Operands<Source, Index>;
    static constexpr TensorInfo out = Source::template Tensor<On::info.output>::info;
    static constexpr TensorInfo left = On::template tensor<0>;
    static constexpr TensorInfo right = On::template tensor<1>;
    static constexpr RepeatedRows left_rows = RepeatedRows::of(left, out);
    static constexpr RepeatedRows right_rows = RepeatedRows::of(right, out);

    using Heights = detail::conditional_t<
        left_rows.plain(out.height()) && right_rows.plain(out.height()), ByHeight,
        ByBatch<static_cast<int>(out.height()),
                RowsOf<static_cast<int>(left_rows.repeat), static_cast<int>(left_rows.period)>,
                RowsOf<static_cast<int>(right_rows.repeat), static_cast<int>(right_rows.period)>>>;
    using Both = typename Any<Heights>::type;

    /// With the constant at `Position`; -1: there is none.
    template <int Position, class Unused = void>
    struct With {
        static constexpr Extents extents =
            ElementByElement<2>::sees(Position == 0 ? left : right, out);
        using Constant = FileConstant<Source, On::info.inputs[Position],
                                      ShapeOf<extents.height, extents.width, extents.channels>>;
        using type = typename Both::template With<Constant, Position>;
    };
    template <class Unused>
    struct With<-1, Unused> {
        using type = Both;
    };

   public:
    using Layer =
        typename With<left.data.length != 0 ? 0 : (right.data.length != 0 ? 1 : -1)>::type;
};

/// Arithmetic.
template <Builtin Code, class FunctionType, bool HasActivation>
struct Pairwise : ElementByElement<2> {
    static constexpr Builtin code = Code;
    using Function = FunctionType;

    static constexpr void check(Inspection& at) {
        if (HasActivation) at.activation(slot::pairwise::activation);
        if (!check_shapes(at)) return;
        const TensorInfo left = at.input(0);
        const TensorInfo right = at.input(1);
        const TensorInfo out = at.output();
        at.require(!Function::moves || (same(left, out) && same(right, out)),
                   Fault::quantization_change, out.zero_point);
        at.require(Function::possible({left.scale_bits, right.scale_bits, out.scale_bits}),
                   Fault::pair_scale, static_cast<long>(out.scale_bits));
        if (Code == Builtin::DIV && right.data.length != 0)
            for (uint32_t i = 0; i < right.data.length; ++i)
                at.require(at.model.number(right, i) != right.zero_point, Fault::division,
                           static_cast<long>(i));
    }
    static constexpr bool same(const TensorInfo& in, const TensorInfo& out) {
        return in.scale_bits == out.scale_bits && in.zero_point == out.zero_point;
    }

    template <class Source, int Index>
    struct Import {
       private:
        using On = Operands<Source, Index>;
        using Activation = typename ActivationOf<static_cast<tflite::Activation>(
            HasActivation ? On::byte(slot::pairwise::activation) : 0)>::type;

        template <class Of, class Heights>
        struct Make {
            using type =
                mote::Pairwise<Of, typename On::Affine, Activation, rounding::Double, Heights>;
        };
        template <class Heights>
        struct Make<pairwise::Sum, Heights> {
            using type = mote::Add<typename On::Affine, Activation, rounding::Double, Heights>;
        };
        template <class Heights>
        struct Any : Make<Function, Heights> {};

       public:
        using Layer = typename PairImport<Source, Index, Any>::Layer;
    };
};

using Add = Pairwise<Builtin::ADD, pairwise::Sum, true>;
using Sub = Pairwise<Builtin::SUB, pairwise::Difference, true>;
using Mul = Pairwise<Builtin::MUL, pairwise::Product, true>;
using Div = Pairwise<Builtin::DIV, pairwise::Quotient, true>;
using Maximum = Pairwise<Builtin::MAXIMUM, pairwise::Larger, false>;
using Minimum = Pairwise<Builtin::MINIMUM, pairwise::Smaller, false>;
using SquaredDifference = Pairwise<Builtin::SQUARED_DIFFERENCE, pairwise::SquaredDifference, false>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
