// Cortex-M0.
#pragma once

#include "convolution.hpp"
#include "depthwise.hpp"
#include "elementwise.hpp"
#include "matrix.hpp"
#include "transposed.hpp"
