// NEON with the dot-product extension.
#pragma once

#include "convolution.hpp"
#include "depthwise.hpp"
#include "matrix.hpp"
#include "transposed.hpp"
