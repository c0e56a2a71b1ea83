// Xtensa.
#pragma once

#include "convolution.hpp"
#include "depthwise.hpp"
#include "matrix.hpp"
#include "transposed.hpp"
