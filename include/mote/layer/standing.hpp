// Parts of a map's rows, read where they stand: nothing is computed. Passes make it of a slice.
//
// ShapeType  the output's
// First      the input row that output row 0 is in
// Step       input rows from one output row to the next
// Offset     values before it in its row
#pragma once

#include "window.hpp"

namespace mote {

template <class ShapeType, int First, int Step, int32_t Offset>
struct Standing {
    static MOTE_INLINE constexpr const char* name() { return "Slice"; }

    template <class Arch, class Input>
    struct On : Rowwise {
        using Output = Tensor<typename Input::Element, ShapeType, typename Input::Quantization>;
        static_assert(First + (ShapeType::height - 1) * Step < Input::Shape::height &&
                          Offset + ShapeType::row_size <= Input::Shape::row_size,
                      "Standing: these rows are not in the input");

        static constexpr bool view = true;
        static constexpr bool standing = true;
        static constexpr RowWindow window = all_rows(Input::Shape::height);
        static constexpr int first_row = First;
        static constexpr int row_step = Step;
        static constexpr int32_t offset = Offset;
        static constexpr int32_t macs = 0;
        static constexpr int32_t table_bytes() { return 0; }
    };
};

}  // namespace mote
