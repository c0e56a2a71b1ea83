// One of several inputs comes row by row.
#include "models/golden.hpp"
#include "several_borders_file.h"
#include "three_inputs_file.h"

using namespace mote;

TEST_CASE("the first of several inputs is pushed") {
    const std::string folder = MOTE_TESTS "/models/graphs/";
    golden::check_pairs<tflite::Import<three_inputs_file, plan::PushedRows>, true>(
        folder + "three_inputs.golden");
    golden::check_pairs<tflite::Import<several_borders_file, plan::PushedRows>, true>(
        folder + "several_borders.golden");
}
