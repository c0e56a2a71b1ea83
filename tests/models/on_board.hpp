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
    constexpr size_t inputs = size_t(Network::Input::bytes);
    constexpr size_t outputs = size_t(Network::Output::bytes);
    Network network;
    REQUIRE(size > 0);
    REQUIRE(size % (inputs + outputs) == 0);
    for (size_t at = 0; at < size; at += inputs + outputs) {
        const unsigned char* const given = pairs + at;
        for (size_t i = 0; i < inputs; ++i)
            reinterpret_cast<unsigned char*>(network.input())[i] = given[i];
        network();
        const auto* const found = reinterpret_cast<const unsigned char*>(network.output().data());
        size_t same = 0;
        while (same < outputs && found[same] == given[inputs + same]) ++same;
        CAPTURE(at);
        CAPTURE(same);
        CHECK(same == outputs);
    }
}

}  // namespace on_board
