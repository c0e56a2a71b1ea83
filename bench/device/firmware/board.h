// What main.c asks of a board family, and the other way round.

#pragma once
#include <stdint.h>

// Where the stack pointer stood at the last call that measure() made.
extern uintptr_t stack_at_call;

// Instructions that a call takes, and a constant that is the same for every function.
uint64_t measure(void (*function)(void));

// Instructions since measure() made its call, and a constant; while that call lasts.
uint32_t instructions_now(void);

// Called by the reset code once there is a stack.
_Noreturn void board_start(void);

// Ends the emulation with this complaint.
_Noreturn void board_fail(const char* sentence);

static inline uintptr_t stack_pointer(void) {
    uintptr_t value;
#ifdef __riscv
    __asm__ volatile("mv %0, sp" : "=r"(value));
#else
    __asm__ volatile("mov %0, sp" : "=r"(value));
#endif
    return value;
}
