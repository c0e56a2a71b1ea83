// RISC-V: reset, and instructions counted with instret, exact under -icount shift=0.

    .section .vectors, "ax"
    .globl _start
_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, stack_top
    la t0, fault
    csrw mtvec, t0
    j board_start

    .balign 4
fault:
    la a0, fault_sentence
    j board_fail

    .text
    .globl paint_stack
paint_stack:
1:  bgeu a0, sp, 2f
    sw a1, (a0)
    addi a0, a0, 4
    j 1b
2:  ret

    .globl end_of_paint
end_of_paint:
    bgeu a0, a1, 1f
    lw a3, (a0)
    bne a3, a2, 1f
    addi a0, a0, 4
    j end_of_paint

    .globl nothing
nothing:
1:  ret

    .globl measure
measure:                            // instret around the call, in a0 and a1
    addi sp, sp, -32
    sw ra, 28(sp)
    sw s0, 24(sp)
    sw s1, 20(sp)
    la t0, stack_at_call
    sw sp, (t0)
1:  csrr s1, instreth
    csrr s0, instret
    csrr t0, instreth
    bne s1, t0, 1b
    jalr a0
1:  csrr a1, instreth
    csrr a0, instret
    csrr t0, instreth
    bne a1, t0, 1b
    sltu t0, a0, s0
    sub a0, a0, s0
    sub a1, a1, s1
    sub a1, a1, t0
    lw ra, 28(sp)
    lw s0, 24(sp)
    lw s1, 20(sp)
    addi sp, sp, 32
    ret

    .globl instructions_now
instructions_now:
    csrr a0, instret
    ret

    .section .rodata
fault_sentence:
    .string "the firmware took a fault"
