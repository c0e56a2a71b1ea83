// What main.c asks of a board family, and the other way round.

#pragma once
#include <stdint.h>

// Where the stack pointer stood at the last call that measure() made.
extern uintptr_t stack_at_call;

// In assembly, since C may use the stack where it lies, whatever the compiler makes of it:
// Writes `value` from there to where the caller's stack ends.
void paint_stack(uint32_t* from, uint32_t value);
// The first word from there on that is not `value`, or the end.
const uint32_t* end_of_paint(const uint32_t* from, const uint32_t* end, uint32_t value);
// One instruction: the return.
void nothing(void);

// Instructions that a call takes, and a constant that is the same for every function.
uint64_t measure(void (*function)(void));

// Instructions since measure() made its call, and a constant; while that call lasts.
uint32_t instructions_now(void);

// Called by the reset code once there is a stack.
_Noreturn void board_start(void);

// Ends the emulation with this complaint.
_Noreturn void board_fail(const char* sentence);
