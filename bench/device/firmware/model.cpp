// The model under test, alone in its translation unit. What stands in .scaffold is not counted.

#include <mote.hpp>
#include "model_file.h"
#include "model.h"

using Net = mote::tflite::Import<model_file>;
static Net net;

void* model_input(void) { return net.input(); }
const void* model_output(void) { return net.output().data(); }
void model_infer(void) { net(); }

const struct model_facts model_facts = {
    Net::ram_bytes,
    Net::Input::size * sizeof(*net.input()),
    Net::Output::size * sizeof(*net.output().data()),
};
