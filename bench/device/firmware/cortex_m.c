// Cortex-M: vectors, reset, and instructions counted with SysTick.
//
// Under -icount shift=0 an instruction takes 1 ns, and SysTick counts down TICKS times while
// INSTRUCTIONS pass (a 25 MHz clock: once in 40). One read tells the time to a tick. The sum of
// INSTRUCTIONS reads that lie `stride` instructions apart tells it exactly: where stride and
// INSTRUCTIONS have no common factor, the reads meet every phase once, and by Hermite's identity
//     sum over k < n of floor((x + stride * k) / n) = x + constant.

#include "board.h"

#define SYST_CSR (*(volatile uint32_t*)0xe000e010u)
#define SYST_RVR (*(volatile uint32_t*)0xe000e014u)
#define SYST_CVR (*(volatile uint32_t*)0xe000e018u)
#define CPACR (*(volatile uint32_t*)0xe000ed88u)

enum { counter_bits = 24, stride = 7, systick_instructions = 5 };

uint32_t wraps;

static __attribute__((naked)) void systick(void) {
    __asm__ volatile(
        "ldr r0, =wraps\n"
        "ldr r1, [r0]\n"
        "adds r1, r1, #1\n"
        "str r1, [r0]\n"
        "bx lr");
}

_Static_assert(INSTRUCTIONS % stride != 0, "the reads must meet every phase of a tick");

static inline __attribute__((always_inline)) uint32_t sum_of_reads(void) {
    uint32_t sum = 0, left = INSTRUCTIONS, value;
    __asm__ volatile(
        "1: ldr %[value], [%[counter]]\n"
        "   adds %[sum], %[sum], %[value]\n"
        "   nop\n nop\n nop\n"
        "   subs %[left], %[left], #1\n"
        "   bne 1b"
        : [sum] "+l"(sum), [left] "+l"(left), [value] "=&l"(value)
        : [counter] "l"(&SYST_CVR)
        : "cc", "memory");
    return sum;
}

// Inline, so that nothing is called before the stack is looked at.
static inline __attribute__((always_inline)) uint64_t instructions(uint32_t wrapped, uint32_t sum) {
    const uint64_t counted = ((uint64_t)(INSTRUCTIONS * (wrapped + 1)) << counter_bits) - sum;
    return counted / TICKS - systick_instructions * wrapped;
}

uint32_t instructions_now(void) {
    volatile uint32_t* const wrapped = &wraps;
    for (;;) {
        const uint32_t before = *wrapped;
        const uint32_t sum = sum_of_reads();
        if (*wrapped == before) return instructions(before, sum);
    }
}

__asm__(
    ".text\n"
    ".macro entry name\n"
    ".globl \\name\n .type \\name, %function\n .thumb_func\n"
    "\\name:\n"
    ".endm\n"
    "entry paint_stack\n"
    "   mov r2, sp\n"
    "1: cmp r0, r2\n"
    "   bhs 2f\n"
    "   stmia r0!, {r1}\n"
    "   b 1b\n"
    "2: bx lr\n"
    "entry end_of_paint\n"
    "1: cmp r0, r1\n"
    "   bhs 2f\n"
    "   ldr r3, [r0]\n"
    "   cmp r3, r2\n"
    "   bne 2f\n"
    "   adds r0, #4\n"
    "   b 1b\n"
    "2: bx lr\n"
    "entry nothing\n"
    "   bx lr");

// The function returns to where this was called, and finds the stack as it was there.
static __attribute__((naked, noinline)) void call(void (*function)(void)) {
    __asm__ volatile(
        "ldr r1, =stack_at_call\n"
        "mov r2, sp\n"
        "str r2, [r1]\n"
        "bx r0");
}

__attribute__((noinline)) uint64_t measure(void (*function)(void)) {
    volatile uint32_t* const wrapped = &wraps;
    SYST_CSR = 0;
    SYST_RVR = (1u << counter_bits) - 1;
    SYST_CVR = 0;
    *wrapped = 0;
    SYST_CSR = 7;  // the core's clock, interrupt, enable
    sum_of_reads();  // lets the counter go from 0 to its start
    call(function);
    const uint32_t before = *wrapped;
    const uint32_t sum = sum_of_reads();
    if (*wrapped != before) board_fail("SysTick wrapped just when it was read; try another input");
    return instructions(before, sum);
}

static void fault(void) { board_fail("the firmware took a fault"); }

_Noreturn static void reset(void) {
#if __ARM_FP || __ARM_FEATURE_MVE
    CPACR |= 0xfu << 20;
    __asm__ volatile("dsb\n isb");
#endif
    board_start();
}

extern uint32_t stack_top[];
__attribute__((section(".vectors"), used)) static const uintptr_t vectors[16] = {
    (uintptr_t)stack_top, (uintptr_t)reset, (uintptr_t)fault, (uintptr_t)fault,
    (uintptr_t)fault,     (uintptr_t)fault, (uintptr_t)fault, (uintptr_t)fault,
    0, 0, 0, (uintptr_t)fault, (uintptr_t)fault, 0, (uintptr_t)fault, (uintptr_t)systick,
};
