// Sums of all values up to each one, along one axis.
#pragma once

#include "../../arch.hpp"
#include "../requantize.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// `groups` times `depth` steps of `inner` values.
struct Steps {
    int32_t groups;
    int32_t depth;
    int32_t inner;
};

/// The sum's step is 2^-19 of the input's, which may leave 32 bits as in the reference.
template <class Spec>
MOTE_INLINE int32_t cumulated(int32_t sum, int8_t value) {
    return plus<false>(sum, (value - static_cast<int32_t>(Spec::Input::Quantization::zero_point)) *
                                (int32_t{1} << 19));
}
template <class Spec>
MOTE_INLINE int8_t cumulated_output(int32_t sum) {
    return clamp(scale(sum, Spec::multiplier.value, Spec::multiplier.shift, rounding::Double{}) +
                     Spec::Output::Quantization::zero_point,
                 -128, 127);
}

/// Values `first` to first + count - 1 of a map that begins at `in`; `out` takes value `first`.
template <class Spec>
MOTE_NOINLINE void cumulate(const int8_t* in, int8_t* out, int32_t first, int32_t count,
                            arch::portable) {
    constexpr Steps steps = Spec::steps;
    for (int32_t index = first; index < first + count; ++index) {
        const int32_t place = index / steps.inner % steps.depth;
        const int8_t* line = in + (index - place * steps.inner);
        const int32_t others =
            (Spec::reverse ? steps.depth - 1 - place : place) + (Spec::exclusive ? 0 : 1);
        const int8_t* value = line + (Spec::reverse ? (steps.depth - 1) * steps.inner : 0);
        int32_t sum = Spec::start;
        for (int32_t i = 0; i < others; ++i, value += Spec::reverse ? -steps.inner : steps.inner)
            sum = cumulated<Spec>(sum, *value);
        out[index - first] = cumulated_output<Spec>(sum);
    }
}

/// The same of whole lines; `out` may be `in`.
template <class Spec>
MOTE_NOINLINE void cumulate_lines(const int8_t* in, int8_t* out, arch::portable) {
    constexpr Steps steps = Spec::steps;
    constexpr int32_t step = Spec::reverse ? -steps.inner : steps.inner;
    for (int32_t group = 0; group < steps.groups; ++group) {
        for (int32_t inner = 0; inner < steps.inner; ++inner) {
            int32_t at =
                (group * steps.depth + (Spec::reverse ? steps.depth - 1 : 0)) * steps.inner + inner;
            int32_t sum = Spec::start;
            for (int32_t i = 0; i < steps.depth; ++i, at += step) {
                const int32_t with = cumulated<Spec>(sum, in[at]);
                out[at] = cumulated_output<Spec>(Spec::exclusive ? sum : with);
                sum = with;
            }
        }
    }
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
