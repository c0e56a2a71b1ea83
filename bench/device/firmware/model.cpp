// The model under test, alone in its translation unit. What stands in .scaffold is not counted.

#include "model.h"

#include <mote.hpp>

#include "model_file.h"

#ifndef MOTE_DEVICE_PLAN
#define MOTE_DEVICE_PLAN LeastRam
#endif

using Policy = mote::plan::MOTE_DEVICE_PLAN;
#ifdef MOTE_DEVICE_STREAMING
using Net = mote::Streaming<mote::tflite::Import<model_file, Policy>>;
#else
using Net = mote::tflite::Import<model_file, Policy>;
#endif
static Net net;
static constexpr bool same_border = mote::detail::is_same<Net::Input::Element, int8_t>::value;

// A call of model_infer() runs the network.
template <class Network, bool Pushed>
struct Feed {
    static constexpr uint32_t bytes = Network::Input::bytes;
    static constexpr uint32_t input_bytes = bytes;
    static constexpr uint32_t first_output = 1;
    static constexpr uint32_t macs = Network::macs;
    static void* input(Network& network) { return network.input(); }
    static void infer(Network& network) { network(); }
    template <class Observer>
    static void infer(Network& network, Observer observer) {
        network(observer);
    }
};
/// What a sensor left somewhere: the network converts it. That place is not the network's.
static typename Net::Input::Element sensor[same_border ? 1 : Net::Input::size] SCAFFOLD_BSS;
template <class Network>
struct FeedConverted {
    using Element = typename Network::Input::Element;
    static constexpr uint32_t bytes = Network::Input::bytes;
    static constexpr uint32_t input_bytes = bytes;
    static constexpr uint32_t first_output = 1;
    static constexpr uint32_t macs = Network::macs;
    static void* input(Network&) { return sensor; }
    static void infer(Network& network) { network(sensor); }
    template <class Observer>
    static void infer(Network& network, Observer observer) {
        network(sensor, observer);
    }
};
// A call of model_infer() pushes the row that lies where a camera or a sensor would leave it.
template <class Network>
struct Feed<Network, true> {
    static constexpr uint32_t bytes =
        Network::input_row_size * sizeof(typename Network::Input::Element);
    static constexpr uint32_t input_bytes = Network::Input::bytes;
    static constexpr uint32_t first_output = 1;
    static constexpr uint32_t macs = Network::macs;
    using Element = typename Network::Input::Element;
    static Element row[Network::input_row_size];
    static void* input(Network&) { return row; }
    static void infer(Network& network) { network.push_row(row); }
    template <class Observer>
    static void infer(Network& network, Observer observer) {
        network.push_row(row, observer);
    }
};
template <class Network>
typename Network::Input::Element Feed<Network, true>::row[Network::input_row_size];

// A call of model_infer() pushes a frame; an inference is a hop.
template <class Network, bool Pushed>
struct Feed<mote::Streaming<Network>, Pushed> {
    using Stream = mote::Streaming<Network>;
    static constexpr uint32_t bytes = Stream::frame_size;
    static constexpr uint32_t input_bytes = bytes * Stream::hop;
    static constexpr uint32_t macs = Stream::macs_per_hop;
    static constexpr uint32_t first_output = (Stream::first_output + Stream::hop - 1) / Stream::hop;
    static int8_t frame[Stream::frame_size];
    static void* input(Stream&) { return frame; }
    static void infer(Stream& stream) { stream.push(frame); }
};
template <class Network, bool Pushed>
int8_t Feed<mote::Streaming<Network>, Pushed>::frame[mote::Streaming<Network>::frame_size];

template <class Network, class Element>
struct Choose : FeedConverted<Network> {};
template <class Network>
struct Choose<Network, int8_t> : Feed<Network, Policy::pushed> {};
#ifdef MOTE_DEVICE_STREAMING
using Fed = Feed<Net, false>;
#else
using Fed =
    mote::detail::conditional_t<Policy::pushed, Feed<Net, true>, Choose<Net, Net::Input::Element>>;
#endif

/// The result as the network gives it: a map in its memory, or converted one by one for who asks.
static constexpr bool same_result = mote::detail::is_same<Net::Output::Element, int8_t>::value;
static typename Net::Output::Element answer[same_result ? 1 : Net::Output::size] SCAFFOLD_BSS;
template <class TensorType>
static const void* result(const mote::Result<TensorType, mote::border::Same>& view) {
    return view.data();
}
template <class TensorType, class Border>
static const void* result(const mote::Result<TensorType, Border>& from) {
    for (int32_t i = 0; i < from.size(); ++i) answer[i] = from[i];
    return answer;
}

void* model_input(void) { return Fed::input(net); }
const void* model_output(void) { return result(net.output()); }
void model_infer(void) { Fed::infer(net); }

#ifdef MOTE_DEVICE_LAYERS
#ifdef MOTE_DEVICE_STREAMING
#error "run: a streamed network has no observer; --layers is for whole inferences"
#endif
#include "layers.hpp"

const uint16_t model_layers = Net::layers;
#ifndef __AVR__
struct layer_cost layer_costs[Net::layers + costs_beside_layers];
#endif
void model_infer_layers(void) { Fed::infer(net, Watch{}); }

// What a network keeps from one inference to the next would have it answer otherwise.
template <class Network, bool Lasting>
struct Kept {
    static void keep(const Network&) {}
    static void bring_back(Network&) {}
};
template <class Network>
struct Kept<Network, true> {
    static Network network;
    static void keep(const Network& now) { network = now; }
    static void bring_back(Network& now) { now = network; }
};
template <class Network>
Network Kept<Network, true>::network;

void model_keep(void) { Kept<Net, Net::Graph::lasting>::keep(net); }
void model_bring_back(void) { Kept<Net, Net::Graph::lasting>::bring_back(net); }
#endif

const struct model_facts model_facts = {
    Net::ram_bytes, Fed::input_bytes, Net::Output::bytes, Fed::bytes, Fed::first_output, Fed::macs,
};
