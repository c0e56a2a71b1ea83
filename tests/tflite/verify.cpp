// check() at run time: the same answers that Import gives at compile time.
#include "mote/tflite/verify.hpp"

#include <doctest/doctest.h>

#include <set>

#include "files.hpp"
#include "walk.hpp"

using mote::tflite::Fault;

namespace {

// In the order of mote::tflite::Fault.
const char* const faults[] = {"none",
                              "identifier",
                              "truncated",
                              "schema_version",
                              "subgraph_count",
                              "input_count",
                              "output_count",
                              "no_operators",
                              "unsupported_operator",
                              "operand_count",
                              "tensor_index",
                              "operator_order",
                              "output_position",
                              "element_type",
                              "dynamic_shape",
                              "rank",
                              "batch",
                              "size",
                              "sparse",
                              "no_quantization",
                              "zero_point",
                              "activation_per_channel",
                              "not_constant",
                              "constant_input",
                              "buffer_size",
                              "weights_type",
                              "weights_shape",
                              "weights_zero_point",
                              "channel_scales",
                              "bias_type",
                              "stride",
                              "padding",
                              "activation",
                              "weights_format",
                              "output_shape",
                              "broadcast",
                              "add_scale",
                              "softmax_output",
                              "softmax_scale",
                              "pad_border",
                              "quantization_change"};
constexpr int fault_count = int(Fault::quantization_change) + 1;
static_assert(sizeof(faults) / sizeof(faults[0]) == fault_count, "a fault has no name here");

mote::tflite::Status check(const files::Bytes& bytes) {
    return mote::tflite::check(bytes.data(), uint32_t(bytes.size()));
}

/// The columns of each line of bad.txt: model, fault, operator, what was found, sentence.
std::vector<std::vector<std::string>> expected() {
    std::vector<std::vector<std::string>> lines;
    std::ifstream file(files::tests + "models/bad.txt");
    for (std::string line; std::getline(file, line);) {
        if (line[0] == '#') continue;
        lines.emplace_back();
        for (size_t from = 0, to = 0; to != std::string::npos; from = to + 3) {
            to = line.find(" | ", from);
            lines.back().push_back(line.substr(from, to - from));
        }
        REQUIRE(lines.back().size() == 5);
    }
    return lines;
}

}  // namespace

TEST_CASE("every bad model is refused for what is wrong with it, and every fault has one") {
    std::set<std::string> models, seen{"none"};
    for (const auto& line : expected()) {
        CAPTURE(line[0]);
        const auto status = check(files::read(files::tests + "models/bad/" + line[0] + ".tflite"));
        CHECK(faults[int(status.fault)] == line[1]);
        CHECK(status.operation == std::stoi(line[2]));
        const size_t number = line[3].find("number<");
        if (number != std::string::npos)
            CHECK(status.found == std::stol(line[3].substr(number + 7)));
        models.insert(line[0] + ".tflite");
        seen.insert(line[1]);
    }
    CHECK(seen.size() == fault_count);
    for (const auto& path : files::models("models/bad"))
        CHECK(models.count(files::name(path)) == 1);
}

TEST_CASE("every good model passes, and all that Import reads lies inside") {
    auto paths = files::models("models/layers");
    for (const char* folder : {"models", MOTE_SHARED "/models"})
        for (const auto& path : files::models(folder)) paths.push_back(path);
    CHECK(paths.size() >= 200);
    for (const auto& path : paths) {
        CAPTURE(path);
        const files::Bytes bytes = files::read(path);
        REQUIRE(check(bytes).ok());
        CHECK(walk::all(bytes.data(), uint32_t(bytes.size())));
    }
}

TEST_CASE("a file cut anywhere is refused") {
    const files::Bytes whole = files::read(files::tests + "models/sine.tflite");
    for (size_t size = 0; size < whole.size() - 1; ++size) {
        CAPTURE(size);
        const files::Bytes cut(whole.begin(), whole.begin() + std::ptrdiff_t(size));
        CHECK_FALSE(check(cut).ok());
    }
}
