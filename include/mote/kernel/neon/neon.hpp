// AArch64 with NEON.
#pragma once

#include "accumulate.hpp"
#include "convolution.hpp"
#include "depthwise.hpp"
#include "elementwise.hpp"
#include "matrix.hpp"
#include "pool.hpp"
#include "transposed.hpp"
