// The arithmetic that Debian's libgcc for the LX106 lacks, since it is in the ESP8266's ROM.
// Counted for the model that uses it.

#include <stdint.h>

// Subtracts the divisor as far left as it goes, then further and further right.
#define DIVISION(word, integer, udiv, umod, div)                                         \
    word udiv(word dividend, word divisor);                                              \
    word umod(word dividend, word divisor);                                              \
    integer div(integer dividend, integer divisor);                                      \
                                                                                         \
    static inline word umod##_and_quotient(word rest, word by, word* quotient) {         \
        word bit = 1;                                                                    \
        *quotient = 0;                                                                   \
        if (by == 0) return rest;                                                        \
        for (; by <= rest >> 1; by <<= 1) bit <<= 1;                                     \
        for (; bit != 0; bit >>= 1, by >>= 1)                                            \
            if (rest >= by) {                                                            \
                rest -= by;                                                              \
                *quotient |= bit;                                                        \
            }                                                                            \
        return rest;                                                                     \
    }                                                                                    \
    word udiv(word dividend, word divisor) {                                             \
        word quotient;                                                                   \
        umod##_and_quotient(dividend, divisor, &quotient);                               \
        return quotient;                                                                 \
    }                                                                                    \
    word umod(word dividend, word divisor) {                                             \
        word quotient;                                                                   \
        return umod##_and_quotient(dividend, divisor, &quotient);                        \
    }                                                                                    \
    integer div(integer dividend, integer divisor) {                                     \
        word quotient;                                                                   \
        umod##_and_quotient(dividend < 0 ? 0 - (word)dividend : (word)dividend,          \
                            divisor < 0 ? 0 - (word)divisor : (word)divisor, &quotient); \
        return (integer)((dividend ^ divisor) < 0 ? 0 - quotient : quotient);            \
    }

DIVISION(uint32_t, int32_t, __udivsi3, __umodsi3, __divsi3)
DIVISION(uint64_t, int64_t, __udivdi3, __umoddi3, __divdi3)

uint64_t __umulsidi3(uint32_t left, uint32_t right);
uint64_t __muldi3(uint64_t left, uint64_t right);

// In pieces of 16 bits, whose products are 32 bits.
uint64_t __umulsidi3(uint32_t left, uint32_t right) {
    const uint32_t low = (left & 0xffff) * (right & 0xffff);
    const uint32_t first = (left >> 16) * (right & 0xffff) + (low >> 16);
    const uint32_t second = (left & 0xffff) * (right >> 16) + (first & 0xffff);
    const uint32_t high = (left >> 16) * (right >> 16) + (first >> 16) + (second >> 16);
    return (uint64_t)high << 32 | second << 16 | (low & 0xffff);
}

uint64_t __muldi3(uint64_t left, uint64_t right) {
    const uint32_t high =
        (uint32_t)left * (uint32_t)(right >> 32) + (uint32_t)(left >> 32) * (uint32_t)right;
    return __umulsidi3((uint32_t)left, (uint32_t)right) + ((uint64_t)high << 32);
}
