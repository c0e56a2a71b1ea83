// Facts as a table for people and as JSON for programs.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "facts.hpp"

inline std::string shape(const TensorFacts& tensor) {
    return std::to_string(tensor.height) + "x" + std::to_string(tensor.width) + "x" +
           std::to_string(tensor.channels);
}

inline std::string place(long offset, const TensorFacts& tensor) {
    return std::to_string(offset) + ".." + std::to_string(offset + tensor.bytes);
}

inline void print_tensor(const char* label, const TensorFacts& tensor) {
    std::printf("%-7s %s, value = %.9g * (element %c %d)\n", label, shape(tensor).c_str(),
                tensor.scale, tensor.zero_point < 0 ? '+' : '-', std::abs(tensor.zero_point));
}

inline void print_table(const NetworkFacts& facts) {
    std::printf("%3s  %-16s %-10s %-24s %10s %8s  %s\n", "", "layer", "reads", "shape", "MACs",
                "flash", "place in RAM");
    std::printf("%3s  %-16s %-10s %-24s %10s %8s  %s\n", "", "(input)", "",
                shape(facts.input).c_str(), "", "", place(facts.input_offset, facts.input).c_str());
    for (size_t i = 0; i < facts.layers.size(); ++i) {
        const LayerFacts& layer = facts.layers[i];
        std::string reads, shapes;
        for (const int input : layer.inputs) {
            reads += (reads.empty() ? "" : ", ") + (input < 0 ? "input" : std::to_string(input));
            const TensorFacts& from =
                input < 0 ? facts.input : facts.layers[static_cast<size_t>(input)].output;
            if (shapes.empty()) shapes = shape(from);
        }
        shapes += " -> " + shape(layer.output);
        std::printf("%3zu  %-16s %-10s %-24s %10ld %8ld  %s\n", i, layer.name.c_str(),
                    reads.c_str(), shapes.c_str(), layer.macs, layer.flash_bytes,
                    place(layer.offset, layer.output).c_str());
    }
    std::printf("\n");
    print_tensor("input", facts.input);
    print_tensor("output", facts.output);
    std::printf("RAM     %ld bytes\n", facts.ram_bytes);
    std::printf("flash   %ld bytes of constants, packed for the %s kernels; code comes on top\n",
                facts.flash_bytes, facts.kernels.c_str());
    std::printf("MACs    %ld\n", facts.macs);
}

inline void print_json(const TensorFacts& tensor) {
    std::printf(
        "{\"shape\": [%d, %d, %d], \"size\": %ld, \"bytes\": %ld, \"scale\": %.9g, "
        "\"zero_point\": %d}",
        tensor.height, tensor.width, tensor.channels, tensor.elements, tensor.bytes, tensor.scale,
        tensor.zero_point);
}

inline void print_json(const NetworkFacts& facts) {
    std::printf("{\"ram_bytes\": %ld, \"flash_bytes\": %ld, \"macs\": %ld, \"kernels\": \"%s\",\n",
                facts.ram_bytes, facts.flash_bytes, facts.macs, facts.kernels.c_str());
    std::printf(" \"input\": ");
    print_json(facts.input);
    std::printf(",\n \"output\": ");
    print_json(facts.output);
    std::printf(",\n \"layers\": [");
    for (size_t i = 0; i < facts.layers.size(); ++i) {
        const LayerFacts& layer = facts.layers[i];
        std::string inputs;
        for (const int input : layer.inputs)
            inputs += (inputs.empty() ? "" : ", ") + std::to_string(input);
        std::printf(
            "%s\n  {\"index\": %zu, \"name\": \"%s\", \"tensor\": %d, \"inputs\": [%s], "
            "\"shape\": [%d, %d, %d], \"macs\": %ld, \"flash_bytes\": %ld, \"offset\": %ld, "
            "\"bytes\": %ld, \"scale\": %.9g, \"zero_point\": %d}",
            i ? "," : "", i, layer.name.c_str(), layer.tensor, inputs.c_str(), layer.output.height,
            layer.output.width, layer.output.channels, layer.macs, layer.flash_bytes, layer.offset,
            layer.output.bytes, layer.output.scale, layer.output.zero_point);
    }
    std::printf("]}\n");
}
