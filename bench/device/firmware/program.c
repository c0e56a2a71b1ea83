// In the place of main.c: a program with a main() of its own, whose status ends the emulation.

#include "board.h"
#include "semihosting.h"

extern char data_begin[], data_end[], data_image[], bss_begin[], bss_end[];
extern void (*constructors_begin[])(void);
extern void (*constructors_end[])(void);

int main(void);

uintptr_t stack_at_call;

void board_print(const char* text) { host_print(text); }

_Noreturn void board_fail(const char* sentence) {
    board_print(sentence);
    host_exit(stopped_error);
}

_Noreturn void board_start(void) {
    const char* image = data_image;
    for (char* byte = data_begin; byte < data_end; ++byte) *byte = *image++;
    for (char* byte = bss_begin; byte < bss_end; ++byte) *byte = 0;
    for (void (**call)(void) = constructors_begin; call < constructors_end; ++call) (*call)();
    host_exit(main() == 0 ? stopped_exit : stopped_error);
}
