// Outputs over inputs that nothing needs any more, as close to the others as kernel.hpp allows.
#pragma once

#include "kernel/bands.hpp"
#include "kernel/cases.hpp"

namespace kernels {

/// Some of the places before the closest one.
constexpr int places[] = {0, 1, 4, 6};
constexpr int farthest = 8;

/// Room for inputs and for outputs at each place, between two walls. Inputs begin at a multiple of
/// plan::alignment, and of no more.
constexpr int32_t input_place(const Bands& bands) {
    constexpr int wall = 16;
    constexpr int32_t unit = 2 * mote::plan::alignment;
    return (wall + farthest - bands.closest() + unit - 1) / unit * unit + mote::plan::alignment;
}
constexpr int32_t arena_bytes(const Bands& bands) {
    constexpr int wall = 16;
    const int32_t end = bands.closest() + bands.outputs();
    return input_place(bands) + (end > bands.inputs() ? end : bands.inputs()) + wall;
}

/// Outputs are as wanted, and nothing else was written, when they lie over inputs.
using Compute = void (*)(int8_t* in, int8_t* out);
inline void expect_over_inputs(int8_t* arena, const Bands& bands, const int8_t* in,
                               const int8_t* wanted, Compute compute, int number, const char* cpu) {
    const int32_t bytes = arena_bytes(bands);
    int8_t* const from = arena + input_place(bands);
    for (const int before : places) {
        const int32_t place = bands.closest() - before;
        int8_t* const to = from + place;
        for (int32_t i = 0; i < bytes; ++i) arena[i] = 99;
        for (int32_t i = 0; i < bands.inputs(); ++i) from[i] = in[i];
        compute(from, to);
        int32_t differs = 0;
        for (; differs < bytes; ++differs) {
            const int32_t input = differs - input_place(bands);
            const int32_t output = input - place;
            if (output >= 0 && output < bands.outputs()) {
                if (arena[differs] != wanted[output]) break;
            } else if (arena[differs] != (input >= 0 && input < bands.inputs() ? in[input] : 99)) {
                break;
            }
        }
        CAPTURE(number);
        CAPTURE(place);
        CAPTURE(cpu);
        CAPTURE(differs);
        CHECK(differs == bytes);
    }
}
/// The same for `count` bytes that are rows of `row` bytes, each of which gives one of its size.
template <int32_t Count>
MOTE_NOINLINE void expect_over_rows(int32_t row, const int8_t* in, const int8_t* wanted,
                                    Compute compute, int number, const char* cpu) {
    constexpr Bands one{1, Count, 1, Count, 1, 0};
    const Bands bands{Count / row, row, Count / row, row, 1, 0};
    alignas(2 * mote::plan::alignment) int8_t arena[arena_bytes(one)];
    expect_over_inputs(arena, bands, in, wanted, compute, number, cpu);
}
template <class Spec>
MOTE_NOINLINE void expect_over_inputs(const int8_t* in, const int8_t* wanted, Compute compute,
                                      int number, const char* cpu) {
    alignas(2 * mote::plan::alignment) int8_t arena[arena_bytes(bands_of<Spec>())];
    expect_over_inputs(arena, bands_of<Spec>(), in, wanted, compute, number, cpu);
}

}  // namespace kernels
