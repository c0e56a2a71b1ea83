// AArch64: reset, and instructions counted with the cycle counter: under -icount shift=0 a cycle of
// QEMU's 1 GHz clock is an instruction. The caches' attributes are needed: without the MMU all memory
// is a device, where an unaligned access is a fault.

    .section .vectors, "ax"
    .globl _start
_start:
    ldr x0, =stack_top
    mov sp, x0
    adr x0, vectors
    msr vbar_el1, x0
    mov x0, #(3 << 20)              // floating point and vectors
    msr cpacr_el1, x0

    mov x0, #0xff                   // attribute 0: normal memory, cached
    msr mair_el1, x0
    ldr x0, =(32 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23)
    msr tcr_el1, x0                 // 32 address bits, 4 KB granule, lower half alone
    adr x0, gigabytes
    msr ttbr0_el1, x0
    isb
    mrs x0, sctlr_el1
    ldr x1, =(1 | 1 << 2 | 1 << 12) // MMU and caches
    orr x0, x0, x1
    bic x0, x0, #2                  // unaligned accesses are allowed
    msr sctlr_el1, x0
    isb

    mov x0, #(1 | 1 << 6)           // count, with 64 bits
    msr pmcr_el0, x0
    mov x0, #(1 << 31)
    msr pmcntenset_el0, x0
    msr pmccfiltr_el0, xzr
    isb
    b board_start

    .balign 2048
vectors:
    .rept 16
    .balign 128
    b fault
    .endr
fault:
    adr x0, fault_sentence
    b board_fail

    .text
    .globl paint_stack
paint_stack:
    mov x2, sp
1:  cmp x0, x2
    b.hs 2f
    str w1, [x0], #4
    b 1b
2:  ret

    .globl end_of_paint
end_of_paint:
    cmp x0, x1
    b.hs 1f
    ldr w3, [x0]
    cmp w3, w2
    b.ne 1f
    add x0, x0, #4
    b end_of_paint

    .globl nothing
nothing:
1:  ret

    .globl measure
measure:
    stp x29, x30, [sp, #-32]!
    str x19, [sp, #16]
    adrp x1, stack_at_call
    mov x2, sp
    str x2, [x1, :lo12:stack_at_call]
    mrs x19, pmccntr_el0
    blr x0
    mrs x0, pmccntr_el0
    sub x0, x0, x19
    ldr x19, [sp, #16]
    ldp x29, x30, [sp], #32
    ret

    .globl instructions_now
instructions_now:
    mrs x0, pmccntr_el0
    ret

    .section .vectors
fault_sentence:
    .string "the firmware took a fault"

    .balign 4096
gigabytes:                          // four of them, each at its own address
    .quad 0
    .quad 0x40000000 | 1 << 10 | 3 << 8 | 1
    .quad 0
    .quad 0
    .balign 4096
