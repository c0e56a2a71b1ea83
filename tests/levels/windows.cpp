// A part of the sweeps over kernels with windows, in one program: for levels of optimization beside
// the one at which all of them run.
#define MOTE_FEW_CASES
#include "kernel/convolution.cpp"
#include "kernel/depthwise.cpp"
#include "kernel/pools.cpp"
