// The oracle is held to TensorFlow Lite Micro's answers.
#include "oracle/model.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "mote/tflite/verify.hpp"

namespace {

namespace fs = std::filesystem;

oracle::Bytes read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}
oracle::File read_file(const fs::path& path) {
    const oracle::Bytes bytes = read(path);
    return {bytes.begin(), bytes.end()};
}

/// Inference `n` of `inputs` gives that of `outputs`; each inference is `in_step` and `out_step`
/// bytes from the next.
void check(oracle::Model& model, const std::string& name, const oracle::Bytes& inputs,
           size_t in_step, const oracle::Bytes& outputs, size_t out_first, size_t out_step,
           size_t most) {
    const size_t count = std::min(inputs.size() / in_step, most);
    REQUIRE(count > 0);
    for (size_t n = 0; n < count; ++n) {
        const oracle::Bytes found = model.run(&inputs[n * in_step]);
        REQUIRE(out_first + n * out_step + found.size() <= outputs.size());
        for (size_t i = 0; i < found.size(); ++i) {
            const int wanted = outputs[out_first + n * out_step + i];
            if (found[i] == wanted) continue;
            FAIL_CHECK(name, ", inference ", n, ", byte ", i, ": ", int(found[i]), " instead of ",
                       wanted);
            return;
        }
    }
}

/// Whether the oracle knows all operators of a model; says so if not.
bool known(const oracle::Model& model, const std::string& name) {
    if (model.unknown() < 0) return true;
    MESSAGE("SKIPPED: ", name, ": the oracle does not know operator ", model.unknown());
    return false;
}

/// All models of a folder with inputs and outputs in one file.
int check_pairs(const fs::path& folder) {
    int models = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".tflite") continue;
        const std::string name = entry.path().stem().string();
        oracle::Model model(read_file(entry.path()));
        CAPTURE(name);
        if (!known(model, name)) continue;
        const oracle::Bytes pairs = read(fs::path(entry.path()).replace_extension(".golden"));
        const size_t in = model.input_bytes(), pair = in + model.output_bytes();
        REQUIRE(pairs.size() % pair == 0);
        check(model, name, pairs, pair, pairs, in, pair, pairs.size() / pair);
        ++models;
    }
    return models;
}

/// Whether mote runs a model too.
bool accepted(const oracle::File& file) {
    bool sound = true;
    mote::tflite::for_each_fault(file.data(), uint32_t(file.size()),
                                 [&sound](const mote::tflite::Status&) { sound = false; });
    return sound;
}

/// All models of a folder that mote runs, one inference each; inputs and outputs in two files.
int check_first(const fs::path& folder, const fs::path& golden) {
    int models = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".tflite") continue;
        const oracle::File file = read_file(entry.path());
        if (!accepted(file)) continue;
        oracle::Model model(file);
        const std::string name = entry.path().stem().string();
        CAPTURE(name);
        if (!known(model, name)) continue;
        const oracle::Bytes inputs = read(golden / (name + ".in.bin"));
        const oracle::Bytes outputs = read(golden / (name + ".out.bin"));
        check(model, name, inputs, model.input_bytes(), outputs, 0, model.output_bytes(), 1);
        ++models;
        if (!model.remembers()) continue;
        oracle::Model again(file);
        check(again, name, inputs, model.input_bytes(), outputs, 0, model.output_bytes(), 60);
    }
    return models;
}

}  // namespace

TEST_CASE("the oracle gives TensorFlow Lite Micro's answers for small models") {
    CHECK(check_pairs(MOTE_TESTS "/models/layers") > 480);
    CHECK(check_pairs(MOTE_TESTS "/models/graphs") > 10);
}

TEST_CASE("the oracle gives TensorFlow Lite Micro's answers for whole models") {
    if (!fs::is_directory(MOTE_SHARED "/models")) {
        MESSAGE("SKIPPED: " MOTE_SHARED " not found");
        return;
    }
    CHECK(check_first(MOTE_SHARED "/models", MOTE_SHARED "/golden") == 8);
    CHECK(check_first(MOTE_SHARED "/field", MOTE_SHARED "/field") > 20);
}
