#pragma once

#include "pairwise.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Select : ElementByElement<3> {
    static constexpr Builtin code = Builtin::SELECT_V2;
    static constexpr Elements takes(int position) {
        return position == 0 ? elements(Type::BOOL) : elements(Type::INT8, Type::INT16);
    }
    static constexpr Elements gives = elements(Type::INT8, Type::INT16);

    static constexpr void check(Inspection& at) {
        at.same_quantization(1);
        at.same_quantization(2);
        check_shapes(at);
    }

    template <class Source, int Index>
    struct Import {
       private:
        using On = Operands<Source, Index>;
        static constexpr TensorInfo out = Source::template Tensor<On::info.output>::info;

        template <int Position, bool Constant = (On::template tensor<Position>.data.length != 0)>
        struct From {
            static constexpr Extents extents = sees(On::template tensor<Position>, out);
            using type = FileConstant<Source, On::info.inputs[Position],
                                      ShapeOf<extents.height, extents.width, extents.channels>>;
        };
        template <int Position>
        struct From<Position, false> {
            using type = FromMap;
        };
        template <int Position>
        struct Read {
            static constexpr RepeatedRows rows =
                RepeatedRows::of(On::template tensor<Position>, out);
            using type =
                Operand<RowsOf<static_cast<int>(rows.repeat), static_cast<int>(rows.period)>,
                        typename From<Position>::type>;
        };

       public:
        using Layer = mote::Select<typename On::Output::Shape, typename Read<0>::type,
                                   typename Read<1>::type, typename Read<2>::type>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
