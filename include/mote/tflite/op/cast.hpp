#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Cast : LikeOutput {
    static constexpr Builtin code = Builtin::CAST;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;
    static constexpr Elements takes(int) { return map_elements; }
    static constexpr Elements gives = map_elements;

    static constexpr void check(Inspection& at) { at.same_size(); }

    template <class Source, int Index>
    struct Import {
        using Output = typename Operands<Source, Index>::Output;
        using Layer = mote::Cast<typename Output::Element, typename Output::Quantization>;
    };
};

struct LogicalNot : LikeOutput {
    static constexpr Builtin code = Builtin::LOGICAL_NOT;
    static constexpr int maps = 1, least_inputs = 1, most_inputs = 1;
    static constexpr Elements takes(int) { return elements(Type::BOOL); }
    static constexpr Elements gives = elements(Type::BOOL);

    static constexpr void check(Inspection& at) { at.same_size(); }

    template <class Source, int Index>
    struct Import {
        using Layer = mote::LogicalNot;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
