#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// The output of what resizes: batch and channels of the input, height and width as given.
constexpr void check_resize(Inspection& at) {
    const TensorInfo in = at.input(0);
    at.require(in.rank == 4, Fault::rank, in.rank);
    at.same_quantization();
    if (!at.integers(1, 2)) return;
    const int32_t dims[] = {in.of_four(0), at.integer(1, 0), at.integer(1, 1), in.of_four(3)};
    at.output_has(dims, 4);
}

struct ResizeNearest : AsItIs {
    static constexpr Builtin code = Builtin::RESIZE_NEAREST_NEIGHBOR;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) { check_resize(at); }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TensorInfo out = Source::template Tensor<On::info.output>::info;
        static constexpr bool aligned = On::byte(slot::resize_nearest_neighbor::align_corners) != 0;
        static constexpr bool half =
            On::byte(slot::resize_nearest_neighbor::half_pixel_centers) != 0;
        using Layer = mote::ResizeNearest<out.of_four(1), out.of_four(2),
                                          aligned ? (half ? Pixels::aligned_half_centers
                                                          : Pixels::aligned_corners)
                                                  : (half ? Pixels::half_centers : Pixels::corners),
                                          out.of_four(0)>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
