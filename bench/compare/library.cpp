// What bench/compare/run loads: one model, timed.

#include <chrono>
#include <mote.hpp>

#include "model_file.h"

using Model = mote::tflite::Import<model_file, mote::plan::PLAN>;
static Model network;

extern "C" const char* kernels() { return Model::Arch::name(); }

/// What `count` inferences take.
extern "C" double seconds(int count) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        network();
        __asm__ volatile("" : : : "memory");
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
