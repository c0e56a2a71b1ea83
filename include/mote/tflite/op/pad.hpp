#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// PAD fills with the zero point, PADV2 with its third input.
struct Pad : AsItIs {
    static constexpr Builtin code = Builtin::PAD;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    /// Border before (side 0) or after (1) axis 0 to 3 of [1, height, width, channels].
    static constexpr int32_t border(flatbuffer::Reader reader, const TensorInfo& borders, int rank,
                                    int axis, int side) {
        // Rank 3 is [1, height, channels]: its axes stand at 0, 1 and 3.
        const int dimension =
            rank == 4 ? axis : (axis == 3 ? rank - 1 : (axis < rank - 1 ? axis : -1));
        if (dimension < 0) return 0;
        const uint32_t bytes = borders.type == Type::INT64 ? 8 : 4;
        return reader.i32(borders.data.at + bytes * static_cast<uint32_t>(2 * dimension + side));
    }

    static constexpr void check(Inspection& at) {
        const TensorInfo in = at.input(0);
        const TensorInfo borders = at.input(1);
        at.constant(1);
        at.require(in.batch() == 1, Fault::batch, in.batch());
        at.require(borders.type == Type::INT32 || borders.type == Type::INT64, Fault::pad_border,
                   static_cast<long>(borders.type));
        const uint32_t bytes = borders.type == Type::INT64 ? 8 : 4;
        at.require(borders.data.length == 2 * bytes * static_cast<uint32_t>(in.rank),
                   Fault::buffer_size, static_cast<long>(borders.data.length));
        at.same_quantization();
        if (!at.require(true, Fault::none, 0)) return;
        for (int axis = 0; axis < 4; ++axis) {
            for (int side = 0; side < 2; ++side) {
                const int32_t size = border(at.model.reader, borders, in.rank, axis, side);
                at.require(size >= 0 && size <= most_dimension && (axis != 0 || size == 0),
                           Fault::pad_border, size);
            }
        }
        if (!at.require(true, Fault::none, 0)) return;
        int64_t sizes[4] = {1, in.height(), in.width(), in.channels()};
        for (int axis = 1; axis < 4; ++axis)
            sizes[axis] +=
                static_cast<int64_t>(border(at.model.reader, borders, in.rank, axis, 0)) +
                border(at.model.reader, borders, in.rank, axis, 1);
        at.output_is(sizes[1], sizes[2], sizes[3]);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr int32_t border(int axis, int side) {
            return Pad::border({Source::data(), Source::size, false}, On::template tensor<1>,
                               On::template tensor<0>.rank, axis, side);
        }
        using Layer = mote::Pad<Border<border(1, 0), border(1, 1), border(2, 0), border(2, 1),
                                       border(3, 0), border(3, 1)>>;
    };
};

struct PadV2 : AsItIs {
    static constexpr Builtin code = Builtin::PADV2;
    static constexpr int maps = 1, least_inputs = 3, most_inputs = 3;

    static constexpr void check(Inspection& at) {
        const TensorInfo value = at.input(2);
        at.constant(2);
        at.require(value.type == Type::INT8, Inspection::unsupported_map(value.type),
                   static_cast<long>(value.type));
        at.require(value.data.length == 1, Fault::buffer_size,
                   static_cast<long>(value.data.length));
        Pad::check(at);
    }

    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr int value =
            static_cast<int8_t>(Source::data()[On::template tensor<2>.data.at]);
        template <class Layer>
        struct WithValue;
        template <class Border>
        struct WithValue<mote::Pad<Border>> {
            using type = mote::Pad<Border, Value<value>>;
        };
        using Layer = typename WithValue<typename Pad::Import<Source, Index>::Layer>::type;
    };
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
