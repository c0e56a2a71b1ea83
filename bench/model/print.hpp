// Facts as a table for people and as JSON for programs.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "facts.hpp"

inline std::string shape(const TensorFacts& tensor) {
    return std::to_string(tensor.height) + "x" + std::to_string(tensor.width) + "x" +
           std::to_string(tensor.channels);
}

inline std::string text(const Place& place) {
    return std::to_string(place.offset) + ".." + std::to_string(place.offset + place.bytes) + ", " +
           std::to_string(place.rows) + (place.rows == 1 ? " row" : " rows");
}

inline std::string life(const Place& place) {
    return std::to_string(place.first) + ".." + std::to_string(place.last);
}

/// With its number, when there are several.
inline std::string numbered(const std::string& what, size_t number, size_t count) {
    return count == 1 ? what : what + " " + std::to_string(number);
}

inline void print_tensor(const char* label, const TensorFacts& tensor) {
    std::printf("%-7s %s, value = %.9g * (element %c %d)%s%s\n", label, shape(tensor).c_str(),
                tensor.scale, tensor.zero_point < 0 ? '+' : '-', std::abs(tensor.zero_point),
                tensor.name.empty() ? "" : ", ", tensor.name.c_str());
}

inline void print_row(int segment, const std::string& index, const std::string& name,
                      const std::string& reads, const std::string& shape, const std::string& kernel,
                      const std::string& macs, const std::string& flash, const std::string& place,
                      const std::string& life) {
    std::printf("%7s %5s  %-16s %-8s %-24s %-10s %10s %8s  %-22s %s\n",
                segment < 0 ? "" : std::to_string(segment).c_str(), index.c_str(), name.c_str(),
                reads.c_str(), shape.c_str(), kernel.c_str(), macs.c_str(), flash.c_str(),
                place.c_str(), life.c_str());
}

inline std::string given_name(const NetworkFacts& facts, size_t index) {
    const size_t inputs = facts.inputs.size();
    return index < inputs ? numbered("input", index, inputs)
                          : numbered("variable", index - inputs, facts.given.size() - inputs);
}

/// Layers of one segment take turns, row by row.
inline void print_table(const NetworkFacts& facts, const char* plan) {
    std::printf("%7s %5s  %-16s %-8s %-24s %-10s %10s %8s  %-22s %s\n", "segment", "layer", "",
                "reads", "shape", "kernel", "MACs", "flash", "RAM", "in steps");
    for (size_t i = 0; i < facts.given.size(); ++i)
        print_row(-1, "", "(" + given_name(facts, i) + ")", "", shape(facts.given[i]), "", "", "",
                  text(facts.given_places[i]), life(facts.given_places[i]));
    int segment = -1;
    for (size_t i = 0; i < facts.layers.size(); ++i) {
        const LayerFacts& layer = facts.layers[i];
        std::string reads;
        for (const int input : layer.inputs)
            reads += (reads.empty() ? "" : ", ") +
                     (input < 0 ? given_name(facts, size_t(-1 - input)) : std::to_string(input));
        const int from = layer.inputs[0];
        const TensorFacts& read = from < 0 ? facts.given[size_t(-1 - from)]
                                           : facts.layers[static_cast<size_t>(from)].output;
        print_row(layer.segment == segment ? -1 : layer.segment, std::to_string(i), layer.name,
                  reads, shape(read) + " -> " + shape(layer.output), layer.kernel,
                  std::to_string(layer.macs), std::to_string(layer.flash_bytes), text(layer.place),
                  life(layer.place));
        segment = layer.segment;
    }
    std::printf("\n");
    for (size_t i = 0; i < facts.inputs.size(); ++i)
        print_tensor(numbered("input", i, facts.inputs.size()).c_str(), facts.inputs[i]);
    for (size_t i = 0; i < facts.outputs.size(); ++i)
        print_tensor(numbered("output", i, facts.outputs.size()).c_str(), facts.outputs[i]);
    std::printf("RAM     %ld bytes under the plan %s\n", facts.ram_bytes, plan);
    std::printf("flash   %ld bytes of constants, packed for %s; code comes on top\n",
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

inline void print_json(const char* name, const std::vector<TensorFacts>& tensors) {
    std::printf(",\n \"%s\": [", name);
    for (size_t i = 0; i < tensors.size(); ++i) {
        if (i > 0) std::printf(", ");
        print_json(tensors[i]);
    }
    std::printf("]");
}

inline void print_json(const NetworkFacts& facts) {
    std::printf("{\"ram_bytes\": %ld, \"flash_bytes\": %ld, \"macs\": %ld, \"kernels\": \"%s\",\n",
                facts.ram_bytes, facts.flash_bytes, facts.macs, facts.kernels.c_str());
    std::printf(" \"input\": ");
    print_json(facts.inputs[0]);
    std::printf(",\n \"output\": ");
    print_json(facts.outputs[0]);
    print_json("inputs", facts.inputs);
    print_json("outputs", facts.outputs);
    std::printf(",\n \"layers\": [");
    for (size_t i = 0; i < facts.layers.size(); ++i) {
        const LayerFacts& layer = facts.layers[i];
        std::string inputs;
        for (const int input : layer.inputs)
            inputs += (inputs.empty() ? "" : ", ") + std::to_string(input);
        std::printf(
            "%s\n  {\"index\": %zu, \"name\": \"%s\", \"kernel\": \"%s\", \"tensor\": %d, "
            "\"inputs\": [%s], "
            "\"shape\": [%d, %d, %d], \"bytes\": %ld, \"scale\": %.9g, \"zero_point\": %d, "
            "\"macs\": %ld, \"flash_bytes\": %ld, \"segment\": %d, \"offset\": %ld, "
            "\"rows_held\": %d, \"bytes_held\": %ld}",
            i ? "," : "", i, layer.name.c_str(), layer.kernel.c_str(), layer.tensor, inputs.c_str(),
            layer.output.height, layer.output.width, layer.output.channels, layer.output.bytes,
            layer.output.scale, layer.output.zero_point, layer.macs, layer.flash_bytes,
            layer.segment, layer.place.offset, layer.place.rows, layer.place.bytes);
    }
    std::printf("]}\n");
}
