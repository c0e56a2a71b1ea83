// Arm's DSP extension: Cortex-M4 and M7.
#pragma once

#include "accumulate.hpp"
#include "convolution.hpp"
#include "copy.hpp"
#include "depthwise.hpp"
#include "elementwise.hpp"
#include "matrix.hpp"
#include "pairwise.hpp"
#include "pool.hpp"
#include "transposed.hpp"
