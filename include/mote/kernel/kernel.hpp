// Kernels: how one CPU computes a layer. Free functions; the last argument, a CPU's tag, picks the
// best one. Each CPU has a folder with what it does better, a file for each family of layers. A
// table is packed by the kernel that reads it, so both stand in one file. A kernel that is for some
// layers alone says so in its template head: the others get that of the CPU's base, and so reports
// tell the truth (serving.hpp).
//
// A kernel's `Spec` is the layer on its input, all constants:
//
//   Input, Output     tensors                      Rounding      the policy
//   Weights           values(), count, outputs     range         bounds of the output
//   kernel_height     kernel_width                 stride_width  dilation_width
//   left              columns of padding to the left of column 0
//   Arch              the CPU that the network is for: a kernel may be that of a lesser one
//
// Where buffers lie. Output row r and those after it need input rows from r * stride - before on.
// Row r covers no byte of these; of the rows before it may cover any, in part or as a whole, from
// any byte on. So also within one call for several rows: once row r + 1 is written, an input row
// that row r alone needed is gone. Element by element (add, rescale, softmax) outputs may also
// begin exactly where an input does, and the two inputs of a sum may be one. Sums of rows that
// arrive share no byte with the rows. Kernels write their outputs and nothing beside them. Rows
// under a window lie anywhere, as in rings. Maps of inputs begin at multiples of plan::alignment, 4
// bytes, and so do their pixels of 4, 8, ... channels; outputs begin at any byte.
#pragma once

#include "arm_dsp/arm_dsp.hpp"
#include "arm_mve/arm_mve.hpp"
#include "arm_thumb1/arm_thumb1.hpp"
#include "avr/avr.hpp"
#include "neon/neon.hpp"
#include "neon_dot/neon_dot.hpp"
#include "portable/portable.hpp"
#include "x86/x86.hpp"
#include "x86_vnni/x86_vnni.hpp"
#include "xtensa/xtensa.hpp"
