// Part of model.cpp under run --layers: who watches the layers, and what the host prints of them.

#pragma once

struct Watch {
    template <class Layer, class Band>
    void operator()(Layer, const Band&) const {
        layer_done(Layer::index);
    }
    template <class Layer>
    void absorbed(Layer) const {
        layer_done(Layer::index);
    }
};

// Two tables, a line for each layer; neither reaches the firmware.
struct LayerName {
    char name[24];
    char kernel[24];
};
struct LayerNumbers {
    uint32_t macs;
    uint32_t input[3];
    uint32_t output[3];
};

template <int Size>
constexpr void write(char (&to)[Size], const char* text) {
    for (int i = 0; i < Size - 1; ++i) to[i] = *text ? *text++ : ' ';
    to[Size - 1] = ' ';
}

template <class Layer>
constexpr LayerName name_of() {
    LayerName line{};
    write(line.name, Layer::name());
    write(line.kernel, Layer::kernel());
    line.kernel[sizeof line.kernel - 1] = '\n';
    return line;
}

template <int First, int... Others>
constexpr int first_of(mote::detail::sequence<First, Others...>) {
    return First;
}

template <class Layer, class Graph>
constexpr LayerNumbers numbers_of() {
    using In = typename Graph::template TensorType<first_of(typename Layer::Inputs{})>::Shape;
    using Out = typename Layer::Output::Shape;
    return {Layer::macs,
            {In::height, In::width, In::channels},
            {Out::height, Out::width, Out::channels}};
}

template <class Indices>
struct LayerTables;
template <int... Indices>
struct LayerTables<mote::detail::sequence<Indices...>> {
    static constexpr mote::detail::array<LayerName, Net::layers> names() {
        return {{name_of<Net::Layer<Indices>>()...}};
    }
    static constexpr mote::detail::array<LayerNumbers, Net::layers> numbers() {
        return {{numbers_of<Net::Layer<Indices>, Net::Graph>()...}};
    }
};

using Tables = LayerTables<mote::detail::make_sequence_t<Net::layers>>;
#define FOR_HOST(section_name) \
    extern "C" __attribute__((used, section(section_name))) constexpr auto
FOR_HOST(".layer_names") layer_names = Tables::names();
FOR_HOST(".layer_numbers") layer_numbers = Tables::numbers();
