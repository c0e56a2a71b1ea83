// Writes a test of random models to standard output: emit FIRST COUNT OPERATORS PLANS. Models FIRST
// to FIRST + COUNT - 1, each under one plan, or under PLANS of them.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "oracle/random_model.hpp"

int main(int, char** arguments) {
    const int first = std::atoi(arguments[1]), count = std::atoi(arguments[2]);
    const int operators = std::atoi(arguments[3]), plans = std::atoi(arguments[4]);
    const char* const names[] = {"LeastRam", "PushedRows", "LayerByLayer", "Between"};
    std::puts("#include \"oracle/compiled.hpp\"\n");
    for (int seed = first; seed < first + count; ++seed) {
        const oracle::RandomModel random(uint32_t(seed), operators);
        const oracle::File file = random.draft().file();
        std::printf("inline constexpr unsigned char random_%d[] = {", seed);
        for (const unsigned char byte : file) std::printf("%d,", byte);
        std::printf("};\n");
        std::printf("TEST_CASE(\"random model %d\") {\n", seed);
        for (int plan = 0; plan < plans; ++plan) {
            const std::string name = names[(seed + plan) % 4];
            const std::string policy =
                name == "Between" ? "compiled::Between<random_" + std::to_string(seed) + ">"
                                  : "mote::plan::" + name;
            std::printf("    compiled::check<random_%d, %s>(sizeof random_%d, %d);\n", seed,
                        policy.c_str(), seed, seed);
        }
        std::puts("}");
    }
}
