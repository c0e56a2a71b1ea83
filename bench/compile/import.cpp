// What bench/compile/run compiles: one network, called once.
#include "model_file.h"
#include "mote.hpp"

const int8_t* infer() {
    static mote::tflite::Import<model_file> network;
    network();
    return network.output().data();
}
