// One of two operands, as a third one says.
#pragma once

#include "pairwise.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// `pixels` of the output; operands as in pairwise.hpp.
template <class Spec, class Condition, class Yes, class No, class Element>
MOTE_NOINLINE void select(Condition condition, Yes yes, No no, Element* out, int32_t pixels,
                          arch::portable) {
    for (; pixels > 0; --pixels) {
        for (int c = 0; c < Spec::Output::Shape::channels; ++c)
            *out++ = static_cast<Element>(condition.at(c) != 0 ? yes.at(c) : no.at(c));
        condition.next();
        yes.next();
        no.next();
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
