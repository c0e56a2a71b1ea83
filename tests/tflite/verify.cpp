// check() at run time: the same answers that Import gives at compile time.
#include "mote/tflite/verify.hpp"

#include <doctest/doctest.h>

#include <set>

#include "files.hpp"
#include "walk.hpp"

using mote::tflite::Fault;

namespace {

#define NAME_OF(name, sentence) #name,
#define SENTENCE_OF(name, sentence) sentence,
const char* const faults[] = {"none", MOTE_TFLITE_FAULTS(NAME_OF)};
const char* const sentences[] = {"", MOTE_TFLITE_FAULTS(SENTENCE_OF)};
constexpr int fault_count = int(sizeof(faults) / sizeof(faults[0]));

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
        CHECK(std::string(sentences[int(status.fault)]).find(line[4]) != std::string::npos);
        models.insert(line[0] + ".tflite");
        seen.insert(line[1]);
    }
    CHECK(mote::tflite::check(nullptr, 0).fault == Fault::unreadable);
    seen.insert("unreadable");
    CHECK(seen.size() == fault_count);
    for (const auto& path : files::models("models/bad"))
        CHECK(models.count(files::name(path)) == 1);
}

TEST_CASE("all faults of a model are told, and nothing of operators that lead nowhere") {
    std::vector<std::string> told;
    const files::Bytes bytes = files::read(files::tests + "models/bad/many_faults.tflite");
    mote::tflite::for_each_fault(
        bytes.data(), uint32_t(bytes.size()), [&](const mote::tflite::Status& status) {
            told.push_back(faults[int(status.fault)] + (" " + std::to_string(status.operation)));
        });
    CHECK(told == std::vector<std::string>{"input_count -1", "custom_operator 0",
                                           "custom_operator 1", "custom_operator 2",
                                           "unsupported_operator 3", "unsupported_operator 4"});
}

TEST_CASE("every good model passes, and all that Import reads lies inside") {
    auto paths = files::models("models/layers");
    for (const char* folder : {"models", MOTE_SHARED "/models"})
        for (const auto& path : files::models(folder)) paths.push_back(path);
    CHECK(paths.size() >= 230);
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
