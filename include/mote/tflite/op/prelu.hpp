#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// Alpha is a constant whose dimensions are the map's or 1, from the last one on.
struct Prelu : LikeOutput {
    static constexpr Builtin code = Builtin::PRELU;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr int64_t rows(const TensorInfo& map, const TensorInfo& alpha) {
        int64_t result = 1;
        for (int axis = 0; axis < map.row_axes(); ++axis) result *= alpha.dims[axis];
        return result;
    }

    /// Whether alpha's rows are all rows, or repeat from one to the next.
    static constexpr bool spreads(const TensorInfo& map, const TensorInfo& alpha) {
        bool begun = false;
        for (int axis = 0; axis < most_rank; ++axis) {
            const bool same = alpha.dims[axis] == map.dims[axis];
            if (!same && alpha.dims[axis] != 1) return false;
            if (!same && begun && axis < map.row_axes()) return false;
            begun = begun || (same && map.dims[axis] != 1);
        }
        return true;
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo alpha = at.input(1);
        const TensorInfo out = at.output();
        at.require(in.same_dims(out), Fault::output_shape, out.size());
        at.constant(1);
        at.feature_map(alpha);
        at.require(spreads(out, alpha), Fault::prelu_alpha, alpha.rank);
        at.require(static_cast<int64_t>(alpha.data.length) == alpha.size(), Fault::buffer_size,
                   static_cast<long>(alpha.data.length));
        if (!at.require(true, Fault::none, 0)) return;
        at.require(PReLUScales<rounding::Double>{in.scale_bits, alpha.scale_bits, out.scale_bits}
                       .possible(),
                   Fault::function_scale, static_cast<long>(out.scale_bits));
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr TensorInfo map = Source::template Tensor<On::info.output>::info;
        static constexpr TensorInfo alpha = On::template tensor<1>;
        static constexpr int width = map.row_axes() < most_rank - 1 ? alpha.dims[most_rank - 2] : 1;
        struct Alpha {
            using Shape = ShapeOf<rows(map, alpha), width, alpha.dims[most_rank - 1]>;
            using Quantization = mote::Quantization<alpha.scale_bits, alpha.zero_point>;

            static constexpr const unsigned char* values() { return alpha.values; }
        };
        using Layer = mote::PReLU<Alpha, typename On::Affine>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
