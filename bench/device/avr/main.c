// The firmware on an AVR. The harness stops at these functions to hand over input and output, and to
// note what a layer took.

#include <avr/pgmspace.h>

#include "model.h"

__attribute__((noinline)) void harness_input(void* input) { __asm__ volatile("" ::"r"(input)); }
__attribute__((noinline)) void harness_output(const void* output) { __asm__ volatile("" ::"r"(output)); }

#ifdef MOTE_DEVICE_LAYERS
__attribute__((noinline, noclone)) void layer_done(unsigned index) { __asm__ volatile("" ::"r"(index)); }

// As in firmware/main.c: the last of three inferences is watched.
static void infer(void) {
    static uint8_t count;
    if (++count < 3) {
        model_infer();
        return;
    }
    const uint16_t layers = pgm_read_word(&model_layers);
    layer_done(layers + cost_before);
    layer_done(layers + cost_of_nothing);
    model_infer_layers();
    layer_done(layers + cost_after);
}
#else
static void infer(void) { model_infer(); }
#endif

int main(void) {
    for (;;) {
        harness_input(model_input());
        infer();
        harness_output(model_output());
    }
}
