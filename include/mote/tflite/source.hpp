// The file as a type.
#pragma once

#include "array_size.hpp"
#include "verify.hpp"

namespace mote {
namespace tflite {

/// Its parts are constants, each evaluated by itself.
template <const unsigned char* File>
struct Source {
    static constexpr uint32_t size = array_size::of<File>::value;
    static constexpr const unsigned char* data() { return File; }

    static constexpr Model opened = open(File, size);
    static constexpr int operator_count = opened.operator_count();

    static constexpr Status read_file() {
        Model copy = opened;
        return verify::file(copy);
    }
    static constexpr Status file = read_file();

    /// One sweep over all operators finds what computes each tensor.
    static constexpr int tensors_known =
        file.ok() && opened.tensor_count() <= most_tensors ? opened.tensor_count() : 0;
    static constexpr auto find_producers() {
        detail::array<int16_t, tensors_known> first{};
        Model copy = opened;
        for (int index = 0; tensors_known > 0 && index < operator_count; ++index) {
            const flatbuffer::Vector out = copy.operands(index, slot::operation::outputs);
            for (uint32_t k = 0; k < out.length; ++k) {
                const int tensor = copy.index_at(out, k);
                if (copy.has_tensor(tensor) && first[tensor] == 0)
                    first[tensor] = static_cast<int16_t>(index + 1);
            }
        }
        return first;
    }
    static constexpr detail::array<int16_t, tensors_known> producers = find_producers();

    static constexpr Model remember_producers() {
        Model copy = opened;
        copy.first_producers = producers.values;
        copy.knows_producers = tensors_known > 0;
        return copy;
    }
    static constexpr Model named = remember_producers();

    /// Constants that the compiler computes, an evaluation each.
    static constexpr fold::Candidates candidates =
        file.ok() ? fold::candidates(named) : fold::Candidates{};
    template <int Count, class Unused = void>
    struct After {
        using Before = After<Count - 1>;
        static constexpr fold::Candidate candidate = candidates.all[Count - 1];
        static constexpr uint32_t length = fold::length_of(Before::model, candidate);

        using Bytes = detail::array<unsigned char, static_cast<int>(length)>;
        static constexpr Bytes compute() {
            Bytes made{};
            if (length > 0) fold::compute(Before::model, candidate, made.values);
            return made;
        }
        static constexpr Bytes bytes = compute();
        static constexpr Computed entry{fold::tensor_of(Before::model, candidate), bytes.values,
                                        length, length, Before::model.computed};

        static constexpr Model add() {
            Model copy = Before::model;
            if (length == 0) return copy;
            copy.computed = &entry;
            ++copy.computed_count;
            return copy;
        }
        static constexpr Model model = add();
    };
    template <class Unused>
    struct After<0, Unused> {
        static constexpr Model model = named;
    };
    static constexpr Model model = After<candidates.count>::model;

    static constexpr Variables find_variables() {
        Model copy = model;
        return file.ok() ? tflite::find_variables(copy) : Variables{};
    }
    static constexpr Variables variables = find_variables();

    static constexpr TensorSet find_needed() {
        Model copy = model;
        return file.ok() ? verify::needed(copy) : TensorSet{};
    }
    static constexpr TensorSet needed = find_needed();

    static constexpr Borders find_borders() {
        Model copy = model;
        return tflite::find_borders(copy);
    }
    static constexpr Borders borders = find_borders();

    template <int Index>
    struct Tensor {
        static constexpr TensorInfo read() {
            Model copy = model;
            return copy.tensor(Index);
        }
        static constexpr TensorInfo info = read();
    };

    template <int Index>
    struct Operation {
        static constexpr OperatorInfo read() {
            Model copy = model;
            return copy.operation(Index);
        }
        static constexpr OperatorInfo info = read();
        static constexpr bool find_whether_needed() {
            Model copy = model;
            return copy.computes(Index, needed);
        }
        static constexpr bool is_needed = find_whether_needed();
        static constexpr bool names_variables = is_of_variables(info.code);
        static constexpr bool is_layer =
            is_needed && !borders.has(Index) && !names_variables && !variables.is_slice(Index);
    };
};

/// Its operators, as a sequence.
template <class Source>
using Operations = detail::make_sequence_t<Source::file.ok() ? Source::operator_count : 0>;

}  // namespace tflite
}  // namespace mote
