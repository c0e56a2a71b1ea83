// What bench/compile/run compiles: one network, called once.
#include "model_file.h"
#include "mote.hpp"

#ifndef MODEL_PLAN
#define MODEL_PLAN LeastRam
#endif

const int8_t* infer() {
    static mote::tflite::Import<model_file, mote::plan::MODEL_PLAN> network;
    network();
    return network.output().data();
}
