// Writes tests of random models to standard output.
//
//   emit models FIRST COUNT OPERATORS PLANS   models FIRST to FIRST + COUNT - 1, each under one
//   plan,
//                                             or under PLANS of them
//   emit catalogue NUMBER                     a catalogue of layers: see catalogue.hpp
#include <cstdio>
#include <cstdlib>
#include <string>

#include "oracle/kinds.hpp"

namespace {

std::string array(const std::string& name, const oracle::File& file) {
    std::string text = "inline constexpr unsigned char " + name + "[] = {";
    for (const unsigned char byte : file) text += std::to_string(byte) + ",";
    return text + "};\n";
}

void emit_models(int first, int count, int operators, int plans) {
    const char* const names[] = {"LeastRam", "PushedRows", "LayerByLayer", "Between"};
    std::puts("#include \"oracle/compiled.hpp\"\n");
    for (int seed = first; seed < first + count; ++seed) {
        const oracle::RandomModel random(uint32_t(seed), operators);
        const std::string name = "random_" + std::to_string(seed);
        std::fputs(array(name, random.draft().file()).c_str(), stdout);
        std::printf("TEST_CASE(\"random model %d\") {\n", seed);
        for (int i = 0; i < plans; ++i) {
            const std::string plan = names[(seed + i) % 4];
            std::printf("    compiled::check<%s, %s>(sizeof %s, %d);\n", name.c_str(),
                        plan == "Between" ? ("compiled::Between<" + name + ">").c_str()
                                          : ("mote::plan::" + plan).c_str(),
                        name.c_str(), seed);
        }
        std::puts("}");
    }
}

void emit_catalogue(int number) {
    const oracle::RandomModel random(uint32_t(number), oracle::kinds());
    const std::string name = "catalogue_" + std::to_string(number);
    std::puts("#include \"oracle/catalogue.hpp\"\n");
    std::fputs(array(name, random.draft().file()).c_str(), stdout);
    std::printf("static const bool listed = catalogue::list<%s>(sizeof %s);\n", name.c_str(),
                name.c_str());
}

}  // namespace

int main(int, char** arguments) {
    const auto number = [&](int index) { return std::atoi(arguments[index]); };
    if (arguments[1] == std::string("catalogue"))
        emit_catalogue(number(2));
    else
        emit_models(number(2), number(3), number(4), number(5));
}
