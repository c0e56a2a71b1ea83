// Every kernel in plain C++: complete, short, and the oracle that the other files are tested
// against. See ../kernel.hpp for what a `Spec` is.
#pragma once

#include "accumulate.hpp"
#include "batch_matmul.hpp"
#include "bilinear.hpp"
#include "convolution.hpp"
#include "copy.hpp"
#include "cumulate.hpp"
#include "depthwise.hpp"
#include "elementwise.hpp"
#include "lookup.hpp"
#include "matrix.hpp"
#include "move.hpp"
#include "normalize.hpp"
#include "pairwise.hpp"
#include "pool.hpp"
#include "prelu.hpp"
#include "reduce.hpp"
#include "softmax.hpp"
#include "transposed.hpp"
