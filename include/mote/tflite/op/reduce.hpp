#pragma once

#include "../axes.hpp"
#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

// The output's dimensions say whether reduced ones are kept; values come in the same order.

/// What is left of a tensor when `axes` are reduced, as far as it is not 1.
struct KeptDims {
    int32_t sizes[most_rank];
    int count;
    int64_t reduced;

    constexpr bool operator==(const KeptDims& other) const {
        bool same = count == other.count;
        for (int i = 0; i < most_rank && i < count; ++i) same = same && sizes[i] == other.sizes[i];
        return same;
    }
};
constexpr KeptDims kept_dims(const TensorInfo& tensor, uint32_t axes) {
    KeptDims kept{{}, 0, 1};
    for (int axis = 0; axis < tensor.rank; ++axis) {
        if ((axes >> axis & 1) != 0)
            kept.reduced *= tensor.dim(axis);
        else if (tensor.dim(axis) != 1)
            kept.sizes[kept.count++] = tensor.dim(axis);
    }
    return kept;
}

template <class Source, class On, class Dimensions>
struct AxesIn;
template <class Source, class On, int... Dimensions>
struct AxesIn<Source, On, detail::sequence<Dimensions...>> {
    using type = AxesOf<axes_in(On::template tensor<1>, On::template tensor<0>.rank).bits,
                        On::template tensor<0>.dim(Dimensions)...>;
};

template <Builtin Code>
struct Reduction : Turning<Reduction<Code>> {
    static constexpr Builtin code = Code;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;
    static constexpr bool adds = Code == Builtin::MEAN || Code == Builtin::SUM;

    static constexpr bool turned(Inspection& at) { return at.input(0).one_row(); }

    static constexpr void check(Inspection& at) {
        const AxisSet axes = axes_of(at, 1, 64);
        if (!adds) at.same_quantization();
        if (!at.require(true, Fault::none, 0)) return;
        const TensorInfo out = at.output();
        const KeptDims kept = kept_dims(at.input(0), axes.bits);
        at.require(kept == kept_dims(out, 0), Fault::output_shape, out.size());
        at.require(!adds || kept.reduced <= reduction::most_values, Fault::size, kept.reduced);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        using Axes =
            typename AxesIn<Source, On, detail::make_sequence_t<On::template tensor<0>.rank>>::type;
        using Function = detail::conditional_t<
            adds,
            mote::reduction::Total<typename On::Affine, Code == Builtin::MEAN, rounding::Double>,
            detail::conditional_t<Code == Builtin::REDUCE_MAX, mote::reduction::Extreme<true>,
                                  mote::reduction::Extreme<false>>>;
        using Layer = mote::Reduce<Function, Axes, typename WayOf<Reduction, Source, Index>::Shape>;
    };
};

using Mean = Reduction<Builtin::MEAN>;
using Sum = Reduction<Builtin::SUM>;
using ReduceMax = Reduction<Builtin::REDUCE_MAX>;
using ReduceMin = Reduction<Builtin::REDUCE_MIN>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
