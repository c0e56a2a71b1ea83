#include "mote/tflite/tflite.hpp"
#include "str_ww_ref_model_file.h"
#include "streamed.hpp"

TEST_CASE("str_ww_ref_model: 10,000 hops, each as the offline network on its window") {
    using Network = mote::tflite::Import<str_ww_ref_model_file, mote::plan::LayerByLayer>;
    MESSAGE("multiply-accumulates: ", Network::macs, " for a window, ",
            mote::Streaming<Network>::macs_per_hop, " for a hop; RAM ",
            mote::Streaming<Network>::ram_bytes, " bytes");
    streamed::check<Network>(10000);
}
