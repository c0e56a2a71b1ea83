// What each of the two sources of a program offers: see network.cpp.
#pragma once

#include <stdint.h>

struct Answers {
    /// Whose kernels compute it.
    const char* (*cpu)();
    /// The scores of models/digits for an image: of three networks.
    void (*digits)(const int8_t* image, int8_t* scores);
    void (*pushed_digits)(const int8_t* image, int8_t* scores);
    void (*portable_digits)(const int8_t* image, int8_t* scores);
    /// Checksums of networks that have every layer between them.
    int32_t (*layers)();
    int32_t (*streamed)();
};

/// Compiled with the compiler's default flags, and with those of a better CPU.
extern const Answers plain;
extern const Answers better;
