// Runs two models under three plans and compares what they give with their golden outputs, without
// any library: main() gives 0 when all of it is exact.
#include "mote.hpp"
// Arrays sine_file, sine_in, sine_out and digits_file, digits_in, digits_out.
#include "models.h"

namespace {

template <const unsigned char* File, class Plan>
int differing(const unsigned char* in, const unsigned char* out, int32_t runs) {
    using Network = mote::tflite::Import<File, Plan>;
    static Network network;
    int differ = 0;
    for (int32_t run = 0; run < runs; ++run) {
        int8_t values[Network::Input::size];
        for (int32_t i = 0; i < Network::Input::size; ++i)
            values[i] = static_cast<int8_t>(in[run * Network::Input::size + i]);
        const auto found = network(values);
        for (int32_t i = 0; i < Network::Output::size; ++i)
            if (found[i] != static_cast<int8_t>(out[run * Network::Output::size + i])) ++differ;
    }
    return differ;
}

template <class Plan>
int differing() {
    constexpr int32_t digits = sizeof digits_in / 64;
    return differing<sine_file, Plan>(sine_in, sine_out, sizeof sine_in) +
           differing<digits_file, Plan>(digits_in, digits_out, digits);
}

}  // namespace

int main() {
    return differing<mote::plan::LeastRam>() + differing<mote::plan::LayerByLayer>() +
                       differing<mote::plan::PushedRows>() ==
                   0
               ? 0
               : 1;
}
