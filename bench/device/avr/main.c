// The firmware on an AVR. The harness stops at these two functions to hand over input and output.

#include "model.h"

__attribute__((noinline)) void harness_input(void* input) { __asm__ volatile("" ::"r"(input)); }
__attribute__((noinline)) void harness_output(const void* output) { __asm__ volatile("" ::"r"(output)); }

int main(void) {
    for (;;) {
        harness_input(model_input());
        model_infer();
        harness_output(model_output());
    }
}
