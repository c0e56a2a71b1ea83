// Compares every row of every tensor, as its layer computes it, with TensorFlow Lite Micro's.
#pragma once

#include <map>
#include <sstream>

#include "models/golden.hpp"

namespace golden {

struct Slice {
    size_t offset, size, seen;
};

/// The observer: NAME.layers.bin holds the tensors of the first inference, NAME.layers.txt says
/// where.
struct Tensors {
    Bytes bytes;
    std::map<int, Slice> slices;

    explicit Tensors(const std::string& name) : bytes(read(name + ".layers.bin")) {
        std::ifstream index(name + ".layers.txt");
        for (std::string line; std::getline(index, line);) {
            std::istringstream words(line);
            int inference, tensor;
            std::string type;
            Slice slice{};
            if (words >> inference >> tensor >> type >> slice.size >> slice.offset &&
                inference == 0)
                slices[tensor] = slice;
        }
        REQUIRE(!slices.empty());
    }

    template <class Layer, class Rows>
    void operator()(Layer, const Rows& rows) {
        if (Layer::tensor < 0) return;
        const auto found = slices.find(Layer::tensor);
        REQUIRE_MESSAGE(found != slices.end(), "no such tensor: ", Layer::tensor);
        Slice& slice = found->second;
        // A view shows rows of the tensor it looks at; they may be shorter than its own.
        const size_t size = size_t(rows.size());
        const size_t first = size_t(rows.first) * (size / size_t(rows.count));
        REQUIRE(first + size <= slice.size);
        compare(rows.data(), &bytes[slice.offset + first], size,
                std::string(Layer::name()) + ", tensor " + std::to_string(Layer::tensor) +
                    ", row " + std::to_string(rows.first));
        slice.seen += size;
    }
};

template <class Network>
void check_tensors(const std::string& name) {
    static Network network;
    Tensors tensors(name);
    const Bytes inputs = read(name + ".in.bin");
    for (size_t i = 0; i < size_t(Network::Input::size); ++i) network.input()[i] = inputs[i];
    network(tensors);
    int complete = 0;
    for (const auto& slice : tensors.slices) {
        if (slice.second.seen == 0) continue;  // the input, or a tensor that never needs to exist
        CHECK_MESSAGE(slice.second.seen == slice.second.size, "tensor ", slice.first);
        ++complete;
    }
    CHECK(complete == Network::layers);
}

}  // namespace golden
