// One .tflite model on the desktop: its facts, its answers, its speed.

#include "../check/check.hpp"
#include "model_file.h"
#include "picture.hpp"
#include "profile.hpp"
#include "run.hpp"
#include "time.hpp"

#ifndef MODEL_PLAN
#define MODEL_PLAN LeastRam
#endif
#define TEXT_OF(words) #words
#define TEXT(words) TEXT_OF(words)

using Policy = mote::plan::MODEL_PLAN;
using Model = mote::tflite::Import<model_file, Policy>;
static Model network;

/// On what input() holds, or row by row on zeros.
template <class Network, class Observer>
static void infer(Network& model, Observer& observer, std::false_type) {
    model(observer);
}
template <class Network, class Observer>
static void infer(Network& model, Observer& observer, std::true_type) {
    static const typename Network::Input::Element row[Network::input_row_size] = {};
    while (!model.push_row(row, observer)) {
    }
}
template <class Observer>
static void infer(Observer&& observer) {
    infer(network, observer, std::integral_constant<bool, Policy::pushed>{});
}

static const char usage[] =
    "usage: model                  a table of the layers: what they cost and where they live\n"
    "       model --facts          the same as one JSON object\n"
    "       model --plan FILE.svg  a picture of what lies where in RAM, and when\n"
    "       model --run IN OUT     reads raw inputs from IN, writes raw outputs to OUT\n"
    "       model --layers IN OUT  the output of every layer for the first input in IN\n"
    "       model --profile        what each layer takes: instructions if the system counts them,\n"
    "                              nanoseconds if not; the least of 100 inferences\n"
    "       model --time [--benchmark_OPTION...]\n"
    "                              times inferences of zeros with Google Benchmark, for example\n"
    "                              --benchmark_repetitions=9 --benchmark_report_aggregates_only\n"
    "       model --check FILE.tflite\n"
    "                              what keeps mote from running another model, and what helps;\n"
    "                              bench/check/run does the same without a model to build\n"
    "       model --help           this text\n";

int main(int count, char** arguments) {
    const std::string option = count > 1 ? arguments[1] : "";
    try {
        if (count == 1) {
            print_table(network_facts<Model>(), TEXT(MODEL_PLAN));
        } else if (option == "--facts" && count == 2) {
            print_json(network_facts<Model>());
        } else if (option == "--plan" && count == 3) {
            const std::string picture =
                draw(memory_facts<Model>(), std::string("RAM under ") + TEXT(MODEL_PLAN));
            write_file(arguments[2], Bytes(picture.begin(), picture.end()));
        } else if (option == "--run" && count == 4) {
            run(network, arguments[2], arguments[3]);
        } else if (option == "--layers" && count == 4) {
            run_layers(network, arguments[2], arguments[3]);
        } else if (option == "--time") {
            arguments[1] = arguments[0];
            return time_inference([] { infer(mote::Unobserved{}); }, Model::macs, count - 1,
                                  arguments + 1);
        } else if (option == "--profile" && count == 2) {
            const Meter meter;
            const auto costs =
                profile(meter, Model::layers, [](Profiler& profiler) { infer(profiler); });
            print_profile(network_facts<Model>(), costs, meter.unit());
        } else if (option == "--check" && count == 3) {
            return check::print(arguments[2]) ? 0 : 1;
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
