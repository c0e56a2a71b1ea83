// The counted function of selftest/model.c: some stack, and a loop.

    .section .text.model_infer, "ax"
    .globl model_infer, model_infer_bytes
    .type model_infer, %function

#if defined(__arm__)
    .syntax unified
    .thumb_func
model_infer:
    sub sp, #64
    ldr r0, =network
    ldr r0, [r0]
    str r0, [sp]
1:  subs r0, r0, #1
    bne 1b
    add sp, #64
    bx lr
    .ltorg

#elif defined(__aarch64__)
model_infer:
    sub sp, sp, #64
    adrp x0, network
    ldr w0, [x0, :lo12:network]
    str w0, [sp]
1:  subs w0, w0, #1
    b.ne 1b
    add sp, sp, #64
    ret

#elif defined(__riscv)
    .option norelax
model_infer:
    addi sp, sp, -64
    la a0, network
    lw a0, (a0)
    sw a0, (sp)
1:  addi a0, a0, -1
    bnez a0, 1b
    addi sp, sp, 64
    ret

#elif defined(__xtensa__)
    .literal_position
    .literal place, network
model_infer:
    addi sp, sp, -64
    l32r a2, place
    l32i a2, a2, 0
    s32i a2, sp, 0
1:  addi a2, a2, -1
    bnez a2, 1b
    addi sp, sp, 64
    ret

#elif defined(__AVR__)
model_infer:
    push r24
    lds r18, network
    lds r19, network + 1
    lds r20, network + 2
    lds r21, network + 3
1:  subi r18, 1
    sbci r19, 0
    sbci r20, 0
    sbci r21, 0
    brne 1b
    pop r24
    ret
#endif

model_infer_end:
    .size model_infer, . - model_infer
#if defined(__xtensa__)
    .set model_infer_bytes, model_infer_end - model_infer + 4  // with the literal
#else
    .set model_infer_bytes, model_infer_end - model_infer
#endif
