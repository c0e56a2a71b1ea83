// Calls to the emulator's host, by the common Arm and RISC-V semihosting interface or Xtensa's SIMCALL.

#pragma once
#include <stdint.h>

enum { sys_open = 1, sys_close = 2, sys_write0 = 4, sys_write = 5, sys_read = 6, sys_exit = 0x18 };
enum { mode_read = 1, mode_write = 5 };  // "rb", "wb"
enum { stopped_exit = 0x20026, stopped_error = 0x20024 };

#if defined(__xtensa__)

static inline intptr_t simcall(intptr_t operation, uintptr_t one, uintptr_t two, uintptr_t three) {
    register intptr_t call __asm__("a2") = operation;
    register uintptr_t a __asm__("a3") = one;
    register uintptr_t b __asm__("a4") = two;
    register uintptr_t c __asm__("a5") = three;
    __asm__ volatile("simcall" : "+r"(call), "+r"(a) : "r"(b), "r"(c) : "memory");
    return call;
}

// The file exists, and is empty where it is to be written.
static inline intptr_t host_open(const char* name, uintptr_t name_bytes, uintptr_t mode) {
    (void)name_bytes;
    return simcall(5, (uintptr_t)name, mode == mode_write, 0);
}

static inline uintptr_t host_read(intptr_t file, void* to, uintptr_t bytes) {
    const intptr_t done = simcall(3, (uintptr_t)file, (uintptr_t)to, bytes);
    return done < 0 ? bytes : bytes - (uintptr_t)done;
}

static inline uintptr_t host_write(intptr_t file, const void* from, uintptr_t bytes) {
    const intptr_t done = simcall(4, (uintptr_t)file, (uintptr_t)from, bytes);
    return done < 0 ? bytes : bytes - (uintptr_t)done;
}

static inline void host_close(intptr_t file) { simcall(6, (uintptr_t)file, 0, 0); }

static inline void host_print(const char* text) {
    uintptr_t bytes = 0;
    while (text[bytes] != 0) ++bytes;
    host_write(1, text, bytes);
}

_Noreturn static inline void host_exit(uintptr_t reason) {
    simcall(1, reason != stopped_exit, 0, 0);
    for (;;) {}
}

#else

static inline intptr_t semihost(intptr_t operation, const void* argument) {
#if defined(__aarch64__)
    register intptr_t call __asm__("x0") = operation;
    register const void* block __asm__("x1") = argument;
    __asm__ volatile("hlt #0xf000" : "+r"(call) : "r"(block) : "memory");
#elif defined(__arm__)
    register intptr_t call __asm__("r0") = operation;
    register const void* block __asm__("r1") = argument;
    __asm__ volatile("bkpt #0xab" : "+r"(call) : "r"(block) : "memory");
#elif defined(__riscv)
    register intptr_t call __asm__("a0") = operation;
    register const void* block __asm__("a1") = argument;
    __asm__ volatile(
        ".balign 16\n.option push\n.option norvc\n"  // the three must share a page
        "slli zero, zero, 0x1f\nebreak\nsrai zero, zero, 7\n"
        ".option pop"
        : "+r"(call) : "r"(block) : "memory");
#endif
    return call;
}

static inline intptr_t host_open(const char* name, uintptr_t name_bytes, uintptr_t mode) {
    const uintptr_t block[] = {(uintptr_t)name, mode, name_bytes};
    return semihost(sys_open, block);
}

// Both return the number of bytes left over.
static inline uintptr_t host_read(intptr_t file, void* to, uintptr_t bytes) {
    const uintptr_t block[] = {(uintptr_t)file, (uintptr_t)to, bytes};
    return semihost(sys_read, block);
}

static inline uintptr_t host_write(intptr_t file, const void* from, uintptr_t bytes) {
    const uintptr_t block[] = {(uintptr_t)file, (uintptr_t)from, bytes};
    return semihost(sys_write, block);
}

static inline void host_close(intptr_t file) {
    const uintptr_t block[] = {(uintptr_t)file};
    semihost(sys_close, block);
}

static inline void host_print(const char* text) { semihost(sys_write0, text); }

_Noreturn static inline void host_exit(uintptr_t reason) {
#if defined(__aarch64__)
    const uintptr_t block[] = {reason, reason != stopped_exit};
    semihost(sys_exit, block);
#else
    semihost(sys_exit, (const void*)reason);
#endif
    for (;;) {}
}

#endif
