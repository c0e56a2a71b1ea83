// The same values, in the same order and the same memory, under another shape.
//
// ShapeType  any shape of as many values as the input has.
#pragma once

#include "window.hpp"

namespace mote {

template <class ShapeType>
struct Reshape {
    static MOTE_INLINE constexpr const char* name() { return "Reshape"; }

    template <class ArchType, class InputType>
    struct On : Rowwise, check::same_size<InputType::size, ShapeType::size> {
        using Arch = ArchType;
        using Input = InputType;
        using Output = Tensor<typename Input::Element, ShapeType, typename Input::Quantization>;

        static constexpr RowWindow window = all_rows(Input::Shape::height);
        static constexpr int32_t macs = 0;
        static constexpr bool view = true;

        static constexpr int32_t table_bytes() { return 0; }
    };
};

/// The whole map as one row of channels.
struct Flatten {
    static MOTE_INLINE constexpr const char* name() { return "Flatten"; }

    template <class Arch, class Input>
    using On = typename Reshape<Shape<1, 1, Input::size>>::template On<Arch, Input>;
};

}  // namespace mote
