// A model whose every cost is known: it takes a number, loops that often, and answers with what
// run should find.

#include "model.h"

#ifdef __AVR__
#include <avr/pgmspace.h>
#define FLASH PROGMEM
#define READ(table, index) pgm_read_byte(&table[index])
#else
#define FLASH
#define READ(table, index) table[index]
#endif

struct costs { uint32_t instructions, cycles, stack, text, rodata, data, bss; };

struct network {
    uint32_t input;
    struct costs output;
};

struct network network;
static volatile uint8_t data[12] = {1};
static const uint8_t table[1000] FLASH = {1};

extern const char model_infer_bytes[];

void* model_input(void) { return &network.input; }

// Nothing here may need a library, as a multiplication might: that would count for the model.
const void* model_output(void) {
    const uint32_t loops = network.input;
    struct costs* costs = &network.output;
    data[0] = data[1] + READ(table, loops & 511);
#if defined(__AVR__)
    costs->instructions = (loops << 2) + loops + 7;
    costs->cycles = (loops << 2) + (loops << 1) + 15;
    costs->stack = 3;
#else
    costs->instructions = (loops << 1) + 6;
    costs->cycles = 0;
    costs->stack = 64;
#endif
#if defined(__riscv)
    costs->instructions += 1;
#elif defined(__arm__)
    if (loops > 1u << 29) costs->stack += 32;  // the frame of the interrupt when SysTick wraps
#endif
    costs->text = (uintptr_t)model_infer_bytes;
    costs->rodata = sizeof table;
    costs->data = sizeof data;
    costs->bss = sizeof network;
    return costs;
}

#ifdef MOTE_DEVICE_LAYERS
// Layer 2 does twice what layer 1 does: they differ by the function and its call.
enum { layers = 3 };
const uint16_t model_layers = layers;
#ifndef __AVR__
struct layer_cost layer_costs[layers + costs_beside_layers];
#endif

void model_infer_layers(void) {
    layer_done(0);
    model_infer();
    layer_done(1);
    model_infer();
    model_infer();
    layer_done(2);
    __asm__ volatile("");  // so that the return comes after the call
}

// Nothing is kept between its inferences.
void model_keep(void) {}
void model_bring_back(void) {}
#endif

const struct model_facts model_facts = {
    sizeof network,
    sizeof network.input,
    sizeof network.output,
    sizeof network.input,
    1,
    0,
};
