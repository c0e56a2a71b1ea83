// What the compiler says of a model that is refused. The arguments of the types stand in its
// message beside the sentence.
#pragma once

#include "faults.hpp"

namespace mote {
namespace tflite {

/// The number that was found, as what it is: an element type, a custom operator's name, or a
/// number.
template <Type Value>
struct type {};
template <char... Letters>
struct custom {};
template <long Value>
struct number {};

/// How many operators have the same fault.
template <int Count>
struct times {};

#define MOTE_SAY(name, sentence) static_assert(Kind != Fault::name, "tflite: " sentence);

/// Compiles only without a fault: of the file as a whole,
template <Fault Kind, class Found>
struct refused_file {
    static constexpr bool value = true;
    MOTE_TFLITE_FAULTS(MOTE_SAY)
};

/// and of operators; `OperatorIndex`: of the first one.
template <Fault Kind, int OperatorIndex, Builtin Operator, class Found, class Times>
struct refused {
    static constexpr bool value = true;
    MOTE_TFLITE_FAULTS(MOTE_SAY)
};

#undef MOTE_SAY

}  // namespace tflite
}  // namespace mote
