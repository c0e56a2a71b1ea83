// The body of every fuzzer of the importer. With libFuzzer, for as long as you like:
//
//   flags="-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined"
//   clang++ -std=c++17 -g -O1 -Iinclude $flags tests/tflite/fuzz_target.cpp -o fuzz
//   mkdir corpus && ./fuzz corpus tests/models tests/models/layers tests/models/bad
//
// tests/tflite/fuzz.cpp is the short form.
#include <stddef.h>

#include "walk.hpp"

/// check() reads inside the `size` bytes only, and what it passes can be imported.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    const uint32_t bytes = static_cast<uint32_t>(size);
    if (mote::tflite::check(data, bytes).ok() && !walk::all(data, bytes)) __builtin_trap();
    return 0;
}
