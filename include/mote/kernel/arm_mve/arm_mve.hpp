// Arm's vector extension (MVE): Cortex-M55.
#pragma once

#include "accumulate.hpp"
#include "convolution.hpp"
#include "depthwise.hpp"
#include "elementwise.hpp"
#include "matrix.hpp"
#include "pairwise.hpp"
#include "pool.hpp"
#include "transposed.hpp"
