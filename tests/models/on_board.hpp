// As golden.hpp, where there are neither files nor a C++ library.
#pragma once

#include <doctest/doctest.h>
#include <stddef.h>
#include <stdint.h>

#include "mote.hpp"

namespace on_board {

/// Input, output, input, output, ...
template <class Network>
MOTE_NOINLINE void check_pairs(const unsigned char* pairs, size_t size) {
    constexpr size_t inputs = size_t(Network::Input::size);
    constexpr size_t outputs = size_t(Network::Output::size);
    Network network;
    REQUIRE(size > 0);
    REQUIRE(size % (inputs + outputs) == 0);
    for (size_t at = 0; at < size; at += inputs + outputs) {
        for (size_t i = 0; i < inputs; ++i) network.input()[i] = static_cast<int8_t>(pairs[at + i]);
        network();
        size_t same = 0;
        while (same < outputs &&
               network.output().data()[same] == static_cast<int8_t>(pairs[at + inputs + same]))
            ++same;
        CAPTURE(at);
        CAPTURE(same);
        CHECK(same == outputs);
    }
}

}  // namespace on_board
