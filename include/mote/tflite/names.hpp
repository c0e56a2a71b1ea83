// The names that a file gives its tensors.
#pragma once

#include <stddef.h>

#include "source.hpp"

namespace mote {
namespace tflite {

/// The name of tensor `Index`; empty if it has none. A copy, so that the file's bytes are not kept
/// for it.
template <class Source, int Index>
struct NameOf {
   private:
    static constexpr flatbuffer::Vector find() {
        Model copy = Source::model;
        const uint32_t table = copy.reader.table_at(copy.tensors, static_cast<uint32_t>(Index));
        return copy.reader.vector_field(table, slot::tensor::name, 1);
    }
    static constexpr flatbuffer::Vector characters = find();

    struct Text {
        char letters[static_cast<size_t>(characters.length) + 1] = {};
    };
    static constexpr Text make() {
        Text made{};
        for (uint32_t i = 0; i < characters.length; ++i)
            made.letters[i] = static_cast<char>(Source::data()[characters.at + i]);
        return made;
    }
    static inline constexpr Text text = make();

   public:
    static constexpr const char* get() { return text.letters; }
};

}  // namespace tflite
}  // namespace mote
