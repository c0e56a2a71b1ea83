#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

constexpr Pixels pixels_of(bool aligned, bool half) {
    return aligned ? (half ? Pixels::aligned_half_centers : Pixels::aligned_corners)
                   : (half ? Pixels::half_centers : Pixels::corners);
}

/// The output of what resizes: batch and channels of the input, height and width as given.
constexpr void check_resize(Inspection& at) {
    const TensorInfo in = at.input(0);
    at.require(in.rank == 4, Fault::rank, in.rank);
    at.same_quantization();
    if (!at.integers(1, 2)) return;
    const int32_t dims[] = {in.of_four(0), at.integer(1, 0), at.integer(1, 1), in.of_four(3)};
    at.output_has(dims, 4);
}

/// How output pixels lie on the input's, by two options, and the sizes: for both kinds.
template <class Operator, class Source, int Index, int AlignCorners, int HalfPixelCenters>
struct ResizeOf {
    using On = Operands<Source, Index>;
    using Shape = typename WayOf<Operator, Source, Index>::Shape;
    static constexpr int batch = On::template tensor<0>.of_four(0);
    static constexpr Pixels pixels =
        pixels_of(On::byte(AlignCorners) != 0, On::byte(HalfPixelCenters) != 0);
};

struct ResizeNearest : Turning<ResizeNearest> {
    static constexpr Builtin code = Builtin::RESIZE_NEAREST_NEIGHBOR;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) { check_resize(at); }

    template <class Source, int Index>
    struct Import {
        using Of =
            ResizeOf<ResizeNearest, Source, Index, slot::resize_nearest_neighbor::align_corners,
                     slot::resize_nearest_neighbor::half_pixel_centers>;
        using Layer = mote::ResizeNearest<Of::Shape::height / Of::batch, Of::Shape::width,
                                          Of::pixels, Of::batch>;
    };
};

struct ResizeBilinear : Turning<ResizeBilinear> {
    static constexpr Builtin code = Builtin::RESIZE_BILINEAR;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr void check(Inspection& at) {
        namespace field = slot::resize_bilinear;
        check_resize(at);
        const bool aligned = at.option(field::align_corners) != 0;
        const bool half = at.option(field::half_pixel_centers) != 0;
        at.require(!aligned || !half, Fault::resize_pixels, 3);
        if (at.fault != Fault::none) return;
        const TensorInfo in = at.input(0), out = at.output();
        for (int axis = 1; axis < 3; ++axis)
            at.require(
                resize::stays_inside(in.of_four(axis), out.of_four(axis), pixels_of(aligned, half)),
                Fault::resize_far, out.of_four(axis));
    }

    template <class Source, int Index>
    struct Import {
        using Of = ResizeOf<ResizeBilinear, Source, Index, slot::resize_bilinear::align_corners,
                            slot::resize_bilinear::half_pixel_centers>;
        using Layer = mote::ResizeBilinear<Of::Shape::height / Of::batch, Of::Shape::width,
                                           Of::pixels, Of::batch>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
