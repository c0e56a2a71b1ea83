// Cast        out[i] = in[i] as another element: what does not fit wraps, and what is not 0 is true
// LogicalNot  out[i] = not in[i], of bool
//
// Element, Affine  the output's; values are taken as they are, whatever they stand for.
// Shape            any; out the same shape.
// Formula          tensorflow/lite/micro/kernels/cast.cc, logical.cc
#pragma once

#include "../kernel/kernel.hpp"
#include "window.hpp"

namespace mote {

template <class Function, class Element, class Affine>
struct Each {
    static MOTE_INLINE constexpr const char* name() { return Function::name(); }

    template <class ArchType, class InputType>
    struct On : Rowwise {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<Element, typename Input::Shape, typename Quantized<Affine>::type>;

        static constexpr RowWindow window = same_row();
        static constexpr int32_t macs = 0;
        static constexpr bool in_place = sizeof(Element) == sizeof(typename Input::Element);

        /// The call that picks the kernel: see kernel/serving.hpp.
        template <class Tag>
        static auto pick(Tag tag)
            -> decltype(kernel::each<Function>(static_cast<const typename Input::Element*>(nullptr),
                                               static_cast<Element*>(nullptr), 0, tag));

        static constexpr int32_t table_bytes() { return 0; }

        template <class Out, class In>
        static void rows(int first, int last, Out out, In in) {
            const int run = adjacent<Out, In>(last - first);
            for (int row = first; row < last; row += run)
                kernel::each<Function>(in.row(row), out.row(row),
                                       static_cast<int32_t>(run) * Output::Shape::row_size, Arch{});
        }
    };
};

namespace each {

struct Same {
    static MOTE_INLINE constexpr const char* name() { return "Cast"; }
    template <class To, class From>
    static MOTE_INLINE constexpr To of(From value) {
        return static_cast<To>(value);
    }
};
struct Not {
    static MOTE_INLINE constexpr const char* name() { return "LogicalNot"; }
    template <class To, class From>
    static MOTE_INLINE constexpr To of(From value) {
        return !value;
    }
};

}  // namespace each

template <class Element, class Affine = Unscaled>
using Cast = Each<each::Same, Element, Affine>;
using LogicalNot = Each<each::Not, bool, Unscaled>;

}  // namespace mote
