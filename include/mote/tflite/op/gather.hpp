#pragma once

#include "../import_types.hpp"

namespace mote {
namespace tflite {
namespace op {

/// Dimensions as the parts that a Gather has; see layer/gather.hpp.
struct GatherForm {
    int32_t parts[8];
    int32_t extent;
    /// GATHER_ND: how many numbers choose together, and what each is worth.
    int depth;
    int32_t steps[most_rank];
    int rank;
    int32_t dims[most_rank];

    /// One more dimension of the output, of a group: batch, outer, count or inner.
    constexpr void add(Inspection& at, int group, int32_t size, int rows) {
        if (!at.require(rank < most_rank, Fault::rank, rank + 1)) return;
        parts[2 * group + (rank < rows ? 0 : 1)] *= size;
        dims[rank++] = size;
    }
};

constexpr GatherForm no_gather() {
    GatherForm form{};
    for (int i = 0; i < 8; ++i) form.parts[i] = 1;
    form.extent = 1;
    return form;
}

template <class Operator>
struct ImportGather {
    template <class Source, int Index>
    struct Import {
        using On = Operands<Source, Index>;
        static constexpr GatherForm form = FormOf<Operator, Source, Index>::value;
        struct Parts {
            static constexpr int size = 8;
            static constexpr int32_t at(int part) { return form.parts[part]; }
        };
        struct Indices {
            static constexpr int32_t at(int index) {
                Model copy = Source::model;
                Inspection file{copy, copy.operation(Index), Fault::none, 0, 0};
                return Operator::index(file, form, index);
            }
        };
        using Layer =
            mote::Gather<typename On::Output::Shape, NumbersOf<Parts>, form.extent, Indices>;
    };
};

constexpr bool indices_fit(Inspection& at) {
    const TensorInfo indices = at.input(1);
    at.require(indices.data.length != 0 || indices.cut_off, Fault::map_indices,
               at.model.operand(at.operation, 1));
    at.require(indices.rank <= most_rank, Fault::rank, indices.rank);
    at.require(!indices.dynamic && indices.size() <= most_dimension, Fault::size, indices.size());
    return at.fault == Fault::none && at.integers(1, indices.size());
}

struct Gather : AnyElement<AsItIs>, ImportGather<Gather> {
    static constexpr Builtin code = Builtin::GATHER;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr GatherForm form(Inspection& at) {
        const TensorInfo in = at.input(0), indices = at.input(1);
        const int rows = at.output().row_dims();
        GatherForm form = no_gather();
        const int axis = at.axis(at.number(slot::gather::axis), in.rank);
        int64_t batches = at.number(slot::gather::batch_dims);
        if (batches < 0) batches += indices.rank;
        at.require(batches >= 0 && batches <= axis && batches <= indices.rank,
                   Fault::move_parameter, batches);
        if (at.fault != Fault::none) return form;
        const int shared = static_cast<int>(batches);
        for (int i = 0; i < axis; ++i) form.add(at, i < shared ? 0 : 1, in.dim(i), rows);
        for (int i = 0; i < shared; ++i)
            at.require(in.dim(i) == indices.dim(i), Fault::move_parameter, indices.dim(i));
        for (int i = shared; i < indices.rank; ++i) form.add(at, 2, indices.dim(i), rows);
        for (int i = axis + 1; i < in.rank; ++i) form.add(at, 3, in.dim(i), rows);
        form.extent = in.dim(axis);
        return form;
    }
    static constexpr int32_t index(Inspection& at, const GatherForm&, int number) {
        return at.integer(1, number);
    }

    static constexpr void check(Inspection& at) {
        at.same_quantization();
        if (!indices_fit(at) || !at.require(at.input(0).rank > 0, Fault::rank, 0)) return;
        const GatherForm found = form(at);
        if (at.fault != Fault::none) return;
        at.output_has(found.dims, found.rank);
        const int32_t* parts = found.parts;
        at.require(parts[0] * parts[1] == 1 ||
                       ((parts[0] == 1 || parts[1] == 1) && (parts[4] == 1 || parts[5] == 1)),
                   Fault::gather_batches, static_cast<long>(parts[1]));
        if (at.fault != Fault::none) return;
        const int count = at.integer_count(1);
        for (int i = 0; i < count; ++i) {
            const int32_t number = at.integer(1, i);
            at.require(number >= 0 && number < found.extent, Fault::move_parameter,
                       static_cast<long>(number));
        }
    }
};

struct GatherNd : AnyElement<AsItIs>, ImportGather<GatherNd> {
    static constexpr Builtin code = Builtin::GATHER_ND;
    static constexpr int maps = 1, least_inputs = 2, most_inputs = 2;

    static constexpr GatherForm form(Inspection& at) {
        const TensorInfo in = at.input(0), indices = at.input(1);
        const int rows = at.output().row_dims();
        GatherForm form = no_gather();
        at.require(indices.rank >= 1, Fault::rank, indices.rank);
        form.depth = static_cast<int>(indices.channels());
        at.require(form.depth >= 1 && form.depth <= in.rank, Fault::move_parameter, form.depth);
        if (at.fault != Fault::none) return form;
        for (int i = form.depth - 1; i >= 0; --i) {
            form.steps[i] = form.extent;
            form.extent *= in.dim(i);
        }
        for (int i = 0; i + 1 < indices.rank; ++i) form.add(at, 2, indices.dim(i), rows);
        for (int i = form.depth; i < in.rank; ++i) form.add(at, 3, in.dim(i), rows);
        return form;
    }
    static constexpr int32_t index(Inspection& at, const GatherForm& form, int number) {
        int32_t sum = 0;
        for (int i = 0; i < form.depth; ++i)
            sum += at.integer(1, number * form.depth + i) * form.steps[i];
        return sum;
    }

    static constexpr void check(Inspection& at) {
        at.same_quantization();
        if (!indices_fit(at)) return;
        const GatherForm found = form(at);
        if (at.fault != Fault::none) return;
        at.output_has(found.dims, found.rank);
        const TensorInfo in = at.input(0);
        const int count = at.integer_count(1);
        for (int i = 0; i < count; ++i) {
            const int32_t number = at.integer(1, i);
            at.require(number >= 0 && number < in.dim(i % found.depth), Fault::move_parameter,
                       static_cast<long>(number));
        }
    }
};

}  // namespace op
}  // namespace tflite
}  // namespace mote
