// Which of a file's operators the compiler computes, and the constants that they give.
#pragma once

#include "fold.hpp"

namespace mote {
namespace tflite {
namespace fold {

/// A result that may be a constant, if all that the operator reads is one.
struct Candidate {
    int operation;
    int result;
};
constexpr int most_candidates = 256;
struct Candidates {
    Candidate all[most_candidates];
    int count;
};

/// What may be computed, in the order of the file. Damage does not matter here.
constexpr Candidates candidates(Model model) {
    Candidates found{};
    TensorSet known{};
    const int operators = model.tensor_count() <= most_tensors ? model.operator_count() : 0;
    for (int index = 0; index < operators; ++index) {
        const Kind kind = kind_of(model.code(index));
        if (kind != Kind::none) {
            const flatbuffer::Vector in = model.operands(index, slot::operation::inputs);
            bool constant = in.length > 0;
            for (uint32_t i = 0; constant && kind != Kind::shape && i < in.length; ++i) {
                const int tensor = model.index_at(in, i);
                constant = model.has_tensor(tensor) &&
                           (known.has(tensor) || (model.producer(tensor, index) < 0 &&
                                                  model.tensor(tensor).data.length != 0));
            }
            const flatbuffer::Vector out = model.operands(index, slot::operation::outputs);
            for (uint32_t i = 0; constant && i < out.length; ++i) {
                const int tensor = model.index_at(out, i);
                if (model.has_tensor(tensor) && found.count < most_candidates) {
                    known.add(tensor);
                    found.all[found.count++] = {index, static_cast<int>(i)};
                }
            }
        }
    }
    return found;
}

/// Bytes of a candidate; 0: it cannot be computed.
constexpr uint32_t length_of(Model model, const Candidate& candidate) {
    Inspection at{model, model.operation(candidate.operation), Fault::none, 0, 0};
    Folding folding(at, candidate.result);
    return folding.possible() ? static_cast<uint32_t>(folding.out.bytes()) : 0;
}
constexpr void compute(Model model, const Candidate& candidate, unsigned char* to) {
    Inspection at{model, model.operation(candidate.operation), Fault::none, 0, 0};
    Folding(at, candidate.result).compute(to);
}
constexpr int tensor_of(Model model, const Candidate& candidate) {
    return model.index_at(model.operation(candidate.operation).all_outputs,
                          static_cast<uint32_t>(candidate.result));
}

}  // namespace fold

/// The constants that a model computes, at run time. Of those that need more room than there is
/// here only the size is known.
class Folded {
   public:
    constexpr void find(Model& model) {
        const fold::Candidates candidates = fold::candidates(model);
        for (int i = 0; i < candidates.count; ++i) {
            const fold::Candidate& candidate = candidates.all[i];
            const uint32_t length = fold::length_of(model, candidate);
            if (length > 0) {
                const bool held = length <= sizeof(bytes_) - used_;
                Computed& entry = all_[i];
                entry = {fold::tensor_of(model, candidate), bytes_ + used_, length,
                         held ? length : 0, model.computed};
                if (held) fold::compute(model, candidate, bytes_ + used_);
                if (held) used_ += length;
                model.computed = &entry;
                ++model.computed_count;
            }
        }
    }

   private:
    unsigned char bytes_[4096] = {};
    uint32_t used_ = 0;
    Computed all_[fold::most_candidates] = {};
};

}  // namespace tflite
}  // namespace mote
