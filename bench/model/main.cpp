// One .tflite model on the desktop: its facts, its answers, its speed.

#include "model_file.h"
#include "print.hpp"
#include "run.hpp"
#include "time.hpp"

using Model = mote::tflite::Import<model_file>;
static Model network;

static const char usage[] =
    "usage: model                  a table of the layers: what they cost and where they live\n"
    "       model --facts          the same as one JSON object\n"
    "       model --run IN OUT     reads raw inputs from IN, writes raw outputs to OUT\n"
    "       model --layers IN OUT  the output of every layer for the first input in IN\n"
    "       model --time [--benchmark_OPTION...]\n"
    "                              times inferences of zeros with Google Benchmark, for example\n"
    "                              --benchmark_repetitions=9 --benchmark_report_aggregates_only\n"
    "       model --help           this text\n";

int main(int count, char** arguments) {
    const std::string option = count > 1 ? arguments[1] : "";
    try {
        if (count == 1) {
            print_table(network_facts<Model>());
        } else if (option == "--facts" && count == 2) {
            print_json(network_facts<Model>());
        } else if (option == "--run" && count == 4) {
            run(network, arguments[2], arguments[3]);
        } else if (option == "--layers" && count == 4) {
            run_layers(network, arguments[2], arguments[3]);
        } else if (option == "--time") {
            arguments[1] = arguments[0];
            return time_inference([] { network(); }, Model::macs, count - 1, arguments + 1);
        } else if (option == "--help" && count == 2) {
            std::fputs(usage, stdout);
        } else {
            std::fputs(usage, stderr);
            return 2;
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "model: %s\n", error.what());
        return 1;
    }
    if (std::fflush(stdout) != 0) {
        std::perror("model: cannot write");
        return 1;
    }
    return 0;
}
