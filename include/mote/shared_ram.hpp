// One piece of RAM for networks that never run at the same time.
#pragma once

#include <stddef.h>

#include "detail/meta.hpp"

namespace mote {

namespace check {

template <bool Found>
struct shares_ram {
    static_assert(Found,
                  "SharedRam: this network is not among those that share the RAM; add it to the "
                  "list");
};

}  // namespace check

/// As large as the largest of the networks. begin() makes it one of them.
template <class... Networks>
class SharedRam {
   public:
    static_assert(sizeof...(Networks) > 0, "SharedRam: name the networks that share the RAM");

    /// Makes a new `Net` in the RAM: it has seen no row and no frame, and what the network before
    /// it held is gone. Costs at most a write to a counter.
    template <class Net>
    Net& begin() {
        (void)known<Net>{};
        return *new (bytes_) Placed<Net>;
    }

    /// The network that began last.
    template <class Net>
    Net& get() {
        (void)known<Net>{};
        return *static_cast<Net*>(static_cast<void*>(bytes_));
    }

   private:
    template <class Net>
    using known = check::shares_ram<(detail::is_same<Net, Networks>::value || ...)>;

    /// A place to make it in, where there is no header <new>.
    template <class Net>
    struct Placed : Net {
        static void* operator new(size_t, void* place) { return place; }
    };

    static constexpr size_t largest() {
        size_t bytes = 0;
        ((bytes = sizeof(Networks) > bytes ? sizeof(Networks) : bytes), ...);
        return bytes;
    }

    alignas(Networks...) unsigned char bytes_[largest()];
};

}  // namespace mote
