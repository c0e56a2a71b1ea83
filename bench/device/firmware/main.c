// The firmware of every board with semihosting: each inference in in.bin is read, run, measured and
// answered in out.bin; report.bin gets what it took. Uses no library, so that what a model needs of
// one is counted for the model.

#include "board.h"
#include "model.h"
#include "semihosting.h"

extern char data_begin[], data_end[], data_image[], bss_begin[], bss_end[];
extern uint32_t stack_limit[];

static const uint32_t paint = 0xa5a5a5a5u;

uintptr_t stack_at_call;

_Noreturn void board_fail(const char* sentence) {
    host_print(sentence);
    host_exit(stopped_error);
}

static intptr_t open(const char* name, uintptr_t bytes, uintptr_t mode) {
    const intptr_t file = host_open(name, bytes, mode);
    if (file < 0) board_fail("semihosting cannot open a file");
    return file;
}

#ifdef MOTE_DEVICE_LAYERS

static uint32_t layer_begin;

// The two readings cost the same each time, and so they cost an empty piece of work.
__attribute__((noinline)) void layer_done(unsigned index) {
    layer_costs[index].instructions += instructions_now() - layer_begin;
    ++layer_costs[index].pieces;
    layer_begin = instructions_now();
}

static void infer_layers(void) {
    layer_done(model_layers + cost_before);
    layer_done(model_layers + cost_of_nothing);
    model_infer_layers();
    layer_done(model_layers + cost_after);
}

// The last of three inferences is watched; the second one gives the total.
static void report_layers(void) {
    const intptr_t file = open("layers.bin", 10, mode_write);
    host_write(file, layer_costs, (model_layers + costs_beside_layers) * sizeof *layer_costs);
    host_close(file);
}
#define INFER(count) (count < 2 ? model_infer : infer_layers)
static void prepare(uint32_t count) {
    if (count == 1) model_keep();
    if (count == 2) model_bring_back();
}

#else

static void report_layers(void) {}
#define INFER(count) model_infer
static void prepare(uint32_t count) { (void)count; }

#endif

_Noreturn static void run(void) {
    const intptr_t in = open("in.bin", 6, mode_read), out = open("out.bin", 7, mode_write),
                   report = open("report.bin", 10, mode_write);
    const uint64_t overhead = measure(nothing) - 1;
    const uint32_t part = model_facts.call_bytes;
    for (uint32_t count = 0; host_read(in, model_input(), part) == 0; ++count) {
        uint64_t instructions = 0, longest = 0;
        uintptr_t stack = 0;
        prepare(count);
        for (uint32_t left = model_facts.input_bytes;;) {
            paint_stack(stack_limit, paint);
            const uint64_t took = measure(INFER(count)) - overhead;
            instructions += took;
            if (took > longest) longest = took;
            const uint32_t* const deepest =
                end_of_paint(stack_limit, (const uint32_t*)stack_at_call, paint);
            if (deepest == stack_limit)
                board_fail("the stack ran out: RAM holds the network, but not its stack");
            const uintptr_t used = stack_at_call - (uintptr_t)deepest;
            if (used > stack) stack = used;
            left -= part;
            if (left == 0) break;
            if (host_read(in, model_input(), part) != 0) board_fail("in.bin ends within an input");
        }
        const uint64_t line[] = {instructions, stack, 0, longest};
        host_write(report, line, sizeof line);
        if (count + 1 >= model_facts.first_output) host_write(out, model_output(), model_facts.output_bytes);
    }
    host_close(out);
    host_close(report);
    report_layers();
    host_exit(stopped_exit);
}

_Noreturn void board_start(void) {
    const char* image = data_image;
    for (char* byte = data_begin; byte < data_end; ++byte) *byte = *image++;
    for (char* byte = bss_begin; byte < bss_end; ++byte) *byte = 0;
    run();
}
