// The four functions that a compiler may call by itself, for a toolchain without a bare-metal C
// library. Counted for the model that uses them.

#include <stddef.h>

void* memcpy(void* restrict to, const void* restrict from, size_t count) {
    char* target = to;
    const char* source = from;
    for (size_t i = 0; i < count; ++i) target[i] = source[i];
    return to;
}

void* memmove(void* to, const void* from, size_t count) {
    char* target = to;
    const char* source = from;
    if (target < source) {
        for (size_t i = 0; i < count; ++i) target[i] = source[i];
    } else {
        for (size_t i = count; i > 0; --i) target[i - 1] = source[i - 1];
    }
    return to;
}

void* memset(void* to, int value, size_t count) {
    char* target = to;
    for (size_t i = 0; i < count; ++i) target[i] = (char)value;
    return to;
}

int memcmp(const void* a, const void* b, size_t count) {
    const unsigned char *left = a, *right = b;
    for (size_t i = 0; i < count; ++i)
        if (left[i] != right[i]) return left[i] - right[i];
    return 0;
}
