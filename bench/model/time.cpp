#include "time.hpp"

#if MODEL_HAS_BENCHMARK

#include <benchmark/benchmark.h>

int time_inference(void (*infer)(), long macs, int count, char** options) {
    benchmark::RegisterBenchmark("inference", [infer, macs](benchmark::State& state) {
        for (auto _ : state) {
            infer();
            benchmark::ClobberMemory();
        }
        state.counters["MAC/s"] = benchmark::Counter(static_cast<double>(macs),
                                                     benchmark::Counter::kIsIterationInvariantRate);
    })->Unit(benchmark::kMicrosecond);
    benchmark::Initialize(&count, options);
    if (benchmark::ReportUnrecognizedArguments(count, options)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

#else

#include <cstdio>

int time_inference(void (*)(), long, int, char**) {
    std::fputs("model: built without Google Benchmark; install libbenchmark-dev and build again\n",
               stderr);
    return 1;
}

#endif
