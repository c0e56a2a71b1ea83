// out[i] = whether left[i] and right[i] compare so: bool
//
// Shape    as pairwise.hpp, which also says how one of the inputs is a constant.
// Formula  tensorflow/lite/kernels/internal/reference/comparisons.h: int8 values by what they stand
//          for, in fixed point (scales below 1); others as they are
//
//   tf.equal, not_equal, greater, greater_equal, less, less_equal
//   layer     Equal<>, NotEqual<>, Greater<>, GreaterEqual<>, Less<>, LessEqual<>   of int8
//             Compare<pairwise::Equal>, ...                                         of other
//             elements LogicalAnd<>, LogicalOr<>                                             of
//             bool
#pragma once

#include "../kernel/kernel.hpp"
#include "pairwise.hpp"

namespace mote {

template <class Relation>
using Compare = Pairwise<pairwise::OfValues<Relation>, Unscaled>;

template <class Rounding = rounding::Double>
using Equal = Pairwise<pairwise::OfReal<pairwise::Equal>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using NotEqual = Pairwise<pairwise::OfReal<pairwise::NotEqual>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using Greater = Pairwise<pairwise::OfReal<pairwise::Greater>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using GreaterEqual = Pairwise<pairwise::OfReal<pairwise::GreaterEqual>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using Less = Pairwise<pairwise::OfReal<pairwise::Less>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using LessEqual = Pairwise<pairwise::OfReal<pairwise::LessEqual>, Unscaled, Linear, Rounding>;

template <class Rounding = rounding::Double>
using LogicalAnd = Pairwise<pairwise::OfValues<pairwise::And>, Unscaled, Linear, Rounding>;
template <class Rounding = rounding::Double>
using LogicalOr = Pairwise<pairwise::OfValues<pairwise::Or>, Unscaled, Linear, Rounding>;

}  // namespace mote
