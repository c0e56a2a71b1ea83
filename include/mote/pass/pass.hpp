// All passes, in the order that they are applied in. A pass makes of a graph a smaller one with the
// same outputs for every input.
#pragma once

#include "clamps.hpp"
#include "dilations.hpp"
#include "moves.hpp"
#include "standing.hpp"
#include "tables.hpp"

namespace mote {
namespace pass {

/// A graph after a pass; itself where that changes nothing.
template <class Change, bool Changes = Change::changes>
struct After {
    using type = typename Change::Written;
};
template <class Change>
struct After<Change, true> {
    using type = Rewritten<Change>;
};

/// A graph as networks compute it with the layers of `Arch`. One that was made ready for another
/// CPU stays as it is.
template <class Written, class Arch>
struct Ready {
   private:
    using Dilated = typename After<Dilations<Written, Arch>>::type;
    using Moved = typename After<Moves<Dilated, Arch>>::type;
    using Tabled = typename After<Tables<Moved, Arch>>::type;
    using Clamped = typename After<Clamps<Tabled, Arch>>::type;

   public:
    using type = graph::Bound<typename After<Stand<Clamped, Arch>>::type, Arch>;
};
template <class Written, class Before, class Arch>
struct Ready<graph::Bound<Written, Before>, Arch> {
    using type = graph::Bound<Written, Arch>;
};

}  // namespace pass
}  // namespace mote
