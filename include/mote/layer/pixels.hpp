// Values for layers that add up pixels, in rows of any length.
#pragma once

#include <stdint.h>

#include "../arch.hpp"
#include "../detail/array.hpp"
#include "../detail/integer.hpp"

namespace mote {

/// Hands values `first` to first + count - 1 of a map to `On::take`: whole pixels, or, where a view
/// has made rows of another length, the parts of pixels that each row holds.
template <class On, int32_t Channels = On::Input::Shape::channels>
MOTE_INLINE void take_pixels(const int8_t* values, int32_t first, int32_t count, int32_t* state) {
    constexpr int channels = detail::as_int(Channels);
    if (count % channels == 0) {
        On::take(values, detail::as_int(count / channels), channels, state, typename On::Arch{});
        return;
    }
    for (int32_t done = 0; done < count;) {
        const int channel = detail::as_int((first + done) % channels);
        const int part = detail::smaller(channels - channel, detail::as_int(count - done));
        On::take(values + done, 1, part, state + channel, arch::portable{});
        done += part;
    }
}

}  // namespace mote
