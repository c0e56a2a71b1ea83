// Compares a compiled network with the oracle, layer by layer.
#pragma once

#include <doctest/doctest.h>

#include "models/golden.hpp"
#include "oracle/random_model.hpp"

namespace compiled {

/// Every row of every layer, as it is computed.
struct Watcher {
    const oracle::Model& model;
    int64_t seen;

    template <class Layer, class Band>
    void operator()(Layer, const Band& band) {
        if (Layer::tensor < 0) return;
        const oracle::Array& wanted = model.array_at(Layer::tensor);
        REQUIRE(band.offset() + band.size() <= wanted.size());
        for (int32_t i = 0; i < band.size(); ++i, ++seen) {
            const int found = band.data()[i], value = int(wanted.values[size_t(band.offset() + i)]);
            if (found == value) continue;
            FAIL_CHECK(std::string(Layer::name()), ", tensor ", int(Layer::tensor), ", value ",
                       band.offset() + i, ": ", found, " instead of ", value);
            return;
        }
    }
};

template <class Network, bool Pushed>
void check(const unsigned char* data, size_t size, uint32_t seed) {
    oracle::Model model(oracle::File(data, data + size));
    oracle::Random random(seed);
    static Network network;
    for (int n = 0; n < 3; ++n) {
        const oracle::Bytes in = oracle::some_inputs(model, random);
        const oracle::Bytes wanted = model.run(in.data());
        Watcher watcher{model, 0};
        golden::run<Pushed>(network, in.data(), watcher);
        const golden::Bytes found =
            golden::read_outputs(network, mote::detail::make_sequence_t<Network::outputs>{});
        REQUIRE(found.size() == wanted.size());
        golden::compare(found.data(), wanted.data(), found.size(),
                        "inference " + std::to_string(n));
        CHECK(watcher.seen > 0);
    }
}

/// A plan between the least RAM and the most.
template <const unsigned char* File>
using Between = mote::plan::WithinRam<
    (mote::plan::LeastRam::Of<typename mote::tflite::Import<File>::Graph>::bytes +
     mote::plan::LayerByLayer::Of<typename mote::tflite::Import<File>::Graph>::bytes) /
    2>;

template <const unsigned char* File, class Plan>
void check(size_t size, uint32_t seed) {
    check<mote::tflite::Import<File, Plan>, Plan::pushed>(File, size, seed);
}

}  // namespace compiled
