// Element by element from two operands, each a map or a constant. What becomes of them:
// pair_functions.hpp.
#pragma once

#include "../../arch.hpp"
#include "../../detail/blocks.hpp"
#include "pair_functions.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Whether a function multiplies.
template <class Function>
struct IsProduct {
    static constexpr bool value = false;
};
template <class Left, class Right, class Output, class Rounding>
struct IsProduct<pairwise::Product::Of<Left, Right, Output, Rounding>> {
    static constexpr bool value = true;
};

/// What a table holds of an operand.
template <class Side>
using InTable =
    detail::conditional_t<(Side::prepared || sizeof(typename Side::Constant::Element) > 1), int32_t,
                          int8_t>;

/// A constant operand's values. `Side`: Constant, Function, is_left, prepared.
template <class Side>
struct OperandValues : detail::OneByOne<OperandValues<Side>, InTable<Side>,
                                        Side::Constant::Shape::size, channels_at_once> {
    static constexpr InTable<Side> at(int32_t index) {
        const auto value = Side::Constant::at(index);
        if constexpr (!Side::prepared)
            return value;
        else if constexpr (Side::is_left)
            return Side::Function::left(value);
        else
            return Side::Function::right(value);
    }
};

template <class Side>
struct OperandTable {
    detail::BlocksOf<OperandValues<Side>> values;
};

/// The table of a constant operand.
template <class Side>
constexpr OperandTable<Side> pack_operand(arch::portable) {
    return {detail::Assembled<OperandValues<Side>>::value};
}

/// An operand in memory; the channels of a pixel are `channel_step` apart, pixels `pixel_step`.
template <class Side>
struct MapOperand {
    const typename Side::Constant::Element* values;

    MOTE_INLINE int32_t at(int channel) const {
        const auto value = values[channel * Side::channel_step];
        return Side::is_left ? Side::Function::left(value) : Side::Function::right(value);
    }
    MOTE_INLINE void next() { values += Side::pixel_step; }
};

/// An operand in a table.
template <class Side, class Table>
struct ConstantOperand {
    const Table& table;
    int32_t place;

    MOTE_INLINE int32_t at(int channel) const {
        const auto value = table::read(table, &table.values[place + channel * Side::channel_step]);
        if constexpr (Side::prepared)
            return value;
        else
            return Side::is_left ? Side::Function::left(value) : Side::Function::right(value);
    }
    MOTE_INLINE void next() { place += Side::pixel_step; }
};

/// Whether pixels of an output follow each other as values do: both operands go on in their steps,
/// or not at all.
template <class Spec>
struct PixelsGoOn {
    static constexpr int channels = Spec::Output::Shape::channels;
    template <class Side>
    static constexpr bool holds = Side::pixel_step == Side::channel_step* channels;
    static constexpr bool value = holds<typename Spec::LeftSide> && holds<typename Spec::RightSide>;
};

/// out[...] = result(left, right) for `pixels` of the output; it may take the place of an operand
/// of the same steps.
template <class Spec, class Left, class Right, class Element, class Result>
MOTE_INLINE void combine_by(Left left, Right right, Element* out, int32_t pixels, Result result) {
    constexpr int channels = Spec::Output::Shape::channels;
    if constexpr (PixelsGoOn<Spec>::value) {
        const int count = detail::as_int(pixels) * channels;
        MOTE_UNROLL_FOUR
        for (int i = 0; i < count; ++i) *out++ = result(left.at(i), right.at(i));
    } else {
        for (; pixels > 0; --pixels) {
            MOTE_UNROLL_FOUR
            for (int c = 0; c < channels; ++c) *out++ = result(left.at(c), right.at(c));
            left.next();
            right.next();
        }
    }
}

template <class Spec, class Left, class Right, class Element>
MOTE_NOINLINE void combine(Left left, Right right, Element* out, int32_t pixels, arch::portable) {
    combine_by<Spec>(left, right, out, pixels, [](int32_t one, int32_t other) MOTE_INLINE_LAMBDA {
        return static_cast<Element>(
            clamp(Spec::Function::result(one, other), Spec::range.low, Spec::range.high));
    });
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
