// A network as it is written, and after the passes: equal outputs for random inputs.
#pragma once

#include <doctest/doctest.h>

#include <vector>

#include "mote.hpp"

namespace pass_test {

template <class Written>
using Plain = mote::graph::Bound<Written>;
template <class Written>
using Passed = typename mote::pass::Ready<Written, mote::arch::best>::type;

template <class Net, int... Numbers>
std::vector<std::vector<int8_t>> outputs(const std::vector<int8_t>& input,
                                         mote::detail::sequence<Numbers...>) {
    static Net net;
    net(input.data());
    return {std::vector<int8_t>(net.template output<Numbers>().begin(),
                                net.template output<Numbers>().end())...};
}

/// Under one plan for each: the passes are tested, plans are elsewhere.
template <class Written>
void equals(int runs = 4) {
    using Before = mote::Runner<Plain<Written>, mote::plan::LayerByLayer>;
    using After = mote::Runner<Written, mote::plan::LeastRam>;
    static_assert(Before::outputs == After::outputs, "");
    const auto all = mote::detail::make_sequence_t<Before::outputs>{};
    uint32_t seed = 1;
    for (int run = 0; run < runs; ++run) {
        std::vector<int8_t> input(size_t(Before::Input::size), 0);
        for (size_t i = 0; i < input.size(); ++i) {
            seed = seed * 1664525U + 1013904223U;
            // The first run has all values, in their order.
            input[i] = static_cast<int8_t>(run == 0 ? i - 128 : seed >> 24);
        }
        CHECK(outputs<Before>(input, all) == outputs<After>(input, all));
    }
}

}  // namespace pass_test
