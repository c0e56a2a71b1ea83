// Runs a network on recorded inputs and compares every byte with TensorFlow Lite Micro's answer.
#pragma once

#include <doctest/doctest.h>
#include <stdint.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mote.hpp"

namespace golden {

using Bytes = std::vector<int8_t>;

inline Bytes read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", path);
    return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/// Reports the first byte that differs.
inline void compare(const int8_t* found, const int8_t* wanted, size_t size,
                    const std::string& where) {
    for (size_t i = 0; i < size; ++i) {
        if (found[i] == wanted[i]) continue;
        FAIL_CHECK(where, ", byte ", i, ": ", int(found[i]), " instead of ", int(wanted[i]));
        return;
    }
}

/// Bytes of all inputs, and of all outputs.
template <class Network, int... Indices>
constexpr size_t input_bytes(mote::detail::sequence<Indices...>) {
    return (size_t(Network::template InputAt<Indices>::bytes) + ...);
}
template <class Network>
constexpr size_t input_bytes() {
    return input_bytes<Network>(mote::detail::make_sequence_t<Network::inputs>{});
}
template <class Network, int... Indices>
constexpr size_t output_bytes(mote::detail::sequence<Indices...>) {
    return (size_t(Network::template OutputAt<Indices>::bytes) + ...);
}
template <class Network>
constexpr size_t output_bytes() {
    return output_bytes<Network>(mote::detail::make_sequence_t<Network::outputs>{});
}

/// Writes inputs from number `First` on.
template <int First = 0, class Network, int... Indices>
void write_inputs(Network& network, const int8_t* bytes, mote::detail::sequence<Indices...>) {
    [[maybe_unused]] const auto write = [&](auto in, auto value, int32_t count) {
        for (int32_t i = 0; i < count; ++i, bytes += sizeof value) {
            std::memcpy(&value, bytes, sizeof value);
            in[i] = value;
        }
    };
    (write(network.template input<First + Indices>(),
           typename Network::template InputAt<First + Indices>::Element{},
           Network::template InputAt<First + Indices>::size),
     ...);
}
/// Runs on all inputs; if rows are pushed, the first one comes in rows.
template <bool Pushed, class Network, class... Observer>
void run(Network& network, const int8_t* bytes, Observer&&... observer) {
    if constexpr (Pushed) {
        using Input = typename Network::Input;
        std::vector<typename Input::Element> values(size_t{Input::size});
        std::memcpy(values.data(), bytes, size_t(Input::bytes));
        write_inputs<1>(network, bytes + Input::bytes,
                        mote::detail::make_sequence_t<Network::inputs - 1>{});
        network(values.data(), observer...);
    } else {
        write_inputs(network, bytes, mote::detail::make_sequence_t<Network::inputs>{});
        network(observer...);
    }
}
template <class Network, int... Indices>
Bytes read_outputs(const Network& network, mote::detail::sequence<Indices...>) {
    Bytes all;
    const auto append = [&](const auto& view) {
        for (int32_t i = 0; i < view.size(); ++i) {
            const auto value = view[i];
            int8_t bytes[sizeof value];
            std::memcpy(bytes, &value, sizeof value);
            for (const int8_t byte : bytes) all.push_back(byte);
        }
    };
    (append(network.template output<Indices>()), ...);
    return all;
}

/// Inputs and outputs of inference n begin at n * input_step and n * output_step. What keeps
/// variables begins anew after reset(), and a copy goes on where it was taken.
template <class Network, bool Pushed = false>
void check(const int8_t* inputs, size_t input_step, const int8_t* outputs, size_t output_step,
           size_t inferences) {
    static Network network;
    static Network copy;
    REQUIRE(inferences > 0);
    constexpr size_t passes = Network::Graph::lasting ? 2 : 1;
    for (size_t n = 0; n < passes * inferences; ++n) {
        const size_t number = n % inferences;
        if (number == 0) network.reset();
        if (n == inferences + inferences / 2) copy = network;
        Network& used = n >= inferences + inferences / 2 ? copy : network;
        run<Pushed>(used, inputs + number * input_step);
        const Bytes found = read_outputs(used, mote::detail::make_sequence_t<Network::outputs>{});
        compare(found.data(), outputs + number * output_step, found.size(),
                "inference " + std::to_string(n));
    }
}

/// NAME.in.bin: all inputs; NAME.out.bin: all outputs.
template <class Network>
void check(const std::string& name) {
    const size_t input = input_bytes<Network>(), output = output_bytes<Network>();
    const Bytes inputs = read(name + ".in.bin"), outputs = read(name + ".out.bin");
    REQUIRE(inputs.size() % input == 0);
    REQUIRE(inputs.size() / input * output == outputs.size());
    check<Network>(inputs.data(), input, outputs.data(), output, inputs.size() / input);
}

/// One file: inputs, outputs, inputs, outputs, ...
template <class Network, bool Pushed = false>
void check_pairs(const std::string& path) {
    const size_t input = input_bytes<Network>(), pair = input + output_bytes<Network>();
    const Bytes bytes = read(path);
    REQUIRE(bytes.size() % pair == 0);
    check<Network, Pushed>(bytes.data(), pair, bytes.data() + input, pair, bytes.size() / pair);
}

}  // namespace golden
