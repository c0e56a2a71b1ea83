// Names of what passes joined: "Sigmoid+Multiply".
#pragma once

#include <stddef.h>

#include "../config.hpp"

namespace mote {
namespace pass {

/// The names Names::at(i) for i below Names::count, but for those that are null, in one.
template <class Names>
struct Joined {
   private:
    /// Writes to `to`, unless that is null, and gives the length.
    static constexpr int write(char* to) {
        int length = 0;
        for (int i = 0; i < Names::count; ++i) {
            const char* name = Names::at(i);
            if (name != nullptr && length > 0) {
                if (to != nullptr) to[length] = '+';
                ++length;
            }
            for (; name != nullptr && *name != 0; ++name, ++length)
                if (to != nullptr) to[length] = *name;
        }
        return length;
    }
    struct Text {
        char letters[static_cast<size_t>(write(nullptr)) + 1] = {};
    };
    static constexpr Text make() {
        Text made{};
        write(made.letters);
        return made;
    }
    static inline constexpr Text text = make();

   public:
    static constexpr const char* get() { return text.letters; }
};

/// `Layer` under another name.
template <class Layer, class Name>
struct Called : Layer {
    static MOTE_INLINE constexpr const char* name() { return Name::get(); }
};

}  // namespace pass
}  // namespace mote
