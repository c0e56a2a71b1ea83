// A part of the sweeps over all kernels in one program: for levels of optimization beside the one
// at which all of them run.
#define MOTE_FEW_CASES
#include "kernel/accumulate.cpp"
#include "kernel/convolution.cpp"
#include "kernel/depthwise.cpp"
#include "kernel/elementwise.cpp"
#include "kernel/matrix.cpp"
#include "kernel/pools.cpp"
#include "kernel/softmax.cpp"
