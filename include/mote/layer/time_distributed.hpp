// out[t] = layer(in[t]), part by part
//
// Times   how many parts of equal height the input has: maps below each other, such as a batch.
// Layer   what is done with each of them; it reads one tensor.
// Shape   in Shape<Times * H, W, C>; out Times times what the layer makes of Shape<H, W, C>, below
//         each other.
#pragma once

#include "window.hpp"

namespace mote {

/// Rows of a view from row `first` on.
template <class View>
struct RowsFrom {
    static constexpr bool whole = View::whole;

    View view;
    int first;

    MOTE_INLINE constexpr auto row(int index) const { return view.row(first + index); }
};

template <int Times, class Layer>
struct TimeDistributed {
    static_assert(Times > 0, "TimeDistributed: there is one part or more");
    static MOTE_INLINE constexpr const char* name() { return Layer::name(); }

    template <class InputType>
    using PartOf = Tensor<typename InputType::Element,
                          Shape<InputType::Shape::height / Times, InputType::Shape::width,
                                InputType::Shape::channels>,
                          typename InputType::Quantization>;

    template <class ArchType, class InputType>
    struct On : Layer::template On<ArchType, PartOf<InputType>> {
        static_assert(InputType::Shape::height % Times == 0,
                      "TimeDistributed: the input's rows do not make so many equal parts");
        using Part = typename Layer::template On<ArchType, PartOf<InputType>>;
        using Input = InputType;
        using Output = Tensor<typename Part::Output::Element,
                              Shape<Times * Part::Output::Shape::height, Part::Output::Shape::width,
                                    Part::Output::Shape::channels>,
                              typename Part::Output::Quantization>;

        static constexpr int rows_in = Part::Input::Shape::height;
        static constexpr int rows_out = Part::Output::Shape::height;

        /// The layer's own where its steps lead from one part into the next.
        static constexpr RowWindow window = Part::window.stride * rows_out == rows_in
                                                ? Part::window
                                                : all_rows(Input::Shape::height);
        static constexpr int32_t macs = Times * Part::macs;
        static constexpr bool accumulates = false;
        using Along = void;

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            for (int row = first; row < last;) {
                const int part = row / rows_out;
                const int begin = part * rows_out;
                const int end = last < begin + rows_out ? last : begin + rows_out;
                Part::rows(row - begin, end - begin, RowsFrom<Out>{out, begin},
                           RowsFrom<In>{in, part * rows_in});
                row = end;
            }
        }
    };
};

}  // namespace mote
