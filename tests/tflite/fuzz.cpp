// The short form of fuzz_target.cpp: a hundred thousand damaged models, the same in every run. Each
// fills its allocation to the last byte, so that an address sanitizer sees a read past the end.
#include <doctest/doctest.h>

#include <memory>

#include "damage.hpp"
#include "files.hpp"
#include "mote/tflite/verify.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size);

namespace {

using files::Bytes;

void run(const Bytes& bytes) {
    const std::unique_ptr<unsigned char[]> exact(new unsigned char[bytes.size()]);
    std::copy(bytes.begin(), bytes.end(), exact.get());
    LLVMFuzzerTestOneInput(exact.get(), bytes.size());
}

}  // namespace

TEST_CASE("no damage to a model leads a read outside") {
    std::vector<Bytes> models;
    for (const auto& path : files::models("models")) models.push_back(files::read(path));
    for (const char* layer :
         {"conv_1x1", "conv_no_bias", "depthwise_no_bias", "add_conv", "pad_nothing",
          "softmax_pixels", "average_pool_global", "conv_groups_2", "dense_rows_between_reshapes",
          "reshape_any_batch", "add_rank_3_and_4", "constants_outside", "select_by_pixel",
          "concatenation_int32", "cast_there_and_back", "fold_slice_by_shape"})
        models.push_back(
            files::read(files::tests + "models/layers/" + std::string(layer) + ".tflite"));
    for (const char* graph : {"delay_lines_that_begin_with_values", "a_variable_read_twice"})
        models.push_back(
            files::read(files::tests + "models/graphs/" + std::string(graph) + ".tflite"));
    const auto shared = files::models(MOTE_SHARED "/models");
    for (const auto& path : shared)
        if (files::name(path) == "kws_ref_model.tflite") models.push_back(files::read(path));

    damage::Damage damage(1);
    int passed = 0;
    for (int round = 0; round < 10000; ++round) {
        for (size_t i = 0; i < models.size(); ++i) {
            const Bytes bytes = damage(models[i], models[size_t(round) % models.size()]);
            run(bytes);
            passed += mote::tflite::check(bytes.data(), uint32_t(bytes.size())).ok();
        }
    }
    // Neither all nor none: the damage has to reach every depth.
    CHECK(passed > 1000);
    CHECK(passed < 10000 * int(models.size()) * 9 / 10);
}
