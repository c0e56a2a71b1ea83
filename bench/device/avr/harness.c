// Runs an AVR firmware in simavr, an instruction at a time, and measures each inference from outside:
//     harness MCU firmware.bin in.bin out.bin report.bin INPUT_BYTES OUTPUT_BYTES
//             harness_input harness_output model_infer __bss_end        (addresses, in hexadecimal)
//             [layer_done LAYERS]                             (an address, and how many there are)

#include <simavr/sim_avr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../firmware/model.h"

static const uint8_t paint = 0xa5;

static void fail(const char* sentence) {
    fprintf(stderr, "%s\n", sentence);
    exit(1);
}

static FILE* open(const char* name, const char* mode) {
    FILE* file = fopen(name, mode);
    if (!file) fail("the harness cannot open a file");
    return file;
}

static avr_flashaddr_t code_address(const char* text) { return strtoul(text, 0, 16); }
static uint16_t ram_address(const char* text) { return (uint16_t)strtoul(text, 0, 16); }

static void load(avr_t* avr, const char* name) {
    FILE* file = open(name, "rb");
    uint8_t* code = calloc(1, avr->flashend + 1);
    const size_t bytes = fread(code, 1, avr->flashend + 1, file);
    avr_loadcode(avr, code, bytes, 0);
    avr->codeend = avr->flashend;
}

static uint16_t stack_pointer(const avr_t* avr) { return avr->data[R_SPL] | avr->data[R_SPH] << 8; }
static uint8_t* first_argument(avr_t* avr) { return avr->data + (avr->data[24] | avr->data[25] << 8); }

static uint16_t smaller(uint16_t a, uint16_t b) { return a < b ? a : b; }

static void step(avr_t* avr) {
    const int state = avr_run(avr);
    if (state == cpu_Crashed || state == cpu_Done) fail("the firmware crashed");
}

/// Costs in layers.bin, from the first call of layer_done() on; see firmware/model.h.
static void watch_layers(avr_t* avr, avr_flashaddr_t layer_done, avr_flashaddr_t at_output,
                         size_t layers) {
    const size_t costs = layers + costs_beside_layers;
    struct layer_cost* cost = calloc(costs, sizeof *cost);
    uint32_t instructions = 0;
    avr_cycle_count_t cycles = avr->cycle;
    for (size_t index = 0; index != layers + cost_after;) {
        for (; avr->pc != layer_done; ++instructions) {
            if (avr->pc == at_output) fail("the layers did not end");
            step(avr);
        }
        index = (size_t)(first_argument(avr) - avr->data);
        if (index >= costs) fail("a layer that does not exist was done");
        cost[index].instructions += instructions;
        cost[index].cycles += (uint32_t)(avr->cycle - cycles);
        ++cost[index].pieces;
        while (avr->pc == layer_done) step(avr);
        instructions = 0;
        cycles = avr->cycle;
    }
    FILE* file = open("layers.bin", "wb");
    fwrite(cost, sizeof *cost, costs, file);
    fclose(file);
}

int main(int count, char** words) {
    if (count != 12 && count != 14) fail("the harness takes 11 or 13 arguments");
    avr_t* avr = avr_make_mcu_by_name(words[1]);
    if (!avr) fail("simavr does not know this chip");
    avr_init(avr);
    load(avr, words[2]);
    avr->run_cycle_limit = 1;  // so avr_run() stops after each instruction
    avr->log = LOG_ERROR;

    FILE *in = open(words[3], "rb"), *out = open(words[4], "wb"), *report = open(words[5], "wb");
    const size_t input_bytes = strtoul(words[6], 0, 10), output_bytes = strtoul(words[7], 0, 10);
    const avr_flashaddr_t at_input = code_address(words[8]), at_output = code_address(words[9]),
                          at_infer = code_address(words[10]);
    const uint16_t bss_end = ram_address(words[11]);
    const avr_flashaddr_t layer_done = count == 14 ? code_address(words[12]) : 0;

    for (;;) {
        while (avr->pc != at_input) step(avr);
        if (fread(first_argument(avr), 1, input_bytes, in) != input_bytes) break;

        while (avr->pc != at_infer && (layer_done == 0 || avr->pc != layer_done)) step(avr);
        if (avr->pc == layer_done && layer_done != 0) {
            watch_layers(avr, layer_done, at_output, strtoul(words[13], 0, 10));
            while (avr->pc != at_output) step(avr);
            fwrite(first_argument(avr), 1, output_bytes, out);
            continue;
        }
        const uint16_t sp = stack_pointer(avr) + 2;  // before the call pushed where to return to
        const avr_flashaddr_t home = (avr->data[sp - 1] << 8 | avr->data[sp]) * 2u;
        memset(avr->data + bss_end, paint, sp - 1 - bss_end);
        uint64_t instructions = 0, cycles = avr->cycle;
        uint16_t deepest = sp, before = sp, steady = 0;
        do {
            step(avr);
            ++instructions;
            // A new frame is two writes, and the pointer wrong between them.
            const uint16_t now = stack_pointer(avr);
            steady = now == before ? steady + 1 : 0;
            if (steady == 3) deepest = smaller(deepest, now);
            before = now;
        } while (avr->pc != home || stack_pointer(avr) != sp);
        cycles = avr->cycle - cycles;
        uint16_t painted = bss_end;
        while (avr->data[painted] == paint) ++painted;
        deepest = smaller(deepest, painted - 1);
        if (deepest < bss_end) fail("the stack ran out: RAM holds the network, but not its stack");
        const uint64_t line[4] = {instructions, sp - deepest, cycles, instructions};
        fwrite(line, sizeof line, 1, report);

        while (avr->pc != at_output) step(avr);
        fwrite(first_argument(avr), 1, output_bytes, out);
    }
    fclose(out);
    fclose(report);
    return 0;
}
