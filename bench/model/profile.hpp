// What each layer takes on this machine.
#pragma once

#include <algorithm>

#include "../meter.hpp"
#include "print.hpp"

/// Adds up what layers take, piece by piece, less what two readings of the meter take.
class Profiler {
   public:
    Profiler(const Meter& meter, size_t layers) : meter_(meter), costs_(layers) {
        last_ = meter_.now();
        reading_ = INT64_MAX;
        for (int i = 0; i < 1000; ++i) {
            const int64_t now = meter_.now();
            reading_ = std::min(reading_, now - last_);
            last_ = meter_.now();
        }
    }

    void start() {
        std::fill(costs_.begin(), costs_.end(), 0);
        last_ = meter_.now();
    }
    template <class Layer, class Band>
    void operator()(Layer layer, const Band&) {
        absorbed(layer);
    }
    template <class Layer>
    void absorbed(Layer) {
        costs_[Layer::index] += meter_.now() - last_ - reading_;
        last_ = meter_.now();
    }
    const std::vector<int64_t>& costs() const { return costs_; }

   private:
    const Meter& meter_;
    std::vector<int64_t> costs_;
    int64_t last_;
    int64_t reading_;
};

/// The least of each layer in many inferences; `infer` takes the observer.
template <class Infer>
std::vector<int64_t> profile(const Meter& meter, size_t layers, Infer infer) {
    Profiler profiler(meter, layers);
    std::vector<int64_t> least(layers, INT64_MAX);
    for (int inference = 0; inference < 100; ++inference) {
        profiler.start();
        infer(profiler);
        for (size_t i = 0; i < layers; ++i) least[i] = std::min(least[i], profiler.costs()[i]);
    }
    return least;
}

inline std::string per_mac(double cost, long macs) {
    char text[32] = "-";
    if (macs > 0) std::snprintf(text, sizeof text, "%.3f", cost / static_cast<double>(macs));
    return text;
}

inline void print_profile(const NetworkFacts& facts, const std::vector<int64_t>& costs,
                          const char* unit) {
    double sum = 0;
    for (const int64_t cost : costs) sum += static_cast<double>(cost);
    std::printf("%5s  %-16s %-10s %10s %14s %9s %7s\n", "layer", "", "kernel", "MACs", unit,
                "each MAC", "share");
    const auto most = std::max_element(costs.begin(), costs.end()) - costs.begin();
    for (size_t i = 0; i < costs.size(); ++i) {
        const LayerFacts& layer = facts.layers[i];
        const double cost = static_cast<double>(costs[i]);
        std::printf("%5zu  %-16s %-10s %10ld %14.0f %9s %5.1f %%%s\n", i, layer.name.c_str(),
                    layer.kernel.c_str(), layer.macs, cost, per_mac(cost, layer.macs).c_str(),
                    100 * cost / sum, static_cast<long>(i) == most ? "  <- most" : "");
    }
    std::printf("%5s  %-16s %-10s %10ld %14.0f %9s\n", "", "all", "", facts.macs, sum,
                per_mac(sum, facts.macs).c_str());
}
