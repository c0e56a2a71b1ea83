#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

struct Transpose : AnyElement<AsItIs> {
    static constexpr Builtin code = Builtin::TRANSPOSE;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    /// Which of the input's axes each of the output's is.
    struct Form {
        int32_t axes[most_rank];
        /// All values stay in their order.
        bool view;
    };
    static constexpr Form form(Inspection& at) {
        Form form{};
        form.view = true;
        const TensorInfo in = at.input(0);
        int last = -1;
        for (int i = 0; i < in.rank && i < most_rank; ++i) {
            const int axis = at.axis(at.integer(1, i), in.rank);
            form.axes[i] = axis;
            if (in.dim(axis) != 1) {
                form.view = form.view && axis > last;
                last = axis;
            }
        }
        return form;
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        at.same_quantization();
        if (!at.integers(1, in.rank)) return;
        const Form found = form(at);
        int32_t dims[most_rank] = {};
        uint32_t seen = 0;
        for (int i = 0; i < in.rank; ++i) {
            seen |= uint32_t{1} << found.axes[i];
            dims[i] = in.dim(static_cast<int>(found.axes[i]));
        }
        at.require(seen == (uint32_t{1} << in.rank) - 1, Fault::move_parameter,
                   static_cast<long>(seen));
        at.output_has(dims, in.rank);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr Form form = FormOf<Transpose, Source, Index>::value;
        struct Axes {
            static constexpr int size = On::template tensor<0>.rank;
            static constexpr int32_t at(int axis) { return form.axes[axis]; }
        };
        using Shape = typename On::Output::Shape;
        using Layer = detail::conditional_t<
            form.view, mote::Reshape<Shape>,
            mote::Transpose<Shape, typename DimensionsOf<Source, On::info.inputs[0]>::type,
                            NumbersOf<Axes>>>;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
