// Inferences from file to file.
#pragma once

#include <cstring>
#include <fstream>
#include <iterator>
#include <mote.hpp>
#include <stdexcept>
#include <string>
#include <vector>

using Bytes = std::vector<char>;

inline Bytes read_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) throw std::runtime_error("cannot open " + name);
    Bytes bytes;
    char block[4096];
    while (file.read(block, sizeof block) || file.gcount() > 0)
        bytes.insert(bytes.end(), block, block + file.gcount());
    if (file.bad()) throw std::runtime_error("cannot read " + name);
    return bytes;
}

inline void write_file(const std::string& name, const Bytes& bytes) {
    std::ofstream file(name, std::ios::binary);
    if (!file) throw std::runtime_error("cannot create " + name);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + name);
}

template <class Network, int... Inputs>
constexpr size_t input_bytes(mote::detail::sequence<Inputs...>) {
    return (size_t{Network::template InputAt<Inputs>::bytes} + ...);
}
/// Bytes of one inference: all inputs, one after the other.
template <class Network>
constexpr size_t input_bytes() {
    return input_bytes<Network>(mote::detail::make_sequence_t<Network::inputs>{});
}

/// The inputs in a file; `name` is for the message.
template <class Network>
Bytes read_inputs(const std::string& name) {
    constexpr size_t each = input_bytes<Network>();
    const Bytes inputs = read_file(name);
    if (inputs.empty() || inputs.size() % each != 0)
        throw std::runtime_error(name + " has " + std::to_string(inputs.size()) +
                                 " bytes; an input of this model has " + std::to_string(each) +
                                 ", and the file has to hold one or more whole inputs");
    return inputs;
}

template <class Network, class Observer, int... Inputs>
void infer(Network& network, const char* bytes, Observer& observer,
           mote::detail::sequence<Inputs...>) {
    const auto write = [&](auto in, auto value, int32_t count) {
        for (int32_t i = 0; i < count; ++i, bytes += sizeof value) {
            std::memcpy(&value, bytes, sizeof value);
            in[i] = value;
        }
    };
    (write(network.template input<Inputs>(), typename Network::template InputAt<Inputs>::Element{},
           Network::template InputAt<Inputs>::size),
     ...);
    network(observer);
}

/// One inference on raw bytes: rows are pushed, or inputs written one after the other.
template <class Network, class Observer>
void infer(Network& network, const char* bytes, Observer& observer) {
    using Element = typename Network::Input::Element;
    if constexpr (Network::inputs == 1) {
        std::vector<Element> values(size_t{Network::Input::size});
        std::memcpy(values.data(), bytes, size_t{Network::Input::bytes});
        network(values.data(), observer);
    } else {
        infer(network, bytes, observer, mote::detail::make_sequence_t<Network::inputs>{});
    }
}

template <class Network, int... Outputs>
void append_outputs(const Network& network, Bytes& all, mote::detail::sequence<Outputs...>) {
    const auto append = [&](const auto& view) {
        for (int32_t i = 0; i < view.size(); ++i) {
            const auto value = view[i];
            const char* bytes = reinterpret_cast<const char*>(&value);
            all.insert(all.end(), bytes, bytes + sizeof value);
        }
    };
    (append(network.template output<Outputs>()), ...);
}

/// As many inferences as IN holds inputs.
template <class Network>
void run(Network& network, const std::string& in, const std::string& out) {
    constexpr size_t each = input_bytes<Network>();
    const Bytes inputs = read_inputs<Network>(in);
    Bytes outputs;
    mote::Unobserved nobody;
    for (size_t at = 0; at < inputs.size(); at += each) {
        infer(network, &inputs[at], nobody);
        append_outputs(network, outputs, mote::detail::make_sequence_t<Network::outputs>{});
    }
    write_file(out, outputs);
}

/// The observer that keeps the rows of every layer. A view, such as a reshape, is shown in the
/// rows of the tensor that it views.
struct Recorder {
    std::vector<Bytes> layers;
    std::vector<size_t> recorded;

    template <class Layer, class Band>
    void operator()(Layer, const Band& band) {
        constexpr size_t index = Layer::index;
        const size_t size = static_cast<size_t>(band.size()) * sizeof(*band.data());
        const size_t offset = static_cast<size_t>(band.offset()) * sizeof(*band.data());
        layers[index].resize(Layer::Output::bytes);
        if (offset + size > layers[index].size())
            throw std::runtime_error("the network showed rows that layer " + std::to_string(index) +
                                     " does not have");
        std::memcpy(&layers[index][offset], band.data(), size);
        recorded[index] += size;
    }
};

template <class Network, int... Indices>
std::vector<size_t> output_bytes(mote::detail::sequence<Indices...>) {
    return {Network::template Layer<Indices>::Output::bytes...};
}

/// Every layer's output of the first inference, in the operators' order.
template <class Network>
void run_layers(Network& network, const std::string& in, const std::string& out) {
    const Bytes inputs = read_inputs<Network>(in);
    constexpr size_t count = Network::layers;
    Recorder recorder{std::vector<Bytes>(count), std::vector<size_t>(count)};
    infer(network, inputs.data(), recorder);
    if (recorder.recorded !=
        output_bytes<Network>(mote::detail::make_sequence_t<Network::layers>{}))
        throw std::runtime_error("the network did not show every row of every layer once");
    Bytes outputs;
    for (const Bytes& layer : recorder.layers)
        outputs.insert(outputs.end(), layer.begin(), layer.end());
    write_file(out, outputs);
}
