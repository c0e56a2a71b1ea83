// What a firmware asks of a model, and the host of its object file.

#pragma once
#include <stdint.h>

#define SCAFFOLD(name) __attribute__((section(".scaffold." name)))

struct model_facts {
    uint32_t ram_bytes, input_bytes, output_bytes;
    // What a call of model_infer() takes: the whole input, or one row of it.
    uint32_t call_bytes;
};

#ifdef __cplusplus
extern "C" {
#endif

extern const struct model_facts model_facts SCAFFOLD("facts");
void* model_input(void) SCAFFOLD("input");
const void* model_output(void) SCAFFOLD("output");
void model_infer(void) __attribute__((noinline));

#ifdef __cplusplus
}
#endif
