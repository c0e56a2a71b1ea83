// 8-bit AVR.
#pragma once

#include "convolution.hpp"
#include "depthwise.hpp"
#include "matrix.hpp"
#include "pool.hpp"
