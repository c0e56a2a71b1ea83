// A reference model under every plan: exact, safe, and as small as promised.
#pragma once

#include <algorithm>
#include <string>

#include "models/golden.hpp"
#include "plan/cut_search.hpp"
#include "plan/random_check.hpp"

namespace reference {

template <class Network>
void check_golden(const std::string& name) {
    static Network network;
    constexpr size_t each = Network::Input::size;
    const golden::Bytes inputs = golden::read(name + ".in.bin");
    const golden::Bytes outputs = golden::read(name + ".out.bin");
    for (size_t n = 0; n < inputs.size() / each; ++n)
        golden::compare(network(&inputs[n * each]).data(), &outputs[n * Network::Output::size],
                        Network::Output::size, "inference " + std::to_string(n));
}

template <class Graph, class Policy>
void check(const std::string& name) {
    random_check::check_plan<Graph, Policy>();
    check_golden<mote::Runner<Graph, Policy>>(name);
}

template <class Graph, class Policy>
void compare_cuts(const std::string& what) {
    const long chosen = Policy::template Of<Graph>::bytes;
    const long best = cut_search::best_of_search<Policy, Graph>(20, 200);
    MESSAGE(what, ": ", chosen, " bytes; ", best, " found by a long search: ratio ",
            double(chosen) / double(best));
    // LeastRam may spend a twelfth on whole maps.
    CHECK(double(chosen) <= 1.10 * 13 / 12 * double(best));
}

template <class Graph, long Least, long Pushed, long Most>
void check(const std::string& name) {
    using namespace mote::plan;
    constexpr int32_t least = random_check::bytes<LeastRam, Graph>();
    constexpr int32_t most = random_check::bytes<LayerByLayer, Graph>();
    static_assert(least <= Least, "LeastRam takes more RAM than it once did");
    static_assert(most <= Most, "LayerByLayer takes more RAM than it once did");
    static_assert(random_check::bytes<PushedRows, Graph>() <= Pushed,
                  "PushedRows takes more RAM than it once did");
    check<Graph, LayerByLayer>(name);
    check<Graph, LeastRam>(name);
    check<Graph, PushedRows>(name);
    check<Graph, WithinRam<(least + most) / 2>>(name);
    compare_cuts<Graph, LeastRam>("LeastRam");
    compare_cuts<Graph, PushedRows>("PushedRows");
}

}  // namespace reference
