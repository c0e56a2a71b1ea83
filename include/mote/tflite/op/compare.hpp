#pragma once

#include "pairwise.hpp"

namespace mote {
namespace tflite {
namespace op {

/// True or false of two values of one element.
template <Builtin Code, class Relation, Type... Types>
struct Comparison : ElementByElement<2> {
    static constexpr Builtin code = Code;
    static constexpr Elements takes(int) { return elements(Types...); }
    static constexpr Elements gives = elements(Type::BOOL);

    static constexpr bool possible(const TensorInfo& left, const TensorInfo& right) {
        return left.type == right.type &&
               (left.type != Type::INT8 ||
                pairwise::OfReal<Relation>::possible({left.scale_bits, right.scale_bits, 0}));
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo left = at.input(0);
        const TensorInfo right = at.input(1);
        at.require(left.type == right.type, Fault::element_type, static_cast<long>(right.type));
        at.require(possible(left, right), Fault::comparison_scale,
                   static_cast<long>(left.scale_bits));
        check_shapes(at);
    }

    template <class Source, int Index>
    struct Import {
       private:
        using Function =
            detail::conditional_t<Operands<Source, Index>::template tensor<0>.type == Type::INT8,
                                  pairwise::OfReal<Relation>, pairwise::OfValues<Relation>>;

        template <class Heights>
        struct Any {
            using type = mote::Pairwise<Function, Unscaled, Linear, rounding::Double, Heights>;
        };

       public:
        using Layer = typename PairImport<Source, Index, Any>::Layer;
    };
};

using Equal = Comparison<Builtin::EQUAL, pairwise::Equal, Type::INT8, Type::INT32, Type::BOOL>;
using NotEqual =
    Comparison<Builtin::NOT_EQUAL, pairwise::NotEqual, Type::INT8, Type::INT32, Type::BOOL>;
using Greater = Comparison<Builtin::GREATER, pairwise::Greater, Type::INT8, Type::INT32>;
using GreaterEqual =
    Comparison<Builtin::GREATER_EQUAL, pairwise::GreaterEqual, Type::INT8, Type::INT32>;
using Less = Comparison<Builtin::LESS, pairwise::Less, Type::INT8, Type::INT32>;
using LessEqual = Comparison<Builtin::LESS_EQUAL, pairwise::LessEqual, Type::INT8, Type::INT32>;
using LogicalAnd = Comparison<Builtin::LOGICAL_AND, pairwise::And, Type::BOOL>;
using LogicalOr = Comparison<Builtin::LOGICAL_OR, pairwise::Or, Type::BOOL>;

}  // namespace op
}  // namespace tflite
}  // namespace mote
