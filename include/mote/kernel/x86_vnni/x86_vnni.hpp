// x86-64 with AVX-512's VNNI.
#pragma once

#include "convolution.hpp"
#include "depthwise.hpp"
#include "matrix.hpp"
#include "transposed.hpp"
