// What a network's type says about itself, as values that can be printed.
#pragma once

#include <algorithm>
#include <mote.hpp>
#include <string>
#include <vector>

#include "memory.hpp"

struct TensorFacts {
    int height, width, channels;
    long elements, bytes;
    double scale;
    int zero_point;
    /// What the file calls it; empty for what lies inside.
    std::string name;
};

/// Where the arena holds a tensor, and how many of its rows at a time.
struct Place {
    long offset;
    int rows;
    long bytes;
    /// The first step in which it is alive, and the last: see memory.hpp.
    long first, last;
};

struct LayerFacts {
    std::string name;
    /// The CPU whose kernel computes it.
    std::string kernel;
    /// Its output in the .tflite file.
    int tensor;
    /// The layers it reads; -1 is the network's first input, -2 the second; variables follow.
    std::vector<int> inputs;
    TensorFacts output;
    long macs, flash_bytes;
    /// Layers of one segment take turns, row by row.
    int segment;
    Place place;
};

struct NetworkFacts {
    std::string kernels;
    long ram_bytes, flash_bytes, macs;
    std::vector<TensorFacts> inputs, outputs;
    /// What is there before the first layer computes: inputs, then variables.
    std::vector<TensorFacts> given;
    std::vector<Place> given_places;
    std::vector<LayerFacts> layers;
};

template <class Tensor>
TensorFacts tensor_facts() {
    using Shape = typename Tensor::Shape;
    return {Shape::height,
            Shape::width,
            Shape::channels,
            Tensor::size,
            Tensor::bytes,
            static_cast<double>(Tensor::Quantization::scale),
            Tensor::Quantization::zero_point,
            ""};
}

/// The layers that compute tensors; see LayerFacts.
template <class Network, int... Tensors>
std::vector<int> producers(mote::detail::sequence<Tensors...>) {
    constexpr int given = Network::Graph::given_count + 1;
    return {(Tensors < given ? -1 - Tensors : Tensors - given)...};
}

/// Of a tensor of the graph: first its inputs, then the outputs of its layers.
template <class Network>
Place place(int tensor) {
    const auto& schedule = Network::Plan::schedule();
    const int place = schedule.store_of[tensor];
    const auto& store = schedule.stores[place];
    const Clock<typename Network::Plan::Schedule> clock(schedule);
    return {Network::offset(tensor), store.capacity, long{store.row_bytes} * store.capacity,
            clock.tick(store.written.start), clock.tick(schedule.death(place))};
}

template <class Network, int Index>
LayerFacts layer_facts() {
    using Layer = typename Network::template Layer<Index>;
    return {Layer::name(),
            Layer::kernel(),
            Layer::tensor,
            producers<Network>(typename Layer::Inputs{}),
            tensor_facts<typename Layer::Output>(),
            Layer::macs,
            Layer::flash_bytes(),
            Network::Plan::schedule().steps[Index + Network::Graph::given_count].segment,
            place<Network>(Index + Network::Graph::given_count + 1)};
}

template <class Tensor>
TensorFacts named(const char* name) {
    TensorFacts facts = tensor_facts<Tensor>();
    facts.name = name;
    return facts;
}

template <class Network, int... Indices, int... Inputs, int... Outputs, int... Given>
NetworkFacts network_facts(mote::detail::sequence<Indices...>, mote::detail::sequence<Inputs...>,
                           mote::detail::sequence<Outputs...>, mote::detail::sequence<Given...>) {
    return {Network::Arch::name(),
            Network::ram_bytes,
            Network::flash_bytes,
            Network::macs,
            {named<typename Network::template InputAt<Inputs>>(
                Network::template input_name<Inputs>())...},
            {named<typename Network::template OutputAt<Outputs>>(
                Network::template output_name<Outputs>())...},
            {tensor_facts<typename Network::Graph::template TensorType<Given>>()...},
            {place<Network>(Given)...},
            {layer_facts<Network, Indices>()...}};
}

template <class Network>
NetworkFacts network_facts() {
    return network_facts<Network>(mote::detail::make_sequence_t<Network::layers>{},
                                  mote::detail::make_sequence_t<Network::inputs>{},
                                  mote::detail::make_sequence_t<Network::outputs>{},
                                  mote::detail::make_sequence_t<Network::Graph::given_count + 1>{});
}
