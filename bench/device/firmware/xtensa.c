// Xtensa with the call0 ABI: vectors, reset, and instructions counted with CCOUNT.
//
// Under -icount shift=0 an instruction takes 1 ns, and CCOUNT goes up once in INSTRUCTIONS. As on
// Cortex-M (see cortex_m.c), the sum of INSTRUCTIONS reads that lie `stride` instructions apart
// tells the time exactly: sum over k < n of floor((x + stride * k) / n) = x + constant.

#include "board.h"

enum { stride = 7 };

_Static_assert(INSTRUCTIONS % stride != 0, "the reads must meet every phase of a count");

// The sum, and the last of the reads. Inline, so that nothing is called before the stack is looked
// at.
static inline __attribute__((always_inline)) uint32_t read_counter(uint32_t* last) {
    uint32_t left = INSTRUCTIONS, sum = 0, value;
    __asm__ volatile(
        "1: rsr.ccount %[value]\n"
        "   add %[sum], %[sum], %[value]\n"
        "   nop\n nop\n nop\n"
        "   addi %[left], %[left], -1\n"
        "   bnez %[left], 1b"
        : [sum] "+r"(sum), [left] "+r"(left), [value] "=&r"(value)
        :
        : "memory");
    *last = value;
    return sum;
}

uint32_t instructions_now(void) {
    uint32_t last;
    return read_counter(&last);
}

// The sum in 64 bits: a little less than INSTRUCTIONS times the last read. In two halves, since the
// compiler may call a library to multiply, shift or copy 64 bits.
static inline __attribute__((always_inline)) uint64_t whole_sum(uint32_t sum, uint32_t last) {
    const uint32_t low = (last & 0xffff) * INSTRUCTIONS;
    const uint32_t high = (last >> 16) * INSTRUCTIONS + (low >> 16);
    union {
        uint32_t halves[2];
        uint64_t whole;
    } most;
    most.halves[0] = high << 16 | (low & 0xffff);
    most.halves[1] = high >> 16;
    return most.whole - (most.halves[0] - sum);
}

__asm__(
    ".section .vectors, \"ax\"\n"
    "   j _start\n"  // the flash begins where QEMU's reset leads
    "   .balign 256\n"
    "vectors:\n"
    ".rept 8\n"
    "   .balign 16\n"
    "   j fault_vector\n"
    ".endr\n"
    "   .balign 16\n"
    "   .literal_position\n"
    "fault_vector:\n"
    "   movi sp, stack_top\n"
    "   movi a0, fault\n"
    "   jx a0\n"
    ".globl _start\n"
    "_start:\n"
    "   movi sp, stack_top\n"
    "   movi a0, vectors\n"
    "   wsr.vecbase a0\n"
    "   movi a0, 0x20\n"  // no exception at present, all interrupts enabled: there are none
    "   wsr.ps a0\n"
    "   rsync\n"
    "   movi a0, board_start\n"
    "   jx a0\n"

    ".text\n"
    ".literal_position\n"
    ".macro entry name\n"
    ".balign 4\n .globl \\name\n .type \\name, @function\n"
    "\\name:\n"
    ".endm\n"
    "entry paint_stack\n"
    "1: bgeu a2, sp, 2f\n"
    "   s32i a3, a2, 0\n"
    "   addi a2, a2, 4\n"
    "   j 1b\n"
    "2: ret\n"
    "entry end_of_paint\n"
    "1: bgeu a2, a3, 2f\n"
    "   l32i a5, a2, 0\n"
    "   bne a5, a4, 2f\n"
    "   addi a2, a2, 4\n"
    "   j 1b\n"
    "2: ret\n"
    "entry nothing\n"
    "   ret\n"
    // The function returns to where this was called, and finds the stack as it was there.
    "entry call\n"
    "   movi a3, stack_at_call\n"
    "   s32i sp, a3, 0\n"
    "   jx a2\n");

void call(void (*function)(void));

__attribute__((noinline)) uint64_t measure(void (*function)(void)) {
    uint32_t last_before, last_after;
    const uint32_t before = read_counter(&last_before);
    call(function);
    const uint32_t after = read_counter(&last_after);
    return whole_sum(after, last_after) - whole_sum(before, last_before);
}

__attribute__((used)) _Noreturn static void fault(void) { board_fail("the firmware took a fault"); }
