// ArgMax   out[k] = the r at which in[k, r] is largest, the first of several: int32
// ArgMin   smallest
//
// k counts along the axes that are kept, r along the one that is not.
//
// Axes, To  as in reduce.hpp; one axis.
// Formula   tensorflow/lite/kernels/internal/reference/arg_min_max.h
#pragma once

#include "../kernel/kernel.hpp"
#include "reduce.hpp"

namespace mote {

template <bool Largest, class Axes, class To = void>
struct ExtremeIndex {
    static MOTE_INLINE constexpr const char* name() { return Largest ? "ArgMax" : "ArgMin"; }

    template <class ArchType, class InputType>
    struct On : Rowwise {
       private:
        static constexpr ReducedAxes all = Axes::template of<typename InputType::Shape>();

       public:
        using Arch = ArchType;
        using Input = InputType;
        using Output =
            Tensor<int32_t, typename ReducedShape<typename Input::Shape, Axes, To>::type, Unscaled>;

        /// Whether output row r needs input row r alone.
        static constexpr bool by_row =
            all.keeps_rows() && Output::Shape::height == Input::Shape::height;
        static constexpr kernel::Reduction axes = all.from(by_row ? all.rows_from() : 0);
        static constexpr RowWindow window = by_row ? same_row() : all_rows(Input::Shape::height);
        static constexpr int32_t macs = 0;
        static constexpr int32_t extent = Input::size / Output::size;
        static_assert(check::kept_size<Output::size,
                                       axes.outputs() * (by_row ? Input::Shape::height : 1)>::value,
                      "the reason stands above");

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag) -> decltype(kernel::extreme_index<Largest>(
            static_cast<const typename Input::Element*>(nullptr), nullptr, 0, 0, 0, 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            constexpr int32_t size = Output::Shape::row_size;
            for (int row = first; row < last; ++row)
                kernel::extreme_index<Largest>(in.row(by_row ? row : 0), out.row(row),
                                               by_row ? 0 : row * size, size, extent, axes.kept[3],
                                               Arch{});
        }
    };
};

template <class Axes, class To = void>
using ArgMax = ExtremeIndex<true, Axes, To>;
template <class Axes, class To = void>
using ArgMin = ExtremeIndex<false, Axes, To>;

}  // namespace mote
