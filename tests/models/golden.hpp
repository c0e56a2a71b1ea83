// Runs a network on recorded inputs and compares every byte with TensorFlow Lite Micro's answer.
#pragma once

#include <doctest/doctest.h>
#include <stdint.h>

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

/// Input and output of inference n begin at n * input_step and n * output_step.
template <class Network>
void check(const int8_t* inputs, size_t input_step, const int8_t* outputs, size_t output_step,
           size_t inferences) {
    static Network network;
    REQUIRE(inferences > 0);
    for (size_t n = 0; n < inferences; ++n) {
        for (size_t i = 0; i < size_t(Network::Input::size); ++i)
            network.input()[i] = inputs[n * input_step + i];
        network();
        compare(network.output().data(), outputs + n * output_step, size_t(Network::Output::size),
                "inference " + std::to_string(n));
    }
}

/// NAME.in.bin: all inputs; NAME.out.bin: all outputs.
template <class Network>
void check(const std::string& name) {
    const size_t input = size_t(Network::Input::size), output = size_t(Network::Output::size);
    const Bytes inputs = read(name + ".in.bin"), outputs = read(name + ".out.bin");
    REQUIRE(inputs.size() % input == 0);
    REQUIRE(inputs.size() / input * output == outputs.size());
    check<Network>(inputs.data(), input, outputs.data(), output, inputs.size() / input);
}

/// One file: input, output, input, output, ...
template <class Network>
void check_pairs(const std::string& path) {
    const size_t input = size_t(Network::Input::size), pair = input + size_t(Network::Output::size);
    const Bytes bytes = read(path);
    REQUIRE(bytes.size() % pair == 0);
    check<Network>(bytes.data(), pair, bytes.data() + input, pair, bytes.size() / pair);
}

}  // namespace golden
