// What a firmware asks of a model, and the host of its object file.

#pragma once
#include <stdint.h>

#define SCAFFOLD_BSS __attribute__((section(".bss.scaffold")))
#define SCAFFOLD(name) __attribute__((section(".scaffold." name)))

struct model_facts {
    uint32_t ram_bytes, input_bytes, output_bytes;
    // What a call of model_infer() takes: the whole input, or one row of it.
    uint32_t call_bytes;
    // Inputs until the first output: 1, or more when frames are streamed.
    uint32_t first_output;
    // Multiply-accumulates of an inference.
    uint32_t macs;
};

// What a layer took in the inference that was watched, and in how many pieces.
struct layer_cost {
    uint32_t instructions, cycles, pieces;
};

// After the layers' costs come those of: what came before, an empty piece, what came after.
enum { cost_before, cost_of_nothing, cost_after, costs_beside_layers };

#ifdef __cplusplus
extern "C" {
#endif

extern const struct model_facts model_facts SCAFFOLD("facts");
void* model_input(void) SCAFFOLD("input");
const void* model_output(void) SCAFFOLD("output");
void model_infer(void) __attribute__((noinline));

// With MOTE_DEVICE_LAYERS alone: the same, calling layer_done() after each piece of a layer's work.
void model_infer_layers(void) __attribute__((noinline));
// Whatever the model keeps between inferences: as it is now, and as it was then.
void model_keep(void) SCAFFOLD("keep");
void model_bring_back(void) SCAFFOLD("keep");
extern const uint16_t model_layers SCAFFOLD("layers");
extern struct layer_cost layer_costs[] SCAFFOLD_BSS;
void layer_done(unsigned index);

#ifdef __cplusplus
}
#endif
