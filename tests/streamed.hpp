// Holds a streamed network to the offline one, window by window.
#pragma once

#include <doctest/doctest.h>

#include <vector>

#include "mote/streaming.hpp"

namespace streamed {

/// Pushes random frames until `outputs` results came, each compared with `Offline` on the window
/// that ends with the frame. `Offline` may have another plan than the streamed network.
template <class Offline, class Net = Offline>
void check(int outputs) {
    using Stream = mote::Streaming<Net>;
    static_assert(Stream::ram_bytes == sizeof(Stream), "all the RAM there is");
    static Offline offline;
    static Stream stream;
    stream.reset();
    const size_t frame_size = static_cast<size_t>(Stream::frame_size);
    std::vector<int8_t> window(static_cast<size_t>(Offline::Input::size));
    std::vector<int8_t> frame(frame_size);
    uint32_t random = 20261123;
    int frames = 0;
    int wrong = 0;
    int seen = 0;
    for (; seen < outputs; ++frames) {
        for (int8_t& value : frame) {
            random = random * 1664525U + 1013904223U;
            value = static_cast<int8_t>(random >> 24);
        }
        window.erase(window.begin(), window.begin() + static_cast<std::ptrdiff_t>(frame_size));
        window.insert(window.end(), frame.begin(), frame.end());
        const bool fresh = stream.push(frame.data());
        const bool due = frames + 1 >= Stream::first_output &&
                         (frames + 1 - Stream::first_output) % Stream::hop == 0;
        REQUIRE(fresh == due);
        if (!fresh) continue;
        ++seen;
        const auto expected = offline(window.data());
        for (int32_t i = 0; i < Offline::Output::size; ++i)
            wrong += expected[i] != stream.output()[i];
    }
    CHECK(wrong == 0);
}

}  // namespace streamed
